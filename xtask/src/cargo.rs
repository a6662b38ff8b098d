//! Runs cargo, for the jobs of CI and for measuring.

use crate::failure::Failure;
use crate::program::finished;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs cargo at the root of the workspace. Returns what it prints to `stdout`, when that is piped.
pub(crate) fn cargo(
    root: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
    stdout: Stdio,
) -> Result<String, Failure> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(arguments).envs(variables.iter().copied());
    cargo.stdin(Stdio::inherit()).stdout(stdout).stderr(Stdio::inherit());
    let output = finished(&mut cargo, &format!("cargo {}", arguments.join(" ")))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

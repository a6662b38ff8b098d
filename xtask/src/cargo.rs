//! Runs cargo, for the jobs of CI and for measuring.

use crate::failure::Failure;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs cargo at the root of the workspace. Returns what it prints to `stdout`, when that is piped.
pub(crate) fn cargo(
    root: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
    stdout: Stdio,
) -> Result<String, Failure> {
    let failed = |reason| Failure::Program { command: format!("cargo {}", arguments.join(" ")), reason };
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(root)
        .args(arguments)
        .envs(variables.iter().copied())
        .stdin(Stdio::inherit())
        .stdout(stdout)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(format!("did not start: {error}")))?;
    if !output.status.success() {
        return Err(failed("failed".to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

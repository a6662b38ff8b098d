//! Counts the instructions of a program with valgrind. A count is the same on a busy machine as on an idle one.

use crate::failure::Failure;
use crate::files::read;
use crate::program::finished;
use std::path::Path;
use std::process::{Command, Stdio};

/// Returns the first line that valgrind says of its version; none where it is not installed.
pub(super) fn version() -> Option<String> {
    let output = Command::new("valgrind").arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program to its end and returns its instructions. The environment is empty but for `variables`, because a
/// program starts with a copy of it.
pub(super) fn count(
    program: &Path,
    words: &[String],
    variables: &[(&str, &str)],
    folder: &Path,
) -> Result<u64, Failure> {
    let counts = folder.join("counts");
    let shown = format!("valgrind {} {}", program.display(), words.join(" "));
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--quiet", "--tool=callgrind", &format!("--callgrind-out-file={}", counts.display())])
        .arg(program)
        .args(words)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .envs(variables.iter().copied())
        .current_dir(folder)
        .stdin(Stdio::null());
    finished(&mut valgrind, &shown)?;
    let no_count = || Failure::Program { command: shown, reason: "wrote no count".to_owned() };
    total(&read(&counts)?).ok_or_else(no_count)
}

/// Returns the sum that callgrind states. A program of several threads may have been written in several parts.
fn total(counts: &str) -> Option<u64> {
    let stated = |name: &str| counts.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
    stated("totals:").or_else(|| stated("summary:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_stands_on_a_line_of_its_own() {
        assert_eq!(total("events: Ir\nsummary: 12\n\nfn=(1) main\n16 12\ntotals: 12\n"), Some(12));
        assert_eq!(total("events: Ir\nsummary: 7\n"), Some(7));
        assert_eq!(total("events: Ir\n"), None);
    }
}

//! Runs the programs that the xtask needs, and says of one that failed what it printed.

use crate::failure::Failure;
use std::process::{Command, ExitStatus, Output};

/// Runs a program to its end. `shown` is what a failure calls it. What the caller has not piped elsewhere is kept.
///
/// # Errors
///
/// When it does not start, or ends badly: with what it printed, if that was kept.
pub(crate) fn finished(command: &mut Command, shown: &str) -> Result<Output, Failure> {
    ended(command, shown, |status| status.success())
}

/// The same for a program whose other ends may be good as well.
pub(crate) fn ended(
    command: &mut Command,
    shown: &str,
    is_good: impl Fn(ExitStatus) -> bool,
) -> Result<Output, Failure> {
    let failed = |reason: String| Failure::Program { command: shown.to_owned(), reason };
    let output = command.output().map_err(|error| failed(format!("did not start: {error}")))?;
    if is_good(output.status) {
        return Ok(output);
    }
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    let after =
        if printed.trim().is_empty() { String::new() } else { format!(" and printed:\n{}", printed.trim_end()) };
    Err(failed(format!("failed{after}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_was_printed() {
        let failure = |line: &str| {
            finished(Command::new("sh").args(["-c", line]), "a program").expect_err("it fails").to_string()
        };
        assert_eq!(failure("exit 1"), "`a program` failed");
        assert_eq!(failure("echo one; echo two >&2; exit 1"), "`a program` failed and printed:\none\ntwo");
        let absent =
            finished(&mut Command::new("no-such-program"), "another").expect_err("it is not there").to_string();
        assert!(absent.starts_with("`another` did not start: "), "{absent}");
    }
}

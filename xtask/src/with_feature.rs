//! Runs a command that this build of the program does not have: cargo builds one that has it, and that one does the work. So the
//! generator, which runs all the time, is built without what few commands need.

use clap::Args;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, ExitCode};

/// What brings the parsers of pages.
const FEATURE: &str = "import";

/// What is handed on as it is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

impl Arguments {
    fn has_root(&self) -> bool {
        self.arguments
            .iter()
            .any(|argument| argument == "--root" || argument.as_encoded_bytes().starts_with(b"--root="))
    }
}

/// Runs the command on a copy of the workspace with the program that the workspace has, and ends as it ends.
pub(crate) fn run(workspace: &Path, root: &Path, command: &str, given: &Arguments) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ended = Command::new(cargo)
        .args(["run", "--quiet", "--package", "xtask", "--features", FEATURE, "--manifest-path"])
        .arg(workspace.join("Cargo.toml"))
        .args(["--", command])
        // It stands among what is handed on when it was typed behind the command.
        .args(if given.has_root() { Vec::new() } else { vec![OsStr::new("--root"), root.as_os_str()] })
        .args(&given.arguments)
        .status();
    match ended {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("cannot run cargo: {error}");
            ExitCode::FAILURE
        }
    }
}

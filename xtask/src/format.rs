//! Formats generated files with the repository's rustfmt: all in one process, because there are hundreds.

use crate::emit::Files;
use crate::failure::Failure;
use crate::files::{read, write};
use crate::program::finished;
use std::path::Path;
use std::process::Command;

/// Formats all files; `mod.rs` at their root leads rustfmt to the others.
pub(crate) fn format(root: &Path, files: &Files) -> Result<Files, Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::io("make a folder in", &std::env::temp_dir(), error))?;
    for (file, text) in files {
        write(&folder.path().join(file), text)?;
    }
    rustfmt(root, &folder.path().join("mod.rs"))?;
    let mut formatted = Files::new();
    for file in files.keys() {
        formatted.insert(file.clone(), read(&folder.path().join(file))?);
    }
    Ok(formatted)
}

fn rustfmt(root: &Path, file: &Path) -> Result<(), Failure> {
    let mut command = Command::new("rustfmt");
    // Run where the toolchain is pinned, so that a person's own default does not format differently.
    command.current_dir(root).args(["--edition", "2024", "--config-path"]).arg(root.join("rustfmt.toml")).arg(file);
    finished(&mut command, "rustfmt").map(drop)
}

//! Builds what a release offers for download: the program with completions, manual pages and licences in one archive.

use crate::failure::Failure;
use crate::files::{remove_folder, write};
use crate::program::finished;
use crate::{archive, cargo, workspace_facts};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The shells that the program can print a script for, and where the archive has it.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "completions/papi.bash"),
    ("zsh", "completions/_papi"),
    ("fish", "completions/papi.fish"),
    ("powershell", "completions/_papi.ps1"),
    ("elvish", "completions/papi.elv"),
];

/// Builds the archive and its SHA-256 file. Returns what to tell.
pub(crate) fn run(root: &Path) -> Result<String, Failure> {
    cargo::cargo(root, &["build", "--release", "--locked", "--package", "papi-cli"], &[], Stdio::inherit())?;
    let facts = workspace_facts::read(root)?;
    let program = facts.target.join("release").join(format!("papi{}", std::env::consts::EXE_SUFFIX));
    let name = format!("papi-{}-{}", facts.version_of("papi-cli")?, host(root)?);
    let folder = facts.target.join("dist").join(&name);
    remove_folder(&folder)?;
    for (shell, file) in COMPLETIONS {
        write(&folder.join(file), &printed(&program, &["completions".as_ref(), shell.as_ref()])?)?;
    }
    printed(&program, &["man".as_ref(), folder.join("man/man1").as_os_str()])?;
    copy(&program, &folder)?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        copy(&root.join(file), &folder)?;
    }

    let packed = archive::pack(&folder)?;
    let file = format!("{name}.tar.gz");
    let path = folder.with_file_name(&file);
    fs::write(&path, &packed).map_err(|error| Failure::io("write", &path, error))?;
    write(&folder.with_file_name(format!("{file}.sha256")), &checksum_line(&packed, &file))?;
    let size = fs::metadata(&program).map_err(|error| Failure::io("read", &program, error))?.len();
    Ok(format!("{}\n{} bytes, of which the program is {size} before packing", path.display(), packed.len()))
}

/// Returns a line as `sha256sum --check` reads it.
fn checksum_line(bytes: &[u8], file: &str) -> String {
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{digest}  {file}\n")
}

/// Returns the kind of machine that the compiler builds for, such as `x86_64-unknown-linux-gnu`.
fn host(root: &Path) -> Result<String, Failure> {
    let mut rustc = Command::new("rustc");
    let said = text(rustc.current_dir(root).arg("-vV"), "rustc -vV")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(ToOwned::to_owned).ok_or_else(|| Failure::Check("`rustc -vV` names no host".to_owned()))
}

/// Runs the program that was built, and returns what it prints.
fn printed(program: &Path, arguments: &[&std::ffi::OsStr]) -> Result<String, Failure> {
    text(Command::new(program).args(arguments), &program.display().to_string())
}

fn text(command: &mut Command, shown: &str) -> Result<String, Failure> {
    let output = finished(command.stderr(Stdio::inherit()), shown)?;
    let no_text = || Failure::Program { command: shown.to_owned(), reason: "printed what is no text".to_owned() };
    String::from_utf8(output.stdout).map_err(|_| no_text())
}

fn copy(file: &Path, folder: &Path) -> Result<(), Failure> {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, &to).map(drop).map_err(|error| Failure::io("copy to", &to, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_written_as_sha256sum_does() {
        assert_eq!(
            checksum_line(b"", "a.tar.gz"),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.tar.gz\n"
        );
    }
}

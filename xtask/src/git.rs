//! What git knows of the checkout: its files, and their texts at earlier revisions.

use crate::failure::Failure;
use crate::files::remove_folder;
use crate::program::finished;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

/// Copies everything that is or could be committed, as it stands in the folder, to another folder. A copy that is there
/// already is replaced. Each file keeps its time, so that cargo compiles only what changed since the last copy.
pub(crate) fn copy_checkout(root: &Path, to: &Path) -> Result<(), Failure> {
    remove_folder(to)?;
    let files = git(root, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let (from, to) = (root.join(file), to.join(file));
        // Git still lists what was deleted and not committed.
        if !from.exists() {
            continue;
        }
        copy_file(&from, &to).map_err(|error| Failure::io("copy", &from, error))?;
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to)?;
    let time = fs::metadata(from)?.modified()?;
    fs::File::options().append(true).open(to)?.set_modified(time)
}

/// Returns the texts of all files below a folder at a revision, with their paths from the root.
pub(crate) fn texts_at(root: &Path, revision: &str, folder: &str) -> Result<Vec<(String, String)>, Failure> {
    let archive = output(root, &["archive", "--format=tar", revision, "--", folder])?;
    let failed = |error| Failure::io("read the archive of", Path::new(folder), error);
    let mut texts = Vec::new();
    for entry in tar::Archive::new(archive.as_slice()).entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        if entry.header().entry_type().is_file() {
            let path = entry.path().map_err(failed)?.to_string_lossy().into_owned();
            let mut text = String::new();
            entry.read_to_string(&mut text).map_err(failed)?;
            texts.push((path, text));
        }
    }
    Ok(texts)
}

/// Runs git at the root and returns what it prints.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&output(root, arguments)?).into_owned())
}

fn output(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let mut git = Command::new("git");
    let output = finished(git.current_dir(root).args(arguments), &format!("git {}", arguments.join(" ")))?;
    Ok(output.stdout)
}

//! Runs tests so that one run shows every snapshot that differs, leaves no draft of a snapshot behind, and finds the
//! snapshots that no test compares any more.

use crate::failure::Failure;
use crate::git::git;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The ends of the names of drafts: of snapshots with a file of their own, and of those in a source file.
const DRAFTS: [&str; 2] = [".snap.new", ".pending-snap"];

/// Fails when somebody's drafts lie around: one of them would be taken for a difference of this run.
pub(super) fn no_drafts(root: &Path) -> Result<(), Failure> {
    let drafts = drafts(root)?;
    if drafts.is_empty() {
        return Ok(());
    }
    Err(Failure::Check(format!("drafts of snapshots are left; read and remove them:\n{}", lines(&drafts))))
}

/// Runs tests. A snapshot that differs does not stop its test, so that all differences are found, and is a failure in the
/// end all the same.
pub(super) fn compared(root: &Path, run: impl FnOnce(&[(&str, &str)]) -> Result<(), Failure>) -> Result<(), Failure> {
    no_drafts(root)?;
    let seen = tempfile::NamedTempFile::new().map_err(|error| Failure::io("make a file in", root, error))?;
    let seen_path = seen.path().display().to_string();
    let tested =
        run(&[("INSTA_UPDATE", "new"), ("INSTA_FORCE_PASS", "1"), ("INSTA_SNAPSHOT_REFERENCES_FILE", &seen_path)]);
    let differences = take_differences(root)?;
    if !differences.is_empty() {
        return Err(Failure::Check(format!(
            "{}\nsnapshots differ: read each difference, then `INSTA_UPDATE=always cargo test -p <crate>`",
            differences.join("\n")
        )));
    }
    // Tests that did not run compare nothing.
    tested?;
    let seen = fs::read_to_string(&seen_path).map_err(|error| Failure::io("read", seen.path(), error))?;
    let kept = files(root, ".snap")?;
    let orphans = orphans(&kept, &seen);
    if orphans.is_empty() {
        return Ok(());
    }
    Err(Failure::Check(format!("no test compares these snapshots; remove them:\n{}", lines(&orphans))))
}

/// Returns the snapshots that are not among those that tests named, each in a line of `seen`.
fn orphans(kept: &BTreeSet<PathBuf>, seen: &str) -> BTreeSet<PathBuf> {
    let plain = |path: &str| fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let seen: BTreeSet<PathBuf> = seen.lines().map(plain).collect();
    kept.iter().filter(|path| !seen.contains(&plain(&path.to_string_lossy()))).cloned().collect()
}

/// Returns each draft as what it changes, and removes it.
fn take_differences(root: &Path) -> Result<Vec<String>, Failure> {
    let mut differences = Vec::new();
    for draft in drafts(root)? {
        let text = match draft.to_string_lossy().strip_suffix(".new") {
            Some(kept) if Path::new(kept).exists() => difference(root, Path::new(kept), &draft)?,
            _ => format!("new: {}\n{}", draft.display(), crate::files::read(&draft)?),
        };
        differences.push(text);
        fs::remove_file(&draft).map_err(|error| Failure::io("remove", &draft, error))?;
    }
    Ok(differences)
}

fn difference(root: &Path, kept: &Path, draft: &Path) -> Result<String, Failure> {
    let failed = |error| Failure::io("compare", kept, error);
    let mut git = Command::new("git");
    git.current_dir(root).args(["diff", "--no-index", "--no-color"]).args([kept, draft]);
    Ok(String::from_utf8_lossy(&git.output().map_err(failed)?.stdout).into_owned())
}

fn drafts(root: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut found = BTreeSet::new();
    for end in DRAFTS {
        found.extend(files(root, end)?);
    }
    Ok(found)
}

/// Returns the files of the checkout whose names end so, ignored ones included.
fn files(root: &Path, end: &str) -> Result<BTreeSet<PathBuf>, Failure> {
    let pattern = format!("*{end}");
    let mut found = BTreeSet::new();
    for kind in [["--cached", "--others"].as_slice(), &["--others", "--ignored", "--exclude-standard"]] {
        let arguments = [&["ls-files", "-z"], kind, &["--", &pattern, ":!target"]].concat();
        let listed = git(root, &arguments)?;
        found.extend(listed.split('\0').filter(|file| !file.is_empty()).map(|file| root.join(file)));
    }
    Ok(found.into_iter().filter(|file| file.exists()).collect())
}

fn lines(paths: &BTreeSet<PathBuf>) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write;

    fn checkout(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        git(folder.path(), &["init", "--quiet"]).expect("a checkout");
        for (file, text) in files {
            write(&folder.path().join(file), text).expect("written");
        }
        folder
    }

    #[test]
    fn every_difference_is_told_and_no_draft_is_left() {
        let checkout = checkout(&[(".gitignore", "*.snap.new\n"), ("a.snap", "one\n"), ("b.snap", "two\n")]);
        let at = |file: &str| checkout.path().join(file);
        let told = compared(checkout.path(), |_| {
            write(&at("a.snap.new"), "1\n")?;
            write(&at("b.snap.new"), "2\n")?;
            write(&at(".c.rs.pending-snap"), "three\n")
        });
        let told = told.expect_err("differences").to_string();
        for part in ["-one", "+1", "-two", "+2", "three"] {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(drafts(checkout.path()).expect("a checkout"), BTreeSet::new());
    }

    #[test]
    fn a_snapshot_that_no_test_names_is_told() {
        let checkout = checkout(&[("a.snap", ""), ("b.snap", "")]);
        let told = compared(checkout.path(), |variables| {
            let (_, seen) = variables.iter().find(|(name, _)| *name == "INSTA_SNAPSHOT_REFERENCES_FILE").expect("told");
            write(Path::new(seen), &format!("{}\n", checkout.path().join("a.snap").display()))
        });
        let told = told.expect_err("an orphan").to_string();
        assert!(told.contains("b.snap") && !told.contains("a.snap"), "{told}");
    }

    #[test]
    fn drafts_of_before_are_refused_and_kept() {
        let checkout = checkout(&[(".gitignore", "*.snap.new\n"), ("a.snap.new", "")]);
        let run = |_: &[(&str, &str)]| -> Result<(), Failure> { panic!("nothing is run") };
        assert!(compared(checkout.path(), run).is_err());
        assert!(checkout.path().join("a.snap.new").exists());
    }
}

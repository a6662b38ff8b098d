//! A copy of a fixture that looks like this repository to the xtask, and is gone after the test.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

/// The day on which fixtures are read.
const TODAY: &str = "2026-11-02";

/// How a run of the xtask ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stderr: String,
}

impl Workspace {
    /// Copies a folder of `tests/fixtures`, and what the page for programs needs.
    pub(crate) fn copy(fixture: &str) -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().unwrap();
        for fixture in ["page", fixture] {
            copy(&own.join("tests/fixtures").join(fixture), folder.path());
        }
        fs::copy(own.join("../rustfmt.toml"), folder.path().join("rustfmt.toml")).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn codegen(&self, arguments: &[&str]) -> Run {
        codegen(self.folder.path(), arguments)
    }

    /// All generated files with their texts.
    pub(crate) fn generated(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let root = self.path("crates/types/src/generated");
        if root.exists() {
            collect(&root, &root, &mut files);
        }
        files
    }
}

/// Runs the generator on a workspace.
pub(crate) fn codegen(root: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.args(["codegen", "--today", TODAY]).args(arguments).arg("--root").arg(root).output().unwrap();
    assert!(output.stdout.is_empty(), "reports go to stderr");
    Run { code: output.status.code(), stderr: String::from_utf8(output.stderr).unwrap() }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let parts: Vec<_> = path.strip_prefix(root).unwrap().iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"), fs::read_to_string(&path).unwrap());
        }
    }
}

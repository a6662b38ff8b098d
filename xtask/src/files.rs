//! Reads and writes files. Every generated file goes through [`put`], so that checking cannot be forgotten.

use crate::failure::Failure;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Returns the text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::io("read", path, error))
}

/// Writes a file, and makes the folder that it is in.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::io("make", parent, error))?;
    }
    fs::write(path, text).map_err(|error| Failure::io("write", path, error))
}

/// Removes a folder with all that is in it. One that is not there is no failure.
pub(crate) fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::io("remove", path, error)),
        _ => Ok(()),
    }
}

/// What to do with a file that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    /// Only note it.
    Check,
}

/// How a file differed from what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Missing,
    Stale,
    Orphan,
}

impl Change {
    /// What is the matter, or what was done about it.
    pub(crate) fn as_str(self, mode: Mode) -> &'static str {
        match (self, mode) {
            (Self::Missing, Mode::Check) => "missing",
            (Self::Stale, Mode::Check) => "stale",
            (Self::Orphan, Mode::Check) => "orphan",
            (Self::Missing | Self::Stale, Mode::Write) => "wrote",
            (Self::Orphan, Mode::Write) => "removed",
        }
    }
}

/// Makes a file have this text, and returns how it differed. One that has it already is not touched.
pub(crate) fn put(path: &Path, text: &str, mode: Mode) -> Result<Option<Change>, Failure> {
    let text = text.replace("\r\n", "\n");
    let change = match fs::read_to_string(path) {
        Ok(present) if present.replace("\r\n", "\n") == text => return Ok(None),
        Ok(_) => Change::Stale,
        // A file that is no text is not what was generated either.
        Err(error) if error.kind() == ErrorKind::InvalidData => Change::Stale,
        Err(error) if error.kind() == ErrorKind::NotFound => Change::Missing,
        Err(error) => return Err(Failure::io("read", path, error)),
    };
    if mode == Mode::Write {
        write(path, &text)?;
    }
    Ok(Some(change))
}

/// A folder that holds generated files and nothing else.
pub(crate) struct Folder {
    path: PathBuf,
    mode: Mode,
    put: BTreeSet<PathBuf>,
    changes: Vec<(PathBuf, Change)>,
}

impl Folder {
    pub(crate) fn open(path: PathBuf, mode: Mode) -> Self {
        Self { path, mode, put: BTreeSet::new(), changes: Vec::new() }
    }

    /// Makes a file of the folder have this text.
    pub(crate) fn put(&mut self, file: &str, text: &str) -> Result<(), Failure> {
        let path = self.path.join(file);
        self.put.insert(path.clone());
        let change = put(&path, text, self.mode)?;
        self.changes.extend(change.map(|change| (path, change)));
        Ok(())
    }

    /// Removes what no spec makes any more, and returns all changes.
    pub(crate) fn close(mut self) -> Result<Vec<(PathBuf, Change)>, Failure> {
        let folder = self.path.clone();
        self.sweep(&folder)?;
        self.changes.sort_by(|left, right| left.0.cmp(&right.0));
        Ok(self.changes)
    }

    /// Returns whether the folder is left without files.
    fn sweep(&mut self, folder: &Path) -> Result<bool, Failure> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(Failure::io("read", folder, error)),
        };
        let mut is_empty = true;
        for entry in entries {
            let path = entry.map_err(|error| Failure::io("read", folder, error))?.path();
            if path.is_dir() {
                if !self.sweep(&path)? {
                    is_empty = false;
                } else if self.mode == Mode::Write {
                    fs::remove_dir(&path).map_err(|error| Failure::io("remove", &path, error))?;
                }
            } else if self.put.contains(&path) {
                is_empty = false;
            } else {
                if self.mode == Mode::Write {
                    fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, error))?;
                }
                self.changes.push((path, Change::Orphan));
            }
        }
        Ok(is_empty)
    }
}

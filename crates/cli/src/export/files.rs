//! The files of an export: where each one stands, and whether another path leads to one of them.

use super::disk::{DRAFT, parent};
use super::journal::JOURNAL;
use std::fs;
use std::path::{Path, PathBuf};

/// More links in a row than any system follows.
const MOST_LINKS: usize = 40;

/// Where the files of an export stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExportFiles {
    /// The output by the name that it was given.
    pub(crate) given: PathBuf,
    /// The output itself, which is another file where the name is that of a link.
    pub(crate) out: PathBuf,
    /// The folder with the journal and the segments.
    pub(crate) folder: PathBuf,
    /// The file for rows that cannot be exported.
    pub(crate) quarantine: PathBuf,
}

impl ExportFiles {
    /// Returns the files of an output. They stand beside the file that a link leads to; beside the link where they were before
    /// the output went elsewhere.
    pub(crate) fn of(given: &Path) -> Self {
        let out = target(given);
        let has_journal = |out: &Path| folder(out).join(JOURNAL).exists();
        let home = if !has_journal(&out) && has_journal(given) { given } else { &out };
        let (folder, quarantine) = (folder(home), beside(home, "quarantine.jsonl"));
        Self { given: given.to_owned(), out, folder, quarantine }
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    /// Returns whether writing to a path would replace a file of this export, now or when the run has made them.
    pub(crate) fn is_replaced_by(&self, path: &Path) -> bool {
        let own = [&self.given, &self.out, &self.quarantine].map(|own| real(own));
        let folder = real(&self.folder);
        // A file is written under another name first, and takes the place of a link.
        let names = [path.to_owned(), beside(path, DRAFT)];
        let written = names.iter().flat_map(|name| [real(name), named(name)]);
        written.into_iter().any(|written| own.contains(&written) || written.starts_with(&folder))
    }
}

fn folder(out: &Path) -> PathBuf {
    beside(out, "papi")
}

/// Returns the path with a further ending.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    parent(out).join(name)
}

/// Returns the file that a link leads to, in any number of steps, whether or not it exists; another path is its own target.
fn target(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = parent(&path).join(next),
            Err(_) => break,
        }
    }
    path
}

/// Returns the path with its folder resolved, and its last name as it is.
fn named(path: &Path) -> PathBuf {
    match path.file_name() {
        Some(name) => real(parent(path)).join(name),
        None => real(path),
    }
}

/// Returns the one path of a file without links in it, whether or not it exists.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let path = target(path);
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder == Path::new("") => real(Path::new(".")).join(name),
        (Some(folder), Some(name)) => real(folder).join(name),
        // It ends in `..`, after a folder that is not there yet.
        (Some(folder), None) => parent(&real(folder)).to_owned(),
        (None, _) => path,
    }
}

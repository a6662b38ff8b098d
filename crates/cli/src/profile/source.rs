//! One part of a key, and where it is fetched from: a variable, a file, a program.

use super::Secret;
use super::program::run;
use crate::failure::Failure;
use papi_runtime::shown_path;
use secrecy::zeroize::Zeroizing;
use std::ffi::OsString;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a program may take, unless the file says otherwise.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// No part of a key is nearly as long; a device that never ends is.
const LONGEST: usize = 64 * 1_024;

/// Where a part of a key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeySource {
    /// An environment variable.
    Variable(String),
    File(PathBuf),
    /// What a program prints.
    Program(Program),
}

/// A program with its arguments; no shell reads them.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Program {
    pub(super) path: PathBuf,
    /// Never shown: people write passphrases there.
    pub(super) arguments: Vec<String>,
    pub(super) patience: Duration,
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("path", &self.path).finish_non_exhaustive()
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}{}`", self.path.display(), if self.arguments.is_empty() { "" } else { " .." })
    }
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "the variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Program(program) => write!(f, "the command {program}"),
        }
    }
}

/// How many lines a part of a key has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    /// A PEM.
    Several,
}

impl KeySource {
    /// Fetches the text. `of` says of what, for messages: `api_key of profile main`.
    pub(super) fn fetch(
        &self,
        of: &str,
        lines: Lines,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Secret, Failure> {
        let text = match self {
            Self::Variable(name) => of_variable(name, variable(name)),
            Self::File(path) => of_file(path),
            Self::Program(program) => run(program, of),
        };
        let text = text.map_err(|failure| failure.of(of))?;
        let shown = text.trim_end_matches(['\r', '\n']);
        let count = shown.lines().count();
        if lines == Lines::One && count > 1 {
            return Err(Failure::bad_input(format!("{of}: {self} gives {count} lines, where it must be one"))
                .hint("where an entry has more lines, a program can choose one: command = [\"sh\", \"-c\", \"pass show papi/main | head -n 1\"]"));
        }
        if shown.trim().is_empty() {
            return Err(Failure::bad_input(format!("{of}: {self} is empty")));
        }
        Ok(Zeroizing::new(shown.to_owned()))
    }
}

fn of_variable(name: &str, value: Option<OsString>) -> Result<Secret, Failure> {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Err(Failure::bad_input(format!("the variable {name} is not set"))
            .hint(format!("`export {name}=..`, or name another source in the file of profiles")));
    };
    value.into_string().map(Zeroizing::new).map_err(|_| Failure::bad_input(format!("the variable {name} is not text")))
}

fn of_file(path: &Path) -> Result<Secret, Failure> {
    let shown = shown_path(path).unwrap_or_else(|| "the file (its name may be a secret)".to_owned());
    let unreadable = |error: io::Error| {
        let is_absent = error.kind() == io::ErrorKind::NotFound;
        let hint = is_absent.then(|| "paths are relative to the folder of the file of profiles".to_owned());
        Failure::bad_input(format!("{shown} cannot be read: {error}")).hints(hint)
    };
    // Asked before it is opened: to open a pipe would wait for whoever writes into it.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Failure::bad_input(format!("{shown} is no file")));
    }
    let file = File::open(path).map_err(unreadable)?;
    if let Some((reason, command)) = seen_by_others(&file.metadata().map_err(unreadable)?) {
        return Err(
            Failure::bad_input(format!("{shown} {reason}, so it is not used")).hint(format!("`{command} {shown}`"))
        );
    }
    to_limit(file).map_err(unreadable).and_then(|content| text(&content, &shown))
}

/// Returns why others can see what is in a file, and the command that ends it.
#[cfg(unix)]
fn seen_by_others(metadata: &Metadata) -> Option<(String, &'static str)> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = metadata.mode() & 0o777;
    if ![0, rustix::process::geteuid().as_raw()].contains(&metadata.uid()) {
        return Some(("belongs to another user".to_owned(), "chown $USER"));
    }
    (mode & 0o077 != 0).then(|| (format!("can be read by others (its mode is {mode:03o})"), "chmod 600"))
}

/// Other systems have no such mode; there the folder of a user is that user's alone.
#[cfg(not(unix))]
fn seen_by_others(_: &Metadata) -> Option<(String, &'static str)> {
    None
}

/// Reads all, or so much that it is known to be too long. It never grows, so no copy is left behind.
pub(super) fn to_limit(from: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut content = Zeroizing::new(Vec::with_capacity(LONGEST + 64));
    from.take(LONGEST as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

/// Returns what was read as text.
pub(super) fn text(content: &[u8], origin: &str) -> Result<Secret, Failure> {
    match std::str::from_utf8(content) {
        _ if content.len() > LONGEST => Err(Failure::bad_input(format!("{origin} gives too much for a part of a key"))),
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(Failure::bad_input(format!("what {origin} gives is not text"))),
    }
}

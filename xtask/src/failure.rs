//! Why a command could not do its work, apart from problems of the specs themselves.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) enum Failure {
    /// A file could not be read or written.
    Io { doing: &'static str, path: PathBuf, error: io::Error },
    /// A program could not be started, or ended badly.
    Program { command: String, reason: String },
    /// A template printed something that is not Rust.
    Template { file: String, error: syn::Error },
    /// The specs have problems; the text tells all of them.
    Specs { rendered: String, count: usize },
    /// Files are not what the specs say.
    Stale { list: String },
    /// A check of the repository failed.
    Check(String),
}

impl Failure {
    pub(crate) fn io(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { doing, path: path.to_owned(), error }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
            Self::Program { command, reason } => write!(f, "`{command}` {reason}"),
            Self::Template { file, error } => write!(f, "the template of {file} does not print Rust: {error}"),
            Self::Specs { rendered, count } => {
                let plural = if *count == 1 { "" } else { "s" };
                write!(f, "{rendered}{count} problem{plural} in the specs; nothing was written")
            }
            Self::Stale { list } => {
                write!(f, "{list}the generated files are not what the specs say: run `cargo xtask codegen`")
            }
            Self::Check(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Template { error, .. } => Some(error),
            _ => None,
        }
    }
}

//! Damage of what an export keeps: which file, what is wrong with it, and which rows were in it.

use super::range::Range;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Damage of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) part: Part,
    pub(crate) path: PathBuf,
    pub(crate) what: String,
    /// The first and the last moment of the rows that were in it, where its seal tells.
    pub(crate) times: Option<Range>,
}

/// Which file of an export is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Journal,
    Segment,
    Quarantine,
    Output,
}

/// What is said of a file that is not there.
pub(crate) const MISSING: &str = "it is missing";

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is damaged: {}", self.path.display(), self.what)
    }
}

impl Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}

impl Damage {
    pub(crate) fn of_journal(path: PathBuf, what: impl Into<String>) -> Self {
        Self { part: Part::Journal, path, what: what.into(), times: None }
    }

    /// Returns the damage that an error tells of, if that is what it is.
    pub(crate) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

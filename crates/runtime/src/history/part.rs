//! What a walk hands out: a span that is walked, its rows, and what is wrong with it.

use super::rows::RawRow;
use papi_types::Timestamp;
use std::fmt;

/// A span of a history that is walked, with its rows. Parts come in order of time, each of them once. Rows that turned up
/// when everything was handed out come last, in parts of one millisecond each.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Part {
    /// The first millisecond.
    pub from: Timestamp,
    /// The last millisecond. The next part may begin with it as well; its rows are not repeated.
    pub to: Timestamp,
    /// Where a later walk goes on when this part was the last one of this walk: rows of that very millisecond may come
    /// again, with the same identity.
    pub resume_at: Timestamp,
    /// Its rows, in the order of their identities.
    pub rows: Vec<RawRow>,
    /// What is not as it should be; empty when all its rows are here for sure.
    pub flaws: Vec<Flaw>,
}

/// Why rows may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Flaw {
    /// The first millisecond that it is about.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// What is wrong.
    pub kind: FlawKind,
}

/// What is wrong with a span of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FlawKind {
    /// Rows are probably all there, and nothing proves it: one millisecond filled a page and was read in narrower pages,
    /// or a page below the cap lacked a row that another one had.
    Unproven,
    /// Rows are missing, or may well be: one millisecond has more rows than any filter could split, or numbered pages
    /// changed whenever they were read.
    Incomplete,
    /// The exchange does not keep rows for so long.
    Lost,
}

impl FlawKind {
    /// The word for reports: `unproven`, `incomplete`, `lost`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unproven => "unproven",
            Self::Incomplete => "incomplete",
            Self::Lost => "lost",
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, from) = (self.kind.as_str(), self.from.to_utc_text());
        if self.from == self.to {
            write!(f, "{what}: the millisecond {} ({from})", self.from)
        } else {
            write!(f, "{what}: {} to {} ({from} to {})", self.from, self.to, self.to.to_utc_text())
        }
    }
}

impl Flaw {
    pub(crate) fn new(kind: FlawKind, from: i64, to: i64) -> Self {
        Self { from: Timestamp::from_millis(from), to: Timestamp::from_millis(to), kind }
    }
}

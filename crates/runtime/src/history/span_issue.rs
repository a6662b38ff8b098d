//! A span of a history whose rows are missing, or may be.

use papi_types::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// A span whose rows are missing, or may be. It can be written down as JSON and read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpanIssue {
    /// The first millisecond.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// What is wrong.
    pub kind: SpanIssueKind,
}

/// What is wrong with a span of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SpanIssueKind {
    /// Rows are probably all there, and nothing proves it: one millisecond filled a page and was read in narrower pages,
    /// or a page below the cap lacked a row that another one had.
    Unproven,
    /// Rows are missing, or may well be: one millisecond has more rows than any filter could split, numbered pages changed
    /// whenever they were read, or a row came for another window and not for its own.
    Incomplete,
    /// The exchange does not keep rows for so long.
    Lost,
    /// As `Lost`, but it does not count as missing. A walk gives `Lost`, and its report says which of them are noted; this kind
    /// is for a journal of issues.
    Noted,
}

impl SpanIssueKind {
    /// Returns the word for reports: `unproven`, `incomplete`, `lost`, `noted`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unproven => "unproven",
            Self::Incomplete => "incomplete",
            Self::Lost => "lost",
            Self::Noted => "noted",
        }
    }

    /// Returns whether the exchange has forgotten the rows.
    pub const fn is_loss(self) -> bool {
        matches!(self, Self::Lost | Self::Noted)
    }
}

impl SpanIssue {
    /// Describes what is wrong with the milliseconds from `from` to `to`, both included.
    pub const fn new(kind: SpanIssueKind, from: i64, to: i64) -> Self {
        Self { from: Timestamp::from_millis(from), to: Timestamp::from_millis(to), kind }
    }

    /// Adds this issue to others, which stay in order. One that is known is not added again, what is known to be
    /// incomplete is no longer merely unproven, and losses that touch become one.
    pub fn add_to(self, issues: &mut Vec<Self>) {
        use SpanIssueKind::{Incomplete, Unproven};
        let is_here = |other: &Self| (other.from, other.to) == (self.from, self.to);
        if issues.iter().any(|known| is_here(known) && (known.kind == self.kind || known.kind == Incomplete)) {
            return;
        }
        issues.retain(|known| !(self.kind == Incomplete && known.kind == Unproven && is_here(known)));
        issues.push(self);
        issues.sort_unstable_by_key(|issue| (issue.kind, issue.from, issue.to));
        issues.dedup_by(|next, last| {
            let gap = Duration::from_millis(1);
            let joins = next.kind.is_loss() && next.kind == last.kind && next.from <= last.to.plus(gap);
            last.to = if joins { last.to.max(next.to) } else { last.to };
            joins
        });
        issues.sort_unstable();
    }
}

impl fmt::Display for SpanIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, from) = (self.kind.as_str(), self.from.to_string());
        if self.from == self.to {
            write!(f, "{what}: the millisecond {} ({from})", self.from.as_millis())
        } else {
            let [first, last] = [self.from, self.to].map(Timestamp::as_millis);
            write!(f, "{what}: {first} to {last} ({from} to {})", self.to)
        }
    }
}

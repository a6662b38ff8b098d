//! Whether the exchange counts both ends of a window in. It is documented to; where two neighbouring windows share a
//! millisecond and only one of them shows a row of it, it does not, and requests are one millisecond wider from then on.

use super::identity::Id;
use std::collections::BTreeSet;

/// An end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WindowEnd {
    /// The first millisecond.
    First,
    /// The last one.
    Last,
}

/// By how many milliseconds a request is wider than its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Widening {
    pub(crate) before: i64,
    pub(crate) after: i64,
}

impl Widening {
    /// What a millisecond tells that two windows share: from the rows that the earlier one has there, those of the later
    /// one, and those that neither has and a full page had. None when it has no rows.
    pub(crate) fn told_by(earlier: &BTreeSet<Id>, later: &BTreeSet<Id>, neither: usize) -> Option<Self> {
        let excludes = |excluded: bool| i64::from(excluded || neither > 0);
        let told = Self {
            before: excludes(earlier.difference(later).next().is_some()),
            after: excludes(later.difference(earlier).next().is_some()),
        };
        (neither > 0 || !earlier.is_empty() || !later.is_empty()).then_some(told)
    }

    /// Learns that requests must be wider. Returns the ends for which that is new.
    pub(crate) fn learn(&mut self, told: Self) -> Vec<WindowEnd> {
        let mut new = Vec::new();
        if told.before > self.before {
            new.push(WindowEnd::First);
        }
        if told.after > self.after {
            new.push(WindowEnd::Last);
        }
        *self = Self { before: self.before.max(told.before), after: self.after.max(told.after) };
        new
    }
}

/// What is known about the ends of windows.
#[derive(Debug)]
pub(crate) enum Edges {
    /// Nothing yet; these milliseconds were ends of windows.
    Unproven(BTreeSet<i64>),
    /// Two windows have shown the same rows of the millisecond that they share.
    Proven,
}

impl Edges {
    pub(crate) fn note(&mut self, from: i64, to: i64) {
        if let Self::Unproven(edges) = self {
            edges.extend([from, to]);
        }
    }

    pub(crate) fn are_proven(&self) -> bool {
        matches!(self, Self::Proven)
    }
}

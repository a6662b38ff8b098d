//! What a walk asks, what it is answered, and how it is made.

use super::crowd::{Dimension, Filter};
use super::rows::ReadPage;
use super::shape::Shape;
use papi_types::ReprintReply;
use std::collections::BTreeSet;

/// A request to send. Its number goes with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) number: u64,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Window {
        from: i64,
        to: i64,
        page: Option<u32>,
        filter: Filter,
    },
    /// The call that lists further names.
    Names,
}

/// What came of a request.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A page, of a window that began at `from` when it was sent.
    Page { from: i64, page: ReadPage },
    /// The exchange keeps nothing that is as old as the end of the window.
    TooOld,
    /// The exchange refused the window for its length.
    TooLong,
    /// For each dimension, names.
    Names(Vec<BTreeSet<String>>),
}

/// How a walk is made.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    pub(crate) shape: Shape,
    pub(crate) dimensions: Vec<Dimension>,
    /// Whether there is a call that lists names.
    pub(crate) has_names: bool,
    /// How many requests may be under way.
    pub(crate) concurrency: usize,
    pub(crate) reprint: ReprintReply,
}

/// Counts of what was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Spans that are walked.
    pub(crate) windows: u64,
    /// Pages that were full.
    pub(crate) cuts: u64,
}

//! What a walk asks, what it is answered, and how it is made.

use super::remark::Remark;
use super::rows::ReadPage;
use super::saturated_instant::{Dimension, Filter};
use super::shape::Shape;
use papi_types::spec::ReprintReply;
use std::collections::BTreeSet;

/// A request to send. Its number goes with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) number: u64,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Window(WindowRequest),
    /// The call that lists further names.
    Names,
}

/// A request for rows of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WindowRequest {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// Its number, where rows come in numbered pages.
    pub(crate) page: Option<u32>,
    pub(crate) filter: Filter,
}

impl WindowRequest {
    /// All rows of the window.
    pub(crate) fn new(from: i64, to: i64) -> Self {
        Self { from, to, page: None, filter: Filter::new() }
    }
}

/// What came of a request.
#[derive(Debug)]
pub(crate) enum Finding {
    /// A page, of a window that began at `from` when it was sent.
    Page { from: i64, page: ReadPage },
    /// The exchange keeps nothing that is as old as the end of the window.
    TooOld,
    /// The exchange refused the window for its length.
    TooLong,
    /// For each dimension, names.
    Names(Vec<BTreeSet<String>>),
    /// The call that lists names failed.
    NoNames(Remark),
}

/// A full page that has no row of the window it was asked for with: the walk would go on for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IgnoredWindow {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: usize,
}

/// How a walk is made.
#[derive(Debug, Clone)]
pub(crate) struct WalkConfig {
    pub(crate) shape: Shape,
    pub(crate) dimensions: Vec<Dimension>,
    /// Whether there is a call that lists names.
    pub(crate) has_names: bool,
    /// How many requests may be under way.
    pub(crate) concurrency: usize,
    pub(crate) reprint: ReprintReply,
}

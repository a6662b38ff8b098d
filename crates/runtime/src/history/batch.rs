//! What a walk hands out: a span that is walked, its rows, and what is wrong with it.

use super::rows::RawRow;
use super::span_issue::SpanIssue;
use papi_types::Timestamp;

/// A span of a history that is walked, with its rows. Batches come in order of time, each of them once. Rows that turned up
/// when everything was handed out come last, in batches of one millisecond each.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Batch {
    /// The first millisecond.
    pub from: Timestamp,
    /// The last millisecond. The next batch may begin with it as well; its rows are not repeated.
    pub to: Timestamp,
    /// Where a later walk goes on when this batch was the last one of this walk: rows of that very millisecond may come
    /// again, with the same identity.
    pub resume_at: Timestamp,
    /// Its rows, in the order of their identities.
    pub rows: Vec<RawRow>,
    /// What is wrong with it; empty when it is proven that all its rows are here.
    pub issues: Vec<SpanIssue>,
}

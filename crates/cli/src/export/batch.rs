//! A batch of a walk on its way into the store: its rows are judged once, before any of them is kept.

use super::dataset::{Dataset, Misfit};
use super::segment::{BadRow, Content, Entry};
use binance_papi::history::{Identity, SpanIssue};

/// A finished batch of the range that is being walked.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// Where the walk goes on when this batch was the last one of a run.
    pub(crate) resume_at: i64,
    pub(crate) rows: Vec<Entry>,
    pub(crate) issues: Vec<SpanIssue>,
}

/// Returns what is kept of a row. `printed` is the row as its type prints it, or where it does not read and why.
///
/// A row that has no place in the columns is bad in every format, so that all formats hold the same rows.
pub(crate) fn entry(dataset: &Dataset, key: Identity, raw: &str, printed: Result<String, Misfit>) -> Entry {
    let content = match printed.and_then(|row| dataset.cells(&row, None).map(|_| row)) {
        Ok(row) => Content::Good { row, raw: dataset.has_raw().then(|| raw.to_owned()) },
        Err(Misfit { path, reason }) => Content::Bad(BadRow { path, reason, raw: raw.to_owned() }),
    };
    Entry { key, content }
}

//! A part of a walk on its way into the store: its rows are judged once, before any of them is kept.

use super::journal::FlawNote;
use super::row_key::RowKey;
use super::schema::Schema;
use super::segment::{BadRow, Content, Entry};

/// A finished part of the range that is being walked.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Where the walk goes on when this part was the last one of a run.
    pub(crate) resume_at: i64,
    pub(crate) rows: Vec<Entry>,
    pub(crate) flaws: Vec<FlawNote>,
}

/// What a row of the walk is kept as. `printed` is the row as its type prints it, or where it does not read and why.
///
/// A row that has no place in the columns is bad in every format, so that all formats hold the same rows.
pub(crate) fn entry(schema: &Schema, key: RowKey, raw: &str, printed: Result<String, (String, String)>) -> Entry {
    let bad = |path, reason| Content::Bad(BadRow { path, reason, raw: raw.to_owned() });
    let content = match printed {
        Err((path, reason)) => bad(path, reason),
        Ok(row) => match schema.cells(&row, None) {
            Err(misfit) => bad(misfit.path, misfit.reason),
            Ok(_) => Content::Good { row, raw: schema.has_raw().then(|| raw.to_owned()) },
        },
    };
    Entry { key, content }
}

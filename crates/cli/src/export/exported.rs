//! What is exported, to where, and for whom; and what came of it.

use super::dataset::{Dataset, RawColumn};
use super::files::ExportFiles;
use super::format::Format;
use super::journal::Subject;
use super::range::Range;
use super::summary::Effort;
use super::totals::Totals;
use crate::kebab::dataset_name;
use crate::request::Endpoints;
use binance_papi::Timestamp;
use binance_papi::history::SpanIssue;

/// What is exported, to where, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) files: ExportFiles,
    pub(crate) format: Format,
    pub(crate) dataset: Dataset,
    pub(crate) subject: Subject,
    /// The moment of the run, which tells what the exchange still has.
    pub(crate) now: Timestamp,
    /// The words of the command line that ask for the range, for commands that messages suggest.
    pub(crate) range_words: Vec<String>,
}

impl Export {
    /// Returns the export that a journal is of; none when this program does not know its dataset or format.
    pub(crate) fn of(files: ExportFiles, subject: Subject, endpoints: Endpoints, now: Timestamp) -> Option<Self> {
        let raw = if subject.has_raw() { RawColumn::With } else { RawColumn::Without };
        let info = endpoints.iter().find(|info| dataset_name(info).as_ref() == Some(&subject.dataset))?;
        let (format, dataset) = (Format::of_name(&subject.format)?, Dataset::of(info, raw)?);
        Some(Self { files, format, dataset, subject, now, range_words: Vec::new() })
    }
}

/// What was walked, what the output holds, what it took, and what is wrong with it.
pub(super) struct Exported {
    pub(super) range: Range,
    /// All that the output covers; none when nothing is kept.
    pub(super) covers: Option<Range>,
    pub(super) new_rows: u64,
    pub(super) totals: Totals,
    pub(super) effort: Effort,
    pub(super) issues: Vec<SpanIssue>,
}

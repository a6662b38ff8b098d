//! What is exported, to where, and for whom.

use super::dataset::{Dataset, RawColumn, dataset_name};
use super::files::ExportFiles;
use super::format::Format;
use super::journal::Subject;
use crate::request::Endpoints;
use binance_papi::Timestamp;

/// What is exported, to where, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) files: ExportFiles,
    pub(crate) format: Format,
    pub(crate) dataset: Dataset,
    pub(crate) subject: Subject,
    /// The moment of the run, which tells what the exchange still has.
    pub(crate) now: Timestamp,
}

impl Export {
    /// Returns the export that a journal is of; none when this program does not know its dataset or format.
    pub(crate) fn of(files: ExportFiles, subject: Subject, endpoints: Endpoints, now: Timestamp) -> Option<Self> {
        let raw = if subject.has_raw() { RawColumn::With } else { RawColumn::Without };
        let info = endpoints.iter().find(|info| dataset_name(info).as_ref() == Some(&subject.dataset))?;
        let (format, dataset) = (Format::of_name(&subject.format)?, Dataset::of(info, raw)?);
        Some(Self { files, format, dataset, subject, now })
    }
}

//! What the folder beside an output proves of it, for those who read the output: which range its rows cover, and what of that
//! range is missing.

use super::disk::{Disk, parent};
use super::files::ExportFiles;
use super::journal::Journal;
use super::range::{Range, joined};
use super::seal::{Checksum, sha256};
use crate::failure::Failure;
use binance_papi::history::SpanIssue;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// What is proven of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) dataset: String,
    pub(crate) schema_version: u32,
    /// What its requests were narrowed to, such as one symbol.
    pub(crate) params: Vec<(String, String)>,
    /// The exchange that was asked.
    pub(crate) exchange: String,
    /// What was walked; none when no run has come to its end.
    pub(crate) covered: Option<Range>,
    pub(crate) issues: Vec<SpanIssue>,
    /// Rows that the exchange has given and the output does not hold.
    pub(crate) quarantined: u64,
    /// The range of a run that is not finished.
    pub(crate) unfinished: Option<Range>,
    /// The SHA-256 of the output.
    pub(crate) checksum: Checksum,
}

/// Returns what is proven of an output; none when it has no folder, or one from before there were seals. It is an error when
/// the folder is damaged, or is not that of this file.
pub(crate) fn proof_of(out: &Path) -> Result<Option<Proof>, Failure> {
    let files = ExportFiles::of(out);
    let unreadable = |error: &io::Error| {
        Failure::bad_input(format!("cannot read what {} proves of {}: {error}", files.folder.display(), out.display()))
            .hint(format!("`papi export --verify {}` says what is damaged", out.display()))
            .hint("moved away, the folder proves nothing, and the report says that coverage is unknown")
    };
    let Some(journal) = Journal::read(&files.folder).map_err(|error| unreadable(&error))? else { return Ok(None) };
    if journal.is_unsealed() {
        return Ok(None);
    }
    let checksum = File::open(out).and_then(|mut file| sha256(&mut file)).map_err(|error| unreadable(&error))?;
    if !journal.output.may_have(&checksum) {
        return Err(Failure::bad_input(format!(
            "{} is not what its export wrote: it was changed, or is damaged",
            out.display()
        ))
        .hint("run the same export again: it writes the file anew from what it keeps")
        .hint(format!(
            "with {} moved away the file is read as it is, and its coverage is unknown",
            files.folder.display()
        )));
    }
    Ok(Some(Proof {
        unfinished: journal.open.as_ref().and_then(|open| joined(None, &open.ranges)),
        quarantined: journal.quarantine.rows(),
        dataset: journal.subject.dataset,
        schema_version: journal.subject.schema_version,
        params: journal.subject.params,
        exchange: journal.subject.exchange,
        covered: journal.covered,
        issues: journal.issues,
        checksum,
    }))
}

/// Writes a file as a whole: it is durable before it takes the place of what had its name.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Disk::default().write(parent(path), path, |draft| draft.write_all(bytes)).map(drop)
}

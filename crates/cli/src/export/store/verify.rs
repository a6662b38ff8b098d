//! Verifies an export: that every file is the one that the journal knows. It writes nothing.

use super::super::damage::{Damage, MISSING, Part};
use super::super::exported::Export;
use super::super::files::ExportFiles;
use super::super::journal::{Journal, SegmentNote};
use super::super::range::{self, Range};
use super::super::remedy;
use super::super::seal::{Standing, Tally};
use super::super::segment::{self, SegmentReader};
use super::super::trouble;
use super::{LOCK, segment_files, unsealed};
use crate::failure::Failure;
use crate::request::Endpoints;
use binance_papi::Timestamp;
use papi_runtime::counted;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// What an export holds that has proven to be whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) rows: u64,
    pub(crate) quarantined: u64,
    pub(crate) segments: u64,
    /// Whether its files have seals, or could only be checked for order and count.
    pub(crate) is_sealed: bool,
    /// The range of a run that is not finished.
    pub(crate) interrupted: Option<Range>,
}

impl Verified {
    /// Returns the lines for stderr.
    pub(crate) fn lines(&self, out: &Path) -> Vec<String> {
        let Self { rows, quarantined, segments, .. } = self;
        let (rows, segments) = (counted(*rows, "row"), counted(*segments, "segment"));
        let mut lines = vec![format!("{} is whole: {rows}, {quarantined} in quarantine, {segments}", out.display())];
        if !self.is_sealed {
            lines.push(
                "it has no seals yet, so order and count of its rows were checked; its next run seals it".to_owned(),
            );
        }
        if let Some(range) = self.interrupted {
            lines.push(format!(
                "a run over {} was interrupted: run the same export again to finish it",
                range.sentence()
            ));
        }
        lines
    }
}

/// Checks all files of an output.
pub(crate) fn verify(out: &Path, endpoints: Endpoints, now: Timestamp) -> Result<Verified, Failure> {
    let files = ExportFiles::of(out);
    let _lock = keep_runs_away(&files.folder.join(LOCK))?;
    let export = |subject| Export::of(files.clone(), subject, endpoints, now);
    let mut journal = match Journal::read(&files.folder) {
        Ok(Some(journal)) => journal,
        Ok(None) if segment_files(&files.folder).next().is_none() => {
            return Err(trouble::never_exported(out, &files.journal()));
        }
        read => {
            let error = read.err().unwrap_or_else(|| Damage::of_journal(files.journal(), MISSING).into());
            let Some(damage) = Damage::of(&error) else { return Err(trouble::disk("read", &files.journal(), &error)) };
            let export = Journal::subject_of_damaged(&files.folder).and_then(export);
            let known = times_on_disk(&files.folder);
            return Err(remedy::of_damages(std::slice::from_ref(damage), &files, export.as_ref(), known));
        }
    };
    let Some(export) = export(journal.subject.clone()) else {
        return Err(trouble::unknown_dataset(out, &journal.subject.dataset));
    };
    let (is_sealed, known) = (!journal.is_unsealed(), journal.range());
    let found = if is_sealed { Ok(Vec::new()) } else { unsealed::seal(&export, &mut journal) };
    let found = found.and_then(|damages| if damages.is_empty() { all(&export, &journal) } else { Ok(damages) });
    let damages = found.map_err(|error| remedy::of_error(&export, "read", &files.folder, &error, known))?;
    if !damages.is_empty() {
        return Err(remedy::of_damages(&damages, &files, Some(&export), known));
    }
    let segments = journal.segments().count() as u64;
    let interrupted = journal.open.as_ref().and_then(|open| range::joined(None, &open.ranges));
    let (rows, quarantined) = (journal.output.rows(), journal.quarantine.rows());
    Ok(Verified { rows, quarantined, segments, is_sealed, interrupted })
}

/// Keeps runs away as long as the file is open, where there is one; nothing is written.
fn keep_runs_away(lock: &Path) -> Result<Option<File>, Failure> {
    let Ok(file) = File::open(lock) else { return Ok(None) };
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Err(trouble::busy(lock)),
        _ => Ok(Some(file)),
    }
}

/// Returns the damage of what the next run builds on: the segments, and the quarantine if it is there.
pub(super) fn foundation(export: &Export, journal: &Journal) -> io::Result<Vec<Damage>> {
    let mut damages = Vec::new();
    for note in journal.segments() {
        damages.extend(segment::check(&export.files.folder, note)?.err());
    }
    let quarantine = standing(Part::Quarantine, &export.files.quarantine, &journal.quarantine)?;
    damages.extend(quarantine.filter(|damage| damage.what != MISSING));
    Ok(damages)
}

/// Returns the damage of all files.
pub(super) fn all(export: &Export, journal: &Journal) -> io::Result<Vec<Damage>> {
    let mut damages = foundation(export, journal)?;
    let quarantine = standing(Part::Quarantine, &export.files.quarantine, &journal.quarantine)?;
    damages.extend(quarantine.filter(|damage| damage.what == MISSING));
    damages.extend(standing(Part::Output, &export.files.out, &journal.output)?);
    Ok(damages)
}

/// Compares a file with what may stand in its place.
fn standing(part: Part, path: &Path, standing: &Standing) -> io::Result<Option<Damage>> {
    let damage =
        |what: &str| Some(Damage { part, path: path.to_owned(), what: what.to_owned(), times: standing.times() });
    match File::open(path) {
        Ok(mut file) => {
            let is_known = standing.may_be(&mut file)?;
            Ok(if is_known { None } else { damage("its content is not what was written") })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(if standing.may_be_absent() { None } else { damage(MISSING) })
        }
        Err(error) => Err(error),
    }
}

/// Returns the times of the rows that can still be read in a folder, for when its journal cannot.
pub(super) fn times_on_disk(folder: &Path) -> Option<Range> {
    let tally = |file: String| {
        let note = SegmentNote { file, level: 0, seal: None };
        SegmentReader::open(folder, &note).map_or_else(|_| Tally::default(), SegmentReader::readable)
    };
    let times: Vec<_> = segment_files(folder).filter_map(|file| tally(file).times()).collect();
    range::joined(None, &times)
}

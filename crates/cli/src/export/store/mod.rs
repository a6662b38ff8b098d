//! The store of an export: a folder beside the output with a journal and segments. Every change leaves both consistent, so
//! that a run which died at any point can be continued, and the output is only ever replaced as a whole, from files that have
//! proven to be what was written.

mod merged;
mod unsealed;
mod verify;

pub(crate) use verify::verify;

use self::merged::Merged;
use super::batch::Batch;
use super::damage::{Damage, MISSING, Part};
use super::disk::{DRAFT, Disk, Draft, for_owner};
use super::exported::Export;
use super::files::ExportFiles;
use super::fingerprint::Fingerprint;
use super::journal::{Journal, OpenRun, SegmentNote, add_issue};
use super::merge::{Merge, supersedes};
use super::range::{self, Asked, Range, Start};
use super::remedy;
use super::seal::{Standing, Tally};
use super::segment::{self, Entry};
use super::totals::Totals;
use super::trouble;
use crate::failure::Failure;
use binance_papi::history::{SpanIssue, SpanIssueKind};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

/// When there are this many segments of a level, they are merged into one of the next: few files are open at a time.
const FAN: usize = 16;

const LOCK: &str = "lock";

/// With which key an export is continued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyChange {
    Refused,
    /// The caller says that it is the same account.
    SameAccount,
}

/// What a run has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begun {
    Fresh,
    /// An interrupted run is finished; the range that is asked for now is not used.
    Resumed,
    /// All of it was walked before.
    Nothing,
}

/// An export that is open; no other run can open it.
#[derive(Debug)]
pub(crate) struct Store {
    export: Export,
    journal: Journal,
    disk: Disk,
    /// Whether the files had no seals before.
    is_newly_sealed: bool,
    _lock: File,
}

impl Store {
    /// Reads the journal of an output without touching anything; none when it was never exported to.
    pub(crate) fn peek(export: &Export) -> Result<Option<Journal>, Failure> {
        let folder = &export.files.folder;
        let journal = Journal::read(folder).map_err(|error| {
            remedy::of_error(export, "read", &export.files.journal(), &error, verify::times_on_disk(folder))
        })?;
        let Some(journal) = journal else { return Ok(None) };
        match journal.subject.difference(&export.subject) {
            None => Ok(Some(journal)),
            Some(_) if journal.holds_nothing() => Ok(Some(journal.begun_anew(export.subject.clone()))),
            Some(difference) => Err(trouble::other_subject(export, &journal.subject, &difference)),
        }
    }

    /// Opens an export, or begins it. Nothing of an existing output is touched.
    pub(crate) fn open(
        export: Export,
        (key, salt): (&str, String),
        change: KeyChange,
        disk: Disk,
    ) -> Result<Self, Failure> {
        let ExportFiles { given, out, folder, quarantine } = &export.files;
        if out.is_dir() || out.file_name().is_none() {
            return Err(trouble::is_folder(given));
        }
        if Self::peek(&export)?.is_none()
            && segment_files(folder).next().is_none()
            && let Some(existing) = [out, quarantine].into_iter().find(|path| path.exists())
        {
            return Err(trouble::no_journal(existing, folder));
        }
        disk.make_folder(folder).map_err(|error| trouble::disk("make", folder, &error))?;
        let lock = lock(&folder.join(LOCK))?;
        // The process that had the lock before may have changed it.
        let mut journal = match Self::peek(&export)? {
            // The journal is there before the first segment.
            None if segment_files(folder).next().is_some() => {
                let damage = Damage::of_journal(export.files.journal(), MISSING);
                return Err(remedy::of_error(&export, "read", folder, &damage.into(), verify::times_on_disk(folder)));
            }
            None => Journal::new(export.subject.clone(), Fingerprint::new(key, salt)),
            Some(mut journal) => {
                if !journal.account.is_of(key) {
                    if journal.holds_nothing() {
                        journal = journal.begun_anew(export.subject.clone());
                    } else if change == KeyChange::Refused {
                        return Err(trouble::other_key(&export));
                    }
                    journal.account = Fingerprint::new(key, salt);
                }
                journal
            }
        };
        let is_newly_sealed = journal.is_unsealed();
        let known = journal.range();
        let damages =
            if is_newly_sealed { unsealed::seal(&export, &mut journal) } else { verify::foundation(&export, &journal) };
        let mut damages = damages.map_err(|error| remedy::of_error(&export, "read", folder, &error, known))?;
        // The output is written anew from the segments.
        damages.retain(|damage| damage.part != Part::Output);
        if !damages.is_empty() {
            return Err(remedy::of_damages(&damages, &export.files, Some(&export), known));
        }
        let store = Self { export, journal, disk, is_newly_sealed, _lock: lock };
        store.write_journal()?;
        store.sweep();
        Ok(store)
    }

    /// Returns whether the files had no seals before.
    pub(crate) fn is_newly_sealed(&self) -> bool {
        self.is_newly_sealed
    }

    /// Returns whether the run that is not finished has found rows.
    pub(crate) fn found_something(&self) -> bool {
        self.journal.open.as_ref().is_some_and(|open| !open.segments.is_empty())
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Begins a run over the part of a range that is still to be walked, or goes on with the run that was interrupted.
    pub(crate) fn begin(&mut self, asked: Asked, overlap: Duration) -> Result<Begun, Failure> {
        if self.journal.resumable().is_some() {
            return Ok(Begun::Resumed);
        }
        self.journal.open = None;
        let run = new_run(&self.journal, asked, overlap);
        if run.ranges.is_empty() {
            return Ok(Begun::Nothing);
        }
        self.journal.open = Some(run);
        self.write_journal()?;
        Ok(Begun::Fresh)
    }

    /// Returns the range of the run that is not finished.
    pub(crate) fn open_range(&self) -> Option<Range> {
        range::joined(None, &self.journal.open.as_ref()?.ranges)
    }

    /// Returns what is to be walked next, or none when all is walked.
    pub(crate) fn next_range(&self) -> Option<Asked> {
        self.journal.open.as_ref()?.left().next()
    }

    /// Keeps a batch of the range that is being walked. When it returns, the batch is on the disk.
    pub(crate) fn append(&mut self, batch: Batch) -> Result<(), Failure> {
        let mut segments = self.journal.open.as_ref().map(|open| open.segments.clone()).unwrap_or_default();
        if !batch.rows.is_empty() {
            segments.push(self.write_batch(batch.rows)?);
            self.compact(&mut segments)?;
        }
        if let Some(open) = &mut self.journal.open {
            open.segments = segments;
            open.resume_at = Some(batch.resume_at);
            for issue in batch.issues {
                add_issue(&mut open.issues, issue, self.journal.covered);
            }
        }
        self.write_journal()?;
        self.sweep();
        Ok(())
    }

    /// Notes that the range which is being walked has come to its end.
    pub(crate) fn range_walked(&mut self) -> Result<(), Failure> {
        if let Some(open) = &mut self.journal.open {
            open.walked += 1;
            open.resume_at = None;
        }
        self.write_journal()
    }

    /// Writes the output from all that is kept, and ends the run. Returns the issues of this run alone.
    pub(crate) fn finish(&mut self) -> Result<(Totals, Vec<SpanIssue>), Failure> {
        let (name, out) = (self.segment_name(), self.export.files.out.clone());
        let merged = Merged::write(&self.export, &self.journal, &self.disk, &name);
        let merged = merged.map_err(|error| self.failure("write", &out, &error))?;
        let (output_seal, quarantine_seal) = (Some(merged.output_seal.clone()), merged.quarantine_seal.clone());
        let (base_seal, totals) = (merged.base_seal.clone(), merged.totals.clone());
        // What stands there when a run dies here is not damaged.
        self.journal.output.may_become(output_seal.as_ref());
        self.journal.quarantine.may_become(quarantine_seal.as_ref());
        self.write_journal()?;
        let published = merged.publish(&self.export.files, &self.disk);
        published.map_err(|error| self.failure("write", &out, &error))?;
        self.journal.output = Standing::only(output_seal);
        self.journal.quarantine = Standing::only(quarantine_seal);
        self.journal.next_segment += 1;
        self.journal.base = Some(SegmentNote { file: name, level: 0, seal: Some(base_seal) });
        let (walked, issues) = self.journal.open.take().map(|open| (open.ranges, open.issues)).unwrap_or_default();
        self.journal.covered = range::joined(self.journal.covered, &walked);
        self.journal.issues.retain(|issue| !walked.iter().any(|range| range.contains(issue)));
        self.journal.issues.extend(&issues);
        self.journal.issues.sort_unstable();
        self.write_journal()?;
        self.sweep();
        Ok((totals, issues))
    }

    fn segment_name(&self) -> String {
        format!("rows-{:08}.jsonl", self.journal.next_segment)
    }

    /// Writes the rows of a batch in order, and each once.
    fn write_batch(&mut self, mut rows: Vec<Entry>) -> Result<SegmentNote, Failure> {
        // Readings of one row stay in their order.
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        rows.dedup_by(|later, earlier| {
            let is_same = later.key == earlier.key;
            if is_same && supersedes(&later.content, &earlier.content) {
                std::mem::swap(later, earlier);
            }
            is_same
        });
        self.write_segment(0, |out| {
            rows.iter().try_fold(Tally::default(), |tally, entry| write_entry(out, tally, entry))
        })
    }

    /// Merges the last segments while there are too many of one level.
    fn compact(&mut self, segments: &mut Vec<SegmentNote>) -> Result<(), Failure> {
        loop {
            let level = segments.last().map_or(0, |note| note.level);
            let start = segments.len() - segments.iter().rev().take_while(|note| note.level == level).count();
            if segments.len() - start < FAN {
                return Ok(());
            }
            let folder = self.export.files.folder.clone();
            let merged = self.write_segment(level + 1, |out| {
                let (mut merge, mut tally) = (Merge::open(&folder, &segments[start..])?, Tally::default());
                while let Some(entry) = merge.next()? {
                    tally = write_entry(out, tally, &entry)?;
                }
                Ok(tally)
            })?;
            segments.truncate(start);
            segments.push(merged);
        }
    }

    fn write_segment(
        &mut self,
        level: u32,
        write: impl FnOnce(&mut Draft) -> io::Result<Tally>,
    ) -> Result<SegmentNote, Failure> {
        let file = self.segment_name();
        let folder = &self.export.files.folder;
        let (path, mut tally) = (folder.join(&file), Tally::default());
        let written = self.disk.write(folder, &path, |draft| {
            tally = write(draft)?;
            Ok(())
        });
        let checksum = written.map_err(|error| self.failure("write", &path, &error))?;
        self.journal.next_segment += 1;
        Ok(SegmentNote { file, level, seal: Some(tally.sealed(checksum)) })
    }

    fn write_journal(&self) -> Result<(), Failure> {
        let ExportFiles { folder, .. } = &self.export.files;
        let path = self.export.files.journal();
        let written = self
            .journal
            .print()
            .and_then(|text| self.disk.write(folder, &path, |draft| draft.write_all(text.as_bytes())));
        written.map(|_| ()).map_err(|error| trouble::disk("write", &path, &error))
    }

    fn failure(&self, doing: &str, path: &Path, error: &io::Error) -> Failure {
        remedy::of_error(&self.export, doing, path, error, self.journal.range())
    }

    /// Removes the files that the journal does not know: those of a run that died, and segments that were merged. A file that
    /// cannot be removed does no harm; the next run tries again.
    fn sweep(&self) {
        let folder = &self.export.files.folder;
        for name in files(folder) {
            let is_unknown = is_segment(&name) && !self.journal.segments().any(|note| note.file == name);
            if is_unknown || is_draft(&name) {
                let _ = self.disk.remove(&folder.join(name));
            }
        }
    }
}

/// Returns what a run over a range would walk: the rest of an interrupted run, or what is new.
pub(crate) fn still_to_walk(journal: &Journal, asked: Asked, overlap: Duration) -> Vec<Asked> {
    journal.resumable().cloned().unwrap_or_else(|| new_run(journal, asked, overlap)).left().collect()
}

/// Returns a run over the part of a range that is still to be walked.
fn new_run(journal: &Journal, asked: Asked, overlap: Duration) -> OpenRun {
    let holes = journal.issues.iter().filter(|issue| issue.kind == SpanIssueKind::Incomplete);
    let holes: Vec<_> = holes.map(Range::of).collect();
    let ranges = range::to_walk(asked.range, journal.covered, &holes, overlap);
    // A run that follows an earlier one begins where that one ended.
    let start = if journal.covered.is_none() { asked.start } else { Start::Moment };
    OpenRun { ranges, start, walked: 0, resume_at: None, segments: Vec::new(), issues: Vec::new() }
}

/// Writes an entry of a segment, and counts it.
fn write_entry(out: &mut Draft, mut tally: Tally, entry: &Entry) -> io::Result<Tally> {
    segment::write(out, entry)?;
    tally.note(&entry.key);
    Ok(tally)
}

/// Returns the names of the files in a folder, as far as it can be read.
fn files(folder: &Path) -> impl Iterator<Item = String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.file_name().into_string().ok())
}

fn is_segment(name: &str) -> bool {
    name.starts_with("rows-")
}

fn is_draft(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == DRAFT)
}

/// Returns the names of the segments in a folder, whether or not a journal knows them.
fn segment_files(folder: &Path) -> impl Iterator<Item = String> {
    files(folder).filter(|name| is_segment(name) && !is_draft(name))
}

/// Keeps other runs away as long as the file is open. It is made if it is not there.
fn lock(path: &Path) -> Result<File, Failure> {
    let file = for_owner(File::options().create(true).truncate(false).write(true)).open(path);
    let file = file.map_err(|error| trouble::disk("write", path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(trouble::busy(path)),
        Err(TryLockError::Error(error)) => Err(trouble::disk("lock", path, &error)),
    }
}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod death_tests;
#[cfg(test)]
mod fruitless_tests;
#[cfg(test)]
mod tests;

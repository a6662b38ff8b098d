//! The store of an export: a folder beside the output with a journal and segments. Every change leaves both consistent, so
//! that a run which died at any point can be continued, and the output is only ever replaced as a whole.

use super::batch::Batch;
use super::dataset::Dataset;
use super::disk::{DRAFT, Disk, Draft, parent};
use super::fingerprint::Fingerprint;
use super::format::{Format, row_writer};
use super::journal::{JOURNAL, Journal, OpenRun, SegmentNote, Subject, add_issue};
use super::latest::{self, Latest};
use super::merge::Merge;
use super::range::{self, Asked, Range, Start};
use super::segment::{self, Content, Entry};
use super::totals::{Counter, Totals};
use super::trouble;
use crate::failure::Failure;
use binance_papi::history::{SpanIssue, SpanIssueKind};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// When there are this many segments of a level, they are merged into one of the next: few files are open at a time.
const FAN: usize = 16;

const LOCK: &str = "lock";

/// What is exported, to where, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) out: PathBuf,
    pub(crate) format: Format,
    pub(crate) dataset: Dataset,
    pub(crate) subject: Subject,
}

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
    folder: PathBuf,
    journal: Journal,
    disk: Disk,
    _lock: File,
}

impl Store {
    /// Returns the folder of an output.
    pub(crate) fn folder(out: &Path) -> PathBuf {
        beside(out, "papi")
    }

    /// Returns the file for rows that cannot be exported.
    pub(crate) fn quarantine(out: &Path) -> PathBuf {
        beside(out, "quarantine.jsonl")
    }

    /// Reads the journal of an output without touching anything; none when it was never exported to.
    pub(crate) fn peek(export: &Export) -> Result<Option<Journal>, Failure> {
        let folder = Self::folder(&export.out);
        let journal = Journal::read(&folder).map_err(|error| trouble::disk("read", &folder.join(JOURNAL), &error))?;
        if let Some(difference) = journal.as_ref().and_then(|journal| journal.subject.difference(&export.subject)) {
            return Err(trouble::other_subject(&export.out, difference));
        }
        Ok(journal)
    }

    /// Opens an export, or begins it. Nothing of an existing output is touched.
    pub(crate) fn open(
        export: Export,
        (key, salt): (&str, String),
        change: KeyChange,
        disk: Disk,
    ) -> Result<Self, Failure> {
        let (out, folder) = (export.out.clone(), Self::folder(&export.out));
        if out.is_dir() || out.file_name().is_none() {
            return Err(trouble::is_folder(&out));
        }
        if Self::peek(&export)?.is_none()
            && let Some(existing) = [&out, &Self::quarantine(&out)].into_iter().find(|path| path.exists())
        {
            return Err(trouble::no_journal(existing, &folder));
        }
        disk.make_folder(&folder).map_err(|error| trouble::disk("make", &folder, &error))?;
        let lock = lock(&folder.join(LOCK))?;
        // The process that had the lock before may have changed it.
        let journal = match Self::peek(&export)? {
            None => Journal::new(export.subject.clone(), Fingerprint::new(key, salt)),
            Some(mut journal) => {
                if !journal.account.is_of(key) {
                    if change == KeyChange::Refused {
                        return Err(trouble::other_key(&out));
                    }
                    journal.account = Fingerprint::new(key, salt);
                }
                journal
            }
        };
        let store = Self { export, folder, journal, disk, _lock: lock };
        store.write_journal()?;
        store.sweep();
        Ok(store)
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Begins a run over the part of a range that is still to be walked, or goes on with the run that was interrupted.
    pub(crate) fn begin(&mut self, asked: Asked, overlap: Duration) -> Result<Begun, Failure> {
        if self.journal.open.is_some() {
            return Ok(Begun::Resumed);
        }
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
        let name = self.segment_name();
        let totals = self.publish(&name).map_err(|error| trouble::disk("write", &self.export.out, &error))?;
        self.journal.next_segment += 1;
        self.journal.base = Some(SegmentNote { file: name, level: 0 });
        let (walked, issues) = self.journal.open.take().map(|open| (open.ranges, open.issues)).unwrap_or_default();
        self.journal.covered = range::joined(self.journal.covered, &walked);
        self.journal.issues.retain(|issue| !walked.iter().any(|range| range.contains(issue)));
        self.journal.issues.extend(&issues);
        self.journal.issues.sort_unstable();
        self.write_journal()?;
        self.sweep();
        Ok((totals, issues))
    }

    fn publish(&self, base_name: &str) -> io::Result<Totals> {
        let Export { out, format, dataset, .. } = &self.export;
        let quarantine_path = Self::quarantine(out);
        let latest = self.latest()?;
        let mut base = self.disk.draft(&self.folder, &self.folder.join(base_name))?;
        let mut quarantine = self.disk.draft(&self.folder, &quarantine_path)?;
        let mut output = row_writer(*format, dataset, self.disk.draft(&self.folder, out)?)?;
        let (mut counter, mut bad_rows) = (Counter::new(dataset), 0);
        let mut merge = Merge::open(&self.paths(self.journal.segments()))?;
        while let Some(entry) = merge.next()? {
            if latest.as_ref().is_some_and(|latest| !latest.is_latest(&entry.key)) {
                continue;
            }
            segment::write(&mut base, &entry)?;
            match &entry.content {
                Content::Good { row, raw } => {
                    let cells = dataset.cells(row, raw.as_deref())?;
                    counter.row(&cells);
                    output.row(cells)?;
                }
                Content::Bad(bad) => {
                    bad_rows += 1;
                    serde_json::to_writer(&mut quarantine, bad)?;
                    quarantine.write_all(b"\n")?;
                }
            }
        }
        // All that can fail because the disk is full has happened before the first file gets its name.
        let (base, quarantine, output) = (base.settle()?, quarantine.settle()?, output.finish()?.settle()?);
        base.publish()?;
        if bad_rows > 0 {
            quarantine.publish()?;
        } else {
            self.disk.remove(&quarantine_path)?;
        }
        output.publish()?;
        Ok(counter.finish(bad_rows))
    }

    /// Returns the latest time of each row, where the time of a row moves when the row changes.
    fn latest(&self) -> io::Result<Option<Latest>> {
        if !self.export.dataset.info.paging.and_then(|paging| paging.time).is_some_and(latest::moves) {
            return Ok(None);
        }
        let mut latest = Latest::default();
        let mut merge = Merge::open(&self.paths(self.journal.segments()))?;
        while let Some(entry) = merge.next()? {
            latest.note(&entry.key);
        }
        Ok(Some(latest))
    }

    fn paths<'a>(&self, segments: impl IntoIterator<Item = &'a SegmentNote>) -> Vec<PathBuf> {
        segments.into_iter().map(|note| self.folder.join(&note.file)).collect()
    }

    fn segment_name(&self) -> String {
        format!("rows-{:08}.jsonl", self.journal.next_segment)
    }

    /// Writes the rows of a batch in order. Of two readings of a row the later one stays.
    fn write_batch(&mut self, rows: Vec<Entry>) -> Result<SegmentNote, Failure> {
        let rows: BTreeMap<_, _> = rows.into_iter().map(|entry| (entry.key, entry.content)).collect();
        self.write_segment(0, |out| {
            rows.into_iter().try_for_each(|(key, content)| segment::write(out, &Entry { key, content }))
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
            let paths = self.paths(&segments[start..]);
            let merged = self.write_segment(level + 1, |out| {
                let mut merge = Merge::open(&paths)?;
                while let Some(entry) = merge.next()? {
                    segment::write(out, &entry)?;
                }
                Ok(())
            })?;
            segments.truncate(start);
            segments.push(merged);
        }
    }

    fn write_segment(
        &mut self,
        level: u32,
        write: impl FnOnce(&mut Draft) -> io::Result<()>,
    ) -> Result<SegmentNote, Failure> {
        let file = self.segment_name();
        let path = self.folder.join(&file);
        self.disk.write(&self.folder, &path, write).map_err(|error| trouble::disk("write", &path, &error))?;
        self.journal.next_segment += 1;
        Ok(SegmentNote { file, level })
    }

    fn write_journal(&self) -> Result<(), Failure> {
        let path = self.folder.join(JOURNAL);
        let written = self.disk.write_json(&self.folder, &path, &self.journal);
        written.map_err(|error| trouble::disk("write", &path, &error))
    }

    /// Removes the files that the journal does not know: those of a run that died, and segments that were merged. A file that
    /// cannot be removed does no harm; the next run tries again.
    fn sweep(&self) {
        let Ok(files) = fs::read_dir(&self.folder) else { return };
        for name in files.flatten().filter_map(|file| file.file_name().into_string().ok()) {
            let is_segment = name.starts_with("rows-") && !self.journal.segments().any(|note| note.file == name);
            if is_segment || Path::new(&name).extension().is_some_and(|ending| ending == DRAFT) {
                let _ = self.disk.remove(&self.folder.join(name));
            }
        }
    }
}

/// Returns what a run over a range would walk: the rest of an interrupted run, or what is new.
pub(crate) fn still_to_walk(journal: &Journal, asked: Asked, overlap: Duration) -> Vec<Asked> {
    journal.open.clone().unwrap_or_else(|| new_run(journal, asked, overlap)).left().collect()
}

/// Returns a run over the part of a range that is still to be walked.
fn new_run(journal: &Journal, asked: Asked, overlap: Duration) -> OpenRun {
    let holes = journal.issues.iter().filter(|issue| issue.kind == SpanIssueKind::Incomplete);
    let holes: Vec<_> = holes.map(|issue| Range { from: issue.from.as_millis(), to: issue.to.as_millis() }).collect();
    let ranges = range::to_walk(asked.range, journal.covered, &holes, overlap);
    // A run that follows an earlier one begins where that one ended.
    let start = if journal.covered.is_none() { asked.start } else { Start::Moment };
    OpenRun { ranges, start, walked: 0, resume_at: None, segments: Vec::new(), issues: Vec::new() }
}

fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    parent(out).join(name)
}

/// Keeps other runs away as long as the file is open.
fn lock(path: &Path) -> Result<File, Failure> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| trouble::disk("write", path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(trouble::busy(path)),
        Err(TryLockError::Error(error)) => Err(trouble::disk("lock", path, &error)),
    }
}

#[cfg(test)]
mod tests;

//! The store of an export: a folder beside the output with a journal and segments. Every change leaves both consistent, so
//! that a run which died at any point is continued, and the output is only ever replaced as a whole.

use super::disk::{DRAFT, Disk, parent};
use super::fingerprint::Fingerprint;
use super::format::{Format, RowWriter};
use super::journal::{FlawKind, FlawNote, JOURNAL, Journal, OpenRun, SegmentNote, Subject, add_flaw};
use super::latest::Latest;
use super::merge::Merge;
use super::part::Part;
use super::range::{self, Asked, Range, Start};
use super::schema::Schema;
use super::segment::{self, Content};
use super::totals::{Counter, Totals};
use super::trouble;
use crate::failure::Failure;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So many segments of a level are merged into one of the next, so that few files are open at a time.
const FAN: usize = 16;

const LOCK: &str = "lock";

/// What is exported, to where, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Export {
    pub(crate) out: PathBuf,
    pub(crate) format: Format,
    pub(crate) schema: Schema,
    pub(crate) subject: Subject,
    /// Whether the time of a row moves when the row changes.
    pub(crate) moving: bool,
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
    /// An interrupted run is finished, whatever was asked for now.
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
    /// The folder of an output.
    pub(crate) fn folder(out: &Path) -> PathBuf {
        beside(out, "papi")
    }

    /// Where the rows go that cannot be exported.
    pub(crate) fn quarantine(out: &Path) -> PathBuf {
        beside(out, "quarantine.jsonl")
    }

    /// The journal of an output, read without touching anything; none when it was never exported to.
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
        // Whoever had the lock before may have changed it.
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

    /// Begins a run over what of a range is still to be walked, or goes on with the run that was interrupted.
    pub(crate) fn begin(&mut self, asked: Asked, overlap: Duration) -> Result<Begun, Failure> {
        if self.journal.open.is_some() {
            return Ok(Begun::Resumed);
        }
        let ranges = ranges(&self.journal, asked.range, overlap);
        if ranges.is_empty() {
            return Ok(Begun::Nothing);
        }
        // What follows on an earlier run begins where that one ended.
        let start = if self.journal.covered.is_none() { asked.start } else { Start::Moment };
        self.journal.open =
            Some(OpenRun { ranges, start, walked: 0, resume_at: None, segments: Vec::new(), flaws: Vec::new() });
        self.write_journal()?;
        Ok(Begun::Fresh)
    }

    /// All that the run which is not finished is about.
    pub(crate) fn open_range(&self) -> Option<Range> {
        range::joined(None, &self.journal.open.as_ref()?.ranges)
    }

    /// What is to be walked next; none when all is.
    pub(crate) fn next_range(&self) -> Option<Asked> {
        let open = self.journal.open.as_ref()?;
        let range = open.ranges.get(open.walked)?;
        let start = if open.walked == 0 && open.resume_at.is_none() { open.start } else { Start::Moment };
        Some(Asked { range: Range { from: open.resume_at.unwrap_or(range.from), to: range.to }, start })
    }

    /// Keeps a part of the range that is being walked. When it returns, the part is on the disk.
    pub(crate) fn append(&mut self, part: Part) -> Result<(), Failure> {
        if !part.rows.is_empty() {
            let note = self.write_part(part.rows)?;
            if let Some(open) = &mut self.journal.open {
                open.segments.push(note);
            }
            self.compact()?;
        }
        if let Some(open) = &mut self.journal.open {
            open.resume_at = Some(part.resume_at);
            for flaw in part.flaws {
                add_flaw(&mut open.flaws, flaw, self.journal.covered);
            }
        }
        self.write_journal()?;
        self.sweep();
        Ok(())
    }

    /// The range that is being walked has come to its end.
    pub(crate) fn range_walked(&mut self) -> Result<(), Failure> {
        if let Some(open) = &mut self.journal.open {
            open.walked += 1;
            open.resume_at = None;
        }
        self.write_journal()
    }

    /// Writes the output from all that is kept, and ends the run.
    /// The flaws are those of this run.
    pub(crate) fn finish(&mut self) -> Result<(Totals, Vec<FlawNote>), Failure> {
        let mut flaws = Vec::new();
        let name = self.segment_name();
        let (totals, rows) = self.publish(&name).map_err(|error| trouble::disk("write", &self.export.out, &error))?;
        self.journal.next_segment += 1;
        self.journal.base = Some(SegmentNote { file: name, rows, level: 0 });
        if let Some(open) = self.journal.open.take() {
            self.journal.covered = range::joined(self.journal.covered, &open.ranges);
            let walked_again =
                |flaw: &FlawNote| open.ranges.iter().any(|range| range.from <= flaw.from && flaw.to <= range.to);
            self.journal.flaws.retain(|flaw| !walked_again(flaw));
            flaws.clone_from(&open.flaws);
            self.journal.flaws.extend(open.flaws);
            self.journal.flaws.sort_unstable();
        }
        self.write_journal()?;
        self.sweep();
        Ok((totals, flaws))
    }

    fn publish(&self, base_name: &str) -> io::Result<(Totals, u64)> {
        let Export { out, format, schema, .. } = &self.export;
        let quarantine_path = Self::quarantine(out);
        let latest = self.latest()?;
        let mut base = self.disk.draft(&self.folder, &self.folder.join(base_name))?;
        let mut quarantine = self.disk.draft(&self.folder, &quarantine_path)?;
        let mut output = RowWriter::new(*format, schema, self.disk.draft(&self.folder, out)?)?;
        let (mut counter, mut kept, mut bad_rows) = (Counter::new(schema), 0, 0);
        let mut merge = Merge::open(&self.paths())?;
        while let Some(entry) = merge.next()? {
            if latest.as_ref().is_some_and(|latest| !latest.is_latest(&entry.key)) {
                continue;
            }
            kept += 1;
            segment::write(&mut base, &entry)?;
            match &entry.content {
                Content::Good { row, raw } => {
                    let cells = schema.cells(row, raw.as_deref()).map_err(|misfit| io::Error::other(misfit.reason))?;
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
        // All that can fail for want of room has happened before the first name is given.
        let (base, quarantine, output) = (base.settle()?, quarantine.settle()?, output.finish()?.settle()?);
        base.publish()?;
        if bad_rows > 0 {
            quarantine.publish()?;
        } else {
            self.disk.remove(&quarantine_path)?;
        }
        output.publish()?;
        Ok((counter.finish(bad_rows), kept))
    }

    /// Where rows move, the latest time of each.
    fn latest(&self) -> io::Result<Option<Latest>> {
        if !self.export.moving {
            return Ok(None);
        }
        let rows = self.journal.segments().map(|note| note.rows).sum::<u64>();
        let mut latest = Latest::with_capacity(usize::try_from(rows).unwrap_or_default());
        let mut merge = Merge::open(&self.paths())?;
        while let Some(entry) = merge.next()? {
            latest.note(&entry.key);
        }
        latest.sort();
        Ok(Some(latest))
    }

    fn paths(&self) -> Vec<PathBuf> {
        self.journal.segments().map(|note| self.folder.join(&note.file)).collect()
    }

    fn segment_name(&self) -> String {
        format!("rows-{:08}.jsonl", self.journal.next_segment)
    }

    fn write_part(&mut self, mut rows: Vec<segment::Entry>) -> Result<SegmentNote, Failure> {
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        rows.dedup_by(|later: &mut segment::Entry, earlier: &mut segment::Entry| {
            let same = later.key == earlier.key;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        self.write_segment(count, 0, |out| rows.iter().try_for_each(|entry| segment::write(out, entry)))
    }

    /// Merges the last segments while there are too many of one level.
    fn compact(&mut self) -> Result<(), Failure> {
        loop {
            let Some(open) = &self.journal.open else { return Ok(()) };
            let level = open.segments.last().map_or(0, |note| note.level);
            let start = open.segments.len() - open.segments.iter().rev().take_while(|note| note.level == level).count();
            let tail = &open.segments[start..];
            if tail.len() < FAN {
                return Ok(());
            }
            let paths: Vec<_> = tail.iter().map(|note| self.folder.join(&note.file)).collect();
            let at_most = tail.iter().map(|note| note.rows).sum();
            let note = self.write_segment(at_most, level + 1, |out| {
                let mut merge = Merge::open(&paths)?;
                while let Some(entry) = merge.next()? {
                    segment::write(out, &entry)?;
                }
                Ok(())
            })?;
            if let Some(open) = &mut self.journal.open {
                open.segments.truncate(start);
                open.segments.push(note);
            }
        }
    }

    fn write_segment(
        &mut self,
        rows: u64,
        level: u32,
        write: impl FnOnce(&mut super::disk::Draft) -> io::Result<()>,
    ) -> Result<SegmentNote, Failure> {
        let file = self.segment_name();
        let path = self.folder.join(&file);
        let written = self.disk.draft(&self.folder, &path).and_then(|mut draft| {
            write(&mut draft)?;
            draft.settle()?.publish()
        });
        written.map_err(|error| trouble::disk("write", &path, &error))?;
        self.journal.next_segment += 1;
        Ok(SegmentNote { file, rows, level })
    }

    fn write_journal(&self) -> Result<(), Failure> {
        let path = self.folder.join(JOURNAL);
        self.journal.write(&self.folder, &self.disk).map_err(|error| trouble::disk("write", &path, &error))
    }

    /// Removes what the journal does not know: what a run that died left, and segments that were merged. What cannot be
    /// removed does no harm; the next run tries again.
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

/// What a run over a range would walk: the rest of an interrupted run, or what is new.
pub(crate) fn still_to_walk(journal: &Journal, asked: Asked, overlap: Duration) -> Vec<Asked> {
    let moment = |range| Asked { range, start: Start::Moment };
    match &journal.open {
        Some(open) => {
            let mut left: Vec<_> = open.ranges.iter().skip(open.walked).copied().collect();
            if let (Some(first), Some(from)) = (left.first_mut(), open.resume_at) {
                first.from = from;
            }
            left.into_iter().map(moment).collect()
        }
        None => ranges(journal, asked.range, overlap).into_iter().map(moment).collect(),
    }
}

/// What of a range is still to be walked.
fn ranges(journal: &Journal, asked: Range, overlap: Duration) -> Vec<Range> {
    let holes = journal.flaws.iter().filter(|flaw| flaw.kind == FlawKind::Incomplete);
    let holes: Vec<_> = holes.map(|flaw| Range { from: flaw.from, to: flaw.to }).collect();
    range::to_walk(asked, journal.covered, &holes, overlap)
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

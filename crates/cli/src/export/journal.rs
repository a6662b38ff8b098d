//! The journal of an export: what it is an export of, whose, how far it is. One JSON file that is replaced as a whole.

use super::disk::Disk;
use super::fingerprint::Fingerprint;
use super::range::{Range, Start};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// The version of the journal's own form, and of the segments'.
pub(crate) const JOURNAL_VERSION: u32 = 1;

/// The name of the journal in its folder.
pub(super) const JOURNAL: &str = "journal.json";

/// What stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Journal {
    version: u32,
    pub(crate) subject: Subject,
    pub(crate) account: Fingerprint,
    /// The number of the next segment.
    pub(crate) next_segment: u64,
    /// All rows of finished runs.
    pub(crate) base: Option<SegmentNote>,
    /// What finished runs have walked; each began where the one before ended, or earlier.
    pub(crate) covered: Option<Range>,
    /// Spans of finished runs that are not as they should be.
    pub(crate) flaws: Vec<FlawNote>,
    /// A run that is not finished.
    pub(crate) open: Option<OpenRun>,
}

/// What an export is an export of. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subject {
    pub(crate) schema_version: u32,
    pub(crate) dataset: String,
    /// The parameters of its requests, beside those of the walk.
    pub(crate) params: Vec<(String, String)>,
    /// The names of its columns.
    pub(crate) columns: Vec<String>,
    pub(crate) format: String,
    /// The exchange that was asked.
    pub(crate) exchange: String,
}

/// A run that is not finished: its ranges are walked one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenRun {
    pub(crate) ranges: Vec<Range>,
    /// How the beginning of the first one was given.
    pub(crate) start: Start,
    /// How many ranges are walked.
    pub(crate) walked: usize,
    /// Where the walk of the next range goes on, when it has begun.
    pub(crate) resume_at: Option<i64>,
    /// The rows that it has found, the earlier reading first.
    pub(crate) segments: Vec<SegmentNote>,
    pub(crate) flaws: Vec<FlawNote>,
}

/// A segment file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SegmentNote {
    pub(crate) file: String,
    pub(crate) rows: u64,
    /// How often its rows were merged into a larger segment.
    pub(crate) level: u32,
}

/// A span that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct FlawNote {
    /// The first millisecond.
    pub(crate) from: i64,
    /// The last one.
    pub(crate) to: i64,
    pub(crate) kind: FlawKind,
}

/// What is wrong with a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FlawKind {
    /// Rows are probably all there, and nothing proves it.
    Unproven,
    /// Rows are missing, or may well be.
    Incomplete,
    /// The exchange no longer had the rows.
    Lost,
    /// As lost, and of no account: a short span at the beginning of a range that was counted back from now, or one that
    /// was allowed to be lost.
    Noted,
}

/// Adds a flaw to those of a run. What was walked before is no loss, and what is known to be missing is no longer merely
/// unproven.
pub(crate) fn add_flaw(flaws: &mut Vec<FlawNote>, mut flaw: FlawNote, covered: Option<Range>) {
    if let (FlawKind::Lost | FlawKind::Noted, Some(covered)) = (flaw.kind, covered)
        && covered.from <= flaw.from
        && flaw.from <= covered.to
    {
        flaw.from = covered.to.saturating_add(1);
    }
    let is_known = flaws.iter().any(|known| {
        (known.from, known.to) == (flaw.from, flaw.to)
            && (known.kind == flaw.kind || known.kind == FlawKind::Incomplete)
    });
    if flaw.from > flaw.to || is_known {
        return;
    }
    if flaw.kind == FlawKind::Incomplete {
        flaws.retain(|known| (known.from, known.to, known.kind) != (flaw.from, flaw.to, FlawKind::Unproven));
    }
    flaws.push(flaw);
    flaws.sort_unstable_by_key(|flaw| (flaw.kind, flaw.from, flaw.to));
    // What was lost from one request to the next is one span.
    flaws.dedup_by(|next, last| {
        let joins = matches!(flaw.kind, FlawKind::Lost | FlawKind::Noted)
            && (last.kind, next.kind) == (flaw.kind, flaw.kind)
            && next.from <= last.to.saturating_add(1);
        if joins {
            last.to = last.to.max(next.to);
        }
        joins
    });
    flaws.sort_unstable();
}

impl Journal {
    pub(crate) fn new(subject: Subject, account: Fingerprint) -> Self {
        Self {
            version: JOURNAL_VERSION,
            subject,
            account,
            next_segment: 1,
            base: None,
            covered: None,
            flaws: Vec::new(),
            open: None,
        }
    }

    /// Reads the journal of a folder; none when there is none.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read(folder.join(JOURNAL)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let damaged = |what: String| io::Error::new(io::ErrorKind::InvalidData, format!("the journal {what}"));
        let version: Version =
            serde_json::from_slice(&text).map_err(|error| damaged(format!("is damaged: {error}")))?;
        if version.version != JOURNAL_VERSION {
            return Err(damaged(format!("has the form {}, and this program knows {JOURNAL_VERSION}", version.version)));
        }
        serde_json::from_slice(&text).map(Some).map_err(|error| damaged(format!("is damaged: {error}")))
    }

    /// Puts it in place of the one before, in one step.
    pub(super) fn write(&self, folder: &Path, disk: &Disk) -> io::Result<()> {
        let mut draft = disk.draft(folder, &folder.join(JOURNAL))?;
        serde_json::to_writer_pretty(&mut draft, self)?;
        draft.write_all(b"\n")?;
        draft.settle()?.publish()
    }

    /// The segments that belong to it, the earlier reading first.
    pub(super) fn segments(&self) -> impl Iterator<Item = &SegmentNote> {
        self.base.iter().chain(self.open.iter().flat_map(|open| &open.segments))
    }
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

impl Subject {
    /// How two subjects differ: what, then the value of each; none when they do not.
    pub(crate) fn difference(&self, other: &Self) -> Option<(&'static str, String, String)> {
        let params = |subject: &Self| match subject.params.as_slice() {
            [] => "none".to_owned(),
            params => params.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "),
        };
        let columns =
            |subject: &Self| format!("{} columns, the last one {:?}", subject.columns.len(), subject.columns.last());
        let same = [
            ("dataset", self.dataset.clone(), other.dataset.clone()),
            ("parameters", params(self), params(other)),
            ("exchange", self.exchange.clone(), other.exchange.clone()),
            ("format", self.format.clone(), other.format.clone()),
            ("schema version", self.schema_version.to_string(), other.schema_version.to_string()),
        ];
        let found = same.into_iter().find(|(_, mine, theirs)| mine != theirs);
        found.or_else(|| (self.columns != other.columns).then(|| ("columns", columns(self), columns(other))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flaw_is_noted_once_and_the_worse_one_counts() {
        let flaw = |from, to, kind| FlawNote { from, to, kind };
        let mut flaws = Vec::new();
        for kind in [FlawKind::Unproven, FlawKind::Unproven, FlawKind::Incomplete, FlawKind::Unproven] {
            add_flaw(&mut flaws, flaw(5, 5, kind), None);
        }
        assert_eq!(flaws, [flaw(5, 5, FlawKind::Incomplete)]);
    }

    #[test]
    fn what_was_walked_before_is_no_loss() {
        let flaw = |from, to| FlawNote { from, to, kind: FlawKind::Lost };
        let mut flaws = Vec::new();
        let covered = Some(Range { from: 10, to: 20 });
        add_flaw(&mut flaws, flaw(12, 18), covered);
        add_flaw(&mut flaws, flaw(15, 30), covered);
        assert_eq!(flaws, [flaw(21, 30)]);
        add_flaw(&mut flaws, flaw(31, 40), covered);
        assert_eq!(flaws, [flaw(21, 40)], "losses that touch are one");
    }
}

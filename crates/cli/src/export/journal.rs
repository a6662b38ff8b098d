//! The journal of an export: its subject, its account, how far it is, and the seals of its files. One JSON file that is
//! replaced as a whole, and ends with a seal of its own.

use super::damage::Damage;
use super::fingerprint::Fingerprint;
use super::range::{self, Asked, Range, Start};
use super::seal::{Seal, Standing, sha256_hex};
use binance_papi::Timestamp;
use binance_papi::history::SpanIssue;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;

/// The version of the journal's own form, and of the segments'.
pub(crate) const JOURNAL_VERSION: u32 = 3;

/// The version whose segments have the SHA-256 in their seals. It reads as the present one, and is written as such.
const SEALED_WITH_SHA256: u32 = 2;

/// The version from before there were seals.
const UNSEALED: u32 = 1;

/// The name of the journal in its folder.
pub(super) const JOURNAL: &str = "journal.json";

/// The content of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Journal {
    version: u32,
    pub(crate) subject: Subject,
    pub(crate) account: Fingerprint,
    /// The number of the next segment.
    pub(crate) next_segment: u64,
    /// All rows of finished runs.
    pub(crate) base: Option<SegmentNote>,
    /// The range that finished runs have walked; each began where the one before ended, or earlier.
    pub(crate) covered: Option<Range>,
    /// Spans of finished runs that are not as they should be.
    #[serde(rename = "flaws")]
    pub(crate) issues: Vec<SpanIssue>,
    /// A run that is not finished.
    pub(crate) open: Option<OpenRun>,
    /// The output.
    #[serde(default, skip_serializing_if = "Standing::is_unknown")]
    pub(crate) output: Standing,
    /// The file for rows that cannot be exported.
    #[serde(default, skip_serializing_if = "Standing::is_unknown")]
    pub(crate) quarantine: Standing,
}

/// Why the text of a journal is of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    Damaged(String),
    /// It is whole, and of a version that this program does not know.
    OtherVersion(u32),
}

/// The subject of an export. It never changes.
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
    #[serde(rename = "flaws")]
    pub(crate) issues: Vec<SpanIssue>,
}

/// A segment file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SegmentNote {
    pub(crate) file: String,
    /// How often its rows were merged into a larger segment.
    pub(crate) level: u32,
    /// None in version 1 alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seal: Option<Seal>,
}

/// Adds an issue to those of a run. Nothing is lost of what was walked before.
pub(crate) fn add_issue(issues: &mut Vec<SpanIssue>, mut issue: SpanIssue, covered: Option<Range>) {
    let from = issue.from.as_millis();
    if let Some(covered) = covered
        && issue.kind.is_loss()
        && (covered.from..=covered.to).contains(&from)
    {
        issue.from = Timestamp::from_millis(covered.to.saturating_add(1));
    }
    if issue.from <= issue.to {
        issue.add_to(issues);
    }
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
            issues: Vec::new(),
            open: None,
            output: Standing::only(None),
            quarantine: Standing::only(None),
        }
    }

    /// Reads the journal of a folder, if there is one.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(JOURNAL);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        Self::parse(&text).map(Some).map_err(|unreadable| match unreadable {
            Unreadable::Damaged(what) => Damage::of_journal(path, what).into(),
            Unreadable::OtherVersion(version) => {
                let what = format!("the journal has the form {version}, and this program knows {JOURNAL_VERSION}");
                io::Error::new(io::ErrorKind::InvalidData, what)
            }
        })
    }

    /// Returns the subject that a damaged journal still tells; it may be wrong.
    pub(super) fn subject_of_damaged(folder: &Path) -> Option<Subject> {
        #[derive(Deserialize)]
        struct Rest {
            subject: Subject,
        }
        let rest: Rest = serde_json::from_slice(&fs::read(folder.join(JOURNAL)).ok()?).ok()?;
        Some(rest.subject)
    }

    /// Reads the text of a journal, when it is whole.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Unreadable> {
        let damaged = |error: serde_json::Error| Unreadable::Damaged(error.to_string());
        let found: Version = serde_json::from_slice(text).map_err(damaged)?;
        let (is_sealed, is_old) = (is_sealed(text), found.version == UNSEALED && found.seal.is_none());
        if !is_sealed && !is_old {
            return Err(Unreadable::Damaged("its content is not what was written".to_owned()));
        }
        if !is_old && !matches!(found.version, SEALED_WITH_SHA256 | JOURNAL_VERSION) {
            return Err(Unreadable::OtherVersion(found.version));
        }
        let mut journal: Self = serde_json::from_slice(text).map_err(damaged)?;
        let knows = journal.segments().any(|note| note.seal.is_some()) || !journal.output.is_unknown();
        let lacks = journal.segments().any(|note| note.seal.is_none()) || journal.output.is_unknown();
        if if is_old { knows } else { lacks } {
            return Err(Unreadable::Damaged("some of its seals are missing".to_owned()));
        }
        if !is_old {
            journal.version = JOURNAL_VERSION;
        }
        Ok(journal)
    }

    /// Returns the text of the journal, with its seal.
    pub(super) fn print(&self) -> io::Result<String> {
        let object = serde_json::to_string_pretty(self)?;
        let body = object.strip_suffix("\n}").unwrap_or(&object);
        let seal = sha256_hex(body.as_bytes());
        Ok(format!("{body}{BEFORE_SEAL}{seal}{AFTER_SEAL}"))
    }

    /// Returns whether no run has found a row: then it binds nobody to its subject, its account and its range.
    pub(super) fn holds_nothing(&self) -> bool {
        self.segments().all(|note| note.seal.as_ref().is_some_and(|seal| seal.rows == 0))
    }

    /// Returns the journal of another export that takes the place of this one, which holds nothing. It still knows which
    /// files stand there.
    pub(super) fn begun_anew(self, subject: Subject) -> Self {
        Self { subject, base: None, covered: None, issues: Vec::new(), open: None, ..self }
    }

    /// Returns the run that the next one goes on with: one that died before it came anywhere is none.
    pub(super) fn resumable(&self) -> Option<&OpenRun> {
        let has_begun = |open: &&OpenRun| open.walked > 0 || open.resume_at.is_some() || !open.segments.is_empty();
        self.open.as_ref().filter(has_begun)
    }

    /// Returns whether it is from before there were seals.
    pub(super) fn is_unsealed(&self) -> bool {
        self.version == UNSEALED
    }

    /// Gives it its seals, in the form of this program.
    pub(super) fn upgrade(&mut self, seals: Vec<Seal>, output: Option<Seal>, quarantine: Option<Seal>) {
        let notes = self.base.iter_mut().chain(self.open.iter_mut().flat_map(|open| &mut open.segments));
        notes.zip(seals).for_each(|(note, seal)| note.seal = Some(seal));
        self.version = JOURNAL_VERSION;
        self.output = Standing::only(output);
        self.quarantine = Standing::only(quarantine);
    }

    /// Returns all that was walked, or is to be walked by the run that is not finished.
    pub(super) fn range(&self) -> Option<Range> {
        range::joined(self.covered, self.open.as_ref().map_or(&[], |open| &open.ranges))
    }

    /// Returns the segments that belong to it, the earlier reading first.
    pub(super) fn segments(&self) -> impl Iterator<Item = &SegmentNote> + Clone {
        self.base.iter().chain(self.open.iter().flat_map(|open| &open.segments))
    }
}

impl OpenRun {
    /// Returns what is still to be walked, in order.
    pub(super) fn left(&self) -> impl Iterator<Item = Asked> {
        self.ranges.iter().enumerate().skip(self.walked).map(|(index, range)| match self.resume_at {
            Some(from) if index == self.walked => Asked { range: Range { from, ..*range }, start: Start::Moment },
            _ => Asked { range: *range, start: if index == 0 { self.start } else { Start::Moment } },
        })
    }
}

/// What stands between the last field of a journal and its seal, and after it. Together with the bytes before, which the seal
/// is of, these are all bytes of the file.
const BEFORE_SEAL: &str = ",\n  \"seal\": \"";
const AFTER_SEAL: &str = "\"\n}\n";

/// The length of a SHA-256 in hexadecimal.
const SEAL_LENGTH: usize = 64;

/// Returns whether a text ends with the seal of what stands before.
fn is_sealed(text: &[u8]) -> bool {
    let parts = || {
        let (text, seal) = text.strip_suffix(AFTER_SEAL.as_bytes())?.split_last_chunk::<SEAL_LENGTH>()?;
        Some((text.strip_suffix(BEFORE_SEAL.as_bytes())?, seal))
    };
    parts().is_some_and(|(body, seal)| sha256_hex(body).as_bytes() == seal)
}

#[derive(Deserialize)]
struct Version {
    version: u32,
    seal: Option<serde::de::IgnoredAny>,
}

impl Subject {
    /// Returns whether its last column holds each row as it was received.
    pub(crate) fn has_raw(&self) -> bool {
        self.columns.last().is_some_and(|column| column == "raw")
    }

    /// Returns how this subject differs from the one that is asked for, as a clause; none when they are equal.
    pub(crate) fn difference(&self, asked: &Self) -> Option<String> {
        let params = |subject: &Self| {
            let params = subject.params.iter().map(|(name, value)| format!("{name}={value}"));
            params.collect::<Vec<_>>().join(" ")
        };
        let columns =
            |subject: &Self| format!("{} columns, the last one {:?}", subject.columns.len(), subject.columns.last());
        let same = [
            ("dataset is", self.dataset.clone(), asked.dataset.clone()),
            ("parameters are", params(self), params(asked)),
            ("exchange is", self.exchange.clone(), asked.exchange.clone()),
            ("format is", self.format.clone(), asked.format.clone()),
            ("schema version is", self.schema_version.to_string(), asked.schema_version.to_string()),
        ];
        let found = same.into_iter().find(|(_, mine, theirs)| mine != theirs);
        let found =
            found.or_else(|| (self.columns != asked.columns).then(|| ("columns are", columns(self), columns(asked))));
        found.map(|(what, mine, asked)| match (mine.as_str(), asked.as_str()) {
            ("", asked) => format!("it was made without parameters, and {asked} is asked for"),
            (mine, "") => format!("its {what} {mine}, and none are asked for"),
            (mine, asked) => format!("its {what} {mine}, and {asked} is asked for"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::history::SpanIssueKind;

    #[test]
    fn a_flaw_is_noted_once_and_the_worse_one_counts() {
        let issue = |from, to, kind| SpanIssue::new(kind, from, to);
        let mut issues = Vec::new();
        for kind in
            [SpanIssueKind::Unproven, SpanIssueKind::Unproven, SpanIssueKind::Incomplete, SpanIssueKind::Unproven]
        {
            add_issue(&mut issues, issue(5, 5, kind), None);
        }
        assert_eq!(issues, [issue(5, 5, SpanIssueKind::Incomplete)]);
    }

    #[test]
    fn what_was_walked_before_is_no_loss() {
        let issue = |from, to| SpanIssue::new(SpanIssueKind::Lost, from, to);
        let mut issues = Vec::new();
        let covered = Some(Range { from: 10, to: 20 });
        add_issue(&mut issues, issue(12, 18), covered);
        add_issue(&mut issues, issue(15, 30), covered);
        assert_eq!(issues, [issue(21, 30)]);
        add_issue(&mut issues, issue(31, 40), covered);
        assert_eq!(issues, [issue(21, 40)], "losses that touch are one");
    }
}

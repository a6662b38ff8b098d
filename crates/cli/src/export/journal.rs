//! The journal of an export: its subject, its account, and how far it is. One JSON file that is replaced as a whole.

use super::fingerprint::Fingerprint;
use super::range::{Asked, Range, Start};
use binance_papi::Timestamp;
use binance_papi::history::SpanIssue;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;

/// The version of the journal's own form, and of the segments'.
pub(crate) const JOURNAL_VERSION: u32 = 1;

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
        }
    }

    /// Reads the journal of a folder, if there is one.
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

    /// Returns the segments that belong to it, the earlier reading first.
    pub(super) fn segments(&self) -> impl Iterator<Item = &SegmentNote> {
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

#[derive(Deserialize)]
struct Version {
    version: u32,
}

impl Subject {
    /// Returns how two subjects differ: in what, then the value of each; none when they are equal.
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

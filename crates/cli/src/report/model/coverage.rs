//! What is known of the completeness of the closes: which ranges are proven, and everything that is missing or may be.

use super::close::Part;
use crate::export::Range;
use binance_papi::history::{SpanIssue, SpanIssueKind};
use serde::Serialize;

/// Where rows came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Source {
    /// The name of the file without its folder, or `account`.
    pub(crate) name: String,
    pub(crate) dataset: String,
    /// The SHA-256 of the file, in hexadecimal; none for rows that came from the exchange.
    pub(crate) sha256: Option<String>,
    pub(crate) rows: u64,
    /// Rows that were there already, from this source or one before it.
    pub(crate) repeated: u64,
    /// What was walked, as far as it is proven.
    pub(crate) walked: Option<Walked>,
}

/// A walk that has come to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Walked {
    pub(crate) range: Range,
    pub(crate) issues: Vec<SpanIssue>,
    /// Rows that the exchange gave and that did not read.
    pub(crate) quarantined: u64,
    /// What was asked for, when it was not everything.
    pub(crate) narrowed_to: Vec<(String, String)>,
    /// The range of a later run that is not finished.
    pub(crate) unfinished: Option<Range>,
}

/// What is known of the completeness of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// Every row of the range is there.
    Proven,
    /// Something is missing or may be, and it is named.
    Incomplete,
    /// Nothing tells.
    Unknown,
}

/// What is known of the completeness of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Coverage {
    pub(crate) dataset: String,
    pub(crate) verdict: Verdict,
    /// What was walked, in order, joined where ranges touch.
    pub(crate) ranges: Vec<Range>,
    pub(crate) gaps: Vec<Gap>,
}

/// Something that is missing, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Gap {
    NotGiven {
        dataset: String,
    },
    CoverageUnknown {
        source: String,
    },
    Span {
        source: String,
        kind: SpanIssueKind,
        range: Range,
    },
    Between {
        dataset: String,
        range: Range,
    },
    Quarantined {
        source: String,
        rows: u64,
    },
    Narrowed {
        source: String,
        to: String,
    },
    Unfinished {
        source: String,
        range: Range,
    },
    /// Income does not reach as far as the closes do.
    WithoutIncome {
        range: Range,
    },
}

impl Gap {
    /// Returns whether it keeps a dataset from being proven complete.
    fn counts(&self) -> bool {
        !matches!(self, Self::Span { kind: SpanIssueKind::Noted, .. } | Self::Unfinished { .. })
    }
}

/// Returns what is known of a dataset; none when no source is of it.
pub(crate) fn coverage(dataset: &str, sources: &[Source]) -> Option<Coverage> {
    let sources: Vec<_> = sources.iter().filter(|source| source.dataset == dataset).collect();
    if sources.is_empty() {
        return None;
    }
    let mut gaps = Vec::new();
    for source in &sources {
        let name = || source.name.clone();
        let Some(walked) = &source.walked else {
            gaps.push(Gap::CoverageUnknown { source: name() });
            continue;
        };
        for issue in &walked.issues {
            if !sources.iter().any(|other| mends(other, issue)) {
                gaps.push(Gap::Span { source: name(), kind: issue.kind, range: Range::of(issue) });
            }
        }
        if walked.quarantined > 0 {
            gaps.push(Gap::Quarantined { source: name(), rows: walked.quarantined });
        }
        if !walked.narrowed_to.is_empty() {
            let to: Vec<_> = walked.narrowed_to.iter().map(|(key, value)| format!("{key}={value}")).collect();
            gaps.push(Gap::Narrowed { source: name(), to: to.join(" ") });
        }
        gaps.extend(walked.unfinished.map(|range| Gap::Unfinished { source: name(), range }));
    }
    let ranges =
        joined(sources.iter().filter_map(|source| source.walked.as_ref()).map(|walked| walked.range).collect());
    for pair in ranges.windows(2) {
        let range = Range { from: pair[0].to.saturating_add(1), to: pair[1].from.saturating_sub(1) };
        gaps.push(Gap::Between { dataset: dataset.to_owned(), range });
    }
    let verdict = if gaps.iter().any(|gap| matches!(gap, Gap::CoverageUnknown { .. })) {
        Verdict::Unknown
    } else if gaps.iter().any(Gap::counts) {
        Verdict::Incomplete
    } else {
        Verdict::Proven
    };
    Some(Coverage { dataset: dataset.to_owned(), verdict, ranges, gaps })
}

/// Returns whether another source has walked the span of an issue as a whole and found nothing wrong with it.
fn mends(other: &Source, issue: &SpanIssue) -> bool {
    other.walked.as_ref().is_some_and(|walked| {
        walked.narrowed_to.is_empty()
            && walked.range.contains(issue)
            && !walked.issues.iter().any(|own| own.from <= issue.to && issue.from <= own.to)
    })
}

/// Joins ranges that overlap or touch.
fn joined(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable_by_key(|range| (range.from, range.to));
    let mut joined: Vec<Range> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.from <= last.to.saturating_add(1) => last.to = last.to.max(range.to),
            _ => joined.push(range),
        }
    }
    joined
}

/// Returns the parts of the account without a source, as gaps.
pub(crate) fn not_given(sources: &[Source]) -> impl Iterator<Item = Gap> {
    let is_missing = |part: &Part| !sources.iter().any(|source| source.dataset == part.dataset());
    Part::ALL.into_iter().filter(is_missing).map(|part| Gap::NotGiven { dataset: part.dataset().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, walked: Option<(i64, i64, &[SpanIssue])>) -> Source {
        let walked = walked.map(|(from, to, issues)| Walked {
            range: Range { from, to },
            issues: issues.to_vec(),
            quarantined: 0,
            narrowed_to: Vec::new(),
            unfinished: None,
        });
        let dataset = Part::Um.dataset().to_owned();
        Source { name: name.to_owned(), dataset, sha256: None, rows: 0, repeated: 0, walked }
    }

    fn of(sources: &[Source]) -> Coverage {
        coverage("um-force-orders", sources).expect("a source")
    }

    #[test]
    fn ranges_that_touch_are_one_and_a_hole_between_them_is_a_gap() {
        let two = [source("a", Some((0, 9, &[]))), source("b", Some((10, 19, &[])))];
        assert_eq!((of(&two).verdict, of(&two).ranges), (Verdict::Proven, vec![Range { from: 0, to: 19 }]));
        let apart = [source("a", Some((0, 9, &[]))), source("b", Some((12, 19, &[])))];
        let hole = Gap::Between { dataset: "um-force-orders".to_owned(), range: Range { from: 10, to: 11 } };
        assert_eq!((of(&apart).verdict, of(&apart).gaps), (Verdict::Incomplete, vec![hole]));
    }

    #[test]
    fn what_one_walk_lacked_another_one_may_have() {
        let issue = [SpanIssue::new(SpanIssueKind::Incomplete, 5, 5)];
        let flawed = source("a", Some((0, 9, &issue)));
        assert_eq!(of(std::slice::from_ref(&flawed)).verdict, Verdict::Incomplete);
        assert_eq!(of(&[flawed.clone(), source("b", Some((3, 6, &[])))]).verdict, Verdict::Proven);
        assert_eq!(of(&[flawed, source("b", None)]).verdict, Verdict::Unknown);
    }

    #[test]
    fn what_is_noted_does_not_count_and_is_told() {
        let issue = [SpanIssue::new(SpanIssueKind::Noted, 0, 2)];
        let found = of(&[source("a", Some((0, 9, &issue)))]);
        assert_eq!((found.verdict, found.gaps.len()), (Verdict::Proven, 1));
        assert_eq!(not_given(&[source("a", None)]).count(), 2);
        assert_eq!(coverage("cm-force-orders", &[source("a", None)]), None);
    }
}

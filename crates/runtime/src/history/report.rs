//! The result of a walk, during the walk and at its end.

use super::remark::Remark;
use super::span_issue::{SpanIssue, SpanIssueKind};
use papi_types::Timestamp;
use std::time::Duration;

/// The result of walking a history, and what it took. During the walk it says how far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The first millisecond of the period.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Spans that were walked.
    pub windows: u64,
    /// Full pages, after which a span was walked in batches.
    pub cuts: u64,
    /// Requests that were sent, repeated ones included.
    pub requests: u64,
    /// Their weight.
    pub weight: u64,
    /// How many of them were sent because an earlier one failed.
    pub retries: u64,
    /// Rows that were handed out.
    pub rows: u64,
    /// Rows that did not read as their type. Only a stream of typed rows reads them.
    pub bad_rows: u64,
    /// Rows that the exchange gave outside of the window they were asked for with. They were handed out.
    pub out_of_window: u64,
    /// Spans whose rows are probably all there, without proof.
    pub unproven: Vec<SpanIssue>,
    /// Spans whose rows are missing, or may be.
    pub incomplete: Vec<SpanIssue>,
    /// Spans that the exchange has forgotten.
    pub lost: Vec<SpanIssue>,
    /// Spans that the exchange has forgotten and that do not count: shorter than an hour at the beginning of a period that
    /// was counted back from now, or allowed to be lost.
    pub noted: Vec<SpanIssue>,
    /// What the walk found out about the exchange, and what kept it from proving more.
    pub remarks: Vec<Remark>,
}

/// A loss at the beginning of a relative period counts when it is as long as this.
const SHORT: Duration = Duration::from_secs(3_600);

/// Which lost spans count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LossRule {
    /// All but a short one at the beginning.
    AllButTheBeginning,
    All,
    None,
}

impl Report {
    /// Returns whether all rows of the period were handed out, as far as can be known. [`unproven`](Self::unproven)
    /// spans count as complete.
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty() && self.lost.is_empty()
    }

    /// Returns whether it is complete and there is proof for every span.
    pub fn is_proven(&self) -> bool {
        self.is_complete() && self.unproven.is_empty()
    }

    pub(crate) fn note(&mut self, issue: SpanIssue, rule: LossRule) {
        let lists = [&mut self.unproven, &mut self.incomplete, &mut self.lost, &mut self.noted];
        let mut issues: Vec<SpanIssue> = lists.into_iter().flat_map(std::mem::take).collect();
        issue.add_to(&mut issues);
        for issue in issues {
            let is_noted = match rule {
                LossRule::All => false,
                LossRule::None => true,
                LossRule::AllButTheBeginning => issue.from <= self.from && issue.to.since(issue.from) < SHORT,
            };
            match issue.kind {
                SpanIssueKind::Unproven => self.unproven.push(issue),
                SpanIssueKind::Incomplete => self.incomplete.push(issue),
                SpanIssueKind::Lost | SpanIssueKind::Noted if is_noted => self.noted.push(issue),
                SpanIssueKind::Lost | SpanIssueKind::Noted => self.lost.push(issue),
            }
        }
    }
}

/// How far a walk is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Spans that are walked.
    pub windows_done: u64,
    /// Spans that there are, as far as is known; full pages make them more.
    pub windows_total: u64,
    /// Rows that were handed out.
    pub rows: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Their weight.
    pub weight: u64,
    /// How many of them were sent because an earlier one failed.
    pub retries: u64,
    /// How long it will take, if it goes on as it did; none before anything is known.
    pub time_left: Option<Duration>,
}

/// How long the rest of a period takes, if it takes as long for each millisecond as the walked part did.
pub(crate) fn time_left(elapsed: Duration, from: i64, walked_until: i64, to: i64) -> Option<Duration> {
    let (done, left) = (walked_until.checked_sub(from)?, to.checked_sub(walked_until)?);
    let (done, left) = (u128::try_from(done).ok().filter(|done| *done > 0)?, u128::try_from(left).ok()?);
    u64::try_from(elapsed.as_millis().saturating_mul(left) / done).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn lost(spans: &[(i64, i64)], rule: LossRule) -> (usize, usize) {
        let mut report = Report { from: Timestamp::from_millis(0), ..Report::default() };
        for (from, to) in spans {
            report.note(SpanIssue::new(SpanIssueKind::Lost, *from, *to), rule);
        }
        (report.noted.len(), report.lost.len())
    }

    #[test]
    fn a_short_loss_at_the_beginning_of_a_relative_period_is_a_note() {
        use LossRule::{All, AllButTheBeginning, None};
        assert_eq!(lost(&[(0, HOUR - 1)], AllButTheBeginning), (1, 0));
        assert_eq!(lost(&[(0, HOUR)], AllButTheBeginning), (0, 1));
        assert_eq!(lost(&[(1, 2)], AllButTheBeginning), (0, 1));
        assert_eq!(lost(&[(0, 1)], All), (0, 1));
        assert_eq!(lost(&[(0, 9 * HOUR)], None), (1, 0));
    }

    #[test]
    fn losses_that_touch_are_one() {
        assert_eq!(lost(&[(0, 10), (11, HOUR)], LossRule::AllButTheBeginning), (0, 1));
        assert_eq!(lost(&[(0, 10), (12, 20)], LossRule::All), (0, 2));
    }

    #[test]
    fn the_rest_takes_as_long_as_what_is_done_did() {
        let ten = Duration::from_secs(10);
        assert_eq!(time_left(ten, 0, 25, 100), Some(Duration::from_secs(30)));
        assert_eq!(time_left(ten, 0, 0, 100), None);
        assert_eq!(time_left(ten, 0, 100, 100), Some(Duration::ZERO));
    }
}

//! What a walk came to, while it goes on and in the end.

use super::part::{Flaw, FlawKind};
use papi_types::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What walking a history took and came to. While the walk goes on it tells how far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The first millisecond of the period.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Spans that were walked.
    pub windows: u64,
    /// Full pages, after which a span was walked in parts.
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
    pub astray: u64,
    /// Spans whose rows are probably all there, without proof.
    pub unproven: Vec<Flaw>,
    /// Spans of which rows are missing, or may be.
    pub incomplete: Vec<Flaw>,
    /// Spans that the exchange has forgotten.
    pub lost: Vec<Flaw>,
    /// Spans that the exchange has forgotten and that do not count: shorter than an hour at the beginning of a period that
    /// was counted back from now, or allowed to be lost.
    pub noted: Vec<Flaw>,
}

/// What does not count as lost at the beginning of a relative period.
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
    /// Whether all rows of the period were handed out, as far as can be known. [`unproven`](Self::unproven) spans count as
    /// complete.
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty() && self.lost.is_empty()
    }

    /// Whether it is complete and there is proof for every span.
    pub fn is_proven(&self) -> bool {
        self.is_complete() && self.unproven.is_empty()
    }

    pub(crate) fn note(&mut self, flaw: Flaw, rule: LossRule) {
        match flaw.kind {
            FlawKind::Unproven => self.unproven.push(flaw),
            FlawKind::Incomplete => {
                // What was thought to be there and was not.
                self.unproven.retain(|earlier| (earlier.from, earlier.to) != (flaw.from, flaw.to));
                self.incomplete.push(flaw);
            }
            FlawKind::Lost => self.lose(flaw, rule),
        }
    }

    fn lose(&mut self, flaw: Flaw, rule: LossRule) {
        let mut spans: Vec<Flaw> = self.noted.drain(..).chain(self.lost.drain(..)).chain([flaw]).collect();
        spans.sort_unstable();
        let mut joined: Vec<Flaw> = Vec::new();
        for next in spans {
            match joined.last_mut() {
                Some(last) if next.from <= last.to.plus(Duration::from_millis(1)) => last.to = last.to.max(next.to),
                _ => joined.push(next),
            }
        }
        for flaw in joined {
            let is_noted = match rule {
                LossRule::All => false,
                LossRule::None => true,
                LossRule::AllButTheBeginning => flaw.from <= self.from && flaw.to.since(flaw.from) < SHORT,
            };
            if is_noted { self.noted.push(flaw) } else { self.lost.push(flaw) }
        }
    }
}

/// How far a walk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

type Tell = dyn Fn(&Progress) + Send + Sync;

/// Who is told.
#[derive(Clone, Default)]
pub(crate) struct OnProgress(pub(crate) Option<Arc<Tell>>);

impl fmt::Debug for OnProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnProgress(..)")
    }
}

/// How long the rest of a period takes when so much of it took so long.
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
            report.note(Flaw::new(FlawKind::Lost, *from, *to), rule);
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

//! Hands out what is walked: in order, each row once, and none that was ever seen left behind.
//!
//! Every finished interval is held back until its neighbour is finished, because the two share a millisecond, and because an
//! exchange that looks for rows by another field than their time gives some of them to the neighbour.

use super::batch::Batch;
use super::identity::Id;
use super::rows::RowSet;
use super::span_issue::{SpanIssue, SpanIssueKind};
use papi_types::Timestamp;
use papi_types::spec::ReprintReply;
use std::collections::{BTreeSet, VecDeque};

/// An interval that is walked.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: RowSet,
    pub(crate) issues: Vec<SpanIssue>,
    /// Rows of full pages that its own page did not have.
    unconfirmed: BTreeSet<Id>,
}

impl Finished {
    pub(crate) fn new(from: i64, to: i64, rows: RowSet, issues: Vec<SpanIssue>) -> Self {
        Self { from, to, rows, issues, unconfirmed: BTreeSet::new() }
    }
}

#[derive(Debug)]
pub(crate) struct Delivery {
    reprint: ReprintReply,
    /// Rows that were seen in pages of other intervals.
    pub(crate) carried_over: RowSet,
    held: Option<Finished>,
    ready: VecDeque<Batch>,
    /// How many rows were outside of the window that they were asked for with.
    pub(crate) out_of_window: u64,
}

impl Delivery {
    pub(crate) fn new(reprint: ReprintReply) -> Self {
        Self { reprint, carried_over: RowSet::default(), held: None, ready: VecDeque::new(), out_of_window: 0 }
    }

    pub(crate) fn next(&mut self) -> Option<Batch> {
        self.ready.pop_front()
    }

    /// Takes the interval after the last one. `is_last` when none comes after it.
    pub(crate) fn finish(&mut self, mut interval: Finished, is_last: Last) {
        let (early, mut late) = interval.rows.take_out_of_window(interval.from, interval.to);
        self.out_of_window += early.len() as u64;
        if is_last == Last::No {
            self.out_of_window += late.ids().filter(|id| !self.carried_over.contains(id)).count() as u64;
            self.carried_over.absorb(std::mem::take(&mut late));
        } else {
            self.out_of_window += late.len() as u64;
        }
        interval.rows.absorb(late);
        self.confirm(&mut interval);
        for (id, group) in early {
            match &mut self.held {
                Some(held) => {
                    held.unconfirmed.remove(&id);
                    held.rows.absorb_group(id, group);
                }
                None => interval.rows.absorb_group(id, group),
            }
        }
        if let Some(mut held) = self.held.take() {
            let both: Vec<Id> = interval.rows.ids().filter(|id| held.rows.contains(id)).cloned().collect();
            for id in both {
                held.unconfirmed.remove(&id);
                if let Some(group) = interval.rows.remove(&id) {
                    held.rows.absorb_group(id, group);
                }
            }
            let next = interval.from;
            self.hand_out(held, next);
        }
        if is_last == Last::Yes {
            interval.rows.absorb(std::mem::take(&mut self.carried_over));
            let end = interval.to;
            self.hand_out(interval, end);
        } else {
            self.held = Some(interval);
        }
    }

    /// Rows of full pages that belong into an interval are there, or are put there.
    fn confirm(&mut self, interval: &mut Finished) {
        let untimed: Vec<Id> = interval.rows.ids().filter(|id| id.time().is_none()).cloned().collect();
        for id in untimed {
            self.carried_over.remove(&id);
        }
        for (id, group) in self.carried_over.take_until(interval.to) {
            if interval.rows.contains(&id) || self.held.as_ref().is_some_and(|held| held.rows.contains(&id)) {
                continue;
            }
            interval.unconfirmed.insert(id.clone());
            interval.rows.absorb_group(id, group);
        }
    }

    fn hand_out(&mut self, mut interval: Finished, resume_at: i64) {
        if !interval.unconfirmed.is_empty() {
            interval.issues.push(SpanIssue::new(SpanIssueKind::Unproven, interval.from, interval.to));
        }
        self.ready.push_back(Batch {
            from: Timestamp::from_millis(interval.from),
            to: Timestamp::from_millis(interval.to),
            resume_at: Timestamp::from_millis(resume_at),
            rows: interval.rows.into_rows(self.reprint),
            issues: interval.issues,
        });
    }

    /// Hands out rows that were found when everything else was handed out.
    pub(crate) fn hand_out_late(&mut self, at: i64, end: i64, rows: RowSet, issues: Vec<SpanIssue>) {
        self.hand_out(Finished::new(at, at, rows, issues), end);
    }
}

/// Whether an interval is the last one of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Yes,
    No,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::rows::RawRow;

    fn rows(times: &[i64]) -> RowSet {
        RowSet::of(times.iter().map(|at| (Id::of(Some(*at), &[], ""), Box::from("{}"))).collect())
    }

    fn interval(from: i64, to: i64, times: &[i64]) -> Finished {
        Finished::new(from, to, rows(times), Vec::new())
    }

    fn batches(delivery: &mut Delivery) -> Vec<(i64, Vec<i64>, usize)> {
        std::iter::from_fn(|| delivery.next())
            .map(|batch| {
                let times = batch.rows.iter().filter_map(RawRow::time).map(Timestamp::as_millis).collect();
                (batch.from.as_millis(), times, batch.issues.len())
            })
            .collect()
    }

    fn delivery() -> Delivery {
        Delivery::new(|_| Ok(String::new()))
    }

    #[test]
    fn rows_of_a_shared_edge_come_once() {
        let mut delivery = delivery();
        delivery.finish(interval(0, 10, &[1, 10]), Last::No);
        delivery.finish(interval(10, 20, &[10, 11]), Last::Yes);
        assert_eq!(batches(&mut delivery), [(0, vec![1, 10], 0), (10, vec![11], 0)]);
    }

    #[test]
    fn a_row_outside_its_window_is_kept_and_stands_where_it_belongs() {
        let mut delivery = delivery();
        delivery.finish(interval(0, 10, &[1, 15, 99]), Last::No);
        delivery.finish(interval(10, 20, &[8, 12]), Last::No);
        delivery.finish(interval(20, 30, &[3, 25]), Last::Yes);
        assert_eq!(batches(&mut delivery), [(0, vec![1, 8], 0), (10, vec![3, 12, 15], 1), (20, vec![25, 99], 0)]);
        assert_eq!(delivery.out_of_window, 4);
    }

    #[test]
    fn a_row_that_only_a_full_page_had_is_kept_and_its_piece_unproven() {
        let mut delivery = delivery();
        delivery.carried_over = rows(&[5, 15, 16]);
        delivery.finish(interval(0, 10, &[1]), Last::No);
        delivery.finish(interval(10, 20, &[5, 15, 16]), Last::Yes);
        assert_eq!(batches(&mut delivery), [(0, vec![1, 5], 0), (10, vec![15, 16], 0)], "the neighbour had it");
        delivery.carried_over = rows(&[25]);
        delivery.finish(interval(20, 30, &[]), Last::Yes);
        assert_eq!(batches(&mut delivery), [(20, vec![25], 1)]);
    }
}

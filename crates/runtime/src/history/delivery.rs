//! Hands out what is walked: in order, each row once, and none that was ever seen left behind.
//!
//! Every finished interval is held back until its neighbour is finished, because the two share a millisecond, and because an
//! exchange that looks for rows by another field than their time gives some of them to the neighbour.

use super::batch::Batch;
use super::bounds::Widening;
use super::identity::Id;
use super::rows::RowSet;
use super::span_issue::{SpanIssue, SpanIssueKind};
use papi_types::Timestamp;
use papi_types::spec::ReprintReply;
use std::collections::{BTreeSet, VecDeque};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

/// An interval that is walked.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: RowSet,
    pub(crate) issues: Vec<SpanIssue>,
    /// Rows of full pages that its own page did not have.
    unconfirmed: BTreeSet<Id>,
    /// The rows that its own page had of its first millisecond, and of its last one.
    at_ends: (BTreeSet<Id>, BTreeSet<Id>),
}

impl Finished {
    pub(crate) fn new(from: i64, to: i64, rows: RowSet, issues: Vec<SpanIssue>) -> Self {
        let at = |end: i64| rows.ids().filter(|id| id.time() == Some(end)).cloned().collect();
        let at_ends = (at(from), at(to));
        Self { from, to, rows, issues, unconfirmed: BTreeSet::new(), at_ends }
    }

    /// Compares the rows that this interval and the next one have of the millisecond that they share.
    fn compare(&mut self, next: &Self) -> Option<Widening> {
        if self.to != next.from || !self.issues.is_empty() || !next.issues.is_empty() {
            return None;
        }
        let (mine, others) = (&self.at_ends.1, &next.at_ends.0);
        let is_lost = |id: &Id| id.time() == Some(next.from) && !others.contains(id);
        let lost: Vec<Id> = self.unconfirmed.iter().filter(|id| is_lost(id)).cloned().collect();
        for id in &lost {
            // Both leave it out, and it is asked for again.
            self.unconfirmed.remove(id);
        }
        Widening::told_by(mine, others, lost.len())
    }

    /// A row came in the page of another window, and the walk of its own window did not have it: the exchange keeps back
    /// rows. Of what lies before the walk it is not known.
    fn miss(&mut self, id: &Id, begin: i64) {
        if let Some(at) = id.time().filter(|at| *at >= begin) {
            SpanIssue::new(SpanIssueKind::Incomplete, at, at).add_to(&mut self.issues);
        }
    }
}

#[derive(Debug)]
pub(crate) struct Delivery {
    reprint: ReprintReply,
    /// The first millisecond of the walk.
    begin: i64,
    /// Rows that were seen in pages of other intervals.
    pub(crate) carried_over: RowSet,
    /// Those of them that were outside of the window that they were given for.
    strays: BTreeSet<Id>,
    /// The rows that were handed out.
    handed_out: HandedOut,
    held: Option<Finished>,
    ready: VecDeque<Batch>,
    /// What the last millisecond that two intervals share tells about the ends of windows.
    pub(crate) told: Option<Widening>,
    /// How many rows were outside of the window that they were asked for with.
    pub(crate) out_of_window: u64,
}

impl Delivery {
    /// The delivery of a walk from a millisecond on.
    pub(crate) fn new(reprint: ReprintReply, begin: i64) -> Self {
        Self {
            reprint,
            begin,
            carried_over: RowSet::default(),
            strays: BTreeSet::new(),
            handed_out: HandedOut::default(),
            held: None,
            ready: VecDeque::new(),
            told: None,
            out_of_window: 0,
        }
    }

    /// Keeps the rows of a full page until the intervals that they belong into are finished.
    pub(crate) fn carry_over(&mut self, mut page: RowSet, from: i64, to: i64) {
        let (early, late) = page.take_out_of_window(from, to);
        self.strays.extend(early.ids().chain(late.ids()).filter(|id| !self.carried_over.contains(id)).cloned());
        for rows in [page, early, late] {
            self.carried_over.absorb(rows);
        }
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
            self.strays.extend(late.ids().filter(|id| !self.carried_over.contains(id)).cloned());
            self.carried_over.absorb(std::mem::take(&mut late));
        } else {
            self.out_of_window += late.len() as u64;
        }
        interval.rows.absorb(late);
        self.confirm(&mut interval);
        for (id, group) in early {
            if self.handed_out.has(&id) {
                continue;
            }
            let into = self.held.as_mut().unwrap_or(&mut interval);
            if !into.unconfirmed.remove(&id) && !into.rows.contains(&id) {
                into.miss(&id, self.begin);
            }
            into.rows.absorb_group(id, group);
        }
        if let Some(mut held) = self.held.take() {
            self.told = held.compare(&interval);
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
            let is_stray = self.strays.remove(&id);
            let is_held = self.held.as_ref().is_some_and(|held| held.rows.contains(&id));
            if is_held || interval.rows.contains(&id) || self.handed_out.has(&id) {
                continue;
            }
            if is_stray {
                interval.miss(&id, self.begin);
            } else {
                interval.unconfirmed.insert(id.clone());
            }
            interval.rows.absorb_group(id, group);
        }
    }

    fn hand_out(&mut self, mut interval: Finished, resume_at: i64) {
        if !interval.unconfirmed.is_empty() {
            interval.issues.push(SpanIssue::new(SpanIssueKind::Unproven, interval.from, interval.to));
        }
        interval.rows.ids().for_each(|id| self.handed_out.add(id));
        self.ready.push_back(Batch {
            from: Timestamp::from_millis(interval.from),
            to: Timestamp::from_millis(interval.to),
            resume_at: Timestamp::from_millis(resume_at),
            rows: interval.rows.into_rows(self.reprint),
            issues: interval.issues,
        });
    }

    /// Hands out what is new in an interval that was handed out before.
    pub(crate) fn finish_again(&mut self, mut interval: Finished, is_last: Last, end: i64) {
        let until = if is_last == Last::Yes { i64::MAX } else { interval.to };
        interval.rows.absorb(self.carried_over.take_until(until));
        let known: Vec<Id> = interval.rows.ids().filter(|id| self.handed_out.has(id)).cloned().collect();
        for id in known {
            interval.rows.remove(&id);
        }
        if !interval.rows.is_empty() || !interval.issues.is_empty() {
            self.hand_out(interval, end);
        }
    }

    /// Hands out rows that were found when everything else was handed out.
    pub(crate) fn hand_out_late(&mut self, at: i64, end: i64, rows: RowSet, issues: Vec<SpanIssue>) {
        self.hand_out(Finished::new(at, at, rows, issues), end);
    }
}

/// Which rows were handed out, as one number for each of them.
#[derive(Debug, Default)]
struct HandedOut {
    #[expect(
        clippy::disallowed_types,
        reason = "it is only asked what it holds, and its hash is the same in every run"
    )]
    numbers: std::collections::HashSet<u64, SameInEveryRun>,
    hash: SameInEveryRun,
}

/// What makes numbers of rows. Without a seed, so that two walks of the same rows do the same.
type SameInEveryRun = BuildHasherDefault<DefaultHasher>;

impl HandedOut {
    fn add(&mut self, id: &Id) {
        self.numbers.insert(self.hash.hash_one(id));
    }

    fn has(&self, id: &Id) -> bool {
        self.numbers.contains(&self.hash.hash_one(id))
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
        Delivery::new(|_| Ok(String::new()), 0)
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
        assert_eq!(batches(&mut delivery), [(0, vec![1, 8], 1), (10, vec![3, 12, 15], 2), (20, vec![25, 99], 0)]);
        assert_eq!(delivery.out_of_window, 4);
    }

    #[test]
    fn a_row_outside_its_window_that_its_own_window_has_comes_once_and_is_no_issue() {
        let mut delivery = delivery();
        delivery.finish(interval(0, 10, &[1, 15, 25]), Last::No);
        delivery.finish(interval(10, 20, &[1, 12, 15]), Last::No);
        delivery.finish(interval(20, 30, &[1, 15, 25]), Last::Yes);
        assert_eq!(batches(&mut delivery), [(0, vec![1], 0), (10, vec![12, 15], 0), (20, vec![25], 0)]);
    }

    #[test]
    fn a_row_of_a_full_page_outside_its_window_that_its_own_window_lacks_is_incomplete() {
        let mut delivery = delivery();
        delivery.carry_over(rows(&[5, 15]), 0, 10);
        delivery.finish(interval(0, 10, &[5]), Last::No);
        delivery.finish(interval(10, 20, &[]), Last::Yes);
        let issues: Vec<SpanIssue> = std::iter::from_fn(|| delivery.next()).flat_map(|batch| batch.issues).collect();
        assert_eq!(issues, [SpanIssue::new(SpanIssueKind::Incomplete, 15, 15)]);
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

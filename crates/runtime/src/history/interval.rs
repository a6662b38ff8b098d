//! The intervals that a walk is cut into, in order of time.

use super::bounds::Widening;
use super::delivery::Finished;
use super::numbered::NumberedReading;
use super::pace::Why;
use super::rows::RowSet;
use super::saturated_instant::SaturatedInstant;
use super::span_issue::SpanIssue;
use std::collections::VecDeque;

/// A span of milliseconds, both ends included. Neighbours share a millisecond where they can.
#[derive(Debug)]
pub(crate) struct Interval {
    pub(crate) number: u64,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) state: IntervalState,
    pub(crate) issues: Vec<SpanIssue>,
    /// How many rows the page had that proved it; 0 when it was not a single one.
    pub(crate) page_rows: usize,
    /// By how much its requests are wider than it is.
    pub(crate) widening: Widening,
}

/// How far an interval is walked.
#[derive(Debug)]
pub(crate) enum IntervalState {
    /// No request asks for it.
    Open,
    /// No request asks for it. It is asked for as it is, because a page of more than it is in doubt.
    Part,
    /// A window is under way.
    Asked(Why),
    /// Its pages are being read.
    Paged(NumberedReading),
    /// It is one millisecond, which is read in narrower pages.
    Saturated(SaturatedInstant),
    Done(RowSet),
}

impl Interval {
    fn is_open(&self) -> bool {
        matches!(self.state, IntervalState::Open)
    }
}

/// All intervals that are not handed out yet.
#[derive(Debug)]
pub(crate) struct Intervals {
    pub(super) queue: VecDeque<Interval>,
    next_number: u64,
    /// The last millisecond of the intervals that were taken out.
    pub(crate) edge: Option<i64>,
}

impl Intervals {
    pub(crate) fn new(from: i64, to: i64) -> Self {
        let mut intervals = Self { queue: VecDeque::new(), next_number: 0, edge: None };
        let interval = intervals.interval(from, to, IntervalState::Open);
        intervals.queue.push_back(interval);
        intervals
    }

    fn interval(&mut self, from: i64, to: i64, state: IntervalState) -> Interval {
        self.next_number += 1;
        Interval {
            number: self.next_number,
            from,
            to,
            state,
            issues: Vec::new(),
            page_rows: 0,
            widening: Widening::default(),
        }
    }

    pub(crate) fn find(&self, number: u64) -> Option<usize> {
        self.queue.iter().position(|interval| interval.number == number)
    }

    /// The last millisecond that is walked before an interval.
    pub(crate) fn edge_before(&self, index: usize) -> Option<i64> {
        match index.checked_sub(1) {
            Some(before) => self.queue.get(before).map(|interval| interval.to),
            None => self.edge,
        }
    }

    /// Cuts a window off the beginning of an open interval; what is left stays open. Returns its number.
    pub(crate) fn carve(&mut self, index: usize, from: i64, to: i64, state: IntervalState) -> u64 {
        let end = self.queue[index].to;
        let mut window = self.interval(from, to, state);
        window.issues = std::mem::take(&mut self.queue[index].issues);
        let number = window.number;
        self.queue[index] = window;
        if to < end {
            let rest = self.interval(to, end, IntervalState::Open);
            self.queue.insert(index + 1, rest);
        }
        number
    }

    /// Cuts an interval into parts.
    pub(crate) fn split(&mut self, index: usize, parts: &[(i64, i64)]) {
        let Some(whole) = self.queue.remove(index) else { return };
        for (from, to) in parts.iter().rev().filter(|(from, to)| from <= to) {
            let part = self.interval(*from, *to, IntervalState::Part);
            self.queue.insert(index, part);
        }
        self.queue[index].issues = whole.issues;
    }

    /// Walks one more span, when all others are walked.
    pub(crate) fn add(&mut self, from: i64, to: i64) {
        self.edge = None;
        let interval = self.interval(from, to, IntervalState::Open);
        self.queue.push_back(interval);
    }

    /// No request asks for an interval any more; it joins open neighbours.
    pub(crate) fn reopen(&mut self, index: usize) {
        self.queue[index].state = IntervalState::Open;
        self.queue[index].page_rows = 0;
        let mut at = index;
        if self.queue.get(index + 1).is_some_and(Interval::is_open) {
            self.join(index);
        }
        if let Some(before) = index.checked_sub(1).filter(|before| self.queue[*before].is_open()) {
            at = before;
            self.join(before);
        }
        // An answer for what it was must not find it.
        self.next_number += 1;
        self.queue[at].number = self.next_number;
    }

    fn join(&mut self, index: usize) {
        if let Some(next) = self.queue.remove(index + 1) {
            self.queue[index].to = next.to;
            self.queue[index].issues.extend(next.issues);
        }
    }

    /// Only this interval walks its last millisecond.
    pub(crate) fn keep_to_itself(&mut self, index: usize) {
        let to = self.queue[index].to;
        if let Some(next) = self.queue.get_mut(index + 1)
            && next.is_open()
            && next.from == to
            && next.to > to
        {
            next.from = to + 1;
        }
    }

    /// Takes out the first interval when it is done, with the number of rows of its page.
    pub(crate) fn take_done(&mut self) -> Option<(Finished, usize)> {
        let IntervalState::Done(rows) = &mut self.queue.front_mut()?.state else { return None };
        let rows = std::mem::take(rows);
        let Interval { from, to, issues, page_rows, .. } = self.queue.pop_front()?;
        self.edge = Some(to);
        Some((Finished::new(from, to, rows, issues), page_rows))
    }
}

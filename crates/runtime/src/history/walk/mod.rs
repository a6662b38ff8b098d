//! The walk through a history: what to ask next, and what an answer means. No clock, no socket; every promise about rows is
//! kept here.
//!
//! A span is proven when a page of exactly that span stays below the cap. A full page proves nothing: its span is open
//! again, and its rows say where to cut. A row that was seen once is handed out, even when later pages lack it.

use super::cut::{Known, Window};
use super::delivery::{Delivery, Last};
use super::hints::Hints;
use super::interval::{Interval, IntervalState, Intervals};
use super::numbered::{NumberedReading, PageEffect};
use super::pace::{Pace, Why};
use super::question::{Ask, Finding, WalkConfig, What, WindowRequest};
use super::rows::{ReadPage, RowSet};
use super::saturated_instant::SaturatedInstant;
use super::shape::ReplyKind;
use super::span_issue::{SpanIssue, SpanIssueKind};
use std::collections::BTreeMap;

mod saturated;

/// A request that is not answered yet.
#[derive(Debug)]
struct AskUnderWay {
    /// The interval that it is for; none for names, and for a millisecond that was handed out already.
    interval: Option<u64>,
    what: What,
}

/// The walk.
#[derive(Debug)]
pub(crate) struct Walk {
    config: WalkConfig,
    end: i64,
    intervals: Intervals,
    hints: Hints,
    pace: Pace,
    pub(crate) delivery: Delivery,
    under_way: BTreeMap<u64, AskUnderWay>,
    next_number: u64,
    names_asked: bool,
    /// Saturated milliseconds that were handed out.
    saturated: Vec<SaturatedInstant>,
    /// How many spans are walked.
    pub(crate) windows_done: u64,
    /// How many pages were full.
    pub(crate) cuts: u64,
}

/// Fewer windows than this are not asked ahead of one another: a full page would cost a further request.
const MANY_WINDOWS: u64 = 20;
/// Windows are asked ahead of one another while a smaller part of them than this is full.
const FEW: f64 = 0.15;
const VERY_FEW: f64 = 0.05;

impl Walk {
    pub(crate) fn new(config: WalkConfig, from: i64, to: i64) -> Self {
        Self {
            end: to,
            intervals: Intervals::new(from, to),
            hints: Hints::default(),
            pace: Pace::default(),
            delivery: Delivery::new(config.reprint),
            under_way: BTreeMap::new(),
            next_number: 0,
            names_asked: !config.has_names,
            saturated: Vec::new(),
            windows_done: 0,
            cuts: 0,
            config,
        }
    }

    /// The next request to send; none while answers must be waited for, or when all is done.
    pub(crate) fn next_ask(&mut self) -> Option<Ask> {
        if self.under_way.len() >= self.config.concurrency {
            return None;
        }
        let mut ahead = Vec::new();
        for index in 0..self.config.concurrency * 4 {
            let Some(interval) = self.intervals.queue.get_mut(index) else { break };
            let (number, from, to) = (interval.number, interval.from, interval.to);
            match &mut interval.state {
                IntervalState::Done(_) => {}
                IntervalState::Open => return self.open(index, &ahead),
                IntervalState::Asked(why) => ahead.push(*why),
                IntervalState::Paged(reading) => {
                    if let Some(page) = reading.next() {
                        let request = WindowRequest { page: Some(page), ..WindowRequest::new(from, to) };
                        return Some(self.ask(Some(number), What::Window(request)));
                    }
                    ahead.push(Why::Stepped);
                }
                IntervalState::Saturated(instant) => {
                    if !self.names_asked {
                        self.names_asked = true;
                        return Some(self.ask(None, What::Names));
                    }
                    if let Some(filter) = instant.next(&self.config.dimensions) {
                        let request = WindowRequest { filter, ..WindowRequest::new(from, to) };
                        return Some(self.ask(Some(number), What::Window(request)));
                    }
                    ahead.push(Why::Mapped);
                }
            }
        }
        if self.intervals.queue.is_empty() { self.ask_late() } else { None }
    }

    fn ask(&mut self, interval: Option<u64>, what: What) -> Ask {
        self.next_number += 1;
        self.under_way.insert(self.next_number, AskUnderWay { interval, what: what.clone() });
        Ask { number: self.next_number, what }
    }

    /// Asks for the first window of an open interval, unless what is under way before it may show that it should be another.
    fn open(&mut self, index: usize, ahead: &[Why]) -> Option<Ask> {
        let Interval { from, to, .. } = self.intervals.queue[index];
        let known = Known {
            shape: &self.config.shape,
            hints: &self.hints,
            pace: &self.pace,
            carried_over: &self.delivery.carried_over,
            most_hints: 8 + 2 * self.config.concurrency,
        };
        let mut window = known.window(from, to, self.intervals.edge_before(index));
        if window.to == to && window.why != Why::Mapped && self.intervals.queue.get(index + 1).is_some() {
            window.why = Why::Rest;
        }
        if !self.may_ask_ahead(window, to, ahead) {
            return None;
        }
        let (from, to) = (window.from, window.to);
        let (state, page) = match self.config.shape.reply {
            ReplyKind::Numbered { size } => {
                let mut reading = NumberedReading::new(size);
                let page = reading.next();
                (IntervalState::Paged(reading), page)
            }
            ReplyKind::Capped { .. } | ReplyKind::Whole => (IntervalState::Asked(window.why), None),
        };
        let number = self.intervals.carve(index, from, to, state);
        Some(self.ask(Some(number), What::Window(WindowRequest { page, ..WindowRequest::new(from, to) })))
    }

    fn may_ask_ahead(&self, window: Window, end: i64, ahead: &[Why]) -> bool {
        let is_capped = matches!(self.config.shape.reply, ReplyKind::Capped { .. });
        if ahead.is_empty() || !is_capped {
            return true;
        }
        // A walk of many full pages would otherwise be one request after the other.
        let is_sure = self.hints.tested && ahead.iter().all(|why| *why == Why::Mapped);
        match window.why {
            Why::Mapped | Why::Rest => true,
            _ if is_sure => true,
            Why::Paced | Why::Usual => self.pace.full < FEW && !ahead.contains(&Why::Stepped),
            Why::Stepped => self.pace.full < VERY_FEW && self.config.shape.windows(window.from, end) >= MANY_WINDOWS,
        }
    }

    /// Takes an answer.
    pub(crate) fn answer(&mut self, number: u64, answer: Finding) {
        let Some(AskUnderWay { interval, what }) = self.under_way.remove(&number) else { return };
        let index = interval.and_then(|number| self.intervals.find(number));
        match (answer, what, index) {
            (Finding::Names(names), ..) => self.learn_names(names),
            (Finding::TooOld, _, Some(index)) => self.give_up(index),
            (Finding::TooLong, _, Some(index)) => self.shorten(index),
            (Finding::Page { from, mut page }, What::Window(asked), index) => {
                self.learn_names(std::mem::take(&mut page.names));
                match index {
                    Some(index) => self.take(index, from, asked, page),
                    None => self.take_late(asked, page),
                }
            }
            _ => {}
        }
        self.settle();
    }

    /// Takes a page of an interval. It was asked for from `from` on: what was too old by then is lost.
    fn take(&mut self, index: usize, from: i64, asked: WindowRequest, page: ReadPage) {
        let is_full = self.is_full(&page);
        let interval = &mut self.intervals.queue[index];
        if from > interval.from {
            interval.issues.push(SpanIssue::new(SpanIssueKind::Lost, interval.from, from - 1));
            interval.from = from;
        }
        match (&mut interval.state, asked.page) {
            (IntervalState::Asked(why), _) => {
                let why = *why;
                self.take_window(index, why, page);
            }
            (IntervalState::Paged(_), Some(number)) => self.take_page(index, number, page),
            (IntervalState::Saturated(instant), _) => {
                instant.take(asked.filter, RowSet::of(page.rows), is_full);
            }
            _ => {}
        }
    }

    fn is_full(&self, page: &ReadPage) -> bool {
        match self.config.shape.reply {
            ReplyKind::Capped { cap } => page.len() >= cap,
            ReplyKind::Numbered { .. } => false,
            ReplyKind::Whole => page.total.is_some_and(|total| total > page.len() as u64),
        }
    }

    fn give_up(&mut self, index: usize) {
        let interval = &mut self.intervals.queue[index];
        interval.issues.push(SpanIssue::new(SpanIssueKind::Lost, interval.from, interval.to));
        let seen = match &interval.state {
            IntervalState::Saturated(instant) => instant.rows(),
            _ => RowSet::default(),
        };
        interval.state = IntervalState::Done(seen);
    }

    /// A window that is too long is open again, and all others are shorter from now on. The sender reports
    /// it only where a window can be shorter.
    fn shorten(&mut self, index: usize) {
        let Interval { from, to, .. } = self.intervals.queue[index];
        self.config.shape.shorten(to - from);
        self.intervals.reopen(index);
    }

    fn take_window(&mut self, index: usize, why: Why, page: ReadPage) {
        let Interval { from, to, .. } = self.intervals.queue[index];
        if !self.is_full(&page) {
            return self.prove(index, why, RowSet::of(page.rows));
        }
        self.cuts += 1;
        if from == to {
            let instant = SaturatedInstant::new(from, RowSet::of(page.rows));
            self.intervals.queue[index].state = IntervalState::Saturated(instant);
            self.intervals.keep_to_itself(index);
            return;
        }
        let times = page.rows.iter().filter_map(|(id, _)| id.time()).collect();
        let near_half = self.hints.add(from, to, times).near_half();
        self.pace.full(why, near_half, self.config.shape.step(from));
        self.delivery.carried_over.absorb(RowSet::of(page.rows));
        self.intervals.reopen(index);
    }

    fn take_page(&mut self, index: usize, number: u32, page: ReadPage) {
        let interval = &mut self.intervals.queue[index];
        let (from, to) = (interval.from, interval.to);
        let IntervalState::Paged(reading) = &mut interval.state else { return };
        // One millisecond cannot be cut.
        let most = self.config.shape.most_rows().filter(|_| from < to);
        match reading.take(number, page, most) {
            PageEffect::More => {}
            PageEffect::Complete(rows) => self.prove(index, Why::Usual, rows),
            PageEffect::Unsteady(rows) => {
                interval.issues.push(SpanIssue::new(SpanIssueKind::Incomplete, from, to));
                interval.state = IntervalState::Done(rows);
            }
            PageEffect::TooMany { rows } => {
                self.cuts += 1;
                self.hints.add(from, to, Vec::new());
                self.pace.told(rows, to - from + 1);
                self.intervals.reopen(index);
            }
        }
    }

    /// A page below the cap has all rows of its window.
    fn prove(&mut self, index: usize, why: Why, rows: RowSet) {
        let interval = &mut self.intervals.queue[index];
        let (from, to) = (interval.from, interval.to);
        let inside = rows.times(from, to).count();
        interval.state = IntervalState::Done(rows);
        self.hints.proven(from, to, inside);
        if let Some(most) = self.config.shape.most_rows() {
            self.pace.under(why, (inside, to - from + 1), most, self.config.shape.step(from));
        }
    }

    /// Ends what has nothing left to ask, and hands out what is done.
    fn settle(&mut self) {
        self.end_saturated();
        while let Some(finished) = self.intervals.take_done() {
            self.windows_done += 1;
            let last = if self.intervals.queue.is_empty() { Last::Yes } else { Last::No };
            self.hints.forget_until(finished.to);
            self.delivery.finish(finished, last);
        }
    }

    /// Whether everything is walked.
    pub(crate) fn is_over(&self) -> bool {
        self.intervals.queue.is_empty() && self.under_way.is_empty()
    }

    /// How many windows there are at least, those that are walked included.
    pub(crate) fn windows(&self) -> u64 {
        let left = self.intervals.queue.iter().map(|interval| match interval.state {
            IntervalState::Open => self.config.shape.windows(interval.from, interval.to),
            _ => 1,
        });
        self.windows_done + left.sum::<u64>()
    }

    /// How many rows are held.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        let done = self.intervals.queue.iter().map(|interval| match &interval.state {
            IntervalState::Done(rows) => rows.len(),
            _ => 0,
        });
        self.delivery.carried_over.len() + done.sum::<usize>()
    }

    /// The millisecond up to which everything is walked.
    pub(crate) fn walked_until(&self) -> Option<i64> {
        self.intervals.edge
    }
}

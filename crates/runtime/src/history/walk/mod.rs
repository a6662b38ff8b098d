//! The walk through a history: what to ask next, and what an answer means. No clock, no socket; every promise about rows is
//! kept here.
//!
//! A span is proven when a page of exactly that span stays below the cap. A full page proves nothing: its span is open
//! again, and its rows say where to cut. A row that was seen once is handed out, even when later pages lack it.

use super::bounds::{Edges, Widening};
use super::delivery::{Delivery, Last};
use super::doubts::Doubts;
use super::hints::Hints;
use super::interval::{Interval, IntervalState, Intervals};
use super::numbered::PageEffect;
use super::pace::{Pace, Why};
use super::question::{Ask, Finding, IgnoredWindow, WalkConfig, What, WindowRequest};
use super::remark::Remark;
use super::rows::{ReadPage, RowSet};
use super::saturated_instant::SaturatedInstant;
use super::shape::ReplyKind;
use super::span_issue::{SpanIssue, SpanIssueKind};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

mod doubted;
mod edges;
mod open;
mod saturated;

/// A request that is not answered yet.
#[derive(Debug)]
struct AskUnderWay {
    /// The interval that it is for; none for names, and for a millisecond that was handed out already.
    interval: Option<u64>,
    what: What,
}

/// Whether a span is walked for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WalkOrder {
    Once,
    Again,
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
    doubts: Doubts,
    /// Spans that were handed out and must be walked again, in the end.
    again: VecDeque<(i64, i64)>,
    order: WalkOrder,
    edges: Edges,
    /// By how much requests are wider than their windows.
    widening: Widening,
    /// Saturated milliseconds that were handed out.
    saturated: Vec<SaturatedInstant>,
    /// How many spans are walked.
    pub(crate) windows_done: u64,
    /// How many pages were full.
    pub(crate) cuts: u64,
    /// What was found out about the exchange.
    pub(crate) remarks: Vec<Remark>,
}

impl Walk {
    pub(crate) fn new(config: WalkConfig, from: i64, to: i64) -> Self {
        Self {
            end: to,
            intervals: Intervals::new(from, to),
            hints: Hints::default(),
            pace: Pace::default(),
            delivery: Delivery::new(config.reprint, from),
            under_way: BTreeMap::new(),
            next_number: 0,
            names_asked: !config.has_names,
            doubts: Doubts::new(config.shape.default),
            again: VecDeque::new(),
            order: WalkOrder::Once,
            edges: Edges::Unproven(BTreeSet::new()),
            widening: Widening::default(),
            saturated: Vec::new(),
            windows_done: 0,
            cuts: 0,
            remarks: Vec::new(),
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
                IntervalState::Part if self.config.shape.longest(from) < to => {
                    interval.state = IntervalState::Open;
                    return self.open(index, &ahead);
                }
                IntervalState::Part => {
                    interval.widening = self.widening;
                    interval.state = IntervalState::Asked(Why::Rest);
                    return Some(self.ask(Some(number), What::Window(WindowRequest::new(from, to))));
                }
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
        let interval = interval.and_then(|number| self.intervals.find(number));
        let Widening { before, after } = interval.map_or(self.widening, |index| self.intervals.queue[index].widening);
        let what = match what {
            What::Window(WindowRequest { from, to, page, filter }) => {
                What::Window(WindowRequest { from: from - before, to: to + after, page, filter })
            }
            What::Names => What::Names,
        };
        Ask { number: self.next_number, what }
    }

    /// Takes an answer.
    ///
    /// # Errors
    ///
    /// When a full page has no row of the window it was asked for with. The walk cannot go on.
    pub(crate) fn answer(&mut self, number: u64, answer: Finding) -> Result<(), IgnoredWindow> {
        let Some(AskUnderWay { interval, what }) = self.under_way.remove(&number) else { return Ok(()) };
        let index = interval.and_then(|number| self.intervals.find(number));
        match (answer, what, index) {
            (Finding::Names(names), ..) => self.learn_names(names),
            (Finding::NoNames(remark), ..) => self.remarks.push(remark),
            (Finding::TooOld, _, Some(index)) => self.give_up(index),
            (Finding::TooLong, _, Some(index)) => self.shorten(index),
            (Finding::Page { from, mut page }, What::Window(asked), index) => {
                self.keeps_to_the_window(&asked, &page)?;
                self.learn_names(std::mem::take(&mut page.names));
                if let Some(cap) = self.doubts.refuted_by(&page) {
                    self.lower_cap(cap);
                }
                let index = index.and_then(|_| self.intervals.find(interval?));
                match index {
                    Some(index) => self.take(index, from, asked, page),
                    None => self.take_late(asked, page),
                }
            }
            _ => {}
        }
        self.settle();
        Ok(())
    }

    /// A full page without a row of its window would be asked for again and again. Rows without a time are of no window.
    fn keeps_to_the_window(&self, asked: &WindowRequest, page: &ReadPage) -> Result<(), IgnoredWindow> {
        let is_inside = |time: i64| (asked.from..=asked.to).contains(&time);
        let has_one = page.rows.iter().filter_map(|(id, _)| id.time()).any(is_inside);
        if has_one || page.rows.is_empty() || !(self.is_full(page) || self.config.shape.fills_a_page(page.len())) {
            return Ok(());
        }
        Err(IgnoredWindow { from: asked.from, to: asked.to, rows: page.len() })
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
                let is_full = is_full || instant.doubted == Some(page.len());
                instant.take(asked.filter, RowSet::of(page.rows), is_full);
            }
            _ => {}
        }
    }

    fn is_full(&self, page: &ReadPage) -> bool {
        match self.config.shape.reply {
            ReplyKind::Capped { .. } => self.config.shape.fills_a_page(page.len()),
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
        let count = page.len();
        self.doubts.saw(count);
        let is_capped = matches!(self.config.shape.reply, ReplyKind::Capped { .. });
        if self.is_full(&page) {
            self.cut(index, why, RowSet::of(page.rows));
        } else if is_capped && self.doubts.is_doubtful(&page, from, to) {
            self.doubt(index, count, RowSet::of(page.rows));
        } else {
            self.intervals.queue[index].page_rows = if is_capped { count } else { 0 };
            self.prove(index, why, RowSet::of(page.rows));
        }
    }

    /// A full page: its window is open again, or a single millisecond.
    fn cut(&mut self, index: usize, why: Why, rows: RowSet) {
        let Interval { from, to, .. } = self.intervals.queue[index];
        self.cuts += 1;
        if from == to {
            let instant = SaturatedInstant::new(from, rows);
            self.intervals.queue[index].state = IntervalState::Saturated(instant);
            self.intervals.keep_to_itself(index);
            return;
        }
        let times = rows.times(from, to).collect();
        let near_half = self.hints.add(from, to, times).near_half();
        self.pace.full(why, near_half, self.config.shape.step(from));
        self.delivery.carry_over(rows, from, to);
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
        self.end_doubts();
        while self.is_first_undoubted()
            && let Some((finished, page_rows)) = self.intervals.take_done()
        {
            self.windows_done += 1;
            self.doubts.hand_out(page_rows, finished.from, finished.to);
            self.hints.forget_until(finished.to);
            self.edges.note(finished.from, finished.to);
            let last = if self.intervals.queue.is_empty() { Last::Yes } else { Last::No };
            match self.order {
                WalkOrder::Once => self.delivery.finish(finished, last),
                WalkOrder::Again => self.delivery.finish_again(finished, last, self.end),
            }
            if let Some(told) = self.delivery.told.take() {
                self.learn_edge(told);
            }
            if self.intervals.queue.is_empty()
                && let Some((from, to)) = self.again.pop_front()
            {
                (self.order, self.hints) = (WalkOrder::Again, Hints::default());
                self.intervals.add(from, to);
            }
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

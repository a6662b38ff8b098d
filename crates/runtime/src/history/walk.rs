//! The walk through a history: what to ask next, and what an answer means. No clock, no socket; every promise about rows is
//! kept here.
//!
//! A span is proven when a page of exactly that span stays below the cap. A full page proves nothing: its span is open
//! again, and its rows say where to cut. What was ever seen is handed out, whatever later pages say.

use super::ask::{Answer, Ask, Manner, Tally, What};
use super::crowd::{Crowd, Filter};
use super::cut::{Known, Start, Window};
use super::delivery::{Delivery, Finished, Last};
use super::hints::Hints;
use super::numbered::{Read, Reading};
use super::pace::{Pace, Seen, Why};
use super::part::{Flaw, FlawKind, Part};
use super::piece::{Pieces, State};
use super::rows::{ReadPage, RowSet};
use super::shape::ReplyKind;
use std::collections::BTreeMap;

mod crowds;

/// What an answer belongs to.
#[derive(Debug)]
enum Waiting {
    Window {
        piece: u64,
        window: Window,
    },
    Page {
        piece: u64,
        page: u32,
    },
    Filter {
        piece: u64,
        filter: Filter,
    },
    /// A millisecond that was handed out already.
    Late {
        crowd: usize,
        filter: Filter,
    },
    Names,
}

/// The walk.
#[derive(Debug)]
pub(crate) struct Walk {
    manner: Manner,
    end: i64,
    pieces: Pieces,
    hints: Hints,
    pace: Pace,
    delivery: Delivery,
    waiting: BTreeMap<u64, Waiting>,
    next_number: u64,
    names_asked: bool,
    /// Crowded milliseconds that were handed out.
    crowds: Vec<Crowd>,
    tally: Tally,
}

/// Fewer windows than this are not asked ahead of one another: a full page would cost a further request.
const MANY_WINDOWS: u64 = 20;
/// Windows are asked ahead of one another while a smaller part of them than this is full.
const FEW: f64 = 0.15;
const VERY_FEW: f64 = 0.05;

impl Walk {
    pub(crate) fn new(manner: Manner, from: i64, to: i64) -> Self {
        Self {
            end: to,
            pieces: Pieces::new(from, to),
            hints: Hints::new(),
            pace: Pace::default(),
            delivery: Delivery::new(manner.reprint),
            waiting: BTreeMap::new(),
            next_number: 0,
            names_asked: !manner.has_names,
            crowds: Vec::new(),
            tally: Tally::default(),
            manner,
        }
    }

    /// The next request to send; none while answers must be waited for, or when all is done.
    pub(crate) fn next_ask(&mut self) -> Option<Ask> {
        if self.waiting.len() >= self.manner.concurrency {
            return None;
        }
        let mut ahead = Vec::new();
        for index in 0..self.manner.concurrency * 4 {
            let Some(piece) = self.pieces.get_mut(index) else { break };
            let (number, from, to) = (piece.number, piece.from, piece.to);
            match &mut piece.state {
                State::Done(_) => {}
                State::Open => return self.open(index, &ahead),
                State::Asked(why) => ahead.push(*why),
                State::Paged(reading) => {
                    if let Some(page) = reading.next() {
                        let what = What::Window { from, to, page: Some(page), filter: Filter::new() };
                        return Some(self.send(what, Waiting::Page { piece: number, page }));
                    }
                    ahead.push(Why::Stepped);
                }
                State::Crowded(crowd) => {
                    if !self.names_asked {
                        self.names_asked = true;
                        return Some(self.send(What::Names, Waiting::Names));
                    }
                    if let Some(filter) = crowd.next(&self.manner.dimensions) {
                        let what = What::Window { from, to, page: None, filter: filter.clone() };
                        return Some(self.send(what, Waiting::Filter { piece: number, filter }));
                    }
                    ahead.push(Why::Mapped);
                }
            }
        }
        if self.pieces.is_empty() { self.ask_late() } else { None }
    }

    fn send(&mut self, what: What, waiting: Waiting) -> Ask {
        self.next_number += 1;
        self.waiting.insert(self.next_number, waiting);
        Ask { number: self.next_number, what }
    }

    /// Asks for the first window of an open piece, unless what is under way before it may show that it should be another.
    fn open(&mut self, index: usize, ahead: &[Why]) -> Option<Ask> {
        let piece = self.pieces.get(index)?;
        let (from, to) = (piece.from, piece.to);
        let start = if self.pieces.edge_before(index) == Some(from) { Start::Shared } else { Start::Own };
        let known = Known {
            shape: &self.manner.shape,
            hints: &self.hints,
            pace: &self.pace,
            owed: &self.delivery.owed,
            most_hints: 8 + 2 * self.manner.concurrency,
        };
        let mut window = known.window(from, to, start);
        if window.to == to && window.why != Why::Mapped && self.pieces.get(index + 1).is_some() {
            window.why = Why::Rest;
        }
        if !self.may_ask_ahead(window, to, ahead) {
            return None;
        }
        let (from, to) = (window.from, window.to);
        let (state, page) = match self.manner.shape.reply {
            ReplyKind::Numbered { size } => {
                let mut reading = Reading::new(size);
                let page = reading.next();
                (State::Paged(reading), page)
            }
            ReplyKind::Capped { .. } | ReplyKind::Whole => (State::Asked(window.why), None),
        };
        let piece = self.pieces.carve(index, from, to, state);
        let waiting = match page {
            Some(page) => Waiting::Page { piece, page },
            None => Waiting::Window { piece, window },
        };
        let what = What::Window { from, to, page, filter: Filter::new() };
        Some(self.send(what, waiting))
    }

    fn may_ask_ahead(&self, window: Window, end: i64, ahead: &[Why]) -> bool {
        let is_capped = matches!(self.manner.shape.reply, ReplyKind::Capped { .. });
        if ahead.is_empty() || !is_capped {
            return true;
        }
        let is_sure = self.hints.are_trusted() && ahead.iter().all(|why| *why == Why::Mapped);
        match window.why {
            Why::Mapped | Why::Rest => true,
            _ if is_sure => true,
            Why::Paced | Why::Usual => self.pace.failures() < FEW && !ahead.contains(&Why::Stepped),
            Why::Stepped => {
                self.pace.failures() < VERY_FEW && self.manner.shape.windows(window.from, end) >= MANY_WINDOWS
            }
        }
    }

    /// Takes an answer.
    pub(crate) fn answer(&mut self, number: u64, answer: Answer) {
        let Some(waiting) = self.waiting.remove(&number) else { return };
        let (from, page) = match answer {
            Answer::Names(names) => {
                self.learn_names(names);
                self.settle();
                return;
            }
            Answer::TooOld => return self.give_up(&waiting),
            Answer::TooLong => return self.shorten(&waiting),
            Answer::Page { from, mut page } => {
                self.learn_names(std::mem::take(&mut page.names));
                (from, page)
            }
        };
        match waiting {
            Waiting::Window { piece, window } => {
                if let Some(index) = self.pieces.find(piece) {
                    let from = self.clamp(index, from);
                    self.take_window(index, Window { from, ..window }, page);
                }
            }
            Waiting::Page { piece, page: number } => {
                if let Some(index) = self.pieces.find(piece) {
                    self.clamp(index, from);
                    self.take_page(index, number, page);
                }
            }
            Waiting::Filter { piece, filter } => {
                let is_full = self.is_full(&page);
                let at = self.pieces.find(piece).and_then(|index| self.pieces.get_mut(index));
                if let Some(State::Crowded(crowd)) = at.map(|piece| &mut piece.state) {
                    crowd.take(filter, RowSet::of(page.rows), is_full);
                }
            }
            Waiting::Late { crowd, filter } => self.take_late(crowd, filter, page),
            Waiting::Names => {}
        }
        self.settle();
    }

    fn is_full(&self, page: &ReadPage) -> bool {
        match self.manner.shape.reply {
            ReplyKind::Capped { cap } => page.len() >= cap,
            ReplyKind::Numbered { .. } => false,
            ReplyKind::Whole => page.total.is_some_and(|total| total > page.len() as u64),
        }
    }

    /// What was too old when the request was sent is lost.
    fn clamp(&mut self, index: usize, from: i64) -> i64 {
        if let Some(piece) = self.pieces.get_mut(index)
            && from > piece.from
        {
            piece.flaws.push(Flaw::new(FlawKind::Lost, piece.from, from - 1));
            piece.from = from;
        }
        from
    }

    fn give_up(&mut self, waiting: &Waiting) {
        let (Waiting::Window { piece, .. } | Waiting::Page { piece, .. } | Waiting::Filter { piece, .. }) = waiting
        else {
            return;
        };
        let Some(piece) = self.pieces.find(*piece).and_then(|index| self.pieces.get_mut(index)) else { return };
        piece.flaws.push(Flaw::new(FlawKind::Lost, piece.from, piece.to));
        let seen = match &piece.state {
            State::Crowded(crowd) => crowd.rows(),
            _ => RowSet::default(),
        };
        piece.state = State::Done(seen);
        self.settle();
    }

    /// A window that is too long is open again, and all others are shorter from now on. The driver sees to it that this
    /// happens only where a window can be shorter.
    fn shorten(&mut self, waiting: &Waiting) {
        let (Waiting::Window { piece, .. } | Waiting::Page { piece, .. }) = waiting else { return };
        let Some(index) = self.pieces.find(*piece) else { return };
        if let Some(piece) = self.pieces.get(index) {
            self.manner.shape.shorten(piece.to - piece.from);
            self.pieces.reopen(index);
        }
    }

    fn take_window(&mut self, index: usize, window: Window, page: ReadPage) {
        let Window { from, to, why } = window;
        let times: Vec<i64> = page.rows.iter().filter_map(|(id, _)| id.time()).collect();
        if !self.is_full(&page) {
            self.prove(index, window, RowSet::of(page.rows));
            return;
        }
        self.tally.cuts += 1;
        if from == to {
            let crowd = Crowd::new(from, RowSet::of(page.rows));
            if let Some(piece) = self.pieces.get_mut(index) {
                piece.state = State::Crowded(crowd);
            }
            self.pieces.keep_to_itself(index);
            return;
        }
        let halves = self.hints.add(from, to, times).halves();
        self.pace.full(why, halves, self.manner.shape.step(from));
        self.delivery.owed.absorb(RowSet::of(page.rows));
        self.pieces.reopen(index);
    }

    fn take_page(&mut self, index: usize, number: u32, page: ReadPage) {
        let Some(piece) = self.pieces.get_mut(index) else { return };
        let (from, to) = (piece.from, piece.to);
        let State::Paged(reading) = &mut piece.state else { return };
        // One millisecond cannot be cut.
        let most = self.manner.shape.most_rows().filter(|_| from < to);
        match reading.take(number, page, most) {
            Read::More => {}
            Read::Complete(rows) => self.prove(index, Window { from, to, why: Why::Usual }, rows),
            Read::Unsteady(rows) => {
                piece.flaws.push(Flaw::new(FlawKind::Incomplete, from, to));
                self.finish(index, rows);
            }
            Read::TooMany { rows } => {
                self.tally.cuts += 1;
                self.hints.add(from, to, Vec::new());
                self.pace.told(rows, from, to);
                self.pieces.reopen(index);
            }
        }
    }

    /// A page below the cap has all rows of its window.
    fn prove(&mut self, index: usize, window: Window, rows: RowSet) {
        let Window { from, to, why } = window;
        let inside: Vec<i64> = rows.times(from, to).collect();
        let seen = Seen { why, from, to, rows: inside.len(), last: inside.last().copied() };
        self.hints.proven(from, to, inside.len());
        if let Some(most) = self.manner.shape.most_rows() {
            self.pace.under(&seen, most, self.manner.shape.step(from));
        }
        self.finish(index, rows);
    }

    fn finish(&mut self, index: usize, rows: RowSet) {
        if let Some(piece) = self.pieces.get_mut(index) {
            piece.state = State::Done(rows);
        }
    }

    /// Ends what has nothing left to ask, and hands out what is done.
    fn settle(&mut self) {
        self.end_crowds();
        while let Some((piece, rows)) = self.pieces.take_done() {
            self.tally.windows += 1;
            let last = if self.pieces.is_empty() { Last::Yes } else { Last::No };
            self.hints.forget_until(piece.to);
            self.delivery.finish(Finished::new(piece.from, piece.to, rows, piece.flaws), last);
        }
    }

    /// The next part that is ready.
    pub(crate) fn next_part(&mut self) -> Option<Part> {
        self.delivery.next()
    }

    /// Whether everything is walked.
    pub(crate) fn is_over(&self) -> bool {
        self.pieces.is_empty() && self.waiting.is_empty()
    }

    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    pub(crate) fn astray(&self) -> u64 {
        self.delivery.astray
    }

    /// How many windows there are at least, those that are walked included.
    pub(crate) fn windows(&self) -> u64 {
        let windows = |from, to| self.manner.shape.windows(from, to);
        let left = self.pieces.iter().map(|piece| match piece.state {
            State::Open => windows(piece.from, piece.to),
            _ => 1,
        });
        self.tally.windows + left.sum::<u64>()
    }

    /// How many rows are held.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        let done = self.pieces.iter().map(|piece| match &piece.state {
            State::Done(rows) => rows.len(),
            _ => 0,
        });
        self.delivery.owed.len() + done.sum::<usize>()
    }

    /// The millisecond up to which everything is walked.
    pub(crate) fn walked_until(&self) -> Option<i64> {
        self.pieces.edge
    }
}

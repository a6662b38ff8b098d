//! The pieces that a walk is cut into, in order of time.

use super::crowd::Crowd;
use super::numbered::Reading;
use super::pace::Why;
use super::part::Flaw;
use super::rows::RowSet;
use std::collections::VecDeque;

/// A span of milliseconds, both ends included. Neighbours share a millisecond where they can.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) number: u64,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) state: State,
    pub(crate) flaws: Vec<Flaw>,
}

/// How far a piece is walked.
#[derive(Debug)]
pub(crate) enum State {
    /// Nobody asks for it.
    Open,
    /// A window is under way.
    Asked(Why),
    /// Its pages are being read.
    Paged(Reading),
    /// It is one millisecond, which is read in narrower pages.
    Crowded(Crowd),
    Done(RowSet),
}

impl Piece {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Open)
    }
}

/// All pieces that are not handed out yet.
#[derive(Debug)]
pub(crate) struct Pieces {
    queue: VecDeque<Piece>,
    next_number: u64,
    /// The last millisecond of the pieces that were taken out.
    pub(crate) edge: Option<i64>,
}

impl Pieces {
    pub(crate) fn new(from: i64, to: i64) -> Self {
        let mut pieces = Self { queue: VecDeque::new(), next_number: 0, edge: None };
        let piece = pieces.piece(from, to, State::Open);
        pieces.queue.push_back(piece);
        pieces
    }

    fn piece(&mut self, from: i64, to: i64, state: State) -> Piece {
        self.next_number += 1;
        Piece { number: self.next_number, from, to, state, flaws: Vec::new() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Piece> {
        self.queue.iter()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Piece> {
        self.queue.get(index)
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Piece> {
        self.queue.get_mut(index)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    pub(crate) fn find(&self, number: u64) -> Option<usize> {
        self.queue.iter().position(|piece| piece.number == number)
    }

    /// The last millisecond that is walked before a piece.
    pub(crate) fn edge_before(&self, index: usize) -> Option<i64> {
        match index.checked_sub(1) {
            Some(before) => self.queue.get(before).map(|piece| piece.to),
            None => self.edge,
        }
    }

    /// Cuts a window off the beginning of an open piece; what is left stays open. Answers its number.
    pub(crate) fn carve(&mut self, index: usize, from: i64, to: i64, state: State) -> u64 {
        let Some(end) = self.queue.get(index).map(|piece| piece.to) else { return 0 };
        let window = self.piece(from, to, state);
        let number = window.number;
        if to < end {
            let rest = self.piece(to, end, State::Open);
            self.queue.insert(index + 1, rest);
        }
        if let Some(place) = self.queue.get_mut(index) {
            let before = std::mem::replace(place, window);
            place.flaws = before.flaws;
        }
        number
    }

    /// Nobody asks for a piece any more; it joins open neighbours.
    pub(crate) fn reopen(&mut self, index: usize) {
        let Some(piece) = self.queue.get_mut(index) else { return };
        piece.state = State::Open;
        let mut at = index;
        if self.queue.get(index + 1).is_some_and(Piece::is_open) {
            self.join(index);
        }
        if let Some(before) = index.checked_sub(1).filter(|before| self.queue[*before].is_open()) {
            at = before;
            self.join(before);
        }
        // Whoever still asks for what it was must not find it.
        self.next_number += 1;
        self.queue[at].number = self.next_number;
    }

    fn join(&mut self, index: usize) {
        if let Some(next) = self.queue.remove(index + 1)
            && let Some(piece) = self.queue.get_mut(index)
        {
            piece.to = next.to;
            piece.flaws.extend(next.flaws);
        }
    }

    /// Nobody but this piece walks its last millisecond.
    pub(crate) fn keep_to_itself(&mut self, index: usize) {
        let Some(to) = self.queue.get(index).map(|piece| piece.to) else { return };
        if let Some(next) = self.queue.get_mut(index + 1)
            && next.is_open()
            && next.from == to
            && next.to > to
        {
            next.from = to + 1;
        }
    }

    /// Takes out the first piece when it is done.
    pub(crate) fn take_done(&mut self) -> Option<(Piece, RowSet)> {
        let piece = self.queue.front_mut()?;
        let State::Done(rows) = &mut piece.state else { return None };
        let rows = std::mem::take(rows);
        let piece = self.queue.pop_front()?;
        self.edge = Some(piece.to);
        Some((piece, rows))
    }
}

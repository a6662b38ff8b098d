//! Hands out what is walked: in order, each row once, and none that was ever seen left behind.
//!
//! Every finished piece is held back until its neighbour is finished, because the two share a millisecond, and because an
//! exchange that looks for rows by another field than their time gives some of them to the neighbour.

use super::identity::Id;
use super::part::{Flaw, FlawKind, Part};
use super::rows::RowSet;
use papi_types::{ReprintReply, Timestamp};
use std::collections::{BTreeSet, VecDeque};

/// A piece that is walked.
#[derive(Debug, Default)]
pub(crate) struct Finished {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: RowSet,
    pub(crate) flaws: Vec<Flaw>,
    /// Rows of full pages that its own page did not have.
    unconfirmed: BTreeSet<Id>,
}

impl Finished {
    pub(crate) fn new(from: i64, to: i64, rows: RowSet, flaws: Vec<Flaw>) -> Self {
        Self { from, to, rows, flaws, unconfirmed: BTreeSet::new() }
    }
}

#[derive(Debug)]
pub(crate) struct Delivery {
    reprint: ReprintReply,
    /// Rows that were seen in pages of other pieces.
    pub(crate) owed: RowSet,
    held: Option<Finished>,
    ready: VecDeque<Part>,
    /// How many rows were outside of the window that they were asked for with.
    pub(crate) astray: u64,
}

impl Delivery {
    pub(crate) fn new(reprint: ReprintReply) -> Self {
        Self { reprint, owed: RowSet::default(), held: None, ready: VecDeque::new(), astray: 0 }
    }

    pub(crate) fn next(&mut self) -> Option<Part> {
        self.ready.pop_front()
    }

    /// Takes the piece after the last one. `is_last` when none comes after it.
    pub(crate) fn finish(&mut self, mut piece: Finished, is_last: Last) {
        let (early, mut late) = piece.rows.take_astray(piece.from, piece.to);
        self.astray += early.len() as u64;
        if is_last == Last::No {
            self.astray += late.ids().filter(|id| !self.owed.contains(id)).count() as u64;
            self.owed.absorb(std::mem::take(&mut late));
        } else {
            self.astray += late.len() as u64;
        }
        piece.rows.absorb(late);
        self.confirm(&mut piece);
        for (id, group) in early {
            match &mut self.held {
                Some(held) => {
                    held.unconfirmed.remove(&id);
                    held.rows.absorb_group(id, group);
                }
                None => piece.rows.absorb_group(id, group),
            }
        }
        if let Some(mut held) = self.held.take() {
            let both: Vec<Id> = piece.rows.ids().filter(|id| held.rows.contains(id)).cloned().collect();
            for id in both {
                held.unconfirmed.remove(&id);
                if let Some(group) = piece.rows.remove(&id) {
                    held.rows.absorb_group(id, group);
                }
            }
            let next = piece.from;
            self.hand_out(held, next);
        }
        if is_last == Last::Yes {
            piece.rows.absorb(std::mem::take(&mut self.owed));
            let end = piece.to;
            self.hand_out(piece, end);
        } else {
            self.held = Some(piece);
        }
    }

    /// Rows of full pages that belong into a piece are there, or are put there.
    fn confirm(&mut self, piece: &mut Finished) {
        let untimed: Vec<Id> = piece.rows.ids().filter(|id| id.time().is_none()).cloned().collect();
        for id in untimed {
            self.owed.remove(&id);
        }
        for (id, group) in self.owed.take_until(piece.to) {
            if piece.rows.contains(&id) || self.held.as_ref().is_some_and(|held| held.rows.contains(&id)) {
                continue;
            }
            piece.unconfirmed.insert(id.clone());
            piece.rows.absorb_group(id, group);
        }
    }

    fn hand_out(&mut self, mut piece: Finished, resume_at: i64) {
        if !piece.unconfirmed.is_empty() {
            piece.flaws.push(Flaw::new(FlawKind::Unproven, piece.from, piece.to));
        }
        self.ready.push_back(Part {
            from: Timestamp::from_millis(piece.from),
            to: Timestamp::from_millis(piece.to),
            resume_at: Timestamp::from_millis(resume_at),
            rows: piece.rows.into_rows(self.reprint),
            flaws: piece.flaws,
        });
    }

    /// Hands out rows that were found when everything else was handed out.
    pub(crate) fn hand_out_late(&mut self, at: i64, end: i64, rows: RowSet, flaws: Vec<Flaw>) {
        self.hand_out(Finished::new(at, at, rows, flaws), end);
    }
}

/// Whether a piece is the last one of the walk.
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

    fn piece(from: i64, to: i64, times: &[i64]) -> Finished {
        Finished::new(from, to, rows(times), Vec::new())
    }

    fn parts(delivery: &mut Delivery) -> Vec<(i64, Vec<i64>, usize)> {
        std::iter::from_fn(|| delivery.next())
            .map(|part| {
                let times = part.rows.iter().filter_map(RawRow::time).map(Timestamp::as_millis).collect();
                (part.from.as_millis(), times, part.flaws.len())
            })
            .collect()
    }

    fn delivery() -> Delivery {
        Delivery::new(|_| Ok(String::new()))
    }

    #[test]
    fn rows_of_a_shared_edge_come_once() {
        let mut delivery = delivery();
        delivery.finish(piece(0, 10, &[1, 10]), Last::No);
        delivery.finish(piece(10, 20, &[10, 11]), Last::Yes);
        assert_eq!(parts(&mut delivery), [(0, vec![1, 10], 0), (10, vec![11], 0)]);
    }

    #[test]
    fn a_row_outside_its_window_is_kept_and_stands_where_it_belongs() {
        let mut delivery = delivery();
        delivery.finish(piece(0, 10, &[1, 15, 99]), Last::No);
        delivery.finish(piece(10, 20, &[8, 12]), Last::No);
        delivery.finish(piece(20, 30, &[3, 25]), Last::Yes);
        assert_eq!(parts(&mut delivery), [(0, vec![1, 8], 0), (10, vec![3, 12, 15], 1), (20, vec![25, 99], 0)]);
        assert_eq!(delivery.astray, 4);
    }

    #[test]
    fn a_row_that_only_a_full_page_had_is_kept_and_its_piece_unproven() {
        let mut delivery = delivery();
        delivery.owed = rows(&[5, 15, 16]);
        delivery.finish(piece(0, 10, &[1]), Last::No);
        delivery.finish(piece(10, 20, &[5, 15, 16]), Last::Yes);
        assert_eq!(parts(&mut delivery), [(0, vec![1, 5], 0), (10, vec![15, 16], 0)], "the neighbour had it");
        delivery.owed = rows(&[25]);
        delivery.finish(piece(20, 30, &[]), Last::Yes);
        assert_eq!(parts(&mut delivery), [(20, vec![25], 1)]);
    }
}

//! The walk where one millisecond fills a page: names to narrow by, and when it has come to an end.

use super::{State, Waiting, Walk};
use crate::history::ask::{Ask, What};
use crate::history::crowd::{Filter, Proof};
use crate::history::part::{Flaw, FlawKind};
use crate::history::rows::{ReadPage, RowSet};

impl Walk {
    /// Notes names for each dimension.
    pub(super) fn learn_names(&mut self, names: impl IntoIterator<Item = impl IntoIterator<Item = String>>) {
        for (dimension, names) in self.manner.dimensions.iter_mut().zip(names) {
            dimension.values.extend(names.into_iter().filter(|name| !name.is_empty()));
        }
    }

    /// Ends crowded milliseconds of which nothing is left to ask.
    pub(super) fn end_crowds(&mut self) {
        let names_known = self.names_asked && !self.waiting.values().any(|waiting| matches!(waiting, Waiting::Names));
        let crowded: Vec<usize> = (0..self.manner.concurrency * 4)
            .filter(|index| self.pieces.get(*index).is_some_and(|piece| matches!(piece.state, State::Crowded(_))))
            .collect();
        for index in crowded.into_iter().filter(|_| names_known) {
            let Some(piece) = self.pieces.get_mut(index) else { continue };
            let State::Crowded(crowd) = &mut piece.state else { continue };
            if !crowd.is_read(&self.manner.dimensions) {
                continue;
            }
            let kind = match crowd.proof(&self.manner.dimensions) {
                Proof::Unproven => FlawKind::Unproven,
                Proof::Incomplete => FlawKind::Incomplete,
            };
            piece.flaws.push(Flaw::new(kind, crowd.at, crowd.at));
            let state = State::Done(crowd.rows());
            if let State::Crowded(crowd) = std::mem::replace(&mut piece.state, state) {
                self.crowds.push(crowd);
            }
        }
    }

    /// Names that turned up after a crowded millisecond was handed out are asked for at the end.
    pub(super) fn ask_late(&mut self) -> Option<Ask> {
        let found = self.crowds.iter_mut().enumerate().find_map(|(index, crowd)| {
            let filter = crowd.next(&self.manner.dimensions)?;
            Some((index, crowd.at, filter))
        });
        let (crowd, at, filter) = found?;
        let what = What::Window { from: at, to: at, page: None, filter: filter.clone() };
        Some(self.send(what, Waiting::Late { crowd, filter }))
    }

    pub(super) fn take_late(&mut self, crowd: usize, filter: Filter, page: ReadPage) {
        let is_full = self.is_full(&page);
        let Some(crowd) = self.crowds.get_mut(crowd) else { return };
        let before = crowd.proof(&self.manner.dimensions);
        let new = crowd.take(filter, RowSet::of(page.rows), is_full);
        let flaw = crowd.proof(&self.manner.dimensions) == Proof::Incomplete && before == Proof::Unproven;
        let flaws = flaw.then(|| Flaw::new(FlawKind::Incomplete, crowd.at, crowd.at));
        if !new.is_empty() || flaw {
            self.delivery.hand_out_late(crowd.at, self.end, new, flaws.into_iter().collect());
        }
    }
}

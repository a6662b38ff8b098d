//! The walk where the exchange leaves out an end of its windows: requests get wider, and the ends of all windows so far are
//! walked again.

use super::{IntervalState, Walk};
use crate::history::bounds::{Edges, Widening};
use crate::history::remark::Remark;
use std::collections::BTreeSet;

impl Walk {
    /// Learns from a millisecond that two windows share.
    pub(super) fn learn_edge(&mut self, told: Widening) {
        if told == Widening::default() {
            self.edges = Edges::Proven;
            return;
        }
        let new = self.widening.learn(told);
        if new.is_empty() {
            return;
        }
        self.config.shape.tighten(i64::try_from(new.len()).unwrap_or(2));
        self.remarks.extend(new.into_iter().map(Remark::ExclusiveBound));
        let mut ends = match std::mem::replace(&mut self.edges, Edges::Unproven(BTreeSet::new())) {
            Edges::Unproven(ends) => ends,
            Edges::Proven => BTreeSet::new(),
        };
        for interval in &self.intervals.queue {
            if !matches!(interval.state, IntervalState::Open | IntervalState::Part) {
                ends.extend([interval.from, interval.to]);
            }
        }
        self.again.extend(ends.into_iter().map(|end| (end, end)));
    }
}

//! The walk where a window is asked for: which one, and whether it is asked for before others are answered.

use super::{IntervalState, Walk};
use crate::history::cut::{Known, Window};
use crate::history::interval::Interval;
use crate::history::numbered::NumberedReading;
use crate::history::pace::Why;
use crate::history::question::{Ask, What, WindowRequest};
use crate::history::shape::ReplyKind;

/// Fewer windows than this are not asked ahead of one another: a full page would cost a further request.
const MANY_WINDOWS: u64 = 20;
/// Windows are asked ahead of one another while a smaller part of them than this is full.
const FEW: f64 = 0.15;
const VERY_FEW: f64 = 0.05;

impl Walk {
    /// Asks for the first window of an open interval, unless what is under way before it may show that it should be another.
    pub(super) fn open(&mut self, index: usize, ahead: &[Why]) -> Option<Ask> {
        let Interval { from, to, .. } = self.intervals.queue[index];
        let known = Known {
            shape: &self.config.shape,
            hints: &self.hints,
            pace: &self.pace,
            carried_over: &self.delivery.carried_over,
            edges: &self.edges,
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
        self.intervals.queue[index].widening = self.widening;
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
}

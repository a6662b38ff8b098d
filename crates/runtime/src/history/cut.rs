//! Where the next window ends: as far as rules and known rows allow, and no further than is likely to stay below the cap.

use super::bounds::Edges;
use super::hints::Hints;
use super::pace::{Pace, Why};
use super::rows::RowSet;
use super::shape::Shape;

/// What is known when a window is chosen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) hints: &'a Hints,
    pub(crate) pace: &'a Pace,
    /// Rows of full pages.
    pub(crate) carried_over: &'a RowSet,
    /// What is known about the ends of windows.
    pub(crate) edges: &'a Edges,
    /// How many full pages may be kept in mind before windows are halved, which needs few.
    pub(crate) most_hints: usize,
}

/// The window to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) why: Why,
}

impl Known<'_> {
    /// The first window of a span that is not walked yet. Up to `edge_before`, everything before the span is walked.
    pub(crate) fn window(&self, from: i64, end: i64, edge_before: Option<i64>) -> Window {
        let window = self.window_from(from, end);
        if window.to == from && edge_before == Some(from) && from < end {
            // The millisecond alone was walked already, and with more it is too much.
            return self.window_from(from + 1, end);
        }
        window
    }

    fn window_from(&self, from: i64, end: i64) -> Window {
        let to = self.furthest(from, end.min(self.shape.longest(from)));
        let window = |to: i64, why| Window { from, to: to.max(from), why };
        let Some(most) = self.shape.most_rows() else { return window(to, Why::Stepped) };
        let mapped = self.hints.mapped_until(from);
        if to <= mapped || to <= from {
            return window(to, Why::Mapped);
        }
        let known = if mapped >= from { self.carried_over.times(from, mapped).count() } else { 0 };
        let room = Pace::target(most) - as_float(known);
        if mapped > from && room <= 0.0 {
            return window(mapped, Why::Mapped);
        }
        let (density, why) = self.pace.expected();
        let reach = density.filter(|density| *density > 0.0).map(|density| after(mapped.max(from), room / density));
        match reach.map(|reach| reach.max(from + 1)).filter(|reach| *reach < to) {
            Some(reach) => window(reach, why),
            None if why == Why::Paced => window(to, why),
            None => window(to, Why::Stepped),
        }
    }

    /// The furthest end at which a window can be below the cap, for all that is known.
    fn furthest(&self, from: i64, limit: i64) -> i64 {
        let mut to = limit;
        let full = self.hints.first_full_end(from, to);
        to = full.map_or(to, |full| full - 1);
        let mut cut = None;
        if let Some(most) = self.shape.most_rows() {
            // So that at most that many of the known rows stay before it.
            let beyond = self.carried_over.times(from, full.unwrap_or(to)).nth(most);
            cut = beyond.map(|beyond| beyond.saturating_sub(1).max(from).min(to));
            let mut rest = self.hints.leave_to_the_next(from, cut.unwrap_or(to), most);
            if !self.edges.are_proven() {
                // At a row, which both windows have to show.
                let last = self.carried_over.times(from, cut.unwrap_or(to)).nth(most.saturating_sub(1));
                cut = cut.map(|cut| last.filter(|last| *last > from).unwrap_or(cut));
                rest = rest.and_then(|rest| self.carried_over.times(rest, to - 1).next().or(Some(rest)));
            }
            cut = rest.or(cut);
        }
        to = match (cut, full) {
            (Some(cut), _) => cut,
            // The rows tell nothing.
            (None, Some(full)) => i64::midpoint(from, full),
            (None, None) => to,
        };
        if self.hints.pages.len() > self.most_hints
            && self.hints.mapped_until(from) < from
            && let Some(full) = self.hints.next_full_end(from)
        {
            to = to.min(i64::midpoint(from, full));
        }
        to.max(from)
    }
}

#[allow(clippy::cast_precision_loss, reason = "a guess")]
fn as_float(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_possible_truncation, reason = "out of range means as far as possible")]
fn after(from: i64, length: f64) -> i64 {
    from.saturating_add(length as i64)
}

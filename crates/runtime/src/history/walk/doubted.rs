//! The walk where a page below the cap may have been cut: it is asked once more in halves, and a cap that is lower than the
//! one that was asked for is found out.

use super::{IntervalState, Walk};
use crate::history::remark::Remark;
use crate::history::rows::RowSet;
use crate::history::saturated_instant::SaturatedInstant;
use crate::history::shape::ReplyKind;

/// So many windows in a row with equally many rows are doubtful.
const RUN: usize = 3;

impl Walk {
    /// Asks once more for the rows of a page, in halves. It is cut at the times of its rows: a half of the window that has
    /// all of them would be cut as the whole was.
    pub(super) fn doubt(&mut self, index: usize, count: usize, rows: RowSet) {
        let (from, to) = (self.intervals.queue[index].from, self.intervals.queue[index].to);
        if from == to {
            let instant = SaturatedInstant::doubted(from, rows, count);
            self.intervals.queue[index].state = IntervalState::Saturated(instant);
            self.intervals.keep_to_itself(index);
            return;
        }
        let times: Vec<i64> = rows.times(from, to).collect();
        self.doubts.open(from, to, count, &rows);
        self.delivery.carry_over(rows, from, to);
        match (times.first(), times.get(times.len() / 2), times.last()) {
            // All in one millisecond, which is a part by itself.
            (Some(first), _, Some(last)) if first == last => {
                self.intervals.split(index, &[(from, first - 1), (*first, *first), (first + 1, to)]);
            }
            (_, middle, _) => {
                let middle = middle.copied().unwrap_or(i64::midpoint(from, to)).clamp(from, to - 1);
                let begin = if from < middle { middle } else { middle + 1 };
                self.intervals.split(index, &[(from, middle), (begin, to)]);
            }
        }
    }

    /// Whether the first interval is not one of several that have equally many rows. When it is, they are doubted.
    pub(super) fn is_first_undoubted(&mut self) -> bool {
        let Some(first) = self.intervals.queue.front() else { return false };
        let count = first.page_rows;
        if !self.doubts.is_doubtful_run_of(count) {
            return true;
        }
        for next in self.intervals.queue.iter().skip(1).take(RUN - 1) {
            match next.state {
                IntervalState::Done(_) if next.page_rows == count => {}
                IntervalState::Done(_) => return true,
                _ => return false,
            }
        }
        if self.intervals.queue.len() < RUN {
            return true;
        }
        if let Some(IntervalState::Done(rows)) = self.intervals.queue.front_mut().map(|first| &mut first.state) {
            let rows = std::mem::take(rows);
            self.doubt(0, count, rows);
        }
        false
    }

    /// Doubts end when their spans are read.
    pub(super) fn end_doubts(&mut self) {
        let queue = &self.intervals.queue;
        self.doubts.close(|from, to| {
            let is_part = |at: i64, end: i64| at <= to && from <= end && (at == end || (at < to && from < end));
            let mut parts = queue.iter().filter(|interval| is_part(interval.from, interval.to));
            parts.all(|interval| matches!(interval.state, IntervalState::Done(_)))
        });
    }

    /// The exchange gives no more rows than this: pages that have as many are full.
    pub(super) fn lower_cap(&mut self, cap: usize) {
        let ReplyKind::Capped { cap: asked } = self.config.shape.reply else { return };
        if cap >= asked {
            return;
        }
        self.config.shape.reply = ReplyKind::Capped { cap };
        self.remarks.push(Remark::LowerCap { asked, given: cap });
        self.again.extend(self.doubts.confirm(cap));
        let full = self.intervals.queue.iter().filter(|interval| interval.page_rows >= cap);
        let full: Vec<u64> = full.map(|interval| interval.number).collect();
        for number in full {
            let Some(index) = self.intervals.find(number) else { continue };
            let IntervalState::Done(rows) = &mut self.intervals.queue[index].state else { continue };
            let rows = std::mem::take(rows);
            self.cut(index, super::Why::Rest, rows);
        }
        for interval in &mut self.intervals.queue {
            if let IntervalState::Saturated(instant) = &mut interval.state {
                instant.doubted = None;
            }
        }
    }
}

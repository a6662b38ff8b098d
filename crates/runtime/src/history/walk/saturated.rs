//! The walk where one millisecond fills a page: the names that narrow it, and when all of them are asked for.

use super::{IntervalState, Walk};
use crate::history::question::{Ask, What, WindowRequest};
use crate::history::rows::{ReadPage, RowSet};
use crate::history::saturated_instant::DoubtResult;
use crate::history::span_issue::{SpanIssue, SpanIssueKind};
use std::collections::BTreeSet;

impl Walk {
    /// Notes names for each dimension.
    pub(super) fn learn_names(&mut self, names: Vec<BTreeSet<String>>) {
        for (dimension, names) in self.config.dimensions.iter_mut().zip(names) {
            dimension.values.extend(names.into_iter().filter(|name| !name.is_empty()));
        }
    }

    /// Ends saturated milliseconds that have nothing left to ask.
    pub(super) fn end_saturated(&mut self) {
        let names_known = self.names_asked && self.under_way.values().all(|under_way| under_way.what != What::Names);
        let mut lower_cap = None;
        for interval in self.intervals.queue.iter_mut().filter(|_| names_known) {
            let IntervalState::Saturated(instant) = &interval.state else { continue };
            if !instant.is_read(&self.config.dimensions) {
                continue;
            }
            let at = instant.at;
            let kind = match instant.doubt_result(&self.config.dimensions) {
                Some((count, DoubtResult::Whole)) => {
                    self.doubts.believe(count);
                    interval.state = IntervalState::Done(instant.rows());
                    continue;
                }
                Some((_, DoubtResult::Unknown)) => {
                    self.doubts.give_up(at);
                    SpanIssueKind::Unproven
                }
                Some((count, DoubtResult::Cut)) => {
                    lower_cap = Some(count);
                    instant.issue_kind(&self.config.dimensions)
                }
                None => instant.issue_kind(&self.config.dimensions),
            };
            interval.issues.push(SpanIssue::new(kind, at, at));
            let state = IntervalState::Done(instant.rows());
            if let IntervalState::Saturated(instant) = std::mem::replace(&mut interval.state, state) {
                self.saturated.push(instant);
            }
        }
        if let Some(cap) = lower_cap {
            self.lower_cap(cap);
        }
    }

    /// Names that turned up after a saturated millisecond was handed out are asked for at the end.
    pub(super) fn ask_late(&mut self) -> Option<Ask> {
        let mut saturated = self.saturated.iter_mut();
        let (at, filter) = saturated.find_map(|instant| Some((instant.at, instant.next(&self.config.dimensions)?)))?;
        Some(self.ask(None, What::Window(WindowRequest { filter, ..WindowRequest::new(at, at) })))
    }

    /// Takes the answer for a name that turned up late; that for an interval which is asked for anew is ignored.
    pub(super) fn take_late(&mut self, asked: WindowRequest, page: ReadPage) {
        if asked.filter.is_empty() {
            return;
        }
        let is_full = self.is_full(&page);
        let Some(instant) = self.saturated.iter_mut().find(|instant| instant.at == asked.from) else { return };
        let before = instant.issue_kind(&self.config.dimensions);
        let new = instant.take(asked.filter, RowSet::of(page.rows), is_full);
        let issue = instant.issue_kind(&self.config.dimensions) == SpanIssueKind::Incomplete
            && before == SpanIssueKind::Unproven;
        let issues = issue.then(|| SpanIssue::new(SpanIssueKind::Incomplete, instant.at, instant.at));
        if !new.is_empty() || issue {
            self.delivery.hand_out_late(instant.at, self.end, new, issues.into_iter().collect());
        }
    }
}

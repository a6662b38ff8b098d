//! The walk with a client: sends what the walk asks, tells how far it is, and hands out what is walked.

use super::batch::Batch;
use super::period::Period;
use super::remark::Remark;
use super::report::{LossRule, Progress, Report, time_left};
use super::send::{AskResult, Sender};
use super::setup::Setup;
use super::span_issue::SpanIssue;
use super::walk::Walk;
use crate::client::Client;
use crate::error::Error;
use crate::hook::Hook;
use papi_types::Timestamp;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

/// A history in batches: spans of time with all their rows, in order. It walks while it is polled; dropping it stops it.
///
/// It ends after the last batch. What is missing then is in [`report`](Self::report) and in the issues of the batches; an error
/// ends it earlier, and only when a request failed and repeating it does not help.
#[derive(Debug)]
pub struct Batches {
    pub(super) sender: Sender,
    pub(super) period: Period,
    /// How many requests may be under way.
    pub(super) concurrency: usize,
    /// Further names for parameters that narrow.
    pub(super) named: Vec<(String, BTreeSet<String>)>,
    pub(super) losses: LossRule,
    pub(super) on_progress: Hook<Progress>,
    pub(super) report: Report,
    state: WalkState,
    tasks: JoinSet<TaskResult>,
    /// None until the exchange's time is known, and where there is nothing to walk.
    walk: Option<Walk>,
    began: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WalkState {
    NotBegun,
    Walking,
    Over,
}

#[derive(Debug)]
enum TaskResult {
    /// The exchange's time is known: it is this.
    Time(Timestamp),
    Sent(AskResult),
}

impl Batches {
    pub(crate) fn new(client: Client, setup: Setup, period: Period) -> Self {
        Self {
            sender: Sender { client, setup: Arc::new(setup), retries: 10, patience: Duration::from_secs(600) },
            period,
            concurrency: 4,
            named: Vec::new(),
            losses: if period.is_relative() { LossRule::AllButTheBeginning } else { LossRule::All },
            on_progress: Hook::default(),
            report: Report::default(),
            state: WalkState::NotBegun,
            tasks: JoinSet::new(),
            walk: None,
            began: Instant::now(),
        }
    }

    /// Returns the result of the walk so far and what it took; at the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Returns the next batch; none when all are handed out.
    ///
    /// # Errors
    ///
    /// When a request failed although it was repeated as often as allowed, or was refused for a reason that does not pass.
    /// Nothing comes after an error; what was handed out is as good as ever, and a walk from the last batch's
    /// [`resume_at`](Batch::resume_at) goes on.
    pub async fn next(&mut self) -> Option<Result<Batch, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Batch, Error>>> {
        if self.state == WalkState::Over {
            return Poll::Ready(None);
        }
        if let Err(error) = self.sender.client.shared.fit_runtime.require() {
            return self.end(error);
        }
        if self.state == WalkState::NotBegun {
            self.begin();
        }
        while self.state == WalkState::Walking {
            if let Some(walk) = &mut self.walk {
                if let Some(batch) = walk.delivery.next() {
                    self.take(&batch);
                    return Poll::Ready(Some(Ok(batch)));
                }
                while let Some(ask) = walk.next_ask() {
                    let sender = self.sender.clone();
                    self.tasks.spawn(async move { TaskResult::Sent(sender.send(ask).await) });
                }
            }
            let failure = match ready!(self.tasks.poll_join_next(context)) {
                Some(Ok(TaskResult::Time(now))) => {
                    self.walk_from(now);
                    None
                }
                Some(Ok(TaskResult::Sent(result))) => self.answer(result).err(),
                Some(Err(error)) => Some(stopped(error)),
                None => {
                    self.tell();
                    self.state = WalkState::Over;
                    let is_over = self.walk.as_ref().is_none_or(Walk::is_over);
                    // If the walk ever had a gap, it must not look complete.
                    (!is_over).then(|| Error::incomplete("the walk stopped before it was at its end"))
                }
            };
            if let Some(error) = failure {
                return self.end(error);
            }
        }
        Poll::Ready(None)
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<Batch, Error>>> {
        self.state = WalkState::Over;
        self.tasks.abort_all();
        Poll::Ready(Some(Err(error)))
    }

    /// A period is relative to the exchange's time, so that is asked for first.
    fn begin(&mut self) {
        (self.state, self.began) = (WalkState::Walking, Instant::now());
        let (client, access) = (self.sender.client.clone(), self.sender.setup.info.access);
        self.tasks.spawn(async move {
            if access.is_signed() {
                client.shared.know_the_time().await;
            }
            TaskResult::Time(client.now())
        });
    }

    fn walk_from(&mut self, now: Timestamp) {
        self.period = self.period.pinned(now);
        (self.report.from, self.report.to) = (self.period.begin(now), self.period.end(now));
        let (from, to) = (self.report.from.as_millis(), self.report.to.as_millis());
        let config = self.sender.setup.config(self.concurrency, &self.named);
        self.walk = (from <= to).then(|| Walk::new(config, from, to));
    }

    fn answer(&mut self, result: AskResult) -> Result<(), Error> {
        self.report.requests += result.requests;
        self.report.weight += result.weight;
        self.report.retries += result.retries;
        let finding = result.result?;
        if let Some(walk) = &mut self.walk {
            let answered = walk.answer(result.number, finding);
            (self.report.windows, self.report.cuts) = (walk.windows_done, walk.cuts);
            self.report.out_of_window = walk.delivery.out_of_window;
            self.report.remarks.clone_from(&walk.remarks);
            answered.map_err(|ignored| self.sender.setup.ignored(ignored))?;
        }
        self.tell();
        Ok(())
    }

    fn take(&mut self, batch: &Batch) {
        self.report.rows += batch.rows.len() as u64;
        for issue in &batch.issues {
            self.report.note(*issue, self.losses);
        }
    }

    fn tell(&self) {
        let Some(walk) = &self.walk else { return };
        let (from, to) = (self.report.from.as_millis(), self.report.to.as_millis());
        let left = walk.walked_until().and_then(|until| time_left(self.began.elapsed(), from, until, to));
        self.on_progress.tell(&Progress {
            windows_done: self.report.windows,
            windows_total: walk.windows(),
            rows: self.report.rows,
            requests: self.report.requests,
            weight: self.report.weight,
            retries: self.report.retries,
            time_left: left,
        });
    }

    /// An error that names what is missing; none when nothing is.
    pub(crate) fn missing(&self) -> Option<Error> {
        let mut missing: Vec<String> =
            self.report.incomplete.iter().chain(&self.report.lost).map(SpanIssue::to_string).collect();
        if missing.is_empty() {
            return None;
        }
        missing.extend(self.report.remarks.iter().map(Remark::to_string));
        Some(Error::incomplete(format!("rows may be missing: {}", missing.join("; "))))
    }
}

impl futures_core::Stream for Batches {
    type Item = Result<Batch, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

fn stopped(error: JoinError) -> Error {
    match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Error::invalid("the runtime that the walk ran on was shut down"),
    }
}

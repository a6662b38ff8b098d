//! The walk with a client: sends what the walk asks, tells how far it is, and hands out what is walked.

use super::ask::Ask;
use super::part::{Flaw, Part};
use super::period::Period;
use super::report::{LossRule, OnProgress, Progress, Report, time_left};
use super::send::{Outcome, Sender};
use super::setup::Setup;
use super::walk::Walk;
use crate::{Client, Error};
use papi_types::Timestamp;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

/// How a history is walked.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) concurrency: usize,
    pub(crate) retries: u32,
    pub(crate) patience: Duration,
    /// Further names for parameters that narrow.
    pub(crate) named: Vec<(String, BTreeSet<String>)>,
    pub(crate) losses: Losses,
    pub(crate) on_progress: OnProgress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Losses {
    Count,
    Allowed,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            concurrency: 4,
            retries: 10,
            patience: Duration::from_secs(600),
            named: Vec::new(),
            losses: Losses::Count,
            on_progress: OnProgress::default(),
        }
    }
}

/// A history in parts: spans of time with all their rows, in order. It walks while it is polled; dropping it stops it.
///
/// It ends after the last part. What is missing then is in [`report`](Self::report) and in the flaws of the parts; an error
/// ends it earlier, and only when a request failed for good.
#[derive(Debug)]
pub struct Parts {
    client: Client,
    setup: Arc<Setup>,
    period: Period,
    options: Options,
    report: Report,
    state: State,
}

#[derive(Debug)]
enum State {
    New,
    Running(Box<Running>),
    Over,
}

#[derive(Debug)]
struct Running {
    sender: Arc<Sender>,
    tasks: JoinSet<Step>,
    /// None until the exchange's time is known.
    walk: Option<Walk>,
    began: Instant,
}

/// What a task comes to.
#[derive(Debug)]
enum Step {
    Began(Timestamp),
    Sent(Outcome),
}

impl Parts {
    pub(crate) fn new(client: Client, setup: Setup, period: Period) -> Self {
        let (setup, options) = (Arc::new(setup), Options::default());
        Self { client, setup, period, options, report: Report::default(), state: State::New }
    }

    pub(crate) fn options(&mut self) -> &mut Options {
        &mut self.options
    }

    pub(crate) fn setup(&self) -> &Setup {
        &self.setup
    }

    pub(crate) fn period(&self) -> Period {
        self.period
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn report_mut(&mut self) -> &mut Report {
        &mut self.report
    }

    /// What the walk took and came to so far; in the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The next part; none when all are handed out.
    ///
    /// # Errors
    ///
    /// When a request failed for good: repeated as often as was allowed, or refused for a reason that does not pass.
    /// Nothing comes after an error; what was handed out is as good as ever, and a walk from the last part's
    /// [`resume_at`](Part::resume_at) goes on.
    pub async fn next(&mut self) -> Option<Result<Part, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Part, Error>>> {
        loop {
            let running = match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::New => {
                    self.state = State::Running(Box::new(self.begin()));
                    continue;
                }
                State::Running(running) => running,
            };
            if let Some(walk) = &mut running.walk {
                if let Some(part) = walk.next_part() {
                    self.take(&part);
                    return Poll::Ready(Some(Ok(part)));
                }
                while let Some(ask) = walk.next_ask() {
                    running.tasks.spawn(send(running.sender.clone(), ask));
                }
            }
            match ready!(running.tasks.poll_join_next(context)) {
                Some(Ok(Step::Began(now))) => self.walk_from(now),
                Some(Ok(Step::Sent(outcome))) => {
                    if let Err(error) = self.answer(outcome) {
                        self.state = State::Over;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => {
                    self.state = State::Over;
                    return Poll::Ready(Some(Err(stopped(error))));
                }
                None => {
                    let is_over = running.walk.as_ref().is_none_or(Walk::is_over);
                    self.tell();
                    self.state = State::Over;
                    // Should the walk ever have a hole, it must not look complete.
                    let hole = || Err(Error::incomplete("the walk stopped before it was at its end"));
                    return Poll::Ready((!is_over).then(hole));
                }
            }
        }
    }

    /// A period is relative to the exchange's time, so that is asked for first.
    fn begin(&self) -> Running {
        let sender = Arc::new(Sender {
            client: self.client.clone(),
            setup: self.setup.clone(),
            retries: self.options.retries,
            patience: self.options.patience,
        });
        let (client, access) = (self.client.clone(), self.setup.info.access);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            if access.is_signed() {
                client.know_the_time().await;
            }
            Step::Began(client.now())
        });
        Running { sender, tasks, walk: None, began: Instant::now() }
    }

    fn walk_from(&mut self, now: Timestamp) {
        self.period = self.period.pinned(now);
        (self.report.from, self.report.to) = (self.period.begin(now), self.period.end(now));
        let (from, to) = (self.report.from.as_millis(), self.report.to.as_millis());
        if let State::Running(running) = &mut self.state
            && from <= to
        {
            let manner = self.setup.manner(self.options.concurrency, &self.options.named);
            running.walk = Some(Walk::new(manner, from, to));
        }
    }

    fn answer(&mut self, outcome: Outcome) -> Result<(), Error> {
        self.report.requests += outcome.requests;
        self.report.weight += outcome.weight;
        self.report.retries += outcome.retries;
        let answer = outcome.result?;
        if let State::Running(running) = &mut self.state
            && let Some(walk) = &mut running.walk
        {
            walk.answer(outcome.number, answer);
            let tally = walk.tally();
            (self.report.windows, self.report.cuts, self.report.astray) = (tally.windows, tally.cuts, walk.astray());
        }
        self.tell();
        Ok(())
    }

    fn take(&mut self, part: &Part) {
        self.report.rows += part.rows.len() as u64;
        let rule = match self.options.losses {
            Losses::Allowed => LossRule::None,
            Losses::Count if self.period.is_relative() => LossRule::AllButTheBeginning,
            Losses::Count => LossRule::All,
        };
        for flaw in &part.flaws {
            self.report.note(*flaw, rule);
        }
    }

    fn tell(&self) {
        let (Some(tell), State::Running(running)) = (&self.options.on_progress.0, &self.state) else { return };
        let Some(walk) = &running.walk else { return };
        let (from, to) = (self.report.from.as_millis(), self.report.to.as_millis());
        let left = walk.walked_until().and_then(|until| time_left(running.began.elapsed(), from, until, to));
        tell(&Progress {
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
        let flaws: Vec<String> = self.report.incomplete.iter().chain(&self.report.lost).map(Flaw::to_string).collect();
        (!flaws.is_empty()).then(|| Error::incomplete(format!("rows may be missing: {}", flaws.join("; "))))
    }
}

impl futures_core::Stream for Parts {
    type Item = Result<Part, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

async fn send(sender: Arc<Sender>, ask: Ask) -> Step {
    Step::Sent(sender.send(ask).await)
}

fn stopped(error: JoinError) -> Error {
    match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Error::invalid("the runtime that the walk ran on was shut down"),
    }
}

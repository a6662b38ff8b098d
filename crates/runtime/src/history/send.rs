//! Sends what a walk asks, as often as it takes: a walk of an hour must not end because of a bad minute.

use super::ask::{Answer, Ask, What};
use super::identity::Id;
use super::rows::ReadPage;
use super::setup::{Sent, Setup};
use crate::client::broken;
use crate::prepared::Prepared;
use crate::{Call, Client, Error, Notice};
use papi_types::{DecodeError, Endpoint, EndpointInfo, ErrorCode, Page, scalars};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Sends the requests of one walk.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(crate) client: Client,
    pub(crate) setup: Arc<Setup>,
    /// How often a request is repeated after failures that may pass.
    pub(crate) retries: u32,
    /// How long to wait for budget, or for a ban to end.
    pub(crate) patience: Duration,
}

/// What came of one request, and what it took.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) number: u64,
    pub(crate) result: Result<Answer, Error>,
    pub(crate) requests: u64,
    pub(crate) weight: u64,
    pub(crate) retries: u64,
}

/// A request leaves within this time after its window was chosen, or is chosen anew: what the exchange keeps moves on.
const FRESH_FOR: Duration = Duration::from_secs(45);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A window that is refused for its length although it is shorter than this was refused for something else.
const SHORTEST_REFUSED: i64 = 3_600_000;
/// "More than %s hours between startTime and endTime."
const TOO_LONG: ErrorCode = ErrorCode::MORE_THAN_XX_HOURS;

impl Sender {
    /// Sends a request until it is answered, or fails in a way that does not pass.
    pub(crate) async fn send(self: Arc<Self>, ask: Ask) -> Outcome {
        let (mut requests, mut weight, mut retries) = (0, 0, 0);
        let mut failures = 0;
        let mut waited = Duration::ZERO;
        let result = loop {
            let (result, sent, cost) = self.once(&ask.what).await;
            requests += sent;
            weight += sent * cost;
            retries += sent.saturating_sub(1);
            let error = match result {
                Ok(answer) => break Ok(answer),
                Err(error) => error,
            };
            if let Some(answer) = shorter(&ask.what, &error) {
                break Ok(answer);
            }
            let pause = if let Some(until) = error.retry_after().filter(|_| error.is_throttled()) {
                let pause = until.since(self.client.now()).max(FIRST_PAUSE);
                waited += pause;
                if waited > self.patience {
                    break Err(error);
                }
                pause
            } else {
                if !error.may_pass() || failures == self.retries {
                    break Err(error);
                }
                FIRST_PAUSE.saturating_mul(1 << failures.min(10)).min(LONGEST_PAUSE)
            };
            // Waiting for budget is no failure.
            if sent > 0 || !error.is_throttled() {
                failures += 1;
                retries += 1;
                let call = format!("{} {}", self.setup.info.method, self.setup.info.path);
                let attempts = u32::try_from(requests).unwrap_or(u32::MAX);
                self.client.tell(&Notice::Retrying { call, attempts, reason: error.to_string(), pause });
            }
            tokio::time::sleep(pause).await;
        };
        Outcome { number: ask.number, result, requests, weight, retries }
    }

    /// Sends a request once, as calls are sent; answers also how often that was, and what each time weighs.
    async fn once(&self, what: &What) -> (Result<Answer, Error>, u64, u64) {
        let now = self.client.now();
        let (request, from) = match what {
            What::Names => match self.setup.names() {
                Some(info) => ((info.parse)(&[]), None),
                None => return (Ok(Answer::Names(Vec::new())), 0, 0),
            },
            What::Window { from, to, page, filter } => {
                let from = self.setup.oldest(now).map_or(*from, |oldest| oldest.max(*from));
                if from > *to {
                    return (Ok(Answer::TooOld), 0, 0);
                }
                let dimensions = &self.setup.dimensions;
                let filter =
                    filter.iter().filter_map(|(index, value)| Some((dimensions.get(*index)?.param, value.as_str())));
                (self.setup.request(&Sent { from, to: *to, page: *page, filter: filter.collect() }), Some(from))
            }
        };
        let request = match request {
            Ok(request) => request,
            Err(invalid) => return (Err(Error::rules(invalid)), 0, 0),
        };
        let weight = u64::from(request.cost().weight);
        let result = match from {
            Some(from) => self.call(&*request, |body| self.page(body)).await.map(|(page, sent)| {
                let answer = Answer::Page { from, page };
                (answer, sent)
            }),
            None => self.call(&*request, |body| self.names(request.info(), body)).await.map(|(names, sent)| {
                let answer = Answer::Names(names);
                (answer, sent)
            }),
        };
        match result {
            Ok((answer, sent)) => (Ok(answer), sent.into(), weight),
            Err(error) => {
                let sent = error.attempts().into();
                (Err(error), sent, weight)
            }
        }
    }

    async fn call<T: Send>(
        &self,
        request: &dyn Endpoint,
        read: impl Fn(&[u8]) -> Result<T, DecodeError> + Sync,
    ) -> Result<(T, u32), Error> {
        let now = self.client.now();
        request.check(now).map_err(|invalid| broken(request, invalid))?;
        let call = *self.client.call();
        let client = self.client.with(Call { deadline: call.deadline.min(FRESH_FOR), ..call });
        let reading = &self.client.shared().reading;
        let reply =
            client.run(&Prepared::of(request), &|body| reading.untyped(request.info(), body, read(body))).await?;
        Ok((reply.data, reply.meta.attempts))
    }

    /// Takes a page apart.
    fn page(&self, body: &[u8]) -> Result<ReadPage, DecodeError> {
        let page = Page::of(&self.setup.paging, body)?;
        let fields = self.setup.fields();
        let (timed, keys) = (usize::from(self.setup.paging.time.is_some()), self.setup.paging.key.len());
        let mut names = vec![BTreeSet::new(); self.setup.dimensions.len()];
        let mut rows = Vec::with_capacity(page.rows.len());
        for row in page.rows {
            let found = scalars(row, &fields);
            let (time, rest) = found.split_at(timed);
            let (key, narrow) = rest.split_at(keys);
            let time = time.first().and_then(|time| time.as_deref()?.parse().ok());
            for (names, name) in names.iter_mut().zip(narrow) {
                names.extend(name.clone());
            }
            rows.push((Id::of(time, key, row), row.into()));
        }
        let names = names.into_iter().map(|names| names.into_iter().collect()).collect();
        Ok(ReadPage { rows, total: page.total, names })
    }

    /// Every text that a reply has in a field of a dimension's name.
    fn names(&self, info: &EndpointInfo, body: &[u8]) -> Result<Vec<BTreeSet<String>>, DecodeError> {
        let reply = (info.reprint)(body)?;
        // What was printed is JSON.
        let reply = serde_json::from_str(&reply).unwrap_or_default();
        let mut names = vec![BTreeSet::new(); self.setup.dimensions.len()];
        for (dimension, names) in self.setup.dimensions.iter().zip(&mut names) {
            collect(&reply, dimension.param, names);
        }
        Ok(names)
    }
}

fn collect(value: &serde_json::Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (field, value) in fields {
                match value {
                    serde_json::Value::String(text) if field == name => found.extend([text.clone()]),
                    _ => collect(value, name, found),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, name, found)),
        _ => {}
    }
}

/// A window that the exchange finds too long, although no page says so, is walked in shorter ones.
fn shorter(what: &What, error: &Error) -> Option<Answer> {
    let What::Window { from, to, .. } = what else { return None };
    let is_long = to.saturating_sub(*from) > SHORTEST_REFUSED;
    (error.is_rejected() && error.code() == Some(TOO_LONG) && is_long).then_some(Answer::TooLong)
}

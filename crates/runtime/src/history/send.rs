//! Sends what a walk asks, as often as it takes: a walk of an hour must not end because of a bad minute.

use super::identity::Id;
use super::question::{Ask, Finding, What, WindowRequest};
use super::remark::Remark;
use super::rows::ReadPage;
use super::setup::Setup;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::notice::Notice;
use crate::prepared::Prepared;
use crate::reply::Reply;
use crate::retry::{Purpose, RetryDecision, SendProgress, decide};
use papi_types::error::DecodeError;
use papi_types::spec::{Page, scalars};
use papi_types::{Endpoint, EndpointInfo, ErrorCode};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Sends the requests of one walk.
#[derive(Debug, Clone)]
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
pub(crate) struct AskResult {
    pub(crate) number: u64,
    pub(crate) result: Result<Finding, Error>,
    pub(crate) requests: u64,
    pub(crate) weight: u64,
    pub(crate) retries: u64,
}

/// A request leaves within this time after its window was chosen, or is chosen anew: what the exchange keeps moves on.
const FRESH_FOR: Duration = Duration::from_secs(45);
/// A window that is refused for its length although it is shorter than this was refused for something else.
const SHORTEST_REFUSED: i64 = 3_600_000;
/// Names are worth seconds, not minutes.
const MOST_RETRIES_FOR_NAMES: u32 = 2;
/// "More than %s hours between startTime and endTime."
const TOO_LONG: ErrorCode = ErrorCode::MORE_THAN_XX_HOURS;

impl Sender {
    /// Sends a request until it is answered, or fails in a way that does not pass.
    pub(crate) async fn send(&self, ask: Ask) -> AskResult {
        let mut outcome =
            AskResult { number: ask.number, result: Ok(Finding::TooOld), requests: 0, weight: 0, retries: 0 };
        let (mut failures, mut left) = (0, self.patience);
        let (purpose, retries) = match ask.what {
            What::Names => (Purpose::Names, self.retries.min(MOST_RETRIES_FOR_NAMES)),
            What::Window(_) => (Purpose::Window, self.retries),
        };
        loop {
            let (result, sent, cost) = self.once(&ask.what).await;
            outcome.requests += sent;
            outcome.weight += sent * cost;
            outcome.retries += sent.saturating_sub(1);
            let error = match result {
                Ok(answer) => return AskResult { result: Ok(answer), ..outcome },
                Err(error) => error,
            };
            if let Some(answer) = shorter(&ask.what, &error) {
                return AskResult { result: Ok(answer), ..outcome };
            }
            let closed_for = error.retry_after().map_or(Duration::ZERO, |until| until.since(self.client.now()));
            let progress = SendProgress {
                attempt: failures + 1,
                attempts: retries.saturating_add(1),
                closed_for,
                left,
                ..SendProgress::ENDLESS
            };
            let pause = match decide(purpose, error.execution_status(), &progress) {
                RetryDecision::Again(pause) => pause,
                // Without names the walk goes on, and reports what it could not prove.
                _ if purpose == Purpose::Names => {
                    let remark = Remark::NamesMissing { call: self.call(&ask.what), reason: error.to_string() };
                    return AskResult { result: Ok(Finding::NoNames(remark)), ..outcome };
                }
                RetryDecision::Stop | RetryDecision::Restamp => return AskResult { result: Err(error), ..outcome },
            };
            if error.is_throttled() {
                left = left.saturating_sub(pause);
            }
            // Waiting for room in the limits is no failure.
            if sent > 0 || !error.is_throttled() {
                failures += 1;
                outcome.retries += 1;
                let call = self.call(&ask.what);
                let attempts = u32::try_from(outcome.requests).unwrap_or(u32::MAX);
                let notice = Notice::Retrying { call, attempts, reason: error.to_string(), pause };
                self.client.shared.on_notice.notify(&notice);
            } else {
                // It is longer than a request stays fresh, so nobody has said it yet.
                let notice =
                    Notice::Waiting { call: self.call(&ask.what), until: self.client.now().plus(pause), pause };
                self.client.shared.on_notice.notify(&notice);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// The call that a question is sent with, for people.
    fn call(&self, what: &What) -> String {
        let info = match what {
            What::Names => self.setup.names(),
            What::Window(_) => None,
        };
        let info = info.unwrap_or(self.setup.info);
        format!("{} {}", info.method, info.path)
    }

    /// Sends a request once, as calls are sent. Returns also how often that was, and what each time weighs.
    async fn once(&self, what: &What) -> (Result<Finding, Error>, u64, u64) {
        let now = self.client.now();
        let (request, from) = match what {
            What::Names => match self.setup.names() {
                Some(info) => ((info.parse)(&[]), None),
                None => return (Ok(Finding::Names(Vec::new())), 0, 0),
            },
            What::Window(window) => {
                let from = self.setup.oldest(now).map_or(window.from, |oldest| oldest.max(window.from));
                if from > window.to {
                    return (Ok(Finding::TooOld), 0, 0);
                }
                (self.setup.request(&WindowRequest { from, ..window.clone() }), Some(from))
            }
        };
        let request = match request {
            Ok(request) => request,
            Err(invalid) => return (Err(Error::rules(invalid)), 0, 0),
        };
        let weight = u64::from(request.cost().weight);
        let read = |body: &[u8]| match from {
            Some(from) => self.page(body).map(|page| Finding::Page { from, page }),
            None => self.names(request.info(), body).map(Finding::Names),
        };
        match self.exchange(&*request, read).await {
            Ok(reply) => (Ok(reply.data), reply.meta.attempts.into(), weight),
            Err(error) => {
                let sent = error.attempts().into();
                (Err(error), sent, weight)
            }
        }
    }

    async fn exchange(
        &self,
        request: &dyn Endpoint,
        read: impl Fn(&[u8]) -> Result<Finding, DecodeError> + Sync,
    ) -> Result<Reply<Finding>, Error> {
        self.client.check(request)?;
        let call = self.client.call;
        let client = self.client.with(Call { deadline: call.deadline.min(FRESH_FOR), ..call });
        let reading = &self.client.shared.reading;
        client.run(&Prepared::of(request), &|body| reading.untyped(request.info(), body, read(body))).await
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
fn shorter(what: &What, error: &Error) -> Option<Finding> {
    let What::Window(window) = what else { return None };
    let is_long = window.to.saturating_sub(window.from) > SHORTEST_REFUSED;
    (error.is_rejected() && error.code() == Some(TOO_LONG) && is_long).then_some(Finding::TooLong)
}

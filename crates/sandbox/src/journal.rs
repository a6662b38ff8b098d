//! What the sandbox saw: tests ask it what a client really sent.

use crate::exchange::Asked;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

/// The most recent request lines are kept; a sandbox that runs for days must not grow for days.
const KEPT: usize = 10_000;

/// What a sandbox was asked so far, answered or not, and what of it was executed.
///
/// The exchange's clock is on another host: requests for `/fapi/v1/time` are found by [`count`](Self::count) and nowhere
/// else. Requests to the sandbox itself are not counted at all.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    total: u64,
    counts: Calls,
    executed: Calls,
    of_client_ids: BTreeMap<String, u64>,
    /// Shared with copies, so that asking how often something was asked does not copy what was asked.
    recent: Arc<VecDeque<Seen>>,
}

/// Numbers by method and path.
type Calls = BTreeMap<(String, String), u64>;

impl Requests {
    /// How many requests arrived.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many requests arrived for a method, such as `GET`, and a path.
    pub fn count(&self, method: &str, path: &str) -> u64 {
        number(&self.counts, method, path)
    }

    /// How many requests to a method and path changed something, such as placing, cancelling, setting or lending;
    /// whether the answer was delivered or not. Reads change nothing, and what the exchange refused did not either.
    pub fn executed(&self, method: &str, path: &str) -> u64 {
        number(&self.executed, method, path)
    }

    /// How many requests arrived to place an order or an order list under a client id, of whatever kind.
    pub fn of_client_id(&self, client_id: &str) -> u64 {
        self.of_client_ids.get(client_id).copied().unwrap_or(0)
    }

    /// The latest 10,000 requests, oldest first.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &Seen> + ExactSizeIterator {
        self.recent.iter()
    }

    /// Every method and path that was asked, with how often.
    pub(crate) fn calls(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().map(|((method, path), count)| (method.as_str(), path.as_str(), *count))
    }

    /// Every client id that something was to be placed under, with how often.
    pub(crate) fn client_ids(&self) -> impl Iterator<Item = (&str, u64)> {
        self.of_client_ids.iter().map(|(id, count)| (id.as_str(), *count))
    }

    /// Remembers a request, and the client ids it would place something under.
    pub(crate) fn note<'a>(&mut self, asked: &Asked, client_ids: impl IntoIterator<Item = &'a str>) {
        self.note_path(asked);
        self.total += 1;
        for client_id in client_ids {
            *self.of_client_ids.entry(client_id.to_owned()).or_default() += 1;
        }
        let recent = Arc::make_mut(&mut self.recent);
        if recent.len() == KEPT {
            recent.pop_front();
        }
        recent.push_back(Seen {
            method: asked.method.clone(),
            path: asked.path.clone(),
            query: asked.query.clone(),
            body: asked.body.clone(),
        });
    }

    /// Remembers nothing but method and path.
    pub(crate) fn note_path(&mut self, asked: &Asked) {
        *self.counts.entry((asked.method.clone(), asked.path.clone())).or_default() += 1;
    }

    /// Remembers that a request changed something.
    pub(crate) fn note_executed(&mut self, asked: &Asked) {
        *self.executed.entry((asked.method.clone(), asked.path.clone())).or_default() += 1;
    }
}

fn number(calls: &Calls, method: &str, path: &str) -> u64 {
    calls.get(&(method.to_owned(), path.to_owned())).copied().unwrap_or(0)
}

/// One request as it arrived. Query and body stay out of `Debug`, because they end with a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Seen {
    method: String,
    path: String,
    query: String,
    body: String,
}

impl Seen {
    /// The method, such as `GET`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path from the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query exactly as it was sent, percent-encoding and signature included.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The body.
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

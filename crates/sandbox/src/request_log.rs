//! The requests that came to the sandbox: tests ask here what a client really sent.

use crate::raw_request::RawRequest;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

/// How many of the latest requests are kept, so that a sandbox that runs for days does not grow without end.
const KEPT: usize = 10_000;

/// The requests that came to a sandbox so far, answered or not, and how many of them were executed.
///
/// The exchange's clock is on another host: requests for `/fapi/v1/time` are found by [`count`](Self::count) and
/// nowhere else. Requests to the sandbox itself are not counted at all.
#[derive(Debug, Clone, Default)]
pub struct RequestLog {
    total: u64,
    counts: Counts,
    executed: Counts,
    of_client_ids: BTreeMap<String, u64>,
    /// Shared with copies, so that asking how often something was asked does not copy what was asked.
    recent: Arc<VecDeque<SeenRequest>>,
}

/// Numbers of requests by method and path.
type Counts = BTreeMap<(String, String), u64>;

impl RequestLog {
    /// Returns how many requests arrived.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns how many requests arrived for a method, such as `GET`, and a path.
    pub fn count(&self, method: &str, path: &str) -> u64 {
        number(&self.counts, method, path)
    }

    /// Returns how many requests to a method and path changed something, such as placing, cancelling, setting or
    /// lending; whether the answer was delivered or not. Reads change nothing, and what the exchange refused did not
    /// either.
    pub fn executed(&self, method: &str, path: &str) -> u64 {
        number(&self.executed, method, path)
    }

    /// Returns how many requests arrived to place an order or an order list under a client id of any kind.
    pub fn of_client_id(&self, client_id: &str) -> u64 {
        self.of_client_ids.get(client_id).copied().unwrap_or(0)
    }

    /// Returns the latest 10,000 requests, oldest first.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &SeenRequest> + ExactSizeIterator {
        self.recent.iter()
    }

    /// Returns each method and path that was asked, and how often.
    pub(crate) fn calls(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().map(|((method, path), count)| (method.as_str(), path.as_str(), *count))
    }

    /// Returns each client id under which a request would place something, and how often.
    pub(crate) fn client_ids(&self) -> impl Iterator<Item = (&str, u64)> {
        self.of_client_ids.iter().map(|(id, count)| (id.as_str(), *count))
    }

    /// Remembers a request, and the client ids it would place something under.
    pub(crate) fn note<'a>(&mut self, raw: &RawRequest, client_ids: impl IntoIterator<Item = &'a str>) {
        self.note_path(&raw.method, &raw.path);
        self.total += 1;
        for client_id in client_ids {
            *self.of_client_ids.entry(client_id.to_owned()).or_default() += 1;
        }
        let recent = Arc::make_mut(&mut self.recent);
        if recent.len() == KEPT {
            recent.pop_front();
        }
        recent.push_back(SeenRequest(raw.clone()));
    }

    /// Remembers only method and path.
    pub(crate) fn note_path(&mut self, method: &str, path: &str) {
        *self.counts.entry((method.to_owned(), path.to_owned())).or_default() += 1;
    }

    /// Remembers that a request changed something.
    pub(crate) fn note_executed(&mut self, raw: &RawRequest) {
        *self.executed.entry((raw.method.clone(), raw.path.clone())).or_default() += 1;
    }
}

fn number(calls: &Counts, method: &str, path: &str) -> u64 {
    calls.get(&(method.to_owned(), path.to_owned())).copied().unwrap_or(0)
}

/// One request as it arrived. Query and body stay out of `Debug`, because they end with a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenRequest(RawRequest);

impl SeenRequest {
    /// Returns the method, such as `GET`.
    pub fn method(&self) -> &str {
        &self.0.method
    }

    /// Returns the path from the root.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the query exactly as it was sent, percent-encoding and signature included.
    pub fn query(&self) -> &str {
        &self.0.query
    }

    /// Returns the body.
    pub fn body(&self) -> &str {
        &self.0.body
    }
}

impl fmt::Debug for SeenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.method, self.0.path)
    }
}

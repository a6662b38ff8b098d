//! What the sandbox saw: tests ask it what a client really sent.

use crate::exchange::Asked;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// The most recent request lines are kept; a sandbox that runs for days must not grow for days.
const KEPT: usize = 10_000;

/// What a sandbox was asked so far, answered or refused.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    total: u64,
    counts: BTreeMap<(String, String), u64>,
    recent: VecDeque<Seen>,
}

impl Requests {
    /// How many requests arrived.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many requests arrived for a method, such as `GET`, and a path.
    pub fn count(&self, method: &str, path: &str) -> u64 {
        self.counts.get(&(method.to_owned(), path.to_owned())).copied().unwrap_or(0)
    }

    /// The latest 10,000 requests, oldest first.
    pub fn seen(&self) -> impl DoubleEndedIterator<Item = &Seen> + ExactSizeIterator {
        self.recent.iter()
    }

    pub(crate) fn note(&mut self, asked: &Asked) {
        self.total += 1;
        *self.counts.entry((asked.method.clone(), asked.path.clone())).or_default() += 1;
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(Seen {
            method: asked.method.clone(),
            path: asked.path.clone(),
            query: asked.query.clone(),
            body: asked.body.clone(),
        });
    }
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

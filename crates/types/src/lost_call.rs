//! A call whose answer was lost: what it sent, and when it can have acted. `evidence.rs` judges an answer about it; the client
//! decides when to ask, and how often.

use crate::{Endpoint, Timestamp};
use std::time::Duration;

/// How many milliseconds a stamp may be ahead of the exchange's clock; the exchange still accepts such a request.
const EARLY: i64 = 1_000;

/// A call whose answer did not arrive: what it sent, and when it could have acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCall {
    params: Vec<(String, String)>,
    /// The first and the last instant at which the exchange can have accepted it.
    taken: Option<(Timestamp, Timestamp)>,
}

impl LostCall {
    /// Returns the call that sent this request. Without [`stamped`](Self::stamped) it may have acted at any time.
    pub fn of(request: &dyn Endpoint) -> Self {
        let mut params = Vec::new();
        request.each(&mut |param, value| params.push((param.name.to_owned(), value.to_string())));
        Self { params, taken: None }
    }

    /// Returns a call with only some known parameters, such as an id that was written down.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let params = pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { params, taken: None }
    }

    /// Adds an attempt: the timestamp that was signed, in exchange time, and the receive window sent with it.
    #[must_use]
    pub fn stamped(mut self, timestamp: Timestamp, recv_window: Duration) -> Self {
        let first = Timestamp::from_millis(timestamp.as_millis().saturating_sub(EARLY));
        let last = timestamp.plus(recv_window);
        self.taken = match self.taken {
            Some((earlier, later)) => Some((earlier.min(first), later.max(last))),
            None => Some((first, last)),
        };
        self
    }

    /// Returns the text that was sent as a parameter, before percent-encoding.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first instant at which the exchange can have accepted it; none when it has no stamp.
    pub fn first_taken(&self) -> Option<Timestamp> {
        self.taken.map(|(first, _)| first)
    }

    /// Returns the last instant at which the exchange can have accepted it; none when it has no stamp.
    pub fn last_taken(&self) -> Option<Timestamp> {
        self.taken.map(|(_, last)| last)
    }
}

//! A call whose answer was lost: what it sent, and when it can have acted. Reading an answer about it is in `evidence.rs`;
//! when to ask, and how often, is up to the client.

use crate::{Endpoint, Timestamp};
use std::time::Duration;

/// A request is taken when it is stamped up to this long ahead of the exchange's clock.
const EARLY: i64 = 1_000;

/// A call whose answer did not arrive: what it sent, and when it could have acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCall {
    params: Vec<(String, String)>,
    /// The first and the last instant at which the exchange can have taken it.
    taken: Option<(Timestamp, Timestamp)>,
}

impl LostCall {
    /// The call that sent this request. Without [`stamped`](Self::stamped) it may have acted at any time.
    pub fn of(request: &dyn Endpoint) -> Self {
        let mut params = Vec::new();
        request.each(&mut |param, value| params.push((param.name.to_owned(), value.to_string())));
        Self { params, taken: None }
    }

    /// A call of which only some parameters are known, such as an id that was written down.
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

    /// The text that was sent as a parameter, before percent-encoding.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// The first instant at which the exchange can have taken it, when its stamp is known.
    pub fn first_taken(&self) -> Option<Timestamp> {
        self.taken.map(|(first, _)| first)
    }

    /// The last instant at which the exchange can have taken it, when its stamp is known.
    pub fn last_taken(&self) -> Option<Timestamp> {
        self.taken.map(|(_, last)| last)
    }
}

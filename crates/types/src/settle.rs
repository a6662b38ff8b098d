//! How to find out what became of a call whose answer was lost, as data: what to ask, and what in the answer shows it.
//! Reading an answer is in `sighting.rs`; when to ask, and how often, is up to the client.

use crate::{Endpoint, EndpointInfo, Method, Span, Timestamp};
use std::fmt;
use std::time::Duration;

/// A call as the wire names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The path from the root.
    pub path: &'static str,
}

impl Route {
    /// Its description, when this version has the endpoint and its cargo feature is on.
    pub fn info(self) -> Option<&'static EndpointInfo> {
        crate::ENDPOINTS.iter().copied().find(|info| info.method == self.method && info.path == self.path)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// A question to the exchange about a lost call.
///
/// An endpoint has one or more of them, to be asked in order until an answer is clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettleCall {
    /// What is asked; always a read.
    pub route: Route,
    /// Its parameters, each with the parameter of the lost call that gives the value. One that the lost call did not
    /// send is left out.
    pub with: &'static [(&'static str, &'static str)],
    /// The list in the answer before: asked once for each of its rows, and `with` names fields of a row in place of
    /// parameters. All answers must agree.
    pub each: Option<&'static str>,
    /// What in the answer shows that the lost call acted.
    pub shows: Shows,
    /// The field that says when what the answer is about was made or changed. An answer about something older than the
    /// lost call shows nothing of it.
    pub since: Option<&'static str>,
}

impl SettleCall {
    #[doc(hidden)]
    pub const fn __new(method: Method, path: &'static str, with: &'static [(&'static str, &'static str)]) -> Self {
        let shows = Shows::NothingLeft;
        Self { route: Route { method, path }, with, each: None, shows, since: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __each(mut self, field: &'static str) -> Self {
        self.each = Some(field);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __shows(mut self, shows: Shows) -> Self {
        self.shows = shows;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __since(mut self, field: &'static str) -> Self {
        self.since = Some(field);
        self
    }
}

/// What in an answer shows that a lost call acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shows {
    /// Being found is enough: the call was to make what is asked for.
    Found {
        /// For how long what was made is found.
        keeps: Keeps,
    },
    /// The list has no row that is older than the call: the call was to end all of them.
    NothingLeft,
    /// The fields of the answer, or of a row when it is a list.
    Fields {
        /// Fields that have the value of a parameter of the lost call once it has acted. A parameter that was not sent is
        /// not compared.
        same: &'static [(&'static str, &'static str)],
        /// The field whose words tell the rest: everything when there is nothing to compare, and otherwise whether the
        /// values can still become the same.
        state: Option<StateWords>,
    },
}

/// What the words of a field say about a lost call. Any other word says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateWords {
    /// The field.
    pub field: &'static str,
    /// What the call asked for is so.
    pub acted: &'static [&'static str],
    /// It is not so, and can still become so.
    pub open: &'static [&'static str],
    /// It is not so, and never will be.
    pub ended: &'static [&'static str],
}

/// For how long a query finds what was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Everything for this long after it was made; then something may be missing, such as cancelled orders.
    For(Span),
    /// Only what is open: that nothing is found proves nothing.
    OpenOnly,
}

impl Keeps {
    /// Whether everything made at `made` is still found at `now`.
    pub fn reaches(self, made: Timestamp, now: Timestamp) -> bool {
        match self {
            Self::For(span) => span.before(now) <= made,
            Self::OpenOnly => false,
        }
    }
}

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

//! What to ask about a call whose answer was lost, and what in the answer shows that it acted, as data.

use crate::{Route, Span, Timestamp};

/// A question to the exchange about a lost call.
///
/// An endpoint has one or more of them, to be asked in order until an answer is clear.
///
/// ```
/// use papi_spec::{Question, Retention, days};
///
/// const PLACED: Question =
///     Question::ask("GET /papi/v1/um/order").with(&[("symbol", "symbol")]).found(Retention::For(days(3))).since("time");
/// assert_eq!(PLACED.route.path, "/papi/v1/um/order");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Question {
    /// What is asked; always a read.
    pub route: Route,
    /// Its parameters, each with the parameter of the lost call that gives the value. When the lost call did not send that,
    /// the parameter is left out.
    pub with: &'static [(&'static str, &'static str)],
    /// The list in the answer to the question before. The question is asked once for each row of it, and `with` names fields
    /// of a row in place of parameters. All answers must agree.
    pub each: Option<&'static str>,
    /// What in the answer shows that the lost call acted.
    pub shows: EvidenceRule,
    /// The field with the time at which the thing in the answer was made or changed. When that is before the lost call, the
    /// answer shows nothing of the call.
    pub since: Option<&'static str>,
}

impl Question {
    /// Starts a question by the call that asks it, such as `GET /papi/v1/um/order`. What its answer shows follows.
    pub const fn ask(call: &'static str) -> Ask {
        Ask { route: Route::or_empty(call), with: &[], each: None }
    }

    /// Says which field has the time at which the thing in the answer was made or changed.
    pub const fn since(self, field: &'static str) -> Self {
        Self { since: Some(field), ..self }
    }
}

/// An unfinished [`Question`], which does not say yet what the answer shows.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Ask {
    route: Route,
    with: &'static [(&'static str, &'static str)],
    each: Option<&'static str>,
}

impl Ask {
    /// Gives the call its parameters. A pair is a parameter of the question, then the parameter of the lost call that has
    /// the value; with [`each`](Self::each), the field of a row.
    pub const fn with(self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        Self { with: pairs, ..self }
    }

    /// Asks once for each row of a list in the answer to the question before.
    pub const fn each(self, list: &'static str) -> Self {
        Self { each: Some(list), ..self }
    }

    /// Says that the call acted when what it was to make is found, which is kept this long.
    pub const fn found(self, keeps: Retention) -> Question {
        self.shows(EvidenceRule::Found { keeps })
    }

    /// Says that the call acted when the list is empty.
    pub const fn nothing_left(self) -> Question {
        self.shows(EvidenceRule::NothingLeft)
    }

    /// Says that the call acted when each field has the value of the parameter. A pair is a field of the answer, then a
    /// parameter of the lost call.
    pub const fn same(self, same: &'static [(&'static str, &'static str)]) -> Question {
        self.shows(EvidenceRule::Fields { same, state: None })
    }

    /// Says that the call acted when the word of a field means it.
    pub const fn state(self, words: StateWords) -> Question {
        self.same_or_state(&[], words)
    }

    /// Says that the call acted when each field has the value of the parameter. When one differs, the word of a field
    /// decides.
    pub const fn same_or_state(self, same: &'static [(&'static str, &'static str)], words: StateWords) -> Question {
        self.shows(EvidenceRule::Fields { same, state: Some(words) })
    }

    const fn shows(self, shows: EvidenceRule) -> Question {
        Question { route: self.route, with: self.with, each: self.each, shows, since: None }
    }
}

/// What in an answer shows that a lost call acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EvidenceRule {
    /// It is enough that the thing is found: the call was to make it.
    Found {
        /// How long the exchange keeps it.
        keeps: Retention,
    },
    /// The list has no row that is older than the call, which was to end all of them.
    NothingLeft,
    /// The fields of the answer decide, or the fields of its rows when it is a list.
    Fields {
        /// Fields that have the value of a parameter of the lost call once it has acted. A parameter that was not sent is
        /// not compared.
        same: &'static [(&'static str, &'static str)],
        /// The field whose words decide when no values are compared. When a compared value differs, they say whether it can
        /// still become the same.
        state: Option<StateWords>,
    },
}

/// What the words of a field say about a lost call. Any other word says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct StateWords {
    /// The field.
    pub field: &'static str,
    /// The words that mean that the call acted.
    pub acted: &'static [&'static str],
    /// The words that mean that it has not acted and still can.
    pub open: &'static [&'static str],
    /// The words that mean that it has not acted and cannot act any more.
    pub ended: &'static [&'static str],
}

impl StateWords {
    /// Says which field has the words.
    pub const fn of(field: &'static str) -> Self {
        Self { field, acted: &[], open: &[], ended: &[] }
    }

    /// Says which words mean that the call acted.
    pub const fn acted(self, words: &'static [&'static str]) -> Self {
        Self { acted: words, ..self }
    }

    /// Says which words mean that the call has not acted and still can.
    pub const fn open(self, words: &'static [&'static str]) -> Self {
        Self { open: words, ..self }
    }

    /// Says which words mean that the call has not acted and cannot act any more.
    pub const fn ended(self, words: &'static [&'static str]) -> Self {
        Self { ended: words, ..self }
    }
}

/// How long a query finds what a call made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// It finds everything for this long after it was made; later something may be missing, such as cancelled orders.
    For(Span),
    /// It finds only what is open, so finding nothing proves nothing.
    OpenOnly,
}

impl Retention {
    /// Returns whether everything made at `made` is still found at `now`.
    pub fn reaches(self, made: Timestamp, now: Timestamp) -> bool {
        match self {
            Self::For(span) => span.before(now) <= made,
            Self::OpenOnly => false,
        }
    }
}

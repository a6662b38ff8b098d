//! What to ask about a call whose answer was lost, and what in the answer shows that it acted, as data.

use crate::static_check::require_known;
use crate::{ParamInfo, Route, Span, Timestamp};

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
    /// Its parameters, each with the parameter of the lost call that gives the value. One that the lost call did not
    /// send is left out.
    pub with: &'static [(&'static str, &'static str)],
    /// The list in the answer before: asked once for each of its rows, and `with` names fields of a row in place of
    /// parameters. All answers must agree.
    pub each: Option<&'static str>,
    /// What in the answer shows that the lost call acted.
    pub shows: EvidenceRule,
    /// The field that says when what the answer is about was made or changed. An answer about something older than the
    /// lost call shows nothing of it.
    pub since: Option<&'static str>,
}

impl Question {
    /// Starts a question by the call that asks it, such as `GET /papi/v1/um/order`. What its answer shows follows.
    #[track_caller]
    pub const fn ask(call: &'static str) -> Ask {
        Ask { route: Route::new(call), with: &[], each: None }
    }

    /// Says which field tells when what the answer is about was made or changed.
    pub const fn since(self, field: &'static str) -> Self {
        Self { since: Some(field), ..self }
    }

    /// Stops compilation when it names a parameter of the lost call that does not exist.
    #[track_caller]
    pub const fn require_known(&self, params: &[ParamInfo]) {
        if self.each.is_none() {
            require_ours(self.with, params);
        }
        if let EvidenceRule::Fields { same, .. } = self.shows {
            require_ours(same, params);
        }
    }
}

/// Checks the second name of each pair, which is a parameter of the lost call.
#[track_caller]
const fn require_ours(pairs: &[(&str, &str)], params: &[ParamInfo]) {
    let mut index = 0;
    while index < pairs.len() {
        require_known(&[pairs[index].1], params);
        index += 1;
    }
}

/// A [`Question`] of which it is not yet said what the answer shows.
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Ask {
    route: Route,
    with: &'static [(&'static str, &'static str)],
    each: Option<&'static str>,
}

impl Ask {
    /// Gives the call its parameters, each with the parameter of the lost call that has the value; with
    /// [`each`](Self::each), with the field of a row.
    pub const fn with(self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        Self { with: pairs, ..self }
    }

    /// Asks once for each row of a list in the answer to the question before.
    pub const fn each(self, list: &'static str) -> Self {
        Self { each: Some(list), ..self }
    }

    /// The call acted when what it was to make is found.
    pub const fn found(self, keeps: Retention) -> Question {
        self.shows(EvidenceRule::Found { keeps })
    }

    /// The call acted when the list is empty.
    pub const fn nothing_left(self) -> Question {
        self.shows(EvidenceRule::NothingLeft)
    }

    /// The call acted when each field has the value of the parameter (theirs first).
    pub const fn same(self, same: &'static [(&'static str, &'static str)]) -> Question {
        self.shows(EvidenceRule::Fields { same, state: None })
    }

    /// The call acted when the word of a field says so.
    pub const fn state(self, words: StateWords) -> Question {
        self.same_or_state(&[], words)
    }

    /// The call acted when each field has the value of the parameter; when one differs, the word of a field tells.
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
    /// Being found is enough: the call was to make what is asked for.
    Found {
        /// For how long what was made is found.
        keeps: Retention,
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
#[must_use]
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

impl StateWords {
    /// Says which field has the words.
    pub const fn of(field: &'static str) -> Self {
        Self { field, acted: &[], open: &[], ended: &[] }
    }

    /// Says which words mean that what the call asked for is so.
    pub const fn acted(self, words: &'static [&'static str]) -> Self {
        Self { acted: words, ..self }
    }

    /// Says which words mean that it is not so, and can still become so.
    pub const fn open(self, words: &'static [&'static str]) -> Self {
        Self { open: words, ..self }
    }

    /// Says which words mean that it is not so, and never will be.
    pub const fn ended(self, words: &'static [&'static str]) -> Self {
        Self { ended: words, ..self }
    }
}

/// For how long a query finds what was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// Everything for this long after it was made; then something may be missing, such as cancelled orders.
    For(Span),
    /// Only what is open: that nothing is found proves nothing.
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

//! The rules between parameters, as data: the macro writes them down, [`crate::Endpoint::check`] applies them, the
//! sandbox answers with them, `papi endpoints` prints them.

use crate::Span;
use std::fmt;

/// Something a request must satisfy, possibly only under conditions.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// All of these must hold for the rule to apply; none means always.
    pub when: &'static [Condition],
    /// What must then be true.
    pub demand: Demand,
}

/// A fact about one parameter of the request.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// The parameter's wire name.
    pub param: &'static str,
    /// What is asked of it.
    pub state: State,
}

/// What a condition asks of its parameter.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum State {
    /// It is sent.
    Present,
    /// It is not sent.
    Absent,
    /// It is sent with one of these values.
    OneOf(&'static [&'static str]),
}

/// What a rule demands. Parameters are named as on the wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Demand {
    /// One or more of them must be sent.
    AtLeastOne(&'static [&'static str]),
    /// One of them must be sent, and only one.
    ExactlyOne(&'static [&'static str]),
    /// No two of them may be sent.
    AtMostOne(&'static [&'static str]),
    /// All of them or none.
    Together(&'static [&'static str]),
    /// Each of them must be sent.
    Required(&'static [&'static str]),
    /// None of them may be sent.
    Forbidden(&'static [&'static str]),
    /// The parameter, when sent, must have one of these values.
    Only {
        /// The parameter.
        param: &'static str,
        /// The values.
        values: &'static [&'static str],
    },
    /// Two times must span an acceptable range.
    Window(Window),
}

/// A range of time given by two optional parameters.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Window {
    /// The parameter with the first millisecond.
    pub from: &'static str,
    /// The parameter with the last millisecond.
    pub to: &'static str,
    /// How long the range may be.
    pub span: Option<SpanLimit>,
    /// The range before now that is searched when neither end is sent.
    pub default: Option<Span>,
    /// The range after `from` (up to now) that is searched when only `from` is sent.
    pub default_from: Option<Span>,
    /// The range before `to` that is searched when only `to` is sent.
    pub default_to: Option<Span>,
    /// How far back there is data.
    pub history: Option<History>,
}

impl Window {
    #[doc(hidden)]
    pub const fn __new(from: &'static str, to: &'static str) -> Self {
        Self { from, to, span: None, default: None, default_from: None, default_to: None, history: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __span(mut self, limit: SpanLimit) -> Self {
        self.span = Some(limit);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __default(mut self, span: Span) -> Self {
        self.default = Some(span);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __default_from(mut self, span: Span) -> Self {
        self.default_from = Some(span);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __default_to(mut self, span: Span) -> Self {
        self.default_to = Some(span);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __history(mut self, history: History) -> Self {
        self.history = Some(history);
        self
    }
}

/// How long a range of time may be.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum SpanLimit {
    /// Up to and including this.
    AtMost(Span),
    /// Shorter than this.
    Under(Span),
}

/// How far back data exists.
#[derive(Debug, Clone, Copy)]
pub struct History {
    /// The reach before now.
    pub span: Span,
    /// Conditions under which the limit does not apply, such as `archived=true`.
    pub unless: &'static [Condition],
}

impl fmt::Display for Rule {
    /// The rule in a sentence fragment: `when type=LIMIT: exactly one of price, priceMatch`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, condition) in self.when.iter().enumerate() {
            write!(f, "{} {condition}", if index == 0 { "when" } else { " and" })?;
        }
        if !self.when.is_empty() {
            f.write_str(": ")?;
        }
        self.demand.fmt(f)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            State::Present => write!(f, "{} is sent", self.param),
            State::Absent => write!(f, "{} is not sent", self.param),
            State::OneOf(values) => write!(f, "{}={}", self.param, values.join("|")),
        }
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeastOne(params) => write!(f, "at least one of {}", params.join(", ")),
            Self::ExactlyOne(params) => write!(f, "exactly one of {}", params.join(", ")),
            Self::AtMostOne(params) => write!(f, "at most one of {}", params.join(", ")),
            Self::Together(params) => write!(f, "{} together or not at all", params.join(" and ")),
            Self::Required(params) => write!(f, "{} required", params.join(", ")),
            Self::Forbidden(params) => write!(f, "{} not allowed", params.join(", ")),
            Self::Only { param, values } => write!(f, "{param} only {}", values.join(", ")),
            Self::Window(window) => window.fmt(f),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} not after {}", self.from, self.to)?;
        if let Some(limit) = self.span {
            write!(f, ", span {limit}")?;
        }
        if let Some(span) = self.default {
            write!(f, ", default the last {span}")?;
        }
        if let Some(span) = self.default_from {
            write!(f, ", only {}: the {span} after it", self.from)?;
        }
        if let Some(span) = self.default_to {
            write!(f, ", only {}: the {span} before it", self.to)?;
        }
        if let Some(history) = self.history {
            write!(f, ", not older than {}", history.span)?;
            for condition in history.unless {
                write!(f, " unless {condition}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for SpanLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(span) => write!(f, "at most {span}"),
            Self::Under(span) => write!(f, "under {span}"),
        }
    }
}

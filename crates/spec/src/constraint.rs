//! The constraints between parameters, as data: specs and annotations state them, [`violations`](crate::violations) applies
//! them, the sandbox answers with them, the documentation and `papi endpoints` print them.

use crate::Span;
use std::fmt;

/// Something a request must satisfy, possibly only under conditions.
///
/// ```
/// use papi_spec::{Constraint, Window, days, is};
///
/// const EITHER: Constraint = Constraint::always().exactly_one(&["orderId", "origClientOrderId"]);
/// const LIMIT: Constraint = Constraint::when(&[is("type", &["LIMIT"])]).need(&["timeInForce", "quantity"]);
/// const RANGE: Constraint = Constraint::always().window(Window::between("startTime", "endTime").at_most(days(7)));
/// assert_eq!(LIMIT.to_string(), "when type=LIMIT: timeInForce, quantity required");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    /// The conditions that must all hold for the constraint to apply; without any it always applies.
    pub when: &'static [Condition],
    /// What must then be true.
    pub requirement: Requirement,
}

impl Constraint {
    /// Starts a constraint that always applies.
    pub const fn always() -> When {
        When(&[])
    }

    /// Starts a constraint that applies when all of the conditions hold.
    pub const fn when(conditions: &'static [Condition]) -> When {
        When(stated(conditions))
    }
}

/// The conditions of a [`Constraint`]; what it requires follows.
#[derive(Debug, Clone, Copy)]
pub struct When(&'static [Condition]);

impl When {
    /// Requires one or more of the parameters to be sent.
    pub const fn at_least_one(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::AtLeastOne(params))
    }

    /// Requires one of the parameters to be sent, and only one.
    pub const fn exactly_one(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::ExactlyOne(params))
    }

    /// Refuses two or more of the parameters.
    pub const fn at_most_one(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::AtMostOne(params))
    }

    /// Requires all of the parameters or none.
    pub const fn together(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::Together(params))
    }

    /// Requires each of the parameters to be sent.
    pub const fn need(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::Required(params))
    }

    /// Refuses each of the parameters.
    pub const fn forbid(self, params: &'static [&'static str]) -> Constraint {
        self.require(Requirement::Forbidden(params))
    }

    /// Requires the parameter, when it is sent, to have one of these values.
    pub const fn only(self, param: &'static str, values: &'static [&'static str]) -> Constraint {
        self.require(Requirement::Only { param, values })
    }

    /// Requires two times to span an acceptable range.
    pub const fn window(self, window: Window) -> Constraint {
        self.require(Requirement::Window(window))
    }

    const fn require(self, requirement: Requirement) -> Constraint {
        Constraint { when: self.0, requirement }
    }
}

/// A fact about one parameter of the request.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// The parameter's wire name.
    pub param: &'static str,
    /// What is asked of it.
    pub state: State,
}

/// Returns the condition that the parameter is sent with one of the values.
pub const fn is(param: &'static str, values: &'static [&'static str]) -> Condition {
    Condition { param, state: State::OneOf(values) }
}

/// Returns the condition that the parameter is sent.
pub const fn sent(param: &'static str) -> Condition {
    Condition { param, state: State::Present }
}

/// Returns the condition that the parameter is not sent.
pub const fn not_sent(param: &'static str) -> Condition {
    Condition { param, state: State::Absent }
}

/// Returns the conditions, or one of no parameter when there is none: it is not meant, and does not compile.
const fn stated(conditions: &'static [Condition]) -> &'static [Condition] {
    if conditions.is_empty() { &[Condition { param: "", state: State::Present }] } else { conditions }
}

impl Condition {
    /// Returns whether it holds, given the text that is sent as the parameter, if any.
    pub fn holds_for(&self, sent: Option<&str>) -> bool {
        match self.state {
            State::Present => sent.is_some(),
            State::Absent => sent.is_none(),
            State::OneOf(values) => sent.is_some_and(|sent| values.contains(&sent)),
        }
    }
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

/// What a constraint requires. Parameters are named as on the wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Requirement {
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
#[must_use]
pub struct Window {
    /// The parameter with the first millisecond.
    pub from: &'static str,
    /// The parameter with the last millisecond.
    pub to: &'static str,
    /// How long the range may be.
    pub limit: Option<SpanLimit>,
    /// The range before now that is searched when neither end is sent.
    pub default: Option<Span>,
    /// The range after `from` (up to now) that is searched when only `from` is sent.
    pub default_from: Option<Span>,
    /// The range before `to` that is searched when only `to` is sent.
    pub default_to: Option<Span>,
    /// How far back the exchange has data.
    pub reach: Option<Reach>,
}

impl Window {
    /// Says which parameters are the ends. The first must not be after the last.
    pub const fn between(from: &'static str, to: &'static str) -> Self {
        Self { from, to, limit: None, default: None, default_from: None, default_to: None, reach: None }
    }

    /// Says that the range is up to and including this long.
    pub const fn at_most(self, span: Span) -> Self {
        Self { limit: Some(SpanLimit::AtMost(span)), ..self }
    }

    /// Says that the range is shorter than this.
    pub const fn under(self, span: Span) -> Self {
        Self { limit: Some(SpanLimit::Under(span)), ..self }
    }

    /// Says which range before now is searched when neither end is sent.
    pub const fn default(self, span: Span) -> Self {
        Self { default: Some(span), ..self }
    }

    /// Says which range after the first end is searched when only that one is sent.
    pub const fn default_from(self, span: Span) -> Self {
        Self { default_from: Some(span), ..self }
    }

    /// Says which range before the last end is searched when only that one is sent.
    pub const fn default_to(self, span: Span) -> Self {
        Self { default_to: Some(span), ..self }
    }

    /// Says how far back the exchange has data.
    pub const fn reaches_back(self, span: Span) -> Self {
        Self { reach: Some(Reach { span, unless: &[] }), ..self }
    }

    /// Says how far back the exchange has data, and under which conditions that limit does not apply.
    pub const fn reaches_back_unless(self, span: Span, unless: &'static [Condition]) -> Self {
        Self { reach: Some(Reach { span, unless: stated(unless) }), ..self }
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

/// How far back the exchange has data.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// The length before now.
    pub span: Span,
    /// The conditions under which the limit does not apply, such as `archived=true`.
    pub unless: &'static [Condition],
}

/// Prints names of parameters; with `{:#}` as code.
struct Names<'a>(&'a [&'a str], &'a str);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = if f.alternate() { "`" } else { "" };
        for (index, name) in self.0.iter().enumerate() {
            write!(f, "{}{quote}{name}{quote}", if index == 0 { "" } else { self.1 })?;
        }
        Ok(())
    }
}

/// Joins conditions by "and".
struct Conditions<'a>(&'a [Condition]);

impl fmt::Display for Conditions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, condition) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " and " })?;
            condition.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for When {
    /// Prints the conditions: `when type=LIMIT and price is sent`; nothing when there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_str("when ")?;
        Conditions(self.0).fmt(f)
    }
}

impl fmt::Display for Constraint {
    /// Prints `when type=LIMIT: exactly one of price, priceMatch`; with `{:#}` in words, and names as code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.when.is_empty() {
            When(self.when).fmt(f)?;
            f.write_str(": ")?;
        }
        self.requirement.fmt(f)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Names(&[self.param], "").fmt(f)?;
        match self.state {
            State::Present => f.write_str(" is sent"),
            State::Absent => f.write_str(" is not sent"),
            State::OneOf(values) if f.alternate() => write!(f, " is {}", values.join(" or ")),
            State::OneOf(values) => write!(f, "={}", values.join("|")),
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut say = |before: &str, names: &[&str], between: &str, after: &str| {
            f.write_str(before)?;
            Names(names, between).fmt(f)?;
            f.write_str(after)
        };
        match self {
            Self::AtLeastOne(params) => say("at least one of ", params, ", ", ""),
            Self::ExactlyOne(params) => say("exactly one of ", params, ", ", ""),
            Self::AtMostOne(params) => say("at most one of ", params, ", ", ""),
            Self::Together(params) => say("", params, " and ", " together or not at all"),
            Self::Required(params) => say("", params, ", ", " required"),
            Self::Forbidden(params) => say("", params, ", ", " not allowed"),
            Self::Only { param, values } => say("", &[param], "", &format!(" only {}", values.join(", "))),
            Self::Window(window) => window.fmt(f),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Names(&[self.from, self.to], " not after ").fmt(f)?;
        if let Some(limit) = self.limit {
            write!(f, ", span {limit}")?;
        }
        if let Some(span) = self.default {
            write!(f, ", default the last {span:#}")?;
        }
        for (only, span, side) in [(self.from, self.default_from, "after"), (self.to, self.default_to, "before")] {
            if let Some(span) = span {
                f.write_str(", only ")?;
                Names(&[only], "").fmt(f)?;
                write!(f, ": the {span:#} {side} it")?;
            }
        }
        if let Some(reach) = self.reach {
            write!(f, ", not older than {}", reach.span)?;
            if !reach.unless.is_empty() {
                f.write_str(" unless ")?;
                Conditions(reach.unless).fmt(f)?;
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

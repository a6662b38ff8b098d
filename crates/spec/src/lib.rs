//! What a spec says of an endpoint, as data: the vocabulary that specs, generated code and endpoints written by hand share.
//!
//! Everything has a `const` constructor that reads like a sentence. Inside `#[endpoint(..)]` and `#[param(..)]` these names
//! need no import.
//!
//! | What | How it is said |
//! |---|---|
//! | a constraint that always applies | `Constraint::always().exactly_one(&["orderId", "origClientOrderId"])` |
//! | one that applies sometimes | `Constraint::when(&[is("type", &["LIMIT"]), sent("price")]).need(&["quantity"])` |
//! | the other requirements | `at_least_one`, `at_most_one`, `together`, `forbid`, `only("type", &["LIMIT"])` |
//! | a range of time | `Constraint::always().window(Window::between("startTime", "endTime").at_most(days(7)).reaches_back(days(90)))` |
//! | a weight | `1`, or `Weight::with(&[("symbol", 20)]).otherwise(50)` |
//! | a cap on calls | `CallCap::of(10).per(minutes(10))` |
//! | bounds of a parameter | `min = "1"`, `above = "0"`, `below = "now + 600s"`, `length = 1..=32` |
//! | a parameter that is gone | `RemovedParam::named("page").since("2026-10-28").doc("Number of a page.")` |
//! | how rows are walked | `Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).cap("limit").time("time")` |
//! | what to ask of a lost call | `Question::ask("GET /papi/v1/um/order").with(&[("symbol", "symbol")]).found(Retention::For(days(3)))` |
//!
//! [`violations`] applies constraints to what a request sends. Nothing here knows an endpoint, so that the generator can use
//! it too.

// What panics here stops the compilation of the endpoint that says it.
#![allow(clippy::missing_panics_doc)]
// What users run gets time, randomness and settings as parameters; clippy.toml names what is refused. Tests may take them.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "no user runs a test"))]

mod access;
mod check;
mod constraint;
mod cost;
mod decimal;
mod effect;
mod group;
mod invalid;
mod method;
mod nearest;
mod paging;
mod param;
mod question;
mod removed;
mod route;
mod schema;
mod span;
mod static_check;
mod timestamp;
mod value;
mod word_enum;

pub use access::Access;
pub use check::violations;
pub use constraint::{Condition, Constraint, Reach, Requirement, SpanLimit, State, When, Window, is, not_sent, sent};
pub use cost::{CallCap, Cost, Weight};
pub use decimal::{Decimal, decimal_at_start, exact_decimal};
pub use effect::Effect;
pub use group::Group;
pub use invalid::{Invalid, Violation, ViolationKind};
pub use method::Method;
pub use nearest::nearest;
pub use paging::{Paging, PagingWindow};
pub use param::{Bound, Kind, Limit, ParamInfo, RUNTIME_PARAMS};
pub use question::{Ask, EvidenceRule, Question, Retention, StateWords};
pub use removed::RemovedParam;
pub use route::{Retired, Route};
pub use schema::{Field, Schema};
pub use span::{Span, days, hours, minutes, months, seconds};
pub use static_check::{require_date, require_known, require_text};
pub use timestamp::Timestamp;
pub use value::{ParseValueError, Value};

/// The program of the package's own page.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;

//! Constructors and constraints that contradict the parameters they are about, as the generator refuses them in a spec. Each stops
//! compilation with one message, at the argument or the parameter that it is about.

use binance_papi::{OrderId, Pair, Side, Symbol, endpoint, reply};

/// A row.
#[reply]
pub struct Row {
    /// Exchange's number of the order.
    #[field("id")]
    pub id: OrderId,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct NoName {
    /// One.
    #[param("symbol name")]
    pub one: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
#[constructor(buy, doc = "Buys.", set(side = "BYE"))]
pub struct SetToNoWord {
    /// One.
    #[param("side")]
    pub side: Side,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().at_most_one(&["symbol", "pair"])],
    reply = Vec<Row>,
)]
pub struct AlreadyRequired {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[sent("symbol")]).need(&["pair"])],
    reply = Vec<Row>,
)]
pub struct AlwaysSent {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().together(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct OneAlone {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().need(&[])],
    reply = Vec<Row>,
)]
pub struct NoOne {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().forbid(&["symbol", "symbol"])],
    reply = Vec<Row>,
)]
pub struct ListedTwice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[]).need(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct NoCondition {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[is("side", &["BYE"])]).need(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct ConditionOfNoWord {
    /// Which way.
    #[param("side", words = ["BUY"])]
    pub side: Option<Side>,
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().only("side", &["SELL"])],
    reply = Vec<Row>,
)]
pub struct OnlyOfNoWord {
    /// Which way.
    #[param("side", words = ["BUY"])]
    pub side: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().window(Window::between("symbol", "pair"))],
    reply = Vec<Row>,
)]
pub struct WindowOfText {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
#[constructor(old, doc = "Old rows.", set(archived = "5"))]
pub struct SetToNoBool {
    /// Old rows.
    #[param("archived")]
    pub archived: bool,
}

fn main() {}

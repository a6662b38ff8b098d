//! What is said of a call and of the questions about it, and cannot be true, as the generator refuses it in a spec. Each stops
//! compilation with one message, at the argument or the parameter that it is about.

use binance_papi::{OrderId, Symbol, endpoint, reply};

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
    weight = Weight::with(&[("symbol", 1), ("symbol", 2)]).otherwise(40),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct WeighedTwice {
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
    caps = [CallCap::of(0)],
    reply = Vec<Row>,
)]
pub struct CapOfNone {
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
    orders = 1,
    reply = Vec<Row>,
)]
pub struct OrderThatReads {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::None,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    orders = 1,
    reply = Vec<Row>,
)]
pub struct OrderWithoutKey {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct EmptyPath {
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
    doc_url = "rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct NoPage {
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
    verified_on = "2026-13-01",
    reply = Vec<Row>,
)]
pub struct NoDay {
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
    retired = Retired::since("2026-04-28"),
    reply = Vec<Row>,
)]
pub struct RetiredForNothing {
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
    client_ids = ["limit"],
    reply = Vec<Row>,
)]
pub struct IdOfNumber {
    /// One.
    #[param("limit")]
    pub one: Option<u32>,
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
    settle = [Question::ask("GET /papi/v1/um/row").nothing_left()],
    reply = Vec<Row>,
)]
pub struct ReadThatSettles {
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
    shown_by = "GET /papi/v1/um/row",
    reply = Vec<Row>,
)]
pub struct ReadThatIsShown {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").nothing_left()],
    shown_by = "GET /papi/v1/um/row",
    reply = Vec<Row>,
)]
pub struct SettledAndShown {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").each("orders").nothing_left()],
    reply = Vec<Row>,
)]
pub struct EachOfNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").same(&[])],
    reply = Vec<Row>,
)]
pub struct SameAsNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [
        Question::ask("GET /papi/v1/um/row").state(StateWords::of("status").acted(&["NEW"]).open(&["NEW"])),
    ],
    reply = Vec<Row>,
)]
pub struct SortedTwice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

fn main() {}

//! Names of parameters that do not exist, texts that do not read, and ranges that are empty: each stops compilation with a
//! message that holds it.

use binance_papi::{Symbol, Timestamp, endpoint};

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "FETCH /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct Call {
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
    weight = Weight::with(&[("pair", 1)]).otherwise(40),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct WeightOf {
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
    weight = Weight::with(&[("symbol", 1)]),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct WeightOtherwise {
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
    client_ids = ["newClientOrderId"],
    reply = Vec<bool>,
)]
pub struct ClientIds {
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
    constraints = [Constraint::always().exactly_one(&["symbol", "symbl"])],
    reply = Vec<bool>,
)]
pub struct Group1 {
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
    constraints = [Constraint::when(&[is("type", &["LIMIT"])]).need(&["symbol"])],
    reply = Vec<bool>,
)]
pub struct When {
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
    constraints = [Constraint::always().only("side", &["BUY"])],
    reply = Vec<bool>,
)]
pub struct Only {
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
    constraints = [Constraint::always().window(Window::between("startTime", "endTim").at_most(days(7)))],
    reply = Vec<bool>,
)]
pub struct Ends {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    constraints = [
        Constraint::always()
            .window(Window::between("startTime", "endTime").reaches_back_unless(months(6), &[sent("archived")])),
    ],
    reply = Vec<bool>,
)]
pub struct Unless {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(1)).cap("limit"),
    row = bool,
    reply = Vec<bool>,
)]
pub struct Cap {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(1)).narrow_by(&["pair"]),
    row = bool,
    reply = Vec<bool>,
)]
pub struct NarrowBy {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    paging = Paging::by_key(&["id"])
        .window("startTime", "endTime", days(1))
        .narrow_by(&["symbol"])
        .names("/papi/v1/um/account"),
    row = bool,
    reply = Vec<bool>,
)]
pub struct Names {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    settle = [Question::ask("GTE /papi/v1/um/row").nothing_left()],
    reply = Vec<bool>,
)]
pub struct AskedCall {
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
    settle = [Question::ask("GET /papi/v1/um/row").with(&[("symbol", "symbl")]).nothing_left()],
    reply = Vec<bool>,
)]
pub struct AskedWith {
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
    settle = [Question::ask("GET /papi/v1/um/row").same(&[("price", "pric")])],
    reply = Vec<bool>,
)]
pub struct AskedSame {
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
    settle = [],
    reply = Vec<bool>,
)]
pub struct AsksNothing {
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
    shown_by = "/papi/v1/um/rows",
    reply = Vec<bool>,
)]
pub struct ShownBy {
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
    reply = Vec<bool>,
)]
pub struct Twice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// Again.
    #[param("symbol")]
    pub again: Option<Symbol>,
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
    reply = Vec<bool>,
)]
pub struct OfTheRuntime {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// The runtime's.
    #[param("recvWindow")]
    pub recv_window: Option<u32>,
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
    reply = Vec<bool>,
)]
pub struct BoundOfWords {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// How many.
    #[param("limit", max = "many")]
    pub limit: Option<u32>,
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
    reply = Vec<bool>,
)]
pub struct BoundOfSpan {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// When.
    #[param("time", above = "now + 7 days")]
    pub time: Option<Timestamp>,
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
    reply = Vec<bool>,
)]
pub struct Length {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// Which.
    #[param("pair", length = 5..=1)]
    pub pair: Option<Symbol>,
}

fn main() {}

//! Facts about one parameter that contradict each other or its type, as the generator refuses them in a spec. Each stops
//! compilation with one message, at the argument or the parameter that it is about.

use binance_papi::{OrderId, Side, Symbol, endpoint, reply};

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
pub struct MinAboveMax {
    /// One.
    #[param("limit", min = "10", max = "5")]
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
    reply = Vec<Row>,
)]
pub struct OpenAndClosed {
    /// One.
    #[param("limit", min = "5", below = "5")]
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
    reply = Vec<Row>,
)]
pub struct MinAndAbove {
    /// One.
    #[param("limit", min = "1", above = "1")]
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
    reply = Vec<Row>,
)]
pub struct BoundOfText {
    /// One.
    #[param("symbol", min = "1")]
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
pub struct NowOfNumber {
    /// One.
    #[param("limit", min = "now + 600s")]
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
    reply = Vec<Row>,
)]
pub struct FractionOfCount {
    /// One.
    #[param("limit", max = "1.5")]
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
    reply = Vec<Row>,
)]
pub struct DefaultOutside {
    /// One.
    #[param("limit", default = "500", max = "100")]
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
    reply = Vec<Row>,
)]
pub struct DefaultOfCount {
    /// One.
    #[param("limit", default = "-1")]
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
    reply = Vec<Row>,
)]
pub struct DefaultOfWords {
    /// One.
    #[param("side", default = "HOLD")]
    pub one: Option<Side>,
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
pub struct DefaultOfFewerWords {
    /// One.
    #[param("side", default = "SELL", words = ["BUY"])]
    pub one: Option<Side>,
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
pub struct DefaultOfBool {
    /// One.
    #[param("archived", default = "yes")]
    pub one: Option<bool>,
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
pub struct DefaultOfRequired {
    /// One.
    #[param("limit", default = "5")]
    pub one: u32,
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
pub struct WordOfAnother {
    /// One.
    #[param("side", words = ["BUY", "LONG"])]
    pub one: Option<Side>,
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
pub struct WordTwice {
    /// One.
    #[param("side", words = ["BUY", "BUY"])]
    pub one: Option<Side>,
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
pub struct WordsOfText {
    /// One.
    #[param("symbol", words = ["BTCUSDT"])]
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
pub struct LengthOfNumber {
    /// One.
    #[param("limit", length = 1..=5)]
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
    reply = Vec<Row>,
)]
pub struct CharsBackwards {
    /// One.
    #[param("symbol", chars = "z-a")]
    pub one: Option<Symbol>,
}

fn main() {}

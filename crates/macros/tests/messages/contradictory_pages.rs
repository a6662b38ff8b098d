//! What is said of the pages of a list, and cannot be true, as the generator refuses it in a spec. Each stops
//! compilation with one message, at the argument or the parameter that it is about.

use binance_papi::{OrderId, Symbol, Timestamp, endpoint, reply};

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
    paging = Paging::by_key(&["id"]),
    row = Row,
    reply = Vec<Row>,
)]
pub struct WalkedByNothing {
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).cap("symbol"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct CapOfText {
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
        .window("startTime", "endTime", days(7))
        .names("GET /papi/v1/um/account"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct NamesOfNothing {
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
    paging = Paging::by_key(&["orderId"]).window("startTime", "endTime", days(7)),
    row = Row,
    reply = Vec<Row>,
)]
pub struct KeyOfNoField {
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).time("id"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct TimeOfNoTime {
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)),
    row = Row,
    reply = Row,
)]
pub struct NoList {
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
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).rows("rows"),
    row = Row,
    reply = Row,
)]
pub struct RowsOfNoField {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

fn main() {}

//! Rules, weights, paging and ids that name parameters which do not exist.

use binance_papi::{Symbol, Timestamp, endpoint};

/// Rows.
#[endpoint(
    group = um,
    call = "GET /papi/v1/um/rows",
    access = USER_DATA,
    effect = read,
    weight(with pair = 1, otherwise = 40),
    page = "trade/Rows",
    checked = "2026-10-23",
    client_id(newClientOrderId),
    reply = Vec<bool>,
)]
#[rule(exactly_one(symbl, start_time))]
#[rule(when(symbol = LIMIT), need(symbol))]
#[rule(window(from = startTime, to = endTim, span = "7d", history = "90 days"))]
#[rule(exactly_two(symbol))]
#[rule(when(sent(symbol)))]
#[paging(cap = limit, row = bool, key(id), narow_by(symbol))]
pub struct Rows {
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

fn main() {}

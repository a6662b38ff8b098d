//! Questions about a lost call that do not make sense.

use binance_papi::{Price, Symbol, endpoint};

/// Rows.
#[endpoint(
    group = um,
    call = "POST /papi/v1/um/rows",
    access = TRADE,
    effect = once,
    weight = 1,
    page = "trade/Rows",
    checked = "2026-10-23",
    settle(
        ask(call = "GTE /papi/v1/um/row", with(symbol = symbl, time = price), nothing_left),
        ask(call = "GET /papi/v1/um/row", found(keeps = "3 days")),
        ask(call = "GET /papi/v1/um/row", found),
        ask(call = "GET /papi/v1/um/row", found(keep = "3d")),
        ask(with(symbol = symbol), nothing_left),
        ask(call = "GET /papi/v1/um/row"),
        ask(call = "GET /papi/v1/um/row", nothing_left, same(price = pric)),
        ask(call = "GET /papi/v1/um/row", same(price = pric), state(acted("DONE"), opened("NEW"))),
        ask(call = "GET /papi/v1/um/row", nothing_left(yes), sinse = time),
        ask(call = "GET /papi/v1/um/row", each = rows, with(rowId = rowNumber), nothing_left),
        aks(call = "GET /papi/v1/um/row"),
    ),
    shown_by = "/papi/v1/um/rows",
    reply = Vec<bool>,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Price.
    #[param("price")]
    pub price: Option<Price>,
}

/// Nothing.
#[endpoint(
    group = um, call = "POST /papi/v1/um/nothing", access = TRADE, effect = once, weight = 1,
    page = "trade/Nothing", checked = "2026-10-23", settle(), reply = bool,
)]
pub struct Nothing {}

fn main() {}

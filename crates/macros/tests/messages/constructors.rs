//! Constructors that contradict themselves or each other, and names that every request has already.

use binance_papi::{Side, Symbol, endpoint};

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
#[constructor(buy, doc = "Sets and takes.", set(side = "BUY"), take(side))]
#[constructor(symbol, doc = "As the setter.", take(side))]
#[constructor(sell, doc = "One.", take(side))]
#[constructor(sell, doc = "Two.", take(side))]
#[constructor(cost, doc = "As a method.", take(side))]
pub struct Rows {
    /// Which way.
    #[param("side")]
    pub side: Side,
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// A name that hides a method.
    #[param("check")]
    pub check: Option<bool>,
}

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
pub struct Undocumented {}

fn main() {}

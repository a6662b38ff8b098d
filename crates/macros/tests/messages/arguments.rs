//! Unknown, missing, repeated and misspelt arguments: all at once.

use binance_papi::{Symbol, endpoint};

/// Rows.
#[endpoint(
    groop = um,
    call = "FETCH /papi/v1/um/rows",
    access = USERDATA,
    access = TRADE,
    weight(with symbol = 1),
    orders = "one",
    page = "trade/Rows",
    checked = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

fn main() {}

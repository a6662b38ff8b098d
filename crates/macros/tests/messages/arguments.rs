//! Missing, repeated and malformed arguments: all at once.

use binance_papi::{Symbol, endpoint};

/// Rows.
#[endpoint(
    groop = Group::Um,
    access = Access::UserData,
    access = Access::Trade,
    weight,
    paging = Paging::by_key(&["id"]).cap("symbol"),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

fn main() {}

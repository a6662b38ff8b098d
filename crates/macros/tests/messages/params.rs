//! Fields that are no parameters, and parameters that are described wrongly.

use binance_papi::{Symbol, Timestamp, endpoint};

/// Rows.
#[endpoint(
    group = um,
    call = "GET /papi/v1/um/rows",
    access = USER_DATA,
    effect = read,
    weight = 1,
    page = "trade/Rows",
    checked = "2026-10-23",
    reply = Vec<bool>,
)]
#[form(of, doc = "Of a symbol.", take(limit))]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Again.
    #[param("symbol")]
    pub again: Option<Symbol>,
    #[param("limit", mim = "1", max = "many", length = "5")]
    pub limit: Option<u32>,
    /// Not annotated.
    pub extra: Option<u32>,
    /// The runtime's.
    #[param("recvWindow")]
    pub recv_window: Option<u32>,
    /// End.
    #[param(endTime)]
    pub end_time: Option<Timestamp>,
}

fn main() {}

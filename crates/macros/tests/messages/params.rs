//! Fields that are no parameters.

use binance_papi::{Symbol, Timestamp, endpoint};

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
#[constructor(of, doc = "Of a symbol.", take(limit, start_time, symbl))]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    #[param("limit")]
    pub limit: Option<u32>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Not annotated.
    pub extra: Option<u32>,
    /// End.
    #[param(endTime)]
    pub end_time: Option<Timestamp>,
}

fn main() {}

//! One mistake in a request that is used everywhere gives one message.

use binance_papi::{Endpoint, Symbol, Timestamp, endpoint};

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Raed,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<bool>,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// How many.
    #[param("limit")]
    pub limit: Option<u32>,
}

fn cost(request: &impl Endpoint<Reply = Vec<bool>>) -> u32 {
    request.cost().weight
}

fn main() {
    let rows = Rows::new("BTCUSDT").limit(5);
    let _ = rows.check(Timestamp::from_millis(0));
    let _ = cost(&rows) + cost(&rows.clone());
    let _ = (Rows::INFO, Rows::INFO.name);
}

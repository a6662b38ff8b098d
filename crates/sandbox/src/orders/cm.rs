//! Orders for COIN-M contracts, whose quantity is a number of contracts and whose value is in the base asset.

use super::book::Facts;
use super::market::{Deal, futures, meet};
use crate::routes::Request;
use crate::template::pair_of;
use papi_types::Decimal;

/// The worth of a contract in US dollars: 100 for those on Bitcoin, 10 for all others.
fn contract_size(pair: &str) -> Decimal {
    Decimal::from(if pair == "BTCUSD" { 100 } else { 10 })
}

/// The facts of a new order.
pub(super) fn facts(request: &Request<'_>) -> (Deal, Facts) {
    let deal = meet(request, request.text("quantity").unwrap_or("0"));
    let mut facts = futures(request, &deal);
    let pair = pair_of(request.text("symbol").unwrap_or_default());
    let worth = contract_size(pair).checked_mul(deal.filled()).and_then(|worth| worth.checked_div(deal.average));
    facts.set("cumBase", worth.unwrap_or_default().trunc_with_scale(8).normalize().to_string());
    facts.set("pair", pair);
    (deal, facts)
}

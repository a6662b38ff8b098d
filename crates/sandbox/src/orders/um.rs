//! Orders for USDⓈ-M contracts.

use super::book::Facts;
use super::market::{Deal, futures, meet};
use crate::routes::Request;

/// The facts of a new order.
pub(super) fn facts(request: &Request<'_>) -> (Deal, Facts) {
    let deal = meet(request, request.text("quantity").unwrap_or("0"));
    let mut facts = futures(request, &deal);
    facts.set("cumQuote", deal.filled().checked_mul(deal.average).unwrap_or_default().normalize().to_string());
    facts.set("pair", request.text("symbol").unwrap_or_default());
    (deal, facts)
}

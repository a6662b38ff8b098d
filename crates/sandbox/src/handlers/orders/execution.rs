//! How an order is executed at the market: at the reference price, or not at all.

use crate::account::{EXPIRED, FILLED, NEW};
use crate::instruments;
use crate::request::Request;
use papi_types::Decimal;

/// How an order was executed.
pub(super) struct Execution {
    pub(super) status: &'static str,
    /// The limit; 0 for orders without one.
    pub(super) price: String,
    /// The price of the fills; 0 without fills.
    pub(super) average: Decimal,
    /// Quantity filled, digit for digit as it was ordered.
    pub(super) executed: String,
}

impl Execution {
    /// Returns the quantity filled as a number.
    pub(super) fn filled(&self) -> Decimal {
        number(&self.executed).unwrap_or_default()
    }
}

pub(super) fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// Returns the price that orders of the request's symbol meet.
pub(super) fn market_price(request: &Request<'_>) -> Option<Decimal> {
    instruments::price(request.info.group, request.text("symbol")?)
}

/// Returns the limit price that was sent; the market's when the order takes its price from the book.
pub(super) fn limit(request: &Request<'_>) -> String {
    let price = request.text("price").map(str::to_owned).or_else(|| Some(market_price(request)?.to_string()));
    price.unwrap_or_else(|| "0".to_owned())
}

/// Executes an order for a quantity as far as its type and price allow.
pub(super) fn execute(request: &Request<'_>, quantity: &str) -> Execution {
    let order_type = request.text("type").unwrap_or_default();
    // These have no limit: they trade at the market's price, now or when they are set off.
    let price =
        if matches!(order_type, "MARKET" | "STOP_LOSS" | "TAKE_PROFIT") { "0".to_owned() } else { limit(request) };
    let status = match (order_type, request.text("timeInForce")) {
        ("MARKET", _) => FILLED,
        ("LIMIT", Some("IOC" | "FOK")) if reaches_market(request, &price) => FILLED,
        ("LIMIT", Some("IOC" | "FOK")) => EXPIRED,
        _ => NEW,
    };
    let filled_at = match status {
        FILLED if order_type == "MARKET" => market_price(request),
        FILLED => number(&price),
        _ => None,
    };
    let executed = if status == FILLED { quantity } else { "0" }.to_owned();
    Execution { status, price, average: filled_at.unwrap_or_default(), executed }
}

fn reaches_market(request: &Request<'_>, price: &str) -> bool {
    match (number(price), market_price(request)) {
        (Some(price), Some(market)) if request.text("side") == Some("SELL") => price <= market,
        (Some(price), Some(market)) => price >= market,
        _ => true,
    }
}

/// Returns when a GTD order is cancelled, in whole seconds; 0 for all other orders.
pub(super) fn good_till_date(request: &Request<'_>) -> i64 {
    match (request.text("timeInForce"), request.number("goodTillDate")) {
        (Some("GTD"), Some(millis)) => millis - millis.rem_euclid(1_000),
        _ => 0,
    }
}

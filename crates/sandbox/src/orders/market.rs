//! What becomes of an order when it meets the market.

use super::book::{EXPIRED, FILLED, Facts, NEW};
use crate::routes::Request;
use crate::venues;
use papi_types::Decimal;

/// How an order came away from the market.
pub(super) struct Deal {
    pub(super) status: &'static str,
    /// The limit; 0 for orders without one.
    pub(super) price: String,
    /// The price of the fills; 0 without fills.
    pub(super) average: Decimal,
    /// Quantity filled, digit for digit as it was ordered.
    pub(super) executed: String,
}

impl Deal {
    /// Quantity filled, to reckon with.
    pub(super) fn filled(&self) -> Decimal {
        number(&self.executed).unwrap_or_default()
    }
}

pub(super) fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// The price that orders of the request's symbol meet.
pub(super) fn market_price(request: &Request<'_>) -> Option<&'static str> {
    venues::price(request.info.group, request.text("symbol")?)
}

/// The limit price that was sent; the market's when the order is to take it from the book.
pub(super) fn limit(request: &Request<'_>) -> String {
    request.text("price").or_else(|| market_price(request)).unwrap_or("0").to_owned()
}

/// Brings an order for a quantity to the market.
pub(super) fn meet(request: &Request<'_>, quantity: &str) -> Deal {
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
        FILLED if order_type == "MARKET" => market_price(request).and_then(number),
        FILLED => number(&price),
        _ => None,
    };
    let executed = if status == FILLED { quantity } else { "0" }.to_owned();
    Deal { status, price, average: filled_at.unwrap_or_default(), executed }
}

fn reaches_market(request: &Request<'_>, price: &str) -> bool {
    match (number(price), market_price(request).and_then(number)) {
        (Some(price), Some(market)) if request.text("side") == Some("SELL") => price <= market,
        (Some(price), Some(market)) => price >= market,
        _ => true,
    }
}

/// The facts of UM and CM orders that are the same for both.
pub(super) fn futures(request: &Request<'_>, deal: &Deal) -> Facts {
    let mut facts = Facts::default();
    let text = |name: &str, otherwise: &'static str| request.text(name).unwrap_or(otherwise).to_owned();
    facts.set("origQty", text("quantity", "0"));
    facts.set("executedQty", &*deal.executed);
    facts.set("cumQty", &*deal.executed);
    facts.set("avgPrice", deal.average.to_string());
    facts.set("price", &*deal.price);
    facts.set("side", text("side", "BUY"));
    facts.set("positionSide", text("positionSide", "BOTH"));
    facts.set("reduceOnly", text("reduceOnly", "false"));
    facts.set("type", text("type", "LIMIT"));
    facts.set("origType", text("type", "LIMIT"));
    facts.set("timeInForce", text("timeInForce", "GTC"));
    facts.set("selfTradePreventionMode", text("selfTradePreventionMode", "EXPIRE_MAKER"));
    facts.set("priceMatch", text("priceMatch", "NONE"));
    facts.set("goodTillDate", good_till_date(request).to_string());
    facts.leave_out("modifyId");
    facts
}

/// When a GTD order is cancelled; only whole seconds count, and only for a GTD order.
pub(super) fn good_till_date(request: &Request<'_>) -> i64 {
    match (request.text("timeInForce"), request.number("goodTillDate")) {
        (Some("GTD"), Some(millis)) => millis - millis.rem_euclid(1_000),
        _ => 0,
    }
}

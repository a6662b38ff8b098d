//! Orders the account was given: accepted, remembered, and answered in the documented shape.
//!
//! There is no order book to trade against. A market order is filled at once; a limit order that ends at once by its
//! time in force is filled when its price reaches the symbol's reference price and expires otherwise; every other limit
//! order stays open. Any symbol is accepted; one without a reference price is always reached.

use crate::account::Account;
use crate::refusal::{DUPLICATE_CLIENT_ID, Refusal};
use crate::routes::{Request, json};
use papi_types::{Decimal, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// An order as the exchange remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlacedOrder {
    /// The caller's name for the order, or the exchange's when none was given.
    pub client_order_id: String,
    /// Quantity filled.
    #[serde(rename = "cumQty")]
    pub cumulated: String,
    /// Quantity filled; the exchange says it twice.
    #[serde(rename = "executedQty")]
    pub executed: String,
    /// Exchange's number of the order; beyond what a double can hold.
    pub order_id: i64,
    /// Quantity ordered, digit for digit as it was sent.
    #[serde(rename = "origQty")]
    pub quantity: String,
    /// Limit price, digit for digit as it was sent; 0 for market orders.
    pub price: String,
    /// Whether it can only reduce the position.
    pub reduce_only: bool,
    /// Which way it trades.
    pub side: String,
    /// The position it trades.
    pub position_side: String,
    /// Where the order stands.
    pub status: String,
    /// The contract.
    pub symbol: String,
    /// How long it stays on the book.
    pub time_in_force: String,
    /// Kind of order.
    #[serde(rename = "type")]
    pub order_type: String,
    /// Which order gives way when the account would trade with itself.
    pub self_trade_prevention_mode: String,
    /// When a GTD order is cancelled, in whole seconds; 0 for others.
    pub good_till_date: i64,
    /// When the order last changed.
    pub update_time: i64,
    /// Level of the order book that set the price.
    pub price_match: String,
}

/// Every order that was accepted, and how often each client id was.
#[derive(Debug, Default)]
pub(crate) struct OrderBook {
    accepted: Vec<PlacedOrder>,
    executions: BTreeMap<String, u64>,
}

/// Beyond 2^53, as real ones are: a client that reads ids as doubles shows here.
const FIRST_ORDER_ID: i64 = 4_611_875_134_427_365_377;

const NEW: &str = "NEW";
const FILLED: &str = "FILLED";
const EXPIRED: &str = "EXPIRED";

impl OrderBook {
    /// All orders, oldest first.
    pub(crate) fn accepted(&self) -> &[PlacedOrder] {
        &self.accepted
    }

    /// How many orders were accepted under each client id.
    pub(crate) fn executions(&self) -> &BTreeMap<String, u64> {
        &self.executions
    }

    /// A client id must be new among open orders only; that of a finished order may come again.
    fn has_open(&self, symbol: &str, client_order_id: &str) -> bool {
        self.accepted
            .iter()
            .any(|order| order.status == NEW && order.symbol == symbol && order.client_order_id == client_order_id)
    }

    fn next_number(&self) -> i64 {
        i64::try_from(self.accepted.len()).unwrap_or(i64::MAX)
    }

    fn accept(&mut self, order: PlacedOrder) {
        *self.executions.entry(order.client_order_id.clone()).or_default() += 1;
        self.accepted.push(order);
    }
}

/// `POST /papi/v1/um/order`.
pub(crate) fn place_um(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let book = &mut account.orders;
    let order = new_order(request, book.next_number(), now);
    if book.has_open(&order.symbol, &order.client_order_id) {
        return Err(DUPLICATE_CLIENT_ID.plain());
    }
    // An acknowledgement is written before the order meets the market, a result after it.
    let reply = match request.text("newOrderRespType") {
        Some("RESULT") => json(&order),
        _ => json(&acknowledged(&order)),
    }?;
    book.accept(order);
    Ok(reply)
}

fn acknowledged(order: &PlacedOrder) -> PlacedOrder {
    PlacedOrder { status: NEW.to_owned(), cumulated: "0".to_owned(), executed: "0".to_owned(), ..order.clone() }
}

fn new_order(request: &Request<'_>, number: i64, now: Timestamp) -> PlacedOrder {
    let text = |name: &str, otherwise: &str| request.text(name).unwrap_or(otherwise).to_owned();
    let (order_type, time_in_force) = (text("type", "LIMIT"), text("timeInForce", "GTC"));
    let symbol = text("symbol", "");
    let price = match order_type.as_str() {
        "MARKET" => "0".to_owned(),
        // With priceMatch the book gives the price.
        _ => text("price", reference_price(&symbol).unwrap_or("0")),
    };
    let status = match (order_type.as_str(), time_in_force.as_str()) {
        ("MARKET", _) => FILLED,
        (_, "IOC" | "FOK") if reaches_market(request, &symbol, &price) => FILLED,
        (_, "IOC" | "FOK") => EXPIRED,
        _ => NEW,
    };
    let quantity = text("quantity", "0");
    let executed = if status == FILLED { quantity.clone() } else { "0".to_owned() };
    PlacedOrder {
        client_order_id: text("newClientOrderId", &format!("sandbox-{}", number + 1)),
        cumulated: executed.clone(),
        executed,
        order_id: FIRST_ORDER_ID + number,
        quantity,
        price,
        reduce_only: text("reduceOnly", "false") == "true",
        side: text("side", "BUY"),
        position_side: text("positionSide", "BOTH"),
        status: status.to_owned(),
        symbol,
        good_till_date: match time_in_force.as_str() {
            // Only whole seconds count.
            "GTD" => request.number("goodTillDate").map_or(0, |millis| millis - millis.rem_euclid(1_000)),
            _ => 0,
        },
        time_in_force,
        order_type,
        self_trade_prevention_mode: text("selfTradePreventionMode", "EXPIRE_MAKER"),
        update_time: now.as_millis(),
        price_match: text("priceMatch", "NONE"),
    }
}

/// The prices around which the history of these symbols moves.
fn reference_price(symbol: &str) -> Option<&'static str> {
    match symbol {
        "BTCUSDT" => Some("68000.0"),
        "ETHUSDT" => Some("3200.00"),
        "SOLUSDT" => Some("150.0000"),
        "币安人生USDT" => Some("0.12345"),
        _ => None,
    }
}

fn reaches_market(request: &Request<'_>, symbol: &str, price: &str) -> bool {
    let number = |text: &str| text.parse::<Decimal>().ok();
    match (number(price), reference_price(symbol).and_then(number)) {
        (Some(price), Some(market)) if request.text("side") == Some("SELL") => price <= market,
        (Some(price), Some(market)) => price >= market,
        _ => true,
    }
}

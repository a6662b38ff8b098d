//! Orders as tests read them: what the exchange remembers, by the fields of a USDⓈ-M order.

use super::order::Order;
use super::order_kind::OrderKind;
use serde::Serialize;

/// An order as the exchange remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlacedOrder {
    /// The kind of order.
    #[serde(skip)]
    pub kind: OrderKind,
    /// The client id of the request, or the one that the exchange made when none was sent.
    pub client_order_id: String,
    /// Quantity filled.
    #[serde(rename = "cumQty")]
    pub cumulated: String,
    /// Quantity filled; the exchange has it twice.
    #[serde(rename = "executedQty")]
    pub executed: String,
    /// The exchange's number of the order; a double cannot hold it.
    pub order_id: i64,
    /// Quantity ordered, digit for digit as it was sent.
    #[serde(rename = "origQty")]
    pub quantity: String,
    /// Limit price, digit for digit as it was sent; 0 for market orders.
    pub price: String,
    /// Whether it can only reduce the position.
    pub reduce_only: bool,
    /// `BUY` or `SELL`.
    pub side: String,
    /// The position it trades.
    pub position_side: String,
    /// The status, such as `NEW`.
    pub status: String,
    /// The contract or symbol.
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

impl PlacedOrder {
    /// Returns the order as a test reads it. Fields that its kind of order does not have are empty.
    pub(super) fn new(order: &Order) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| order.field(name).known()).unwrap_or_default();
        let executed = order.text("executedQty");
        Self {
            kind: order.kind,
            client_order_id: order.client_id.clone(),
            cumulated: executed.clone(),
            executed,
            order_id: order.number,
            quantity: first(&["origQty", "quantity"]),
            price: order.text("price"),
            reduce_only: order.text("reduceOnly") == "true",
            side: order.text("side"),
            position_side: order.text("positionSide"),
            status: order.status.to_owned(),
            symbol: order.symbol.clone(),
            time_in_force: order.text("timeInForce"),
            order_type: first(&["type", "orderType", "strategyType"]),
            self_trade_prevention_mode: order.text("selfTradePreventionMode"),
            good_till_date: order.text("goodTillDate").parse().unwrap_or(0),
            update_time: order.updated.as_millis(),
            price_match: order.text("priceMatch"),
        }
    }
}

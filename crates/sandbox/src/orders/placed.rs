//! Orders as tests look at them: what the exchange remembers, in the words of a USDⓈ-M order.

use super::book::Order;
use super::kind::OrderKind;
use serde::Serialize;

/// An order as the exchange remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlacedOrder {
    /// The book it stands in.
    #[serde(skip)]
    pub kind: OrderKind,
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
    /// Facts that a kind of order does not have are empty.
    pub(super) fn new(order: &Order) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| order.fact(name).said()).unwrap_or_default();
        let executed = order.told("executedQty");
        Self {
            kind: order.kind,
            client_order_id: order.client_id.clone(),
            cumulated: executed.clone(),
            executed,
            order_id: order.number,
            quantity: first(&["origQty", "quantity"]),
            price: order.told("price"),
            reduce_only: order.told("reduceOnly") == "true",
            side: order.told("side"),
            position_side: order.told("positionSide"),
            status: order.status.to_owned(),
            symbol: order.symbol.clone(),
            time_in_force: order.told("timeInForce"),
            order_type: first(&["type", "orderType", "strategyType"]),
            self_trade_prevention_mode: order.told("selfTradePreventionMode"),
            good_till_date: order.told("goodTillDate").parse().unwrap_or(0),
            update_time: order.updated.as_millis(),
            price_match: order.told("priceMatch"),
        }
    }
}

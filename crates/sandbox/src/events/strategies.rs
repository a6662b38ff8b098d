//! Events of conditional orders for COIN-M contracts. None is ever set off here, so they begin and are cancelled.

use super::{flag, number, text, time};
use crate::account::{Account, FieldValue, Order};
use papi_types::Timestamp;
use papi_types::json::Json;

/// Tells the present state of a conditional order.
pub(super) fn changed(order: &Order, account: &mut Account, now: Timestamp) {
    let mut strategy: Vec<(&'static str, Json)> = vec![
        ("s", text(&order.symbol)),
        ("c", text(&order.client_id)),
        ("si", Json::number(order.number)),
        ("S", text(order.text("side"))),
        ("st", text(order.text("strategyType"))),
        ("f", text(order.text("timeInForce"))),
        ("q", number(order, "origQty")),
        ("p", number(order, "price")),
        ("sp", number(order, "stopPrice")),
        ("os", text(order.status)),
        ("T", time(order.placed)),
        ("ut", time(order.updated)),
        ("R", flag(order, "reduceOnly")),
        ("wt", text(order.text("workingType"))),
        ("ps", text(order.text("positionSide"))),
        ("cp", Json::bool(false)),
    ];
    for (name, field) in [("AP", "activatePrice"), ("cr", "priceRate")] {
        if let FieldValue::Known(value) = order.field(field) {
            strategy.push((name, text(value)));
        }
    }
    strategy.extend([("i", Json::number(0)), ("V", text("NONE")), ("gtd", Json::number(0))]);
    account.tell(&Json::object([
        ("e", text("CONDITIONAL_ORDER_TRADE_UPDATE")),
        ("T", time(now)),
        ("E", time(now)),
        ("fs", text("CM")),
        ("so", Json::object(strategy)),
    ]));
}

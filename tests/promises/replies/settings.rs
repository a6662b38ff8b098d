//! What an order reply only repeats of the request may be absent: it never costs the answer. Which order it is, where it
//! stands and its amounts are always there.

use super::{Reply, documented};
use serde_json::Value;
use std::collections::BTreeSet;

/// Settings of an order, which a reply gives back as the request had them.
const SETTINGS: [&str; 10] = [
    "algoType",
    "closePosition",
    "goodTillDate",
    "origType",
    "priceMatch",
    "priceProtect",
    "reduceOnly",
    "selfTradePreventionMode",
    "timeInForce",
    "workingType",
];

/// Takes a field out wherever it stands; whether it stood anywhere.
fn take_out(reply: &mut Value, field: &str) -> bool {
    match reply {
        Value::Array(elements) => elements.iter_mut().fold(false, |any, each| take_out(each, field) | any),
        Value::Object(fields) => {
            let here = fields.remove(field).is_some();
            fields.values_mut().fold(here, |any, each| take_out(each, field) | any)
        }
        _ => false,
    }
}

fn call(reply: &Reply) -> String {
    format!("{} {}", reply.info.method, reply.info.path)
}

#[test]
fn no_reply_needs_the_settings_of_an_order() {
    let mut calls = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for reply in documented() {
        let mut without_any: Value = serde_json::from_str(&reply.json).expect("an example");
        for setting in SETTINGS {
            let mut without: Value = serde_json::from_str(&reply.json).expect("an example");
            if take_out(&mut without, setting) {
                take_out(&mut without_any, setting);
                calls.insert(call(&reply));
                seen.insert(setting);
                Reply::new(&call(&reply), &without.to_string()).reads();
            }
        }
        Reply::new(&call(&reply), &without_any.to_string()).reads();
    }
    assert_eq!(seen.len(), SETTINGS.len(), "{seen:?}");
    assert!(calls.len() >= 35, "{calls:?}");
}

#[test]
fn an_order_is_read_without_the_level_that_sets_its_price() {
    let um = r#"{"orderId":8389765591234567890,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"x-7f3a",
        "price":"61250.10","origQty":"0.015","executedQty":"0","cumQty":"0","timeInForce":"GTC","type":"LIMIT",
        "reduceOnly":false,"side":"BUY","positionSide":"BOTH","updateTime":1791999999871,
        "selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0}"#;
    let cm = r#"{"orderId":98123456789,"symbol":"BTCUSD_PERP","pair":"BTCUSD","status":"NEW","clientOrderId":"x-7f3b",
        "price":"61250.1","origQty":"3","executedQty":"0","cumQty":"0","type":"LIMIT","side":"SELL",
        "positionSide":"BOTH","updateTime":1791999999871}"#;
    for method in ["POST", "GET", "PUT", "DELETE"] {
        Reply::new(&format!("{method} /papi/v1/um/order"), um).reads();
        Reply::new(&format!("{method} /papi/v1/cm/order"), cm).reads();
    }
    Reply::new("GET /papi/v1/um/openOrders", &format!("[{um}]")).reads();
    Reply::new("GET /papi/v1/cm/openOrders", &format!("[{cm}]")).reads();
}

#[test]
fn which_order_it_is_where_it_stands_and_its_amounts_are_always_there() {
    let plain = ["orderId", "clientOrderId", "symbol", "side", "positionSide", "type", "status", "updateTime"];
    let amounts = ["price", "origQty", "executedQty"];
    for call in ["POST /papi/v1/um/order", "GET /papi/v1/um/order", "POST /papi/v1/cm/order", "GET /papi/v1/cm/order"] {
        for field in plain.into_iter().chain(amounts) {
            Reply::to(call).without(field).is_refused();
        }
    }
    for field in ["algoId", "clientAlgoId", "symbol", "side", "positionSide", "orderType", "algoStatus", "quantity"] {
        Reply::to("GET /papi/v1/um/algo/algoOrder").without(field).is_refused();
    }
    for field in ["strategyId", "newClientStrategyId", "symbol", "side", "positionSide", "strategyType", "origQty"] {
        Reply::to("GET /papi/v1/cm/conditional/orderHistory").without(field).is_refused();
    }
    for field in ["orderId", "clientOrderId", "symbol", "side", "type", "status", "origQty", "executedQty"] {
        Reply::to("GET /papi/v1/margin/order").without(field).is_refused();
    }
}

#[test]
fn what_means_nothing_may_be_absent() {
    let account = Reply::to("GET /papi/v1/um/account");
    account.without("positions[].bidNotional").without("positions[].askNotional").reads();
    for kind in ["order", "trade", "income"] {
        Reply::to(&format!("GET /papi/v1/um/{kind}/asyn/id")).without("notified").reads();
    }
}

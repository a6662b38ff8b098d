//! Algo orders for USDⓈ-M contracts: accepted, and never set off.

use super::book::Facts;
use super::market::{good_till_date, limit};
use crate::routes::Request;

/// The facts of a new order; what does not belong to its type is empty or 0, as the page shows it.
pub(super) fn facts(request: &Request<'_>) -> Facts {
    let mut facts = Facts::default();
    for (name, otherwise) in [
        ("algoType", "CONDITIONAL"),
        ("side", "BUY"),
        ("positionSide", "BOTH"),
        ("timeInForce", "GTC"),
        ("quantity", "0"),
        ("triggerPrice", "0"),
        ("selfTradePreventionMode", "NONE"),
        ("workingType", "CONTRACT_PRICE"),
        ("priceMatch", "NONE"),
        ("closePosition", "false"),
        ("priceProtect", "false"),
        ("reduceOnly", "false"),
        ("activatePrice", ""),
        ("callbackRate", ""),
    ] {
        facts.set(name, request.text(name).unwrap_or(otherwise));
    }
    let order_type = request.text("type").unwrap_or_default();
    facts.set("orderType", order_type);
    let has_limit = matches!(order_type, "STOP" | "TAKE_PROFIT");
    facts.set("price", if has_limit { limit(request) } else { "0".to_owned() });
    facts.set("goodTillDate", good_till_date(request).to_string());
    for (name, before_it_is_set_off) in [("actualOrderId", ""), ("actualPrice", "0"), ("triggerTime", "0")] {
        facts.set(name, before_it_is_set_off);
    }
    facts
}

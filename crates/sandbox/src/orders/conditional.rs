//! Conditional orders for COIN-M contracts: accepted, and never set off.

use super::book::Facts;
use crate::routes::Request;
use crate::template::pair_of;

/// The facts of a new order.
pub(super) fn facts(request: &Request<'_>) -> Facts {
    let mut facts = Facts::default();
    for (name, otherwise) in [
        ("strategyType", "STOP"),
        ("side", "BUY"),
        ("positionSide", "BOTH"),
        ("timeInForce", "GTC"),
        ("price", "0"),
        ("stopPrice", "0"),
        ("workingType", "CONTRACT_PRICE"),
        ("priceProtect", "false"),
        ("reduceOnly", "false"),
        ("priceMatch", "NONE"),
    ] {
        facts.set(name, request.text(name).unwrap_or(otherwise));
    }
    facts.set("origQty", request.text("quantity").unwrap_or("0"));
    facts.set("pair", pair_of(request.text("symbol").unwrap_or_default()));
    // Fields of trailing orders; their parameters have other names.
    facts.put("activatePrice", request.text("activationPrice").map(str::to_owned));
    facts.put("priceRate", request.text("callbackRate").map(str::to_owned));
    // What it became, which is nothing until a price sets it off.
    for name in ["orderId", "status", "triggerTime", "type"] {
        facts.leave_out(name);
    }
    facts
}

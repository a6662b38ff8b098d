//! Conditional orders for COIN-M contracts: accepted, and never set off.

use crate::account::Fields;
use crate::instruments::pair_of;
use crate::request::Request;

/// Returns the fields of a new order.
pub(super) fn fields(request: &Request<'_>) -> Fields {
    let mut fields = Fields::default();
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
        fields.set(name, request.text(name).unwrap_or(otherwise));
    }
    fields.set("origQty", request.text("quantity").unwrap_or("0"));
    fields.set("pair", pair_of(request.text("symbol").unwrap_or_default()));
    // Fields of trailing orders; their parameters have other names.
    fields.put("activatePrice", request.text("activationPrice").map(str::to_owned));
    fields.put("priceRate", request.text("callbackRate").map(str::to_owned));
    // The order that it becomes when a price sets it off, which never happens here.
    for name in ["orderId", "status", "triggerTime", "type"] {
        fields.leave_out(name);
    }
    fields
}

//! Algo orders for USDⓈ-M contracts: accepted, and never set off.

use super::execution::{good_till_date, limit};
use crate::account::Fields;
use crate::request::Request;

/// Returns the fields of a new order; what does not belong to its type is empty or 0, as the page shows it.
pub(super) fn fields(request: &Request<'_>) -> Fields {
    let mut fields = Fields::default();
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
        fields.set(name, request.text(name).unwrap_or(otherwise));
    }
    let order_type = request.text("type").unwrap_or_default();
    fields.set("orderType", order_type);
    let has_limit = matches!(order_type, "STOP" | "TAKE_PROFIT");
    fields.set("price", if has_limit { limit(request) } else { "0".to_owned() });
    fields.set("goodTillDate", good_till_date(request).to_string());
    for (name, before_it_is_set_off) in [("actualOrderId", ""), ("actualPrice", "0"), ("triggerTime", "0")] {
        fields.set(name, before_it_is_set_off);
    }
    fields
}

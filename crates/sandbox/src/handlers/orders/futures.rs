//! Orders for USDⓈ-M and COIN-M contracts. The quantity of the latter is a number of contracts and their value is in
//! the base asset.

use super::execution::{execute, good_till_date};
use crate::account::Fields;
use crate::instruments::{contract_size, pair_of};
use crate::request::Request;
use papi_types::Group;

/// Returns the status and the fields of a new order.
pub(super) fn fields(request: &Request<'_>) -> (&'static str, Fields) {
    let execution = execute(request, request.text("quantity").unwrap_or("0"));
    let mut fields = Fields::default();
    let text = |name: &str, otherwise: &'static str| request.text(name).unwrap_or(otherwise).to_owned();
    fields.set("origQty", text("quantity", "0"));
    fields.set("executedQty", &*execution.executed);
    fields.set("cumQty", &*execution.executed);
    fields.set("avgPrice", execution.average.to_string());
    fields.set("price", &*execution.price);
    fields.set("side", text("side", "BUY"));
    fields.set("positionSide", text("positionSide", "BOTH"));
    fields.set("reduceOnly", text("reduceOnly", "false"));
    fields.set("type", text("type", "LIMIT"));
    fields.set("origType", text("type", "LIMIT"));
    fields.set("timeInForce", text("timeInForce", "GTC"));
    fields.set("selfTradePreventionMode", text("selfTradePreventionMode", "EXPIRE_MAKER"));
    fields.set("priceMatch", text("priceMatch", "NONE"));
    fields.set("goodTillDate", good_till_date(request).to_string());
    fields.leave_out("modifyId");
    let symbol = request.text("symbol").unwrap_or_default();
    if request.info.group == Group::Cm {
        let pair = pair_of(symbol);
        let worth = contract_size(pair).checked_mul(execution.filled());
        let worth = worth.and_then(|worth| worth.checked_div(execution.average)).unwrap_or_default();
        fields.set("cumBase", worth.trunc_with_scale(8).normalize().to_string());
        fields.set("pair", pair);
    } else {
        let value = execution.filled().checked_mul(execution.average).unwrap_or_default();
        fields.set("cumQuote", value.normalize().to_string());
        fields.set("pair", symbol);
    }
    (execution.status, fields)
}

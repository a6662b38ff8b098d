//! Cross margin orders. The account never has to borrow for one, so no reply shows a loan.

use super::execution::{execute, market_price, number};
use super::reply;
use crate::account::{FILLED, Fields, Order};
use crate::request::Request;
use papi_types::Decimal;
use papi_types::json::Json;

/// The fields of an acknowledgement.
const ACKNOWLEDGED: [&str; 4] = ["symbol", "orderId", "clientOrderId", "transactTime"];

/// Returns the status and the fields of a new order.
pub(super) fn fields(request: &Request<'_>) -> (&'static str, Fields) {
    let quantity = quantity(request);
    let execution = execute(request, &quantity);
    let value = execution.filled().checked_mul(execution.average).unwrap_or_default();
    let order_type = request.text("type").unwrap_or_default();
    let mut fields = terms(request, order_type, &quantity, &execution.price);
    fields.set("executedQty", &*execution.executed);
    fields.set("cummulativeQuoteQty", value.normalize().to_string());
    fields.set("stopPrice", request.text("stopPrice").unwrap_or("0"));
    fields.set("icebergQty", request.text("icebergQty").unwrap_or("0"));
    fields.set("timeInForce", request.text("timeInForce").unwrap_or("GTC"));
    fields.set("isWorking", if matches!(order_type, "LIMIT" | "LIMIT_MAKER") { "true" } else { "false" });
    (execution.status, fields)
}

/// Returns the fields that single orders and those of a list have in common, before any fill.
pub(super) fn terms(request: &Request<'_>, order_type: &str, quantity: &str, price: &str) -> Fields {
    let mut fields = Fields::default();
    fields.set("origQty", quantity);
    fields.set("executedQty", "0");
    fields.set("cummulativeQuoteQty", "0");
    fields.set("price", price);
    fields.set("type", order_type);
    fields.set("side", request.text("side").unwrap_or("BUY"));
    fields.set("selfTradePreventionMode", request.text("selfTradePreventionMode").unwrap_or("EXPIRE_MAKER"));
    for loan in ["marginBuyBorrowAmount", "marginBuyBorrowAsset"] {
        fields.leave_out(loan);
    }
    fields
}

/// Returns the quantity that was sent, or what the value sent buys at the market's price.
fn quantity(request: &Request<'_>) -> String {
    if let Some(quantity) = request.text("quantity") {
        return quantity.to_owned();
    }
    let value = request.text("quoteOrderQty").and_then(number).unwrap_or_default();
    let price = market_price(request).unwrap_or(Decimal::ONE);
    value.checked_div(price).unwrap_or_default().trunc_with_scale(8).normalize().to_string()
}

/// Returns as much of the placed order as was asked for; everything by default for orders that can trade at once.
pub(super) fn placed(request: &Request<'_>, example: &Json, order: &Order) -> Json {
    let otherwise = if matches!(request.text("type"), Some("LIMIT" | "MARKET")) { "FULL" } else { "ACK" };
    let detail = request.text("newOrderRespType").unwrap_or(otherwise);
    let Json::Object(mut fields) = reply::written(example, order) else { return example.clone() };
    match detail {
        "ACK" => fields.retain(|(name, _)| ACKNOWLEDGED.contains(&name.as_ref())),
        "FULL" => {
            for (_, value) in fields.iter_mut().filter(|(name, _)| name == "fills") {
                *value = Json::List(fill(value, request, order).into_iter().collect());
            }
        }
        _ => fields.retain(|(name, _)| name != "fills"),
    }
    Json::Object(fields)
}

/// Returns one fill of the whole quantity, without a fee.
fn fill(examples: &Json, request: &Request<'_>, order: &Order) -> Option<Json> {
    let mut fill = examples.rows().first().filter(|_| order.status == FILLED)?.clone();
    let limit = order.text("price");
    let price = if limit == "0" { market_price(request).unwrap_or_default().to_string() } else { limit };
    fill.replace("price", Json::text(price));
    fill.replace("qty", Json::text(order.text("executedQty")));
    fill.replace("commission", Json::text("0"));
    Some(fill)
}

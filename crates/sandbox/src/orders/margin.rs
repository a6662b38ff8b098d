//! Cross margin orders. The account never has to borrow for one, so no reply tells of a loan.

use super::book::{FILLED, Facts, Order};
use super::market::{Deal, market_price, meet, number};
use super::reply;
use crate::json::Json;
use crate::routes::Request;
use papi_types::Decimal;

/// All that an acknowledgement tells.
const ACKNOWLEDGED: [&str; 4] = ["symbol", "orderId", "clientOrderId", "transactTime"];

/// The facts of a new order.
pub(super) fn facts(request: &Request<'_>) -> (Deal, Facts) {
    let quantity = quantity(request);
    let deal = meet(request, &quantity);
    let value = deal.filled().checked_mul(deal.average).unwrap_or_default();
    let order_type = request.text("type").unwrap_or_default();
    let mut facts = terms(request, order_type, &quantity, &deal.price);
    facts.set("executedQty", &*deal.executed);
    facts.set("cummulativeQuoteQty", value.normalize().to_string());
    facts.set("stopPrice", request.text("stopPrice").unwrap_or("0"));
    facts.set("icebergQty", request.text("icebergQty").unwrap_or("0"));
    facts.set("timeInForce", request.text("timeInForce").unwrap_or("GTC"));
    facts.set("isWorking", if matches!(order_type, "LIMIT" | "LIMIT_MAKER") { "true" } else { "false" });
    (deal, facts)
}

/// What single orders and those of a list have in common, before any fill.
pub(super) fn terms(request: &Request<'_>, order_type: &str, quantity: &str, price: &str) -> Facts {
    let mut facts = Facts::default();
    facts.set("origQty", quantity);
    facts.set("executedQty", "0");
    facts.set("cummulativeQuoteQty", "0");
    facts.set("price", price);
    facts.set("type", order_type);
    facts.set("side", request.text("side").unwrap_or("BUY"));
    facts.set("selfTradePreventionMode", request.text("selfTradePreventionMode").unwrap_or("EXPIRE_MAKER"));
    for loan in ["marginBuyBorrowAmount", "marginBuyBorrowAsset"] {
        facts.leave_out(loan);
    }
    facts
}

/// The quantity sent, or what the value sent buys at the market's price.
fn quantity(request: &Request<'_>) -> String {
    if let Some(quantity) = request.text("quantity") {
        return quantity.to_owned();
    }
    let value = request.text("quoteOrderQty").and_then(number).unwrap_or_default();
    let price = market_price(request).and_then(number).unwrap_or(Decimal::ONE);
    value.checked_div(price).unwrap_or_default().trunc_with_scale(8).normalize().to_string()
}

/// As much of the placed order as was asked for: orders that can trade at once tell everything unless told otherwise.
pub(super) fn placed(request: &Request<'_>, example: &Json, order: &Order) -> Json {
    let otherwise = if matches!(request.text("type"), Some("LIMIT" | "MARKET")) { "FULL" } else { "ACK" };
    let detail = request.text("newOrderRespType").unwrap_or(otherwise);
    let Json::Object(mut fields) = reply::written(example, order) else { return example.clone() };
    match detail {
        "ACK" => fields.retain(|(name, _)| ACKNOWLEDGED.contains(&name.as_str())),
        "FULL" => {
            for (_, value) in fields.iter_mut().filter(|(name, _)| name == "fills") {
                *value = Json::List(fill(value, request, order).into_iter().collect());
            }
        }
        _ => fields.retain(|(name, _)| name != "fills"),
    }
    Json::Object(fields)
}

/// One fill of everything, without a fee.
fn fill(examples: &Json, request: &Request<'_>, order: &Order) -> Option<Json> {
    let mut fill = examples.rows().first().filter(|_| order.status == FILLED)?.clone();
    let limit = order.told("price");
    let price = if limit == "0" { market_price(request).unwrap_or("0") } else { &limit };
    fill.replace("price", Json::text(price));
    fill.replace("qty", Json::text(&order.told("executedQty")));
    fill.replace("commission", Json::text("0"));
    Some(fill)
}

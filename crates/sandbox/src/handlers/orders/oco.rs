//! OCO lists: two margin orders that cancel each other.

use super::change::{cancel_numbered, cancelled};
use super::{margin, reply};
use crate::account::{Account, NEW, Order, OrderKind, OrderList, Orders};
use crate::events;
use crate::refusal::{CANCEL_REJECTED, DUPLICATE_CLIENT_ID, NO_SUCH_ORDER, Refusal};
use crate::request::Request;
use crate::search::{ORDERS_KEPT, searched};
use papi_types::Timestamp;
use papi_types::json::Json;

/// Returns the example with the fields of an order list, and with those of its orders wherever the example shows
/// orders.
fn written(example: &Json, list: &OrderList, legs: &[Order], is_open: bool) -> Json {
    let Json::Object(fields) = example else { return example.clone() };
    let (status_type, status) = if is_open { ("EXEC_STARTED", "EXECUTING") } else { ("ALL_DONE", "ALL_DONE") };
    let shown = fields.iter().filter_map(|(name, value)| {
        let value = match name.as_ref() {
            "orderListId" => Json::number(list.number),
            "listStatusType" => Json::text(status_type),
            "listOrderStatus" => Json::text(status),
            "listClientOrderId" => Json::text(&list.client_id),
            "transactionTime" => Json::number(last_change(legs).map_or(0, Timestamp::as_millis)),
            "symbol" => Json::text(&list.symbol),
            "orders" | "orderReports" => {
                Json::List(value.rows().iter().zip(legs).map(|(row, leg)| reply::written(row, leg)).collect())
            }
            // No order makes a loan.
            "marginBuyBorrowAmount" | "marginBuyBorrowAsset" => return None,
            _ => value.clone(),
        };
        Some((name.clone(), value))
    });
    Json::Object(shown.collect())
}

fn written_now(example: &Json, list: &OrderList, orders: &Orders) -> Json {
    let legs: Vec<Order> = orders.of_list(list.number).cloned().collect();
    written(example, list, &legs, orders.is_list_open(list))
}

fn last_change<'a>(legs: impl IntoIterator<Item = &'a Order>) -> Option<Timestamp> {
    legs.into_iter().map(|leg| leg.updated).max()
}

/// Places a stop order and a limit order, in the order of the documented reply.
pub(crate) fn place(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = &mut account.orders;
    let (first, name) = orders.next();
    let list_number = i64::try_from(orders.lists.len()).unwrap_or(i64::MAX).saturating_add(1);
    let text = |name: &str| request.text(name).unwrap_or_default().to_owned();
    let named =
        |param: &str, otherwise: &str| request.text(param).map_or_else(|| format!("{name}-{otherwise}"), str::to_owned);
    let list = OrderList { number: list_number, client_id: named("listClientOrderId", "list"), symbol: text("symbol") };
    let leg = |number, client_id, fields| Order {
        kind: OrderKind::Margin,
        number,
        client_id,
        symbol: text("symbol"),
        status: NEW,
        placed: now,
        updated: now,
        hidden_until: None,
        list: Some(list_number),
        fields,
        amendments: Vec::new(),
    };
    let (stop_type, stop_limit) =
        request.text("stopLimitPrice").map_or(("STOP_LOSS", "0"), |price| ("STOP_LOSS_LIMIT", price));
    let quantity = text("quantity");
    let mut stop = margin::terms(request, stop_type, &quantity, stop_limit);
    stop.set("stopPrice", text("stopPrice"));
    stop.set("timeInForce", request.text("stopLimitTimeInForce").unwrap_or("GTC"));
    stop.set("icebergQty", request.text("stopIcebergQty").unwrap_or("0"));
    stop.set("isWorking", "false");
    let mut limit = margin::terms(request, "LIMIT_MAKER", &quantity, &text("price"));
    limit.set("stopPrice", "0");
    limit.set("timeInForce", "GTC");
    limit.set("icebergQty", request.text("limitIcebergQty").unwrap_or("0"));
    limit.set("isWorking", "true");
    let legs = [
        leg(first, named("stopClientOrderId", "stop"), stop),
        leg(first.saturating_add(1), named("limitClientOrderId", "limit"), limit),
    ];

    let is_taken = orders.lists.iter().any(|open| open.client_id == list.client_id && orders.is_list_open(open));
    if is_taken || legs[0].client_id == legs[1].client_id {
        return Err(DUPLICATE_CLIENT_ID.plain());
    }
    legs.iter().try_for_each(|leg| orders.check_client_id(leg))?;
    let reply = written(&request.example()?, &list, &legs, true);
    orders.lists.push(list);
    for leg in &legs {
        orders.accept(leg.clone());
    }
    for leg in &legs {
        events::placed(leg, account, now);
    }
    Ok(reply.to_string())
}

/// Answers with one list by number or client id, in any state.
pub(crate) fn one(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = &account.orders;
    let is_found =
        |list: &&OrderList| is_meant(request, list, "origClientOrderId") && !orders.is_list_hidden(list, now);
    let list = orders.lists.iter().rfind(is_found);
    let list = list.ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(written_now(&request.example()?, list, orders).to_string())
}

fn is_meant(request: &Request<'_>, list: &OrderList, name: &str) -> bool {
    request.sent("symbol").is_none_or(|symbol| symbol == list.symbol)
        && match (request.sent("orderListId"), request.sent(name)) {
            (Some(number), _) => number == list.number.to_string(),
            (None, sent) => sent == Some(&*list.client_id),
        }
}

/// Lists the order lists with an open order.
pub(crate) fn all_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = &account.orders;
    let is_known = |list: &&OrderList| orders.is_list_open(list) && !orders.is_list_hidden(list, now);
    listed(request, orders, orders.lists.iter().filter(is_known).collect())
}

/// Lists the order lists of a range of time, or from a number on.
pub(crate) fn all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = &account.orders;
    let from = request.number("fromId");
    let (first, last) =
        if from.is_some() { (ORDERS_KEPT.before(now), now) } else { searched(request, now, ORDERS_KEPT) };
    // The time of a list is that of its last change.
    let found = orders.lists.iter().filter(|list| {
        last_change(orders.of_list(list.number)).is_some_and(|changed| (first..=last).contains(&changed))
            && from.is_none_or(|from| list.number >= from)
            && !orders.is_list_hidden(list, now)
    });
    listed(request, orders, account.pages.page(found.collect(), request))
}

fn listed(request: &Request<'_>, orders: &Orders, lists: Vec<&OrderList>) -> Result<String, Refusal> {
    let example = request.example()?;
    let Some(row) = example.rows().first() else { return Ok(example.to_string()) };
    Ok(Json::List(lists.into_iter().map(|list| written_now(row, list, orders)).collect()).to_string())
}

/// Cancels both orders of a list.
pub(crate) fn cancel(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let orders = &account.orders;
    let list =
        orders.lists.iter().rfind(|list| orders.is_list_open(list) && is_meant(request, list, "listClientOrderId"));
    let number = list.ok_or_else(|| CANCEL_REJECTED.plain())?.number;
    let reply = cancel_list(number, &example, request, account, now).ok_or_else(|| CANCEL_REJECTED.plain())?;
    Ok(reply.to_string())
}

fn cancel_list(
    number: i64,
    example: &Json,
    request: &Request<'_>,
    account: &mut Account,
    now: Timestamp,
) -> Option<Json> {
    let legs: Vec<Order> = account.orders.of_list(number).cloned().collect();
    cancel_numbered(&legs.iter().map(|leg| leg.number).collect::<Vec<_>>(), request, account, now);
    let list = account.orders.lists.iter().find(|list| list.number == number)?;
    let shown: Vec<Order> = legs.iter().map(|leg| cancelled(leg, request, now)).collect();
    let mut reply = written(example, list, &shown, false);
    // The orders are named as they were placed; only the reports show the cancelling.
    let placed = written(example, list, &legs, false);
    if let Some(orders) = placed.get("orders") {
        reply.replace("orders", orders.clone());
    }
    Some(reply)
}

/// Cancels all open margin orders of a symbol: first those that are in no list, then the lists.
pub(crate) fn cancel_all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let is_list = |row: &&Json| row.get("contingencyType").is_some();
    let list_example = example.rows().iter().find(is_list);
    let order_example = example.rows().iter().find(|row| !is_list(row));
    let (Some(list_example), Some(order_example)) = (list_example, order_example) else {
        return Ok(example.to_string());
    };
    let symbol = request.text("symbol").unwrap_or_default();
    let orders = account.orders.of_kind(OrderKind::Margin);
    let open: Vec<Order> = orders.filter(|order| order.is_open() && order.symbol == symbol).cloned().collect();
    let single: Vec<&Order> = open.iter().filter(|order| order.list.is_none()).collect();
    let mut lists: Vec<i64> = open.iter().filter_map(|order| order.list).collect();
    lists.dedup();

    let mut rows: Vec<Json> =
        single.iter().map(|order| reply::written(order_example, &cancelled(order, request, now))).collect();
    cancel_numbered(&single.iter().map(|order| order.number).collect::<Vec<_>>(), request, account, now);
    rows.extend(lists.into_iter().filter_map(|list| cancel_list(list, list_example, request, account, now)));
    Ok(Json::List(rows).to_string())
}

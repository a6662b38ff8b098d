//! OCO lists: two margin orders of which one cancels the other.

use super::book::{NEW, Order, OrderBook};
use super::change::cancelled;
use super::find::KEPT;
use super::kind::OrderKind;
use super::{margin, reply};
use crate::account::Account;
use crate::json::Json;
use crate::refusal::{CANCEL_REJECTED, DUPLICATE_CLIENT_ID, NO_SUCH_ORDER, Refusal};
use crate::routes::Request;
use crate::windows::searched;
use papi_types::Timestamp;

/// A list of two orders, which are found in the book by its number.
#[derive(Debug, Clone)]
pub(super) struct OrderList {
    number: i64,
    client_id: String,
    symbol: String,
}

impl OrderList {
    fn is_open(&self, book: &OrderBook) -> bool {
        book.of_list(self.number).any(Order::is_open)
    }

    /// Whether queries and lists do not know it yet.
    fn is_hidden(&self, book: &OrderBook, now: Timestamp) -> bool {
        book.of_list(self.number).any(|leg| leg.is_hidden(now))
    }

    /// The example with the facts of the list, and those of its orders in each list of orders.
    fn written(&self, example: &Json, legs: &[Order], is_open: bool) -> Json {
        let Json::Object(fields) = example else { return example.clone() };
        let (last, stands) = if is_open { ("EXEC_STARTED", "EXECUTING") } else { ("ALL_DONE", "ALL_DONE") };
        let told = fields.iter().filter_map(|(name, value)| {
            let value = match name.as_str() {
                "orderListId" => Json::number(self.number),
                "listStatusType" => Json::text(last),
                "listOrderStatus" => Json::text(stands),
                "listClientOrderId" => Json::text(&self.client_id),
                "transactionTime" => Json::number(last_change(legs).map_or(0, Timestamp::as_millis)),
                "symbol" => Json::text(&self.symbol),
                "orders" | "orderReports" => {
                    Json::List(value.rows().iter().zip(legs).map(|(row, leg)| reply::written(row, leg)).collect())
                }
                // No order makes a loan.
                "marginBuyBorrowAmount" | "marginBuyBorrowAsset" => return None,
                _ => value.clone(),
            };
            Some((name.clone(), value))
        });
        Json::Object(told.collect())
    }

    fn in_book(&self, example: &Json, book: &OrderBook) -> Json {
        let legs: Vec<Order> = book.of_list(self.number).cloned().collect();
        self.written(example, &legs, self.is_open(book))
    }
}

fn last_change<'a>(legs: impl IntoIterator<Item = &'a Order>) -> Option<Timestamp> {
    legs.into_iter().map(|leg| leg.updated).max()
}

/// Places a stop order and a limit order, in the order of the documented reply.
pub(crate) fn place(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let book = &mut account.orders;
    let (first, name) = book.next();
    let list_number = i64::try_from(book.lists.len()).unwrap_or(i64::MAX).saturating_add(1);
    let text = |name: &str| request.text(name).unwrap_or_default().to_owned();
    let named =
        |param: &str, otherwise: &str| request.text(param).map_or_else(|| format!("{name}-{otherwise}"), str::to_owned);
    let list = OrderList { number: list_number, client_id: named("listClientOrderId", "list"), symbol: text("symbol") };
    let leg = |number, client_id, facts| Order {
        kind: OrderKind::Margin,
        number,
        client_id,
        symbol: text("symbol"),
        status: NEW,
        placed: now,
        updated: now,
        hidden_until: None,
        list: Some(list_number),
        facts,
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

    let is_taken = book.lists.iter().any(|open| open.client_id == list.client_id && open.is_open(book));
    if is_taken || legs[0].client_id == legs[1].client_id {
        return Err(DUPLICATE_CLIENT_ID.plain());
    }
    legs.iter().try_for_each(|leg| book.check_name(leg))?;
    let reply = list.written(&request.example()?, &legs, true);
    book.count_execution(&list.client_id);
    book.lists.push(list);
    for leg in legs {
        book.accept(leg);
    }
    Ok(reply.to_string())
}

/// One list by number or name, whatever became of it.
pub(crate) fn one(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let book = &account.orders;
    let is_found = |list: &&OrderList| is_meant(request, list, "origClientOrderId") && !list.is_hidden(book, now);
    let list = book.lists.iter().rfind(is_found);
    let list = list.ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(list.in_book(&request.example()?, book).to_string())
}

fn is_meant(request: &Request<'_>, list: &OrderList, name: &str) -> bool {
    request.sent("symbol").is_none_or(|symbol| symbol == list.symbol)
        && match (request.sent("orderListId"), request.sent(name)) {
            (Some(number), _) => number == list.number.to_string(),
            (None, sent) => sent == Some(&*list.client_id),
        }
}

/// All lists with an open order.
pub(crate) fn all_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let book = &account.orders;
    let is_known = |list: &&OrderList| list.is_open(book) && !list.is_hidden(book, now);
    listed(request, book, book.lists.iter().filter(is_known).collect())
}

/// The lists of a range of time, or from a number on.
pub(crate) fn all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let book = &account.orders;
    let from = request.number("fromId");
    let (first, last) = if from.is_some() { (KEPT.before(now), now) } else { searched(request, now, KEPT) };
    // Rows are told apart in time by their last change.
    let found = book.lists.iter().filter(|list| {
        last_change(book.of_list(list.number)).is_some_and(|changed| (first..=last).contains(&changed))
            && from.is_none_or(|from| list.number >= from)
            && !list.is_hidden(book, now)
    });
    listed(request, book, account.pages.page(found.collect(), request))
}

fn listed(request: &Request<'_>, book: &OrderBook, lists: Vec<&OrderList>) -> Result<String, Refusal> {
    let example = request.example()?;
    let Some(row) = example.rows().first() else { return Ok(example.to_string()) };
    Ok(Json::List(lists.into_iter().map(|list| list.in_book(row, book)).collect()).to_string())
}

/// Cancels both orders of a list.
pub(crate) fn cancel(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let book = &mut account.orders;
    let list = book.lists.iter().rfind(|list| list.is_open(book) && is_meant(request, list, "listClientOrderId"));
    let number = list.ok_or_else(|| CANCEL_REJECTED.plain())?.number;
    let reply = cancel_list(number, &example, request, book, now).ok_or_else(|| CANCEL_REJECTED.plain())?;
    Ok(reply.to_string())
}

fn cancel_list(
    number: i64,
    example: &Json,
    request: &Request<'_>,
    book: &mut OrderBook,
    now: Timestamp,
) -> Option<Json> {
    let legs: Vec<Order> = book.of_list(number).cloned().collect();
    book.cancel(&legs.iter().map(|leg| leg.number).collect::<Vec<_>>(), now);
    let list = book.lists.iter().find(|list| list.number == number)?;
    let told: Vec<Order> = legs.iter().map(|leg| cancelled(leg, request, now)).collect();
    let mut reply = list.written(example, &told, false);
    // The orders are named as they were placed; only the reports tell of the cancelling.
    let placed = list.written(example, &legs, false);
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
    let book = &mut account.orders;
    let symbol = request.text("symbol").unwrap_or_default();
    let open: Vec<Order> =
        book.of_kind(OrderKind::Margin).filter(|order| order.is_open() && order.symbol == symbol).cloned().collect();
    let single: Vec<&Order> = open.iter().filter(|order| order.list.is_none()).collect();
    let mut lists: Vec<i64> = open.iter().filter_map(|order| order.list).collect();
    lists.dedup();

    let mut rows: Vec<Json> =
        single.iter().map(|order| reply::written(order_example, &cancelled(order, request, now))).collect();
    book.cancel(&single.iter().map(|order| order.number).collect::<Vec<_>>(), now);
    rows.extend(lists.into_iter().filter_map(|list| cancel_list(list, list_example, request, book, now)));
    Ok(Json::List(rows).to_string())
}

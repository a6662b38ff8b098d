//! Queries: one order by number or client id, the open ones, all of a range of time, and amendments.

use super::reply;
use crate::account::{Account, Order, OrderKind, Orders};
use crate::refusal::{NO_SUCH_ORDER, Refusal};
use crate::request::Request;
use crate::search::{ORDERS_KEPT, searched};
use papi_types::Timestamp;
use papi_types::json::Json;

/// Returns whether a request is about an order. With both number and client id, the number counts.
pub(super) fn is_meant(request: &Request<'_>, order: &Order) -> bool {
    let names = order.kind.names();
    if request.sent("symbol").is_some_and(|symbol| symbol != order.symbol) {
        return false;
    }
    match (request.sent(names.number), request.sent(names.asked_client_id)) {
        (Some(number), _) => number == order.number.to_string(),
        (None, Some(name)) => name == order.client_id,
        (None, None) => false,
    }
}

/// Returns the order that a request is about. Where a client id was used again it is the latest.
fn meant<'a>(request: &Request<'_>, orders: &'a Orders, now: Timestamp) -> Option<&'a Order> {
    orders.known(OrderKind::of(request.info), now).filter(|order| is_meant(request, order)).last()
}

/// Answers with one order in any state, unless it ended too long ago.
pub(crate) fn one(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let kind = OrderKind::of(request.info);
    let is_found = |order: &&Order| {
        !order.is_forgotten(kind.found_unfilled(), now)
            && kind.found().is_none_or(|kept| order.placed >= kept.before(now))
            // This call is a history: another one finds orders that still wait.
            && !(kind == OrderKind::Conditional && order.is_open())
    };
    let order = meant(request, &account.orders, now).filter(is_found).ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(reply::written(&request.example()?, order).to_string())
}

/// Answers with one order that is still open.
pub(crate) fn one_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let order = meant(request, &account.orders, now).filter(|order| order.is_open());
    let order = order.ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(reply::written(&request.example()?, order).to_string())
}

/// Lists the open orders: all, or those of the symbol or pair that was sent.
pub(crate) fn all_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = account.orders.known(OrderKind::of(request.info), now);
    let open = orders.filter(|order| order.is_open() && request.params.iter().all(|param| has(order, param)));
    Ok(reply::listed(&request.example()?, open).to_string())
}

/// Returns whether an order has the value of a parameter. A parameter that is no field of orders matches all of them.
fn has(order: &Order, (name, sent): &(&str, &str)) -> bool {
    order.field(name).known().is_none_or(|field| field == *sent)
}

/// Lists the orders of a range of time, or from a number on, in any state.
pub(crate) fn all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let from_id = request.info.paging.and_then(|paging| paging.from_id);
    let from = from_id.and_then(|name| request.number(name));
    // A request for orders from a number on searches everything that is kept.
    let (first, last) =
        if from.is_some() { (ORDERS_KEPT.before(now), now) } else { searched(request, now, ORDERS_KEPT) };
    let kind = OrderKind::of(request.info);
    let found = account
        .orders
        .known(kind, now)
        .filter(|order| !order.is_forgotten(kind.listed_unfilled(), now))
        .filter(|order| (first..=last).contains(&order.placed))
        .filter(|order| from.is_none_or(|from| order.number >= from))
        .filter(|order| {
            request.params.iter().filter(|(name, _)| Some(*name) != from_id).all(|param| has(order, param))
        });
    let found = account.pages.page(found.collect(), request);
    Ok(reply::listed(&request.example()?, found).to_string())
}

/// Lists the amendments of an order, oldest first.
pub(crate) fn amendments(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let order = meant(request, &account.orders, now).ok_or_else(|| NO_SUCH_ORDER.plain())?;
    let example = request.example()?;
    let Some(row) = example.rows().first() else { return Ok(example.to_string()) };
    let (first, last) = searched(request, now, ORDERS_KEPT);
    let rows = (1..)
        .zip(&order.amendments)
        .filter(|(_, amendment)| (first..=last).contains(&amendment.time))
        .map(|(count, amendment)| reply::amended(row, order, amendment, count));
    Ok(Json::List(account.pages.page(rows.collect(), request)).to_string())
}

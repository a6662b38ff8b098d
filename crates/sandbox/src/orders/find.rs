//! Asking: for one order by number or name, for the open ones, for all of a range of time, and for amendments.

use super::book::{Order, OrderBook};
use super::kind::OrderKind;
use super::reply;
use crate::account::Account;
use crate::json::Json;
use crate::refusal::{NO_SUCH_ORDER, Refusal};
use crate::routes::Request;
use crate::windows::searched;
use papi_types::{Span, Timestamp};

/// How far back orders are found where the rules do not say.
pub(super) const KEPT: Span = papi_types::spec::days(90);

/// Whether a request is about an order. With number and name the number counts.
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

/// The order that a request is about. Where a name was used again it is the latest.
fn meant<'a>(request: &Request<'_>, book: &'a OrderBook, now: Timestamp) -> Option<&'a Order> {
    book.known(OrderKind::of(request.info), now).filter(|order| is_meant(request, order)).last()
}

/// One order, whatever became of it, unless that is too long ago.
pub(crate) fn one(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let kind = OrderKind::of(request.info);
    let is_found = |order: &&Order| {
        !order.is_forgotten(kind.found_unfilled(), now)
            && kind.found().is_none_or(|kept| order.placed >= kept.before(now))
            // This call is a history: what still waits has another.
            && !(kind == OrderKind::Conditional && order.is_open())
    };
    let order = meant(request, &account.orders, now).filter(is_found).ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(reply::written(&request.example()?, order).to_string())
}

/// One order that is still open.
pub(crate) fn one_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let order = meant(request, &account.orders, now).filter(|order| order.is_open());
    let order = order.ok_or_else(|| NO_SUCH_ORDER.plain())?;
    Ok(reply::written(&request.example()?, order).to_string())
}

/// All open orders, of one symbol or pair where that was sent.
pub(crate) fn all_open(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let orders = account.orders.known(OrderKind::of(request.info), now);
    let open = orders.filter(|order| order.is_open() && request.params.iter().all(|param| has(order, param)));
    Ok(reply::listed(&request.example()?, open).to_string())
}

/// Whether an order has the value of a parameter; parameters that are no facts select nothing.
fn has(order: &Order, (name, sent): &(&str, &str)) -> bool {
    order.fact(name).said().is_none_or(|fact| fact == *sent)
}

/// The orders of a range of time, or from a number on, whatever became of them.
pub(crate) fn all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let from_id = request.info.paging.and_then(|paging| paging.from_id);
    let from = from_id.and_then(|name| request.number(name));
    // Whoever asks from a number on asks for what came after it, whenever that was.
    let (first, last) = if from.is_some() { (KEPT.before(now), now) } else { searched(request, now, KEPT) };
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

/// The amendments of an order, oldest first.
pub(crate) fn amendments(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let order = meant(request, &account.orders, now).ok_or_else(|| NO_SUCH_ORDER.plain())?;
    let example = request.example()?;
    let Some(row) = example.rows().first() else { return Ok(example.to_string()) };
    let (first, last) = searched(request, now, KEPT);
    let rows = (1..)
        .zip(&order.amendments)
        .filter(|(_, amendment)| (first..=last).contains(&amendment.time))
        .map(|(count, amendment)| reply::amended(row, order, amendment, count));
    Ok(Json::List(account.pages.page(rows.collect(), request)).to_string())
}

//! Changing: an open order gets another price and quantity, or is cancelled.

use super::book::{Amendment, CANCELED, Order};
use super::find::is_meant;
use super::kind::OrderKind;
use super::{market, reply};
use crate::account::Account;
use crate::refusal::{CANCEL_REJECTED, NO_SUCH_ORDER, Refusal};
use crate::routes::Request;
use papi_types::Timestamp;

/// Amends an open order.
pub(crate) fn amend(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let number = account.orders.next_amendment();
    let order = account
        .orders
        .of_kind_mut(OrderKind::of(request.info))
        .rfind(|order| order.is_open() && is_meant(request, order))
        .ok_or_else(|| NO_SUCH_ORDER.plain())?;
    let (price, quantity) = (market::limit(request), request.text("quantity").unwrap_or("0").to_owned());
    let modify_id = request.sent("modifyId").map(str::to_owned);
    order.amendments.push(Amendment {
        number,
        time: now,
        price: (order.told("price"), price.clone()),
        quantity: (order.told("origQty"), quantity.clone()),
        modify_id: modify_id.clone(),
    });
    order.updated = now;
    order.facts.set("price", price);
    order.facts.set("origQty", quantity);
    order.facts.set("priceMatch", request.text("priceMatch").unwrap_or("NONE"));
    let mut told = order.clone();
    told.facts.put("modifyId", modify_id);
    Ok(reply::written(&example, &told).to_string())
}

/// Cancels an open order. An order of a list takes the others of the list with it.
pub(crate) fn cancel(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let kind = OrderKind::of(request.info);
    let order = account.orders.of_kind(kind).filter(|order| order.is_open() && is_meant(request, order)).last();
    let order = order.ok_or_else(|| CANCEL_REJECTED.plain())?;
    let (number, told) = (order.number, cancelled(order, request, now));
    account.orders.cancel(&[number], now);
    Ok(reply::written(&example, &told).to_string())
}

/// An order as the reply to its cancelling tells of it. On margin the cancelling has a name of its own.
pub(super) fn cancelled(order: &Order, request: &Request<'_>, now: Timestamp) -> Order {
    let mut told = Order { status: CANCELED, updated: now, ..order.clone() };
    if order.kind == OrderKind::Margin {
        let name = request.sent("newClientOrderId").map_or_else(|| format!("cancel-{}", order.number), str::to_owned);
        told.facts.set("origClientOrderId", std::mem::replace(&mut told.client_id, name));
    }
    told
}

/// Cancels all open orders of a symbol.
pub(crate) fn cancel_all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let symbol = request.text("symbol").unwrap_or_default();
    let orders = account.orders.of_kind(OrderKind::of(request.info));
    let open: Vec<i64> =
        orders.filter(|order| order.is_open() && order.symbol == symbol).map(|order| order.number).collect();
    account.orders.cancel(&open, now);
    Ok(request.example()?.to_string())
}

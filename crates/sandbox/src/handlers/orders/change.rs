//! Changing: an open order gets another price and quantity, or is cancelled.

use super::find::is_meant;
use super::{execution, reply};
use crate::account::{Account, Amendment, CANCELED, Order, OrderKind};
use crate::events::{self, Change};
use crate::refusal::{CANCEL_REJECTED, NO_SUCH_ORDER, Refusal};
use crate::request::Request;
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
    let (price, quantity) = (execution::limit(request), request.text("quantity").unwrap_or("0").to_owned());
    let modify_id = request.sent("modifyId").map(str::to_owned);
    order.amendments.push(Amendment {
        number,
        time: now,
        price: (order.text("price"), price.clone()),
        quantity: (order.text("origQty"), quantity.clone()),
        modify_id: modify_id.clone(),
    });
    order.updated = now;
    order.fields.set("price", price);
    order.fields.set("origQty", quantity);
    order.fields.set("priceMatch", request.text("priceMatch").unwrap_or("NONE"));
    let mut shown = order.clone();
    shown.fields.put("modifyId", modify_id);
    events::changed(&shown, Change::Amended, account, now);
    Ok(reply::written(&example, &shown).to_string())
}

/// Cancels an open order. The other orders of its list are cancelled with it.
pub(crate) fn cancel(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let example = request.example()?;
    let kind = OrderKind::of(request.info);
    let order = account.orders.of_kind(kind).filter(|order| order.is_open() && is_meant(request, order)).last();
    let order = order.ok_or_else(|| CANCEL_REJECTED.plain())?;
    let (number, shown) = (order.number, cancelled(order, request, now));
    cancel_numbered(&[number], request, account, now);
    Ok(reply::written(&example, &shown).to_string())
}

/// Cancels open orders by their numbers, and tells it.
pub(super) fn cancel_numbered(numbers: &[i64], request: &Request<'_>, account: &mut Account, now: Timestamp) {
    for order in account.orders.cancel(numbers, now) {
        events::changed(&cancelled(&order, request, now), Change::Cancelled, account, now);
    }
}

/// Returns an order as the reply to its cancellation shows it. On margin the cancellation has a client id of its own.
pub(super) fn cancelled(order: &Order, request: &Request<'_>, now: Timestamp) -> Order {
    let mut shown = Order { status: CANCELED, updated: now, ..order.clone() };
    if order.kind == OrderKind::Margin {
        let name = request.sent("newClientOrderId").map_or_else(|| format!("cancel-{}", order.number), str::to_owned);
        shown.fields.set("origClientOrderId", std::mem::replace(&mut shown.client_id, name));
    }
    shown
}

/// Cancels all open orders of a symbol.
pub(crate) fn cancel_all(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let symbol = request.text("symbol").unwrap_or_default();
    let orders = account.orders.of_kind(OrderKind::of(request.info));
    let open: Vec<i64> =
        orders.filter(|order| order.is_open() && order.symbol == symbol).map(|order| order.number).collect();
    cancel_numbered(&open, request, account, now);
    Ok(request.example()?.to_string())
}

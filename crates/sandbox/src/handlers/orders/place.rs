//! Placing: an order of any kind is built from its request, checked against the open ones, remembered and answered.

use super::{algo, conditional, futures, margin, reply};
use crate::account::{Account, NEW, Order, OrderKind};
use crate::events;
use crate::refusal::Refusal;
use crate::request::Request;
use papi_types::Timestamp;

/// Places one order.
pub(crate) fn place(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let kind = OrderKind::of(request.info);
    let (status, fields) = match kind {
        OrderKind::Um | OrderKind::Cm => futures::fields(request),
        OrderKind::Margin => margin::fields(request),
        OrderKind::Algo => (NEW, algo::fields(request)),
        OrderKind::Conditional => (NEW, conditional::fields(request)),
    };
    let orders = &mut account.orders;
    let (number, name) = orders.next();
    let order = Order {
        kind,
        number,
        client_id: request.text(kind.names().new_client_id).map_or(name, str::to_owned),
        symbol: request.text("symbol").unwrap_or_default().to_owned(),
        status,
        placed: now,
        updated: now,
        hidden_until: None,
        list: None,
        fields,
        amendments: Vec::new(),
    };
    orders.check_client_id(&order)?;
    let example = request.example()?;
    let reply = match (kind, request.text("newOrderRespType")) {
        (OrderKind::Margin, _) => margin::placed(request, &example, &order),
        (_, Some("RESULT")) => reply::written(&example, &order),
        _ => reply::written(&example, &acknowledged(&order)),
    };
    orders.accept(order.clone());
    events::placed(&order, account, now);
    Ok(reply.to_string())
}

/// Returns a futures order as an acknowledgement shows it: as it was before it was executed.
fn acknowledged(order: &Order) -> Order {
    let mut order = Order { status: NEW, ..order.clone() };
    for name in ["executedQty", "cumQty", "avgPrice", "cumQuote", "cumBase"] {
        if order.fields.has(name) {
            order.fields.set(name, "0");
        }
    }
    order
}

//! Placing: an order of any kind is built from its request, checked against the open ones, remembered and answered.

use super::book::{NEW, Order};
use super::kind::OrderKind;
use super::{algo, cm, conditional, margin, reply, um};
use crate::account::Account;
use crate::refusal::Refusal;
use crate::routes::Request;
use papi_types::Timestamp;

/// Places one order.
pub(crate) fn place(request: &Request<'_>, account: &mut Account, now: Timestamp) -> Result<String, Refusal> {
    let kind = OrderKind::of(request.info);
    let (status, facts) = match kind {
        OrderKind::Um => {
            let (deal, facts) = um::facts(request);
            (deal.status, facts)
        }
        OrderKind::Cm => {
            let (deal, facts) = cm::facts(request);
            (deal.status, facts)
        }
        OrderKind::Margin => {
            let (deal, facts) = margin::facts(request);
            (deal.status, facts)
        }
        OrderKind::Algo => (NEW, algo::facts(request)),
        OrderKind::Conditional => (NEW, conditional::facts(request)),
    };
    let book = &mut account.orders;
    let (number, name) = book.next();
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
        facts,
        amendments: Vec::new(),
    };
    book.check_name(&order)?;
    let example = request.example()?;
    let reply = match (kind, request.text("newOrderRespType")) {
        (OrderKind::Margin, _) => margin::placed(request, &example, &order),
        (_, Some("RESULT")) => reply::written(&example, &order),
        _ => reply::written(&example, &acknowledged(&order)),
    };
    book.accept(order);
    Ok(reply.to_string())
}

/// A futures order as an acknowledgement tells of it, which is written before it meets the market.
fn acknowledged(order: &Order) -> Order {
    let mut order = Order { status: NEW, ..order.clone() };
    for name in ["executedQty", "cumQty", "avgPrice", "cumQuote", "cumBase"] {
        if order.facts.has(name) {
            order.facts.set(name, "0");
        }
    }
    order
}

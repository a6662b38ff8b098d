//! What the user data stream tells: an event for each change of the account, in the order in which the exchange was
//! seen to tell them. Handlers call this when they have changed the account.
//!
//! The texts are made here from the documented examples and from what was seen on the wire, where the two differ: an
//! order event of Portfolio Margin has no `ot`, and the break-even price is a number.

mod forced;
mod futures;
mod margin;
mod strategies;
mod system;

pub(crate) use forced::forced;
pub(crate) use futures::leverage_set;
pub(crate) use margin::liability_changed;
pub(crate) use system::{key_expired, made_up, of_many, risk_level, server_shutdown};

use crate::account::{Account, Order, OrderKind};
use papi_types::json::Json;
use papi_types::{Decimal, Timestamp};

/// How an open order changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Amended,
    Cancelled,
}

/// Tells that an order was accepted, and what became of it at once.
pub(crate) fn placed(order: &Order, account: &mut Account, now: Timestamp) {
    match order.kind {
        OrderKind::Um | OrderKind::Cm => futures::placed(order, account, now),
        OrderKind::Margin => margin::placed(order, account, now),
        OrderKind::Conditional => strategies::changed(order, account, now),
        // The exchange was seen to tell neither the placing nor the cancelling of an algo order.
        OrderKind::Algo => {}
    }
}

/// Tells that an open order changed. A cancelled margin order has the client id of its cancellation.
pub(crate) fn changed(order: &Order, change: Change, account: &mut Account, now: Timestamp) {
    match order.kind {
        OrderKind::Um | OrderKind::Cm => futures::changed(order, change, account, now),
        OrderKind::Margin => margin::cancelled(order, account, now),
        OrderKind::Conditional => strategies::changed(order, account, now),
        OrderKind::Algo => {}
    }
}

impl Account {
    fn tell(&mut self, event: &Json) {
        self.untold.push(event.to_string());
    }
}

fn text(text: impl Into<String>) -> Json {
    Json::text(text)
}

fn time(time: Timestamp) -> Json {
    Json::number(time.as_millis())
}

fn decimal(value: Decimal) -> Json {
    Json::text(value.normalize().to_string())
}

/// Returns a field of an order; 0 where it is empty, which it is where a number was not sent.
fn number(order: &Order, name: &str) -> Json {
    let value = order.text(name);
    Json::text(if value.is_empty() { "0".to_owned() } else { value })
}

/// Returns a field that is `true` or `false`.
fn flag(order: &Order, name: &str) -> Json {
    Json::bool(order.text(name) == "true")
}

//! Every order and order list that was accepted, and what became of it.

use super::kind::OrderKind;
use super::market::number;
use super::oco::OrderList;
use super::placed::PlacedOrder;
use crate::refusal::{DUPLICATE_CLIENT_ID, Refusal};
use papi_types::{Span, Timestamp};
use std::collections::BTreeMap;

pub(super) const NEW: &str = "NEW";
pub(super) const FILLED: &str = "FILLED";
pub(super) const EXPIRED: &str = "EXPIRED";
pub(super) const CANCELED: &str = "CANCELED";

/// Beyond 2^53, as real ones are: a client that reads ids as doubles shows here.
const FIRST_ORDER_ID: i64 = 4_611_875_134_427_365_377;

/// An order of any kind. What it shares with all others has a place here; the rest are facts by their wire names.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) kind: OrderKind,
    pub(super) number: i64,
    pub(super) client_id: String,
    pub(super) symbol: String,
    pub(super) status: &'static str,
    pub(super) placed: Timestamp,
    pub(super) updated: Timestamp,
    /// Until when queries and lists do not know it.
    pub(super) hidden_until: Option<Timestamp>,
    /// The order list it belongs to.
    pub(super) list: Option<i64>,
    pub(super) facts: Facts,
    pub(super) amendments: Vec<Amendment>,
}

/// What is true of an order, by wire name. A field without a value is left out of replies.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(Vec<(&'static str, Option<String>)>);

/// A change of an open order, as `(before, after)`.
#[derive(Debug, Clone)]
pub(super) struct Amendment {
    pub(super) number: i64,
    pub(super) time: Timestamp,
    pub(super) price: (String, String),
    pub(super) quantity: (String, String),
    pub(super) modify_id: Option<String>,
}

/// What is known of one field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// It has this value.
    Is(String),
    /// Replies about this order do not have the field.
    LeftOut,
    /// The order has no say in it.
    Unknown,
}

impl Fact {
    /// The value, if there is one.
    pub(super) fn said(self) -> Option<String> {
        match self {
            Self::Is(value) => Some(value),
            Self::LeftOut | Self::Unknown => None,
        }
    }
}

impl Facts {
    fn get(&self, name: &str) -> Fact {
        match self.0.iter().find(|(each, _)| *each == name) {
            Some((_, Some(value))) => Fact::Is(value.clone()),
            Some((_, None)) => Fact::LeftOut,
            None => Fact::Unknown,
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(each, _)| *each == name)
    }

    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.put(name, Some(value.into()));
    }

    /// Leaves the field out of replies.
    pub(super) fn leave_out(&mut self, name: &'static str) {
        self.put(name, None);
    }

    pub(super) fn put(&mut self, name: &'static str, value: Option<String>) {
        match self.0.iter_mut().find(|(each, _)| *each == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }
}

impl Order {
    pub(super) fn is_open(&self) -> bool {
        self.status == NEW
    }

    /// Whether queries and lists do not know it yet.
    pub(super) fn is_hidden(&self, now: Timestamp) -> bool {
        self.hidden_until.is_some_and(|until| now < until)
    }

    /// Whether it ended without a fill more than so long ago, counted from when it was placed.
    pub(super) fn is_forgotten(&self, kept: Option<Span>, now: Timestamp) -> bool {
        let was_filled = number(&self.told("executedQty")).is_some_and(|filled| !filled.is_zero());
        matches!(self.status, CANCELED | EXPIRED)
            && !was_filled
            && kept.is_some_and(|kept| self.placed < kept.before(now))
    }

    /// What a field of a reply says of the order.
    pub(super) fn fact(&self, field: &str) -> Fact {
        let names = self.kind.names();
        let known = match field {
            "symbol" => self.symbol.clone(),
            "updateTime" => self.updated.as_millis().to_string(),
            "transactTime" => self.placed.as_millis().to_string(),
            "orderListId" => self.list.unwrap_or(-1).to_string(),
            _ if field == names.number => self.number.to_string(),
            _ if field == names.client_id => self.client_id.clone(),
            _ if field == names.status => self.status.to_owned(),
            _ if field == names.placed => self.placed.as_millis().to_string(),
            _ => return self.facts.get(field),
        };
        Fact::Is(known)
    }

    /// What a field says, or nothing.
    pub(super) fn told(&self, field: &str) -> String {
        self.fact(field).said().unwrap_or_default()
    }
}

/// All orders, and how often each client id was accepted.
#[derive(Debug, Default)]
pub(crate) struct OrderBook {
    orders: Vec<Order>,
    pub(super) lists: Vec<OrderList>,
    executions: BTreeMap<String, u64>,
    amendments: i64,
}

impl OrderBook {
    /// All orders, oldest first.
    pub(crate) fn accepted(&self) -> Vec<PlacedOrder> {
        self.orders.iter().map(PlacedOrder::new).collect()
    }

    /// How many orders were accepted under each client id.
    pub(crate) fn executions(&self) -> &BTreeMap<String, u64> {
        &self.executions
    }

    /// How many orders there are.
    pub(crate) fn count(&self) -> usize {
        self.orders.len()
    }

    /// Keeps the orders that came after the first so many from queries and lists for a while.
    pub(crate) fn hide_since(&mut self, count: usize, until: Timestamp) {
        for order in self.orders.iter_mut().skip(count) {
            order.hidden_until = Some(until);
        }
    }

    /// Whether an order for a futures contract, plain or waiting, is open.
    pub(crate) fn has_open_futures(&self) -> bool {
        self.orders.iter().any(|order| order.is_open() && order.kind != OrderKind::Margin)
    }

    /// The orders of a kind that queries and lists know, oldest first.
    pub(super) fn known(&self, kind: OrderKind, now: Timestamp) -> impl Iterator<Item = &Order> {
        self.of_kind(kind).filter(move |order| !order.is_hidden(now))
    }

    /// The orders of a kind, oldest first.
    pub(super) fn of_kind(&self, kind: OrderKind) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.kind == kind)
    }

    pub(super) fn of_kind_mut(&mut self, kind: OrderKind) -> impl DoubleEndedIterator<Item = &mut Order> {
        self.orders.iter_mut().filter(move |order| order.kind == kind)
    }

    /// The orders of a list.
    pub(super) fn of_list(&self, list: i64) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.list == Some(list))
    }

    /// The number of the next order, and the name it gets when the caller has none.
    pub(super) fn next(&self) -> (i64, String) {
        let count = i64::try_from(self.orders.len()).unwrap_or(i64::MAX);
        (FIRST_ORDER_ID.saturating_add(count), format!("sandbox-{}", count.saturating_add(1)))
    }

    pub(super) fn next_amendment(&mut self) -> i64 {
        self.amendments += 1;
        self.amendments
    }

    /// A client id must be new among open orders only; that of a finished order may come again.
    pub(super) fn check_name(&self, order: &Order) -> Result<(), Refusal> {
        let is_same = |open: &Order| {
            open.client_id == order.client_id && (!order.kind.is_named_by_symbol() || open.symbol == order.symbol)
        };
        let is_taken = self.of_kind(order.kind).any(|open| open.is_open() && is_same(open));
        if is_taken { Err(DUPLICATE_CLIENT_ID.plain()) } else { Ok(()) }
    }

    pub(super) fn accept(&mut self, order: Order) {
        self.count_execution(&order.client_id);
        self.orders.push(order);
    }

    pub(super) fn count_execution(&mut self, client_id: &str) {
        *self.executions.entry(client_id.to_owned()).or_default() += 1;
    }

    /// Ends open orders, and with each all others of its list.
    pub(super) fn cancel(&mut self, numbers: &[i64], now: Timestamp) {
        let lists: Vec<i64> =
            self.orders.iter().filter(|order| numbers.contains(&order.number)).filter_map(|order| order.list).collect();
        let is_meant =
            |order: &Order| numbers.contains(&order.number) || order.list.is_some_and(|list| lists.contains(&list));
        for order in self.orders.iter_mut().filter(|order| order.is_open() && is_meant(order)) {
            order.status = CANCELED;
            order.updated = now;
            order.facts.set("isWorking", "false");
        }
    }
}

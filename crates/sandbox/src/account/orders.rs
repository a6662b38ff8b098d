//! Every order and order list that was accepted, and its state.

use super::order::{CANCELED, Order, OrderList};
use super::order_kind::OrderKind;
use super::placed_order::PlacedOrder;
use crate::refusal::{DUPLICATE_CLIENT_ID, Refusal};
use papi_types::Timestamp;
use std::collections::BTreeMap;

/// Above 2^53, as real ids are: a test then shows when a client reads ids as doubles.
const FIRST_ORDER_ID: i64 = 4_611_875_134_427_365_377;

/// All orders and order lists.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    accepted: Vec<Order>,
    pub(crate) lists: Vec<OrderList>,
    amendments: i64,
}

impl Orders {
    /// Returns all orders, oldest first.
    pub(crate) fn accepted(&self) -> Vec<PlacedOrder> {
        self.accepted.iter().map(PlacedOrder::new).collect()
    }

    /// Returns how many orders and order lists were accepted under each client id.
    pub(crate) fn executions(&self) -> BTreeMap<String, u64> {
        let mut executions = BTreeMap::new();
        let lists = self.lists.iter().map(|list| &list.client_id);
        for client_id in self.accepted.iter().map(|order| &order.client_id).chain(lists) {
            *executions.entry(client_id.clone()).or_default() += 1;
        }
        executions
    }

    /// Returns the number of orders.
    pub(crate) fn count(&self) -> usize {
        self.accepted.len()
    }

    /// Hides all orders but the first `count` from queries and lists until an instant.
    pub(crate) fn hide_since(&mut self, count: usize, until: Timestamp) {
        for order in self.accepted.iter_mut().skip(count) {
            order.hidden_until = Some(until);
        }
    }

    /// Returns whether an order for a futures contract is open, conditional and algo orders included.
    pub(crate) fn has_open_futures(&self) -> bool {
        self.accepted.iter().any(|order| order.is_open() && order.kind != OrderKind::Margin)
    }

    /// Returns the orders of a kind that queries and lists know, oldest first.
    pub(crate) fn known(&self, kind: OrderKind, now: Timestamp) -> impl Iterator<Item = &Order> {
        self.of_kind(kind).filter(move |order| !order.is_hidden(now))
    }

    /// Returns the orders of a kind, oldest first.
    pub(crate) fn of_kind(&self, kind: OrderKind) -> impl Iterator<Item = &Order> {
        self.accepted.iter().filter(move |order| order.kind == kind)
    }

    pub(crate) fn of_kind_mut(&mut self, kind: OrderKind) -> impl DoubleEndedIterator<Item = &mut Order> {
        self.accepted.iter_mut().filter(move |order| order.kind == kind)
    }

    /// Returns the orders of a list.
    pub(crate) fn of_list(&self, list: i64) -> impl Iterator<Item = &Order> {
        self.accepted.iter().filter(move |order| order.list == Some(list))
    }

    /// Returns whether an order of the list is open.
    pub(crate) fn is_list_open(&self, list: &OrderList) -> bool {
        self.of_list(list.number).any(Order::is_open)
    }

    /// Returns whether queries and lists do not know the list yet.
    pub(crate) fn is_list_hidden(&self, list: &OrderList, now: Timestamp) -> bool {
        self.of_list(list.number).any(|order| order.is_hidden(now))
    }

    /// Returns the number of the next order, and the client id it gets when the request has none.
    pub(crate) fn next(&self) -> (i64, String) {
        let count = i64::try_from(self.accepted.len()).unwrap_or(i64::MAX);
        (FIRST_ORDER_ID.saturating_add(count), format!("sandbox-{}", count.saturating_add(1)))
    }

    pub(crate) fn next_amendment(&mut self) -> i64 {
        self.amendments += 1;
        self.amendments
    }

    /// Refuses an order whose client id is that of an open order. The client id of a finished order may be used again.
    pub(crate) fn check_client_id(&self, order: &Order) -> Result<(), Refusal> {
        let is_same = |open: &Order| {
            open.client_id == order.client_id && (!order.kind.is_named_by_symbol() || open.symbol == order.symbol)
        };
        let is_taken = self.of_kind(order.kind).any(|open| open.is_open() && is_same(open));
        if is_taken { Err(DUPLICATE_CLIENT_ID.plain()) } else { Ok(()) }
    }

    pub(crate) fn accept(&mut self, order: Order) {
        self.accepted.push(order);
    }

    /// Cancels open orders, and with each the others of its list. Returns all that were cancelled, oldest first.
    pub(crate) fn cancel(&mut self, numbers: &[i64], now: Timestamp) -> Vec<Order> {
        let lists: Vec<i64> = self
            .accepted
            .iter()
            .filter(|order| numbers.contains(&order.number))
            .filter_map(|order| order.list)
            .collect();
        let is_meant =
            |order: &Order| numbers.contains(&order.number) || order.list.is_some_and(|list| lists.contains(&list));
        let open = self.accepted.iter_mut().filter(|order| order.is_open() && is_meant(order));
        open.map(|order| {
            order.status = CANCELED;
            order.updated = now;
            order.fields.set("isWorking", "false");
            order.clone()
        })
        .collect()
    }
}

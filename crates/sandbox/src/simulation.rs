//! The exchange without sockets, for programs that are built with `--cfg papi_simulation`: one request at a given moment, and
//! what it really did.

use crate::account::PlacedOrder;
use crate::answer::{CONTENT_TYPE, JSON, ORDER_COUNT};
use crate::auth::{Credentials, DEMO_KEY, DEMO_SECRET};
use crate::call::Call;
use crate::exchange::Exchange;
use crate::meter::Limits;
use crate::pages::{Pages, RowOrder, Selection};
use crate::raw_request::RawRequest;
use crate::rows::GivenRows;
use papi_types::{Method, Timestamp};
use std::time::Duration;

/// An exchange in the same process, with the demo account.
#[derive(Debug)]
pub struct SimulatedExchange(Exchange);

/// A request as it arrives.
#[derive(Debug, Clone)]
pub struct ArrivedRequest {
    /// The method.
    pub method: Method,
    /// The path from the root.
    pub path: String,
    /// The query, with its signature.
    pub query: String,
    /// The API key of its header.
    pub key: Option<String>,
    /// The fault that it meets, by the words of `x-sandbox-fault`.
    pub fault: Option<String>,
    /// How long queries do not find the order that it places.
    pub reveal_after: Option<Duration>,
}

/// The answer to a request, and what the request did.
#[derive(Debug, Clone)]
pub struct Handled {
    /// The HTTP status.
    pub status: u16,
    /// Names and values of its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: String,
    /// Whether something was placed, amended, cancelled or set.
    pub executed: bool,
    /// The weight that was counted.
    pub weight: u64,
    /// The orders that were counted.
    pub orders: u32,
}

impl SimulatedExchange {
    /// Returns an exchange with these limits and given rows. The seed decides all other rows.
    ///
    /// # Panics
    ///
    /// Never: the demo key has the format of a key.
    pub fn new(
        limits: Limits,
        seed: u64,
        rows: GivenRows,
        selection: Option<Selection>,
        order: Option<RowOrder>,
    ) -> Self {
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("a key of the right format");
        let mut exchange = Exchange::new(credentials, limits, seed);
        exchange.account.given_rows = rows;
        exchange.account.pages = Pages::new(seed, selection, order);
        Self(exchange)
    }

    /// Handles a request at a moment of the exchange's time.
    pub fn handle(&mut self, request: &ArrivedRequest, now: Timestamp) -> Handled {
        let raw = RawRequest {
            method: request.method.to_string(),
            path: request.path.clone(),
            query: request.query.clone(),
            key: request.key.clone(),
            fault: request.fault.clone(),
            ..RawRequest::default()
        };
        let executed_before = self.0.requests.executed(&raw.method, &raw.path);
        let (weight_before, placed_before) = (self.0.meter.usage.total_weight, self.0.account.orders.count());
        let answer = self.0.answer(&raw, now);
        if let Some(span) = request.reveal_after {
            self.0.account.orders.hide_since(placed_before, now.plus(span));
        }
        let counts_orders = answer.headers.iter().any(|(name, _)| name == ORDER_COUNT);
        let order_cost = Call::of(&raw).info.map_or(0, |info| info.order_cost);
        let mut headers: Vec<_> = answer.headers.into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
        if !headers.iter().any(|(name, _)| name == CONTENT_TYPE) {
            headers.push((CONTENT_TYPE.to_owned(), JSON.to_owned()));
        }
        Handled {
            status: answer.status,
            headers,
            body: answer.body,
            executed: self.0.requests.executed(&raw.method, &raw.path) > executed_before,
            weight: self.0.meter.usage.total_weight - weight_before,
            orders: if counts_orders { order_cost } else { 0 },
        }
    }

    /// Counts weight that others at the same address use.
    pub fn spend_by_others(&mut self, weight: u32, now: Timestamp) {
        // Others who ask for too much are refused as everybody is, which is of no interest here.
        let _ = self.0.meter.charge(weight, now);
    }

    /// Bans the address.
    pub fn ban(&mut self, until: Timestamp) {
        self.0.meter.ban(until);
    }

    /// Returns the orders that it accepted, oldest first.
    pub fn orders(&self) -> Vec<PlacedOrder> {
        self.0.account.orders.accepted()
    }
}

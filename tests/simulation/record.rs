//! The exchange's own record: each request that arrived, and what it did. The oracle reads nothing else of the exchange.

use crate::clocks::Steady;
use binance_papi::Method;
use papi_runtime::simulation::SentRequest;
use std::collections::BTreeSet;

/// Names a call that acts: what it does to which order. No two calls of a run share one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    Place {
        id: String,
    },
    /// To which price, because each amendment of a run has a price of its own.
    Amend {
        id: String,
        price: String,
    },
    Cancel {
        id: String,
    },
}

/// One life of a process: it ends with the process's death, and the next one begins with what is on the disk.
pub(crate) type Life = usize;

/// Whether a message came from its sender, or from the network that had it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copy {
    Original,
    Duplicate,
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) sent_at: Steady,
    pub(crate) at: Steady,
    /// How long its sender was going to wait.
    pub(crate) timeout: Steady,
    pub(crate) copy: Copy,
    pub(crate) act: Option<Act>,
    pub(crate) executed: bool,
    pub(crate) weight: u64,
    pub(crate) orders: u64,
}

/// A message that left a process.
#[derive(Debug, Clone)]
pub(crate) struct Departure {
    pub(crate) at: Steady,
    pub(crate) life: Life,
    pub(crate) path: String,
    pub(crate) act: Option<Act>,
    pub(crate) intent: IntentOnDisk,
}

/// Whether the intent of a message was durable when it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntentOnDisk {
    /// Its process keeps no intents of such calls.
    NotKept,
    Durable,
    Missing,
}

/// An answer that told a process to stay away.
#[derive(Debug, Clone)]
pub(crate) struct Closing {
    pub(crate) at: Steady,
    /// How long, in milliseconds.
    pub(crate) length: Steady,
}

/// All that the exchange and the network know.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) departures: Vec<Departure>,
    pub(crate) closings: Vec<Closing>,
    /// When this machine's clock was set, and by how many milliseconds.
    pub(crate) host_jumps: Vec<(Steady, i64)>,
}

impl Record {
    /// Returns how many orders were sent, each counted once.
    pub(crate) fn orders_sent(&self) -> u64 {
        let acts = self.departures.iter().filter_map(|departure| departure.act.as_ref());
        let orders: BTreeSet<_> = acts.filter(|act| matches!(act, Act::Place { .. })).collect();
        orders.len() as u64
    }

    /// Returns how often a call was executed on its sender's own account.
    pub(crate) fn executions(&self, act: &Act) -> usize {
        let own = |arrival: &&Arrival| arrival.copy == Copy::Original && arrival.executed;
        self.arrivals.iter().filter(own).filter(|arrival| arrival.act.as_ref() == Some(act)).count()
    }
}

/// Returns the value of a parameter. Nothing that is looked for here needs percent-decoding.
pub(crate) fn param<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(each, _)| *each == name).map(|(_, value)| value)
}

/// Returns what a request is to do, when it is one of an order.
pub(crate) fn act(request: &SentRequest) -> Option<Act> {
    act_of(request.method, &request.path, &request.query)
}

/// Returns what a call is to do, when it is one of an order.
pub(crate) fn act_of(method: Method, path: &str, query: &str) -> Option<Act> {
    if !path.ends_with("/order") {
        return None;
    }
    let text = |name| param(query, name).map(str::to_owned);
    match method {
        Method::Post => text("newClientOrderId").or_else(|| text("clientAlgoId")).map(|id| Act::Place { id }),
        Method::Put => Some(Act::Amend { id: text("origClientOrderId")?, price: text("price")? }),
        Method::Delete => text("origClientOrderId").or_else(|| text("clientAlgoId")).map(|id| Act::Cancel { id }),
        Method::Get => None,
    }
}

/// Returns the id of the order that a request asks for.
pub(crate) fn asked_for(request: &SentRequest) -> Option<String> {
    let asks = request.method == Method::Get && ["/order", "/algoOrder"].iter().any(|end| request.path.ends_with(end));
    let text = |name| param(&request.query, name).map(str::to_owned);
    text("origClientOrderId").or_else(|| text("clientAlgoId")).filter(|_| asks)
}

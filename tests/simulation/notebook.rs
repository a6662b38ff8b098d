//! What a process writes down before it acts, so that its next life knows what to ask about. It stands for the records that every
//! program with orders keeps.

use crate::plan::Memory;
use crate::record::Act;
use binance_papi::{Endpoint, Pending, Price, Quantity, Side, TimeInForce, Timestamp, cm, margin, um};
use papi_tests::NOON;
use std::collections::VecDeque;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is traded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Market {
    Um,
    Cm,
    Margin,
    Algo,
}

/// A call that is going to be made, or was: the request, and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) act: Act,
    pub(crate) request: Arc<dyn Endpoint>,
}

impl Intent {
    /// Returns the intent to place an order: a limit order that rests, or one that trades at once. Algo orders always rest.
    pub(crate) fn place(market: Market, id: &str, price: Option<&str>) -> Self {
        let gtc = TimeInForce::Gtc;
        let limit = price.map(decimal::<Price>);
        let request: Arc<dyn Endpoint> = match (market, limit) {
            (Market::Um, Some(price)) => {
                let order = um::NewOrder::limit("BTCUSDT", Side::Buy, quantity(), price, gtc);
                Arc::new(order.new_client_order_id(id))
            }
            (Market::Um, None) => {
                Arc::new(um::NewOrder::market("BTCUSDT", Side::Buy, quantity()).new_client_order_id(id))
            }
            (Market::Cm, Some(price)) => {
                let order = cm::NewOrder::limit("BTCUSD_PERP", Side::Buy, decimal::<Quantity>("1"), price, gtc);
                Arc::new(order.new_client_order_id(id))
            }
            (Market::Cm, None) => {
                let order = cm::NewOrder::market("BTCUSD_PERP", Side::Buy, decimal::<Quantity>("1"));
                Arc::new(order.new_client_order_id(id))
            }
            (Market::Margin, Some(price)) => {
                let order = margin::NewOrder::limit("BTCUSDT", Side::Buy, quantity(), price, gtc);
                Arc::new(order.new_client_order_id(id))
            }
            (Market::Margin, None) => {
                Arc::new(margin::NewOrder::market("BTCUSDT", Side::Buy, quantity()).new_client_order_id(id))
            }
            (Market::Algo, price) => {
                let trigger = price.unwrap_or_else(|| decimal("90000"));
                let order = um::NewAlgoOrder::stop_market("BTCUSDT", Side::Buy, quantity(), trigger);
                Arc::new(order.client_algo_id(id))
            }
        };
        Self { act: Act::Place { id: id.to_owned() }, request }
    }

    /// Returns the intent to give a USDⓈ-M order another price.
    pub(crate) fn amend(id: &str, price: &str) -> Self {
        let amend = um::AmendOrder::to_price("BTCUSDT", Side::Buy, quantity(), decimal::<Price>(price));
        let act = Act::Amend { id: id.to_owned(), price: price.to_owned() };
        Self { act, request: Arc::new(amend.orig_client_order_id(id)) }
    }

    pub(crate) fn cancel(market: Market, id: &str) -> Self {
        let request: Arc<dyn Endpoint> = match market {
            Market::Um => Arc::new(um::CancelOrder::new("BTCUSDT").orig_client_order_id(id)),
            Market::Cm => Arc::new(cm::CancelOrder::new("BTCUSD_PERP").orig_client_order_id(id)),
            Market::Margin => Arc::new(margin::CancelOrder::new("BTCUSDT").orig_client_order_id(id)),
            Market::Algo => Arc::new(um::CancelAlgoOrder::new().client_algo_id(id)),
        };
        Self { act: Act::Cancel { id: id.to_owned() }, request }
    }

    /// Returns what to ask with when nothing else is known than that it was not sent later than this. No id is older than
    /// the run.
    pub(crate) fn pending(&self, sent_at: Timestamp) -> Pending {
        let earliest = Timestamp::from_millis(NOON.as_millis() - 3_600_000);
        Pending::new(&*self.request, sent_at).since(earliest)
    }
}

pub(crate) fn quantity() -> Quantity {
    decimal("0.01")
}

fn decimal<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a decimal")
}

/// A call of which it is not written down how it ended.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) intent: Intent,
    /// What the client gave to ask with, when it said that the outcome is unknown.
    pub(crate) pending: Option<Pending>,
}

/// The notebook of one process, through all its lives.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notebook(Arc<Mutex<VecDeque<Open>>>);

impl Notebook {
    fn open(&self) -> MutexGuard<'_, VecDeque<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a call down before it is made.
    pub(crate) fn begin(&self, intent: &Intent) {
        self.open().push_back(Open { intent: intent.clone(), pending: None });
    }

    /// Keeps what a call can be asked for with.
    pub(crate) fn keep(&self, act: &Act, pending: &Pending) {
        for open in self.open().iter_mut().filter(|open| open.intent.act == *act) {
            open.pending = Some(pending.clone());
        }
    }

    pub(crate) fn end(&self, act: &Act) {
        self.open().retain(|open| open.intent.act != *act);
    }

    /// Returns the calls without an end, but for those that the client keeps intents of.
    pub(crate) fn unsettled_without_intent(&self, memory: Memory) -> Vec<Open> {
        self.open().iter().filter(|open| !memory.keeps_intent_of(&open.intent.act)).cloned().collect()
    }
}

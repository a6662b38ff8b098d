//! The one account of the sandbox: a past that follows from a seed, and the orders it was given.

use crate::history::History;
use crate::orders::OrderBook;

/// The account that requests are about.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) history: History,
    pub(crate) orders: OrderBook,
}

impl Account {
    pub(crate) fn new(seed: u64) -> Self {
        Self { history: History::new(seed), orders: OrderBook::default() }
    }
}

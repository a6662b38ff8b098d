//! The one account of the sandbox: a past that follows from a seed, the orders it was given, and how it is set.

use crate::history::History;
use crate::orders::OrderBook;
use crate::pages::Pages;
use crate::past::Past;
use crate::stream::Stream;
use crate::switches::Switches;

/// The account that requests are about.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) seed: u64,
    pub(crate) history: History,
    /// What stands in the place of the past that follows from the seed.
    pub(crate) past: Past,
    pub(crate) pages: Pages,
    pub(crate) orders: OrderBook,
    pub(crate) switches: Switches,
    pub(crate) stream: Stream,
    transactions: i64,
}

/// What the numbers of transfers, loans and downloads are counted from.
const FIRST_TRANSACTION: i64 = 100_000_001;

impl Account {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            history: History::new(seed),
            past: Past::default(),
            pages: Pages::new(seed, None, None),
            orders: OrderBook::default(),
            switches: Switches::default(),
            stream: Stream::default(),
            transactions: 0,
        }
    }

    /// A number that no transaction had before.
    pub(crate) fn next_transaction(&mut self) -> i64 {
        let number = FIRST_TRANSACTION + self.transactions;
        self.transactions += 1;
        number
    }
}

//! The one account of the sandbox: the rows of its histories, its orders and its settings. It is only state, and knows
//! no calls.

mod balances;
mod listen_key;
mod order;
mod order_kind;
mod orders;
mod placed_order;
mod positions;
mod settings;

pub(crate) use balances::{Balances, assets_of};
pub(crate) use listen_key::ListenKey;
pub(crate) use order::{Amendment, CANCELED, EXPIRED, FILLED, FieldValue, Fields, NEW, Order, OrderList};
pub use order_kind::OrderKind;
pub(crate) use orders::Orders;
pub use placed_order::PlacedOrder;
pub(crate) use positions::{Moved, Positions, asset};
pub(crate) use settings::{POSITION_MODE, Settings};

use crate::pages::Pages;
use crate::rows::{GivenRows, SeededRows};

/// The account that requests are about.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) seed: u64,
    pub(crate) seeded_rows: SeededRows,
    /// Rows that are served instead of seeded and derived ones.
    pub(crate) given_rows: GivenRows,
    pub(crate) pages: Pages,
    pub(crate) orders: Orders,
    pub(crate) settings: Settings,
    pub(crate) listen_key: ListenKey,
    pub(crate) positions: Positions,
    pub(crate) balances: Balances,
    /// The events that are still to be told, oldest first.
    pub(crate) untold: Vec<String>,
    transactions: i64,
    trades: i64,
    updates: i64,
}

/// The first number of transfers, loans and downloads.
const FIRST_TRANSACTION: i64 = 100_000_001;

/// What the numbers of fills and of updates are counted from.
const FIRST_TRADE: i64 = 5_900_000_000;
const FIRST_UPDATE: i64 = 1_027_053_479_517;

impl Account {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            seeded_rows: SeededRows::new(seed),
            given_rows: GivenRows::default(),
            pages: Pages::new(seed, None, None),
            orders: Orders::default(),
            settings: Settings::default(),
            listen_key: ListenKey::default(),
            positions: Positions::default(),
            balances: Balances::default(),
            untold: Vec::new(),
            transactions: 0,
            trades: 0,
            updates: 0,
        }
    }

    /// Returns a number that no transaction had before.
    pub(crate) fn next_transaction(&mut self) -> i64 {
        let number = FIRST_TRANSACTION + self.transactions;
        self.transactions += 1;
        number
    }

    /// Returns a number that no fill had before.
    pub(crate) fn next_trade(&mut self) -> i64 {
        self.trades += 1;
        FIRST_TRADE + self.trades
    }

    /// Returns a number that no update of a balance had before.
    pub(crate) fn next_update(&mut self) -> i64 {
        self.updates += 1;
        FIRST_UPDATE + self.updates
    }
}

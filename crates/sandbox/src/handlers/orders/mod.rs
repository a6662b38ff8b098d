//! Orders of every kind: placed, asked for, listed, amended and cancelled, and answered in the documented shape.
//!
//! There is no order book to trade against. A market order is filled at once; a limit order that ends at once by its
//! time in force is filled when its price reaches the symbol's reference price and expires otherwise; every other order
//! stays open, and no price ever sets one off. Any symbol is accepted; one without a reference price is always reached.
//!
//! A reply is the call's documented example with the fields of the order in its fields, so every call shows the fields
//! that its page shows.

mod algo;
mod change;
mod conditional;
mod execution;
mod find;
mod futures;
mod margin;
pub(crate) mod oco;
mod place;
mod reply;

pub(crate) use change::{amend, cancel, cancel_all};
pub(crate) use find::{all, all_open, amendments, one, one_open};
pub(crate) use place::place;

//! Replies and words with pieces missing.

use binance_papi::{OpenEnum, either, reply};

/// A row.
#[reply]
#[example(r#"{}"#)]
#[example(r#"{}"#)]
pub struct Row {
    /// No name on the wire.
    pub id: u32,
    /// Fine.
    #[field("total")]
    pub total: u32,
}

/// Positions instead of names.
#[reply]
pub struct Pair(u32, u32);

/// Which.
#[derive(OpenEnum)]
pub enum Kind {
    /// One.
    #[word("ONE")]
    One,
    /// The same word.
    #[word("ONE")]
    First,
    /// No word.
    Two,
}

/// One of two.
#[either]
pub enum Entry {
    /// Rows.
    #[when("total")]
    Row(Row),
    /// Neither.
    Other(Row),
}

/// A number in the place of a name.
#[reply]
#[event(7)]
pub struct Moved {
    /// When.
    #[field("E")]
    pub event_time: u32,
}

fn main() {}

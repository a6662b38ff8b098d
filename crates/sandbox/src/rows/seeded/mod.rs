//! The account's history of forced closes: a function of seed and calendar day, so that it never moves with the clock.
//!
//! For any seed, any 90 days contain all of this, each at least twice:
//!
//! - **Quiet weeks.** For UM a week whose only rows are a few of BTCUSDT, with every other symbol silent for seven days;
//!   for CM two weeks in a row without any row; for margin a week without any.
//! - **A busy hour**: 250 rows (UM) or 130 (CM) within one hour, more than any page holds.
//! - **One millisecond** with 40 rows or more (UM, CM) and 6 (margin), of several symbols and kinds.
//! - **Edges**: rows in the first and in the last millisecond of days, and around full hours.
//! - **Full pages** (UM): calendar days with exactly 99, 100 and 101 rows, and days without any between them.
//!
//! BTCUSDT (UM) has at least two rows in any seven days, both ends included. This and the quiet weeks are promised
//! together, which is why a quiet UM week is not an empty one; CM and margin have the empty ones.
//!
//! Order ids are unique within one symbol and grow with time; different symbols share ids, and some ids are above 2^53.
//! Settlements and deliveries are rows like any other, but no `autoCloseType` selects them.

mod calendar;
mod cause;
mod income;
mod product;
mod row;

pub use cause::Cause;
pub use product::Product;
pub use row::ForceOrder;

use papi_types::Timestamp;
use papi_types::json::Json;

/// The forced closes that belong to one seed. They reach from the first calendar day to the last; how many of them a
/// client is shown depends on the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeededRows {
    seed: u64,
}

impl SeededRows {
    /// Returns the forced closes of a seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Returns the rows from one instant to another, both included, oldest first.
    ///
    /// The order is total: rows of the same millisecond stand by symbol, and within a symbol by order id.
    pub fn between(&self, product: Product, from: Timestamp, to: Timestamp) -> Vec<ForceOrder> {
        let mut rows = Vec::new();
        for day in calendar::day_of(from)..=calendar::day_of(to) {
            let day = row::of_day(self.seed, product, day);
            rows.extend(day.into_iter().filter(|row| (from..=to).contains(&row.time)));
        }
        rows
    }

    /// Returns the income of the forced closes from one instant to another, both included, oldest first.
    pub(crate) fn income_between(self, product: Product, from: Timestamp, to: Timestamp) -> Vec<Json> {
        // Income comes when an order has ended, which is some time after it was placed.
        let placed = Timestamp::from_millis(from.as_millis().saturating_sub(row::LONGEST_LIFE));
        let mut closes = self.between(product, placed, to);
        closes.retain(|close| (from..=to).contains(&close.update_time));
        closes.sort_by_key(|close| close.update_time);
        closes.iter().flat_map(|close| close.income(self.seed)).collect()
    }
}

#[cfg(test)]
mod tests;

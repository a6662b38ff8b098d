//! Mark prices that were given, for comparing fills with them.

use binance_papi::Decimal;
use std::collections::BTreeMap;

/// Mark prices by symbol, in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks(BTreeMap<String, Vec<(i64, Decimal)>>);

impl Marks {
    /// A mark price is used for so many milliseconds.
    pub(crate) const LIFE: i64 = 60_000;

    pub(crate) fn add(&mut self, symbol: &str, time: i64, price: Decimal) {
        self.0.entry(symbol.to_owned()).or_default().push((time, price));
    }

    /// Puts the prices in their order, after all were added. Of two for one moment the later one given counts.
    pub(crate) fn sort(&mut self) {
        self.0.values_mut().for_each(|prices| prices.sort_by_key(|(time, _)| *time));
    }

    /// Returns the price at a moment: the last one at or before it, if that is recent.
    pub(crate) fn at(&self, symbol: &str, time: i64) -> Option<Decimal> {
        let prices = self.0.get(symbol)?;
        let (since, price) = prices[..prices.partition_point(|(since, _)| *since <= time)].last()?;
        (time.saturating_sub(*since) <= Self::LIFE).then_some(*price)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::decimal;
    use super::*;

    #[test]
    fn the_last_price_before_a_moment_counts_for_a_minute() {
        let mut marks = Marks::default();
        for (time, price) in [(60_000, "2"), (0, "1"), (60_000, "3")] {
            marks.add("A", time, decimal(price));
        }
        marks.sort();
        let at = |time| marks.at("A", time).map(|price| price.to_string());
        assert_eq!([at(-1), at(59_999), at(60_000)], [None, Some("1".to_owned()), Some("3".to_owned())]);
        assert_eq!((at(120_000).as_deref(), at(120_001), marks.at("B", 0)), (Some("3"), None, None));
    }
}

//! What the account holds and owes on cross margin, as far as orders, loans and repayments move it.

use super::{Order, OrderKind, Orders};
use papi_types::Decimal;
use std::collections::BTreeMap;

/// How much of each asset there is at first.
const AT_FIRST: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// The assets in which symbols are quoted.
const QUOTES: [&str; 6] = ["USDT", "USDC", "FDUSD", "BTC", "ETH", "BNB"];

/// Holdings and debts by asset.
#[derive(Debug, Default)]
pub(crate) struct Balances {
    held: BTreeMap<String, Decimal>,
    owed: BTreeMap<String, Decimal>,
}

impl Balances {
    /// Adds an amount to what is held; a negative one takes away.
    pub(crate) fn add(&mut self, asset: &str, amount: Decimal) {
        *self.held.entry(asset.to_owned()).or_insert(AT_FIRST) += amount;
    }

    /// Adds an amount to what is owed, and never less than all of it; a negative one repays. Returns what is owed then.
    pub(crate) fn owe(&mut self, asset: &str, amount: Decimal) -> Decimal {
        let owed = self.owed.entry(asset.to_owned()).or_default();
        *owed = (*owed + amount).max(Decimal::ZERO);
        *owed
    }

    /// Returns how much of an asset is free, and how much open orders lock.
    pub(crate) fn of(&self, asset: &str, orders: &Orders) -> (Decimal, Decimal) {
        let held = self.held.get(asset).copied().unwrap_or(AT_FIRST);
        // The orders of a list lock once: the limit order stands for both.
        let locks = |order: &&Order| order.is_open() && (order.list.is_none() || order.text("isWorking") == "true");
        let locked = orders.of_kind(OrderKind::Margin).filter(locks).filter_map(|order| locked_by(order, asset)).sum();
        (held - locked, locked)
    }
}

/// Returns what an open order locks of an asset.
fn locked_by(order: &Order, asset: &str) -> Option<Decimal> {
    let (base, quote) = assets_of(&order.symbol);
    let quantity: Decimal = order.text("origQty").parse().ok()?;
    match order.text("side").as_str() {
        "SELL" if base == asset => Some(quantity),
        "BUY" if quote == asset => {
            quantity.checked_mul(order.text("price").parse().ok()?).map(|value| value.normalize())
        }
        _ => None,
    }
}

/// Returns the asset that a symbol trades, and the one in which it is quoted.
pub(crate) fn assets_of(symbol: &str) -> (&str, &str) {
    let split = |quote: &&&str| symbol.strip_suffix(**quote).is_some_and(|base| !base.is_empty());
    match QUOTES.iter().find(split) {
        Some(quote) => symbol.split_at(symbol.len() - quote.len()),
        None => (symbol, "USDT"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_names_two_assets() {
        assert_eq!(assets_of("BNBBTC"), ("BNB", "BTC"));
        assert_eq!(assets_of("BTCUSDT"), ("BTC", "USDT"));
        assert_eq!(assets_of("BTC"), ("BTC", "USDT"));
    }

    #[test]
    fn nobody_owes_less_than_nothing() {
        let mut balances = Balances::default();
        assert_eq!(balances.owe("BTC", Decimal::TWO), Decimal::TWO);
        assert_eq!(balances.owe("BTC", -Decimal::TEN), Decimal::ZERO);
    }
}

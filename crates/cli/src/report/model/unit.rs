//! What numbers are counted in, and how much of each unit there is. Amounts of different units never meet.

use super::amount::{Amount, TooLarge};
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// Assets that symbols end with, the longer one first where one ends with another. A symbol says in no other way what its
/// prices are counted in.
const QUOTES: [&str; 22] = [
    "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD1", "USDE", "XUSD", "USDP", "DAI", "EUR", "GBP", "TRY", "BRL", "JPY",
    "AUD", "UAH", "PLN", "BTC", "ETH", "BNB", "SOL",
];

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Asset(String),
    /// Contracts of a COIN-M pair. Each pair has a contract size of its own, so those of two pairs are never added.
    Contracts(String),
    /// What the prices of a symbol are counted in, where its name does not tell.
    QuoteOf(String),
    /// What a symbol is about, where its name does not tell.
    BaseOf(String),
}

impl Unit {
    pub(crate) fn asset(name: &str) -> Self {
        Self::Asset(name.to_owned())
    }

    /// Returns what quantity and value of a symbol of USDⓈ-M or margin are counted in, by the end of its name. What follows
    /// an underscore is the day of delivery.
    pub(crate) fn of_symbol(symbol: &str) -> (Self, Self) {
        let name = symbol.split('_').next().unwrap_or_default();
        let found = QUOTES.iter().find_map(|quote| Some((name.strip_suffix(quote)?, *quote)));
        match found {
            Some((base, quote)) if !base.is_empty() => (Self::asset(base), Self::asset(quote)),
            _ => (Self::BaseOf(symbol.to_owned()), Self::QuoteOf(symbol.to_owned())),
        }
    }

    /// Returns what quantity and value of a COIN-M symbol are counted in: contracts, and the coin.
    pub(crate) fn of_coin_symbol(symbol: &str, pair: Option<&str>) -> (Self, Self) {
        let pair = pair.unwrap_or_else(|| symbol.split('_').next().unwrap_or_default());
        let value = match pair.strip_suffix("USD") {
            Some(coin) if !coin.is_empty() => Self::asset(coin),
            _ => Self::BaseOf(symbol.to_owned()),
        };
        (Self::Contracts(pair.to_owned()), value)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asset(name) => f.pad(name),
            Self::Contracts(pair) => write!(f, "contracts of {pair}"),
            Self::QuoteOf(symbol) => write!(f, "quote of {symbol}"),
            Self::BaseOf(symbol) => write!(f, "base of {symbol}"),
        }
    }
}

/// Amounts, each in its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sums(BTreeMap<Unit, Amount>);

impl Sums {
    pub(crate) fn add(&mut self, unit: &Unit, amount: Amount) -> Result<(), TooLarge> {
        match self.0.get_mut(unit) {
            Some(sum) => *sum = sum.plus(amount)?,
            None => {
                self.0.insert(unit.clone(), amount);
            }
        }
        Ok(())
    }

    pub(crate) fn of(&self, unit: &Unit) -> Option<Amount> {
        self.0.get(unit).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Unit, Amount)> {
        self.0.iter().map(|(unit, amount)| (unit, *amount))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Serialize for Sums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Entry {
            amount: Amount,
            unit: String,
        }
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for (unit, amount) in self.iter() {
            list.serialize_element(&Entry { amount, unit: unit.to_string() })?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_symbol_tells_what_its_prices_are_counted_in() {
        let of = |symbol| {
            let (base, quote) = Unit::of_symbol(symbol);
            format!("{base}, {quote}")
        };
        assert_eq!(of("BTCUSDT"), "BTC, USDT");
        assert_eq!(of("BTCUSDT_261225"), "BTC, USDT");
        assert_eq!(of("ETHBTC"), "ETH, BTC");
        assert_eq!(of("BNBFDUSD"), "BNB, FDUSD");
        assert_eq!(of("1000PEPEUSDC"), "1000PEPE, USDC");
        assert_eq!(of("<script>"), "base of <script>, quote of <script>");
        assert_eq!(of("USDT"), "base of USDT, quote of USDT");
    }

    #[test]
    fn coin_margined_rows_are_contracts_and_coin() {
        let (quantity, value) = Unit::of_coin_symbol("BTCUSD_PERP", None);
        assert_eq!((quantity.to_string(), value.to_string()), ("contracts of BTCUSD".to_owned(), "BTC".to_owned()));
        assert_eq!(Unit::of_coin_symbol("ETHUSD_261225", Some("ETHUSD")).1, Unit::asset("ETH"));
    }

    #[test]
    fn assets_are_never_added_to_each_other() {
        let mut sums = Sums::default();
        for (asset, amount) in [("USDT", "1.5"), ("BTC", "2"), ("USDT", "2.5")] {
            sums.add(&Unit::asset(asset), Amount::read(amount).expect("a number")).expect("fits");
        }
        let expected = r#"[{"amount":"2","unit":"BTC"},{"amount":"4","unit":"USDT"}]"#;
        assert_eq!(serde_json::to_string(&sums).expect("printable"), expected);
    }
}

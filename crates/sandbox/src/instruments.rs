//! What the account trades and holds: the symbols its histories are about, with the prices around which they move and
//! which orders meet.

use papi_types::{Decimal, Group};

/// A symbol with what goes with it. Numbers are whole ticks and steps; the scales say how many decimals they have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Instrument {
    pub(crate) symbol: &'static str,
    /// The asset of fees, loans and interest.
    pub(crate) asset: &'static str,
    pub(crate) price: i64,
    pub(crate) price_scale: u32,
    pub(crate) average_scale: u32,
    pub(crate) quantity_scale: u32,
    /// The largest order, in steps.
    pub(crate) largest: i64,
    /// What order ids are counted from. Ids are unique within one symbol only, so most symbols share a base and their
    /// ids coincide; one base lies beyond 2^53, where a double loses digits.
    pub(crate) id_base: i64,
}

/// The base of numbers that a double cannot hold.
pub(crate) const BEYOND_DOUBLES: i64 = 4_611_875_000_000_000_000;

/// Returns an instrument. The scales are those of the price, of average prices and of quantities.
const fn instrument(
    symbol: &'static str,
    asset: &'static str,
    price: i64,
    scales: [u32; 3],
    largest: i64,
) -> Instrument {
    let [price_scale, average_scale, quantity_scale] = scales;
    Instrument { symbol, asset, price, price_scale, average_scale, quantity_scale, largest, id_base: 0 }
}

impl Instrument {
    const fn with_large_ids(self) -> Self {
        Self { id_base: BEYOND_DOUBLES, ..self }
    }
}

const UM: [Instrument; 4] = [
    instrument("BTCUSDT", "USDT", 680_000, [1, 5, 3], 500),
    instrument("ETHUSDT", "USDT", 320_000, [2, 5, 3], 8_000),
    instrument("SOLUSDT", "USDT", 1_500_000, [4, 5, 0], 150),
    instrument("币安人生USDT", "USDT", 12_345, [5, 7, 0], 40_000).with_large_ids(),
];

/// The dated contract keeps its name for ever; a sandbox has no calendar of listings.
const CM: [Instrument; 3] = [
    instrument("BTCUSD_PERP", "BTC", 680_000, [1, 1, 0], 90),
    instrument("ETHUSD_PERP", "ETH", 320_000, [2, 2, 0], 400),
    instrument("BTCUSD_261225", "BTC", 690_000, [1, 1, 0], 30).with_large_ids(),
];

/// The last one is a symbol again, with its other asset.
const MARGIN: [Instrument; 4] = [
    instrument("BNBBTC", "BNB", 903_000, [8, 8, 8], 4_000_000_000),
    instrument("BTCUSDT", "USDT", 6_800_000_000_000, [8, 8, 8], 50_000_000).with_large_ids(),
    instrument("ETHUSDT", "ETH", 320_000_000_000, [8, 8, 8], 800_000_000),
    instrument("BTCUSDT", "BTC", 6_800_000_000_000, [8, 8, 8], 50_000_000).with_large_ids(),
];

/// Returns the instruments of a part of the account; its whole has those of margin.
pub(crate) const fn instruments(group: Group) -> &'static [Instrument] {
    match group {
        Group::Um => &UM,
        Group::Cm => &CM,
        _ => &MARGIN,
    }
}

/// Returns the price that orders for a symbol meet.
pub(crate) fn price(group: Group, symbol: &str) -> Option<Decimal> {
    let instrument = instruments(group).iter().find(|instrument| instrument.symbol == symbol)?;
    Some(Decimal::new(instrument.price, instrument.price_scale))
}

/// Returns the pair under a contract: all of its name before the kind or the date of delivery.
pub(crate) fn pair_of(symbol: &str) -> &str {
    symbol.split('_').next().unwrap_or(symbol)
}

/// Returns the worth of a COIN-M contract in US dollars: 100 for those on Bitcoin, 10 for all others.
pub(crate) fn contract_size(pair: &str) -> Decimal {
    Decimal::from(if pair == "BTCUSD" { 100 } else { 10 })
}

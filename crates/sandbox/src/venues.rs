//! What the account trades and holds: the symbols and assets its records are about, and the prices orders meet.

use papi_types::Group;

/// A symbol with what goes with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Venue {
    pub(crate) symbol: &'static str,
    /// The asset of fees, loans and interest.
    pub(crate) asset: &'static str,
    /// The price around which the history moves, and which orders meet.
    pub(crate) price: &'static str,
}

const fn venue(symbol: &'static str, asset: &'static str, price: &'static str) -> Venue {
    Venue { symbol, asset, price }
}

const UM: [Venue; 4] = [
    venue("BTCUSDT", "USDT", "68000.0"),
    venue("ETHUSDT", "USDT", "3200.00"),
    venue("SOLUSDT", "USDT", "150.0000"),
    venue("币安人生USDT", "USDT", "0.12345"),
];

const CM: [Venue; 3] = [
    venue("BTCUSD_PERP", "BTC", "68000.0"),
    venue("ETHUSD_PERP", "ETH", "3200.00"),
    venue("BTCUSD_261225", "BTC", "69000.0"),
];

const MARGIN: [Venue; 4] = [
    venue("BNBBTC", "BNB", "0.00903000"),
    venue("BTCUSDT", "USDT", "68000.00000000"),
    venue("ETHUSDT", "ETH", "3200.00000000"),
    venue("BTCUSDT", "BTC", "68000.00000000"),
];

/// The symbols of a part of the account; its whole has the assets of margin.
pub(crate) const fn venues(group: Group) -> &'static [Venue] {
    match group {
        Group::Um => &UM,
        Group::Cm => &CM,
        _ => &MARGIN,
    }
}

/// The price that orders for a symbol meet.
pub(crate) fn price(group: Group, symbol: &str) -> Option<&'static str> {
    venues(group).iter().find(|venue| venue.symbol == symbol).map(|venue| venue.price)
}

//! The contracts and symbols the account trades, with prices around which its history moves.

use super::Product;

/// Where one symbol trades. Numbers are whole ticks and steps; the scales say how many decimals they have.
#[derive(Debug)]
pub(super) struct Market {
    pub(super) symbol: &'static str,
    /// The pair under a COIN-M contract; empty elsewhere.
    pub(super) pair: &'static str,
    pub(super) price: i64,
    pub(super) price_scale: u32,
    pub(super) average_scale: u32,
    pub(super) quantity_scale: u32,
    /// The largest order, in steps.
    pub(super) largest: i64,
    /// The worth of one COIN-M contract in its quote asset; 0 elsewhere.
    pub(super) contract_size: i64,
    /// What order ids are counted from. Ids are unique within one symbol only, so most symbols share a base and their
    /// ids coincide; one base lies beyond 2^53, where a double loses digits.
    pub(super) id_base: i64,
}

const BEYOND_DOUBLES: i64 = 4_611_875_000_000_000_000;

const UM: [Market; 4] = [
    Market {
        symbol: "BTCUSDT",
        pair: "",
        price: 680_000,
        price_scale: 1,
        average_scale: 5,
        quantity_scale: 3,
        largest: 500,
        contract_size: 0,
        id_base: 0,
    },
    Market {
        symbol: "ETHUSDT",
        pair: "",
        price: 320_000,
        price_scale: 2,
        average_scale: 5,
        quantity_scale: 3,
        largest: 8_000,
        contract_size: 0,
        id_base: 0,
    },
    Market {
        symbol: "SOLUSDT",
        pair: "",
        price: 1_500_000,
        price_scale: 4,
        average_scale: 5,
        quantity_scale: 0,
        largest: 150,
        contract_size: 0,
        id_base: 0,
    },
    Market {
        symbol: "币安人生USDT",
        pair: "",
        price: 12_345,
        price_scale: 5,
        average_scale: 7,
        quantity_scale: 0,
        largest: 40_000,
        contract_size: 0,
        id_base: BEYOND_DOUBLES,
    },
];

/// The dated contract keeps its name for ever; a sandbox has no calendar of listings.
const CM: [Market; 3] = [
    Market {
        symbol: "BTCUSD_PERP",
        pair: "BTCUSD",
        price: 680_000,
        price_scale: 1,
        average_scale: 1,
        quantity_scale: 0,
        largest: 90,
        contract_size: 100,
        id_base: 0,
    },
    Market {
        symbol: "ETHUSD_PERP",
        pair: "ETHUSD",
        price: 320_000,
        price_scale: 2,
        average_scale: 2,
        quantity_scale: 0,
        largest: 400,
        contract_size: 10,
        id_base: 0,
    },
    Market {
        symbol: "BTCUSD_261225",
        pair: "BTCUSD",
        price: 690_000,
        price_scale: 1,
        average_scale: 1,
        quantity_scale: 0,
        largest: 30,
        contract_size: 100,
        id_base: BEYOND_DOUBLES,
    },
];

const MARGIN: [Market; 3] = [
    Market {
        symbol: "BNBBTC",
        pair: "",
        price: 903_000,
        price_scale: 8,
        average_scale: 8,
        quantity_scale: 8,
        largest: 4_000_000_000,
        contract_size: 0,
        id_base: 0,
    },
    Market {
        symbol: "BTCUSDT",
        pair: "",
        price: 6_800_000_000_000,
        price_scale: 8,
        average_scale: 8,
        quantity_scale: 8,
        largest: 50_000_000,
        contract_size: 0,
        id_base: BEYOND_DOUBLES,
    },
    Market {
        symbol: "ETHUSDT",
        pair: "",
        price: 320_000_000_000,
        price_scale: 8,
        average_scale: 8,
        quantity_scale: 8,
        largest: 800_000_000,
        contract_size: 0,
        id_base: 0,
    },
];

/// The index of the market that never falls silent for a week: BTCUSDT among the UM contracts.
pub(super) const STEADY: usize = 0;

/// The index of the COIN-M contract that is delivered.
pub(super) const DATED: usize = 2;

/// The markets of a product.
pub(super) const fn markets(product: Product) -> &'static [Market] {
    match product {
        Product::Um => &UM,
        Product::Cm => &CM,
        Product::Margin => &MARGIN,
    }
}

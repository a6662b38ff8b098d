//! Closes for the tests of this module.

use super::close::{Close, Kind, Part, Units};
use binance_papi::Decimal;

pub(crate) fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a number")
}

/// A sale of one at the price of 100, which is its limit.
pub(crate) fn close(symbol: &str, time: i64, order_id: i64) -> Close {
    Close {
        part: Part::Um,
        symbol: symbol.into(),
        order_id,
        kind: Kind::Liquidation,
        side: "SELL".into(),
        limit: Some(decimal("100")),
        average: Some(decimal("100")),
        executed: decimal("1"),
        told_value: Some(decimal("100")),
        units: Units::of(Part::Um, symbol, None).into(),
        time,
        updated: time,
    }
}

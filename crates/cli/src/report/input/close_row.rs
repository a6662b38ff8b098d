//! From a row of force orders to a forced close.

use super::super::model::{Close, Kind, Part};
use super::table::Values;
use super::value::{Names, decimal, integer, optional_decimal, required, texts};

/// The columns that are read, of all parts of the account. Those that a part does not have are absent in its rows.
pub(super) const COLUMNS: [&str; 13] = [
    "orderId",
    "symbol",
    "clientOrderId",
    "price",
    "avgPrice",
    "executedQty",
    "cumQuote",
    "cumBase",
    "pair",
    "side",
    "time",
    "updateTime",
    "updatedTime",
];

/// Reads a row, whose values stand in the order of [`COLUMNS`]. The error says what is wrong with it.
pub(super) fn close(part: Part, values: &Values, names: &mut Names) -> Result<Close, String> {
    let [order_id, symbol, client_order_id, price, average, executed, quote, base, pair, side, time, update, updated] =
        texts(values)?;
    let (time, told_value) = match part {
        Part::Um => (("time", time), ("cumQuote", quote)),
        Part::Cm => (("time", time), ("cumBase", base)),
        Part::Margin => (("updatedTime", updated), ("", None)),
    };
    let (placed, name) = (integer(time.0, time.1)?, required("symbol", symbol)?);
    let above_zero = |value: binance_papi::Decimal| Some(value).filter(|value| !value.is_zero());
    Ok(Close {
        part,
        symbol: names.name(name),
        order_id: integer("orderId", order_id)?,
        // Margin rows have no such id.
        kind: if part == Part::Margin { Kind::NotStated } else { Kind::of_client_id(client_order_id) },
        side: names.name(required("side", side)?),
        limit: optional_decimal("price", price)?.and_then(above_zero),
        average: above_zero(decimal("avgPrice", average)?),
        executed: decimal("executedQty", executed)?,
        told_value: optional_decimal(told_value.0, told_value.1)?,
        units: names.units(part, name, pair),
        time: placed,
        updated: if update.is_some() { integer("updateTime", update)? } else { placed },
    })
}

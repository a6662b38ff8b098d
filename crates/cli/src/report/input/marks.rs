//! Reads mark prices from a CSV file with the columns `symbol`, `time` and `price`.

use super::super::model::Marks;
use super::table::Table;
use super::value::{decimal, required, texts};
use crate::failure::Failure;
use std::path::Path;

const COLUMNS: [&str; 3] = ["symbol", "time", "price"];

/// Reads mark prices. Times are milliseconds since 1970, or RFC 3339.
pub(super) fn marks(path: &Path) -> Result<(Marks, u64), Failure> {
    let table = Table::open(path)?;
    let is_known = |column: &String| COLUMNS.contains(&column.as_str());
    // An export has columns of these names among others, and its prices are no mark prices.
    if table.columns.len() != COLUMNS.len() || !table.columns.iter().all(is_known) {
        return Err(Failure::bad_input(format!("{} holds no mark prices, by its columns", path.display())).hint(
            "mark prices are a CSV file with the columns symbol,time,price; a time is milliseconds or RFC 3339",
        ));
    }
    let mut marks = Marks::default();
    let rows = table.each(&COLUMNS, |values| {
        let [symbol, time, price] = texts(values)?;
        let time = required("time", time)?;
        let millis = time.parse().ok().or_else(|| Some(time.parse::<jiff::Timestamp>().ok()?.as_millisecond()));
        let millis = millis.ok_or_else(|| format!("`time` is neither milliseconds nor RFC 3339: {time:?}"))?;
        let price = decimal("price", price)?;
        if price.is_zero() || price.is_sign_negative() {
            return Err(format!("`price` is not above zero: {price}"));
        }
        marks.add(required("symbol", symbol)?, millis, price);
        Ok(())
    })?;
    marks.sort();
    Ok((marks, rows))
}

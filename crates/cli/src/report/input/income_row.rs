//! From a row of an income history to the income of a forced close.

use super::super::model::{Income, IncomeKind};
use super::table::Values;
use super::value::{Names, decimal, integer, required, texts};

/// The columns that are read.
pub(super) const COLUMNS: [&str; 6] = ["symbol", "incomeType", "income", "asset", "time", "tranId"];

/// Reads a row, whose values stand in the order of [`COLUMNS`]; none when it is income that no forced close has, such as
/// funding. The error says what is wrong with it.
pub(super) fn income(values: &Values, names: &mut Names) -> Result<Option<Income>, String> {
    let [symbol, kind, amount, asset, time, transaction] = texts(values)?;
    let Some(kind) = IncomeKind::of_word(required("incomeType", kind)?) else { return Ok(None) };
    Ok(Some(Income {
        kind,
        symbol: names.name(symbol.unwrap_or_default()),
        asset: names.name(required("asset", asset)?),
        amount: decimal("income", amount)?.into(),
        time: integer("time", time)?,
        transaction: transaction.unwrap_or_default().to_owned(),
    }))
}

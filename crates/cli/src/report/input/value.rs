//! Values of a row, read from their text. Each error names the column.

use super::super::model::{Part, Units};
use super::table::Values;
use binance_papi::Decimal;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Returns the values of a row, of which there are `N`.
pub(super) fn texts<const N: usize>(values: &Values) -> Result<[Option<&str>; N], String> {
    let values: &[Option<String>; N] = values.try_into().map_err(|_| "it has other columns".to_owned())?;
    Ok(values.each_ref().map(Option::as_deref))
}

/// Names that many rows share, each kept once.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: HashSet<Arc<str>>,
    units: HashMap<(Part, Arc<str>), Arc<Units>>,
}

impl Names {
    pub(super) fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.names.get(text) {
            return known.clone();
        }
        let name: Arc<str> = text.into();
        self.names.insert(name.clone());
        name
    }

    /// Returns the units of a symbol.
    pub(super) fn units(&mut self, part: Part, symbol: &str, pair: Option<&str>) -> Arc<Units> {
        let key = (part, self.name(symbol));
        self.units.entry(key).or_insert_with(|| Units::of(part, symbol, pair).into()).clone()
    }
}

pub(super) fn required<'a>(column: &str, value: Option<&'a str>) -> Result<&'a str, String> {
    value.ok_or_else(|| format!("it has no `{column}`"))
}

pub(super) fn integer(column: &str, value: Option<&str>) -> Result<i64, String> {
    let text = required(column, value)?;
    text.parse().map_err(|_| format!("`{column}` is no whole number: {text:?}"))
}

pub(super) fn decimal(column: &str, value: Option<&str>) -> Result<Decimal, String> {
    let text = required(column, value)?;
    Decimal::from_str_exact(text).map_err(|_| format!("`{column}` is no exact decimal of up to 28 digits: {text:?}"))
}

pub(super) fn optional_decimal(column: &str, value: Option<&str>) -> Result<Option<Decimal>, String> {
    if value.is_none() { Ok(None) } else { decimal(column, value).map(Some) }
}

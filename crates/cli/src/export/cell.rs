//! The values of one row, each in the kind of its column.

use binance_papi::{Decimal, Timestamp};
use serde_json::value::RawValue;

/// The digits after the point of a decimal in Parquet. The wire has eight at most, and interest a few more.
pub(crate) const DECIMAL_SCALE: u32 = 18;

/// All digits of a decimal in Parquet: what 16 bytes hold.
pub(crate) const DECIMAL_PRECISION: u32 = 38;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    Text,
    Decimal,
    Integer,
    Switch,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Absent,
    Text(String),
    Decimal(Exact),
    Integer(i64),
    Switch(bool),
}

/// A decimal that every format holds without losing a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    decimal: Decimal,
    unscaled: i128,
}

impl Exact {
    /// Returns the decimal, if it has at most 18 digits after the point and 20 before it; zeros at the end do not count.
    pub(crate) fn new(decimal: Decimal) -> Option<Self> {
        let plain = decimal.normalize();
        let zeros = DECIMAL_SCALE.checked_sub(plain.scale())?;
        let unscaled = plain.mantissa().checked_mul(10_i128.pow(zeros))?;
        (unscaled.unsigned_abs() < 10_u128.pow(DECIMAL_PRECISION)).then_some(Self { decimal, unscaled })
    }

    /// Returns the number with all digits that were received.
    pub(crate) fn text(self) -> String {
        self.decimal.to_string()
    }

    /// Returns how many digits it has after the point, zeros at the end included.
    pub(crate) fn scale(self) -> u32 {
        self.decimal.scale()
    }

    /// Returns how many digits it takes to write the number without zeros at its ends.
    pub(crate) fn significant_digits(self) -> u32 {
        digits(self.decimal.normalize().mantissa().unsigned_abs())
    }

    /// Returns the number times ten to the power of 18.
    pub(crate) fn unscaled(self) -> i128 {
        self.unscaled
    }
}

/// Returns how many digits a whole number has.
pub(crate) fn digits(number: u128) -> u32 {
    number.checked_ilog10().map_or(1, |log| log + 1)
}

/// Returns the text of a JSON text; none for `null` and for any other value.
pub(crate) fn text(json: &RawValue) -> Option<String> {
    serde_json::from_str(json.get()).ok()
}

/// Reads a value that was printed by its type. The error says what it should have been.
pub(crate) fn read(json: &RawValue, kind: ColumnKind) -> Result<Cell, &'static str> {
    let raw = json.get();
    if raw == "null" {
        return Ok(Cell::Absent);
    }
    match kind {
        ColumnKind::Text if raw.starts_with('"') => text(json).map(Cell::Text).ok_or("a text"),
        // Lists and objects stay what they are.
        ColumnKind::Text => Ok(Cell::Text(raw.to_owned())),
        ColumnKind::Decimal => text(json)
            .and_then(|text| Decimal::from_str_exact(&text).ok())
            .and_then(Exact::new)
            .map(Cell::Decimal)
            .ok_or("a decimal with at most 20 digits before the point and 18 after it"),
        ColumnKind::Integer => raw.parse().map(Cell::Integer).map_err(|_| "a whole number of 64 bits"),
        ColumnKind::Switch => raw.parse().map(Cell::Switch).map_err(|_| "true or false"),
    }
}

/// Returns an instant as text; absent beyond the years that RFC 3339 can write.
pub(crate) fn utc(millis: &Cell) -> Cell {
    const YEARS_0_TO_9999: std::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;
    match millis {
        Cell::Integer(millis) if YEARS_0_TO_9999.contains(millis) => {
            Cell::Text(Timestamp::from_millis(*millis).to_string())
        }
        _ => Cell::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<Exact> {
        Exact::new(Decimal::from_str_exact(text).expect("a decimal"))
    }

    #[test]
    fn a_decimal_keeps_all_its_digits_or_is_refused() {
        let number = exact("-10913.21000").expect("fits");
        assert_eq!((number.text().as_str(), number.unscaled()), ("-10913.21000", -10_913_210_000_000_000_000_000));
        assert!(exact("0.000000000000000001").is_some());
        assert!(exact("0.0000000000000000010000").is_some(), "zeros at the end say nothing");
        assert!(exact("0.0000000000000000001").is_none());
        assert!(exact("99999999999999999999").is_some());
        assert!(exact("100000000000000000000").is_none());
    }

    #[test]
    fn an_instant_beyond_the_calendar_has_no_text() {
        assert_eq!(utc(&Cell::Integer(0)), Cell::Text("1970-01-01T00:00:00.000Z".into()));
        assert_eq!(utc(&Cell::Integer(253_402_300_799_999)), Cell::Text("9999-12-31T23:59:59.999Z".into()));
        assert_eq!(utc(&Cell::Integer(253_402_300_800_000)), Cell::Absent);
        assert_eq!(utc(&Cell::Absent), Cell::Absent);
    }
}

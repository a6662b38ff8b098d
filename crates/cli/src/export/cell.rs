//! The values of one row, each in the kind of its column. They borrow the row's text wherever it says what they say.

use super::row_text::Value;
use binance_papi::{Decimal, Timestamp};
use std::borrow::Cow;

/// The digits after the point of a decimal in Parquet. The wire has eight at most, and interest a few more.
pub(crate) const DECIMAL_SCALE: u32 = 18;

/// All digits of a decimal in Parquet: what 16 bytes hold.
pub(crate) const DECIMAL_PRECISION: u32 = 38;

/// The digits that such a decimal has before the point.
const MOST_WHOLE_DIGITS: usize = 20;

/// A decimal with no more digits than this is read and printed without a change.
const MOST_PLAIN_DIGITS: usize = 28;

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
pub(crate) enum Cell<'a> {
    Absent,
    Text(Cow<'a, str>),
    Decimal(Exact<'a>),
    Integer(i64),
    Switch(bool),
}

/// A decimal that every format holds without losing a digit: digits, with a point and a sign where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exact<'a>(Cow<'a, str>);

impl<'a> Exact<'a> {
    /// Reads a decimal, if it has at most 18 digits after the point and 20 before it; zeros at the end do not count.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        if is_plain(text) {
            return Some(Self(Cow::Borrowed(text)));
        }
        Decimal::from_str_exact(text).ok().and_then(Exact::new)
    }

    fn new(decimal: Decimal) -> Option<Self> {
        let plain = decimal.normalize();
        let zeros = DECIMAL_SCALE.checked_sub(plain.scale())?;
        let unscaled = plain.mantissa().checked_mul(10_i128.pow(zeros))?;
        (unscaled.unsigned_abs() < 10_u128.pow(DECIMAL_PRECISION)).then(|| Self(Cow::Owned(decimal.to_string())))
    }

    /// Returns the number with all digits that were received.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// Returns the digits before and after the point.
    fn digits(&self) -> (&str, &str) {
        let digits = self.0.strip_prefix('-').unwrap_or(&self.0);
        digits.split_once('.').unwrap_or((digits, ""))
    }

    /// Returns how many digits it has after the point, zeros at the end included.
    pub(crate) fn scale(&self) -> usize {
        self.digits().1.len()
    }

    /// Returns how many digits it takes to write the number without zeros at its ends.
    pub(crate) fn significant_digits(&self) -> usize {
        let (whole, part) = self.digits();
        let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        let part = if whole.is_empty() { part.trim_start_matches('0') } else { part };
        (whole.len() + part.len()).max(1)
    }

    /// Returns the number times ten to the power of 18.
    pub(crate) fn unscaled(&self) -> i128 {
        let (whole, part) = self.digits();
        let zeros = std::iter::repeat(b'0');
        let digits = whole.bytes().chain(part.bytes().chain(zeros).take(DECIMAL_SCALE as usize));
        let number = digits.fold(0, |number: i128, digit| number * 10 + i128::from(digit - b'0'));
        if self.0.starts_with('-') { -number } else { number }
    }
}

/// Returns whether a text is a decimal that fits, as decimals are printed: reading and printing it would not change it.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let (mut point, mut is_zero) = (None, true);
    for (place, byte) in digits.iter().enumerate() {
        match byte {
            b'0' => {}
            b'1'..=b'9' => is_zero = false,
            b'.' if point.is_none() => point = Some(place),
            _ => return false,
        }
    }
    let (whole, part) = point.map_or((digits.len(), 1), |place| (place, digits.len() - place - 1));
    whole > 0
        && part > 0
        && (whole == 1 || digits[0] != b'0')
        && whole <= MOST_WHOLE_DIGITS
        && part <= DECIMAL_SCALE as usize
        && whole + part <= MOST_PLAIN_DIGITS
        // How a zero with a sign is printed is not for this function to know.
        && (!is_zero || digits.len() == text.len())
}

/// Returns how many digits a whole number has.
pub(crate) fn digits(number: u64) -> u32 {
    number.checked_ilog10().map_or(1, |log| log + 1)
}

/// Reads a value that was printed by its type. The error says what it should have been.
pub(crate) fn read<'a>(value: &Value<'a>, kind: ColumnKind) -> Result<Cell<'a>, &'static str> {
    match (kind, value) {
        (_, Value::Other("null")) => Ok(Cell::Absent),
        (ColumnKind::Text, Value::Text(text)) => Ok(Cell::Text(text.clone())),
        // Lists and objects stay what they are.
        (ColumnKind::Text, Value::Other(json)) => Ok(Cell::Text(Cow::Borrowed(json))),
        (ColumnKind::Decimal, _) => {
            let exact = match value {
                Value::Text(Cow::Borrowed(text)) => Exact::read(text),
                Value::Text(Cow::Owned(text)) => Decimal::from_str_exact(text).ok().and_then(Exact::new),
                Value::Other(_) => None,
            };
            exact.map(Cell::Decimal).ok_or("a decimal with at most 20 digits before the point and 18 after it")
        }
        (ColumnKind::Integer, Value::Other(json)) => json.parse().map(Cell::Integer).map_err(|_| INTEGER),
        (ColumnKind::Integer, Value::Text(_)) => Err(INTEGER),
        (ColumnKind::Switch, Value::Other(json)) => json.parse().map(Cell::Switch).map_err(|_| SWITCH),
        (ColumnKind::Switch, Value::Text(_)) => Err(SWITCH),
    }
}

const INTEGER: &str = "a whole number of 64 bits";
const SWITCH: &str = "true or false";

/// Returns an instant as text; absent beyond the years that RFC 3339 can write.
pub(crate) fn utc<'a>(millis: &Cell<'_>) -> Cell<'a> {
    match millis {
        Cell::Integer(millis) => {
            let text = Timestamp::from_millis(*millis).to_rfc3339();
            text.map_or(Cell::Absent, |text| Cell::Text(Cow::Owned(text)))
        }
        _ => Cell::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns an instant as another library writes it.
    fn written_elsewhere(millis: i64) -> Cell<'static> {
        let instant = jiff::Timestamp::from_millisecond(millis).expect("an instant");
        Cell::Text(Cow::Owned(instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()))
    }

    #[test]
    fn each_day_of_eight_centuries_is_written_as_another_library_writes_it() {
        for day in -150_000..150_000_i64 {
            let millis = day * 86_400_000 + day.rem_euclid(86_400_000);
            assert_eq!(utc(&Cell::Integer(millis)), written_elsewhere(millis));
        }
        for beyond in [-62_167_219_200_001, 253_402_300_800_000] {
            assert_eq!(utc(&Cell::Integer(beyond)), Cell::Absent);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        // The other library ends a day earlier.
        #[test]
        fn an_instant_is_written_as_another_library_writes_it(millis in -62_167_219_200_000_i64..253_402_207_200_000) {
            prop_assert_eq!(utc(&Cell::Integer(millis)), written_elsewhere(millis));
        }
    }

    fn exact(text: &str) -> Option<Exact<'_>> {
        Exact::read(text)
    }

    #[test]
    fn a_decimal_keeps_all_its_digits_or_is_refused() {
        let number = exact("-10913.21000").expect("fits");
        assert_eq!((number.text(), number.unscaled()), ("-10913.21000", -10_913_210_000_000_000_000_000));
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

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_decimal_is_what_the_exact_reader_makes_of_it(
            text in "-?(0|00|[1-9][0-9]{0,21}|10*)(\\.([0-9]{1,20}|0{1,20}|[0-9]{1,4}0{1,18}))?|[+-]?\\.?[0-9]{0,3}[e.]?[0-9]?"
        ) {
            let slow = Decimal::from_str_exact(&text).ok().and_then(|decimal| {
                let plain = decimal.normalize();
                let unscaled = plain.mantissa().checked_mul(10_i128.pow(DECIMAL_SCALE.checked_sub(plain.scale())?))?;
                let digits = plain.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
                (unscaled.unsigned_abs() < 10_u128.pow(DECIMAL_PRECISION))
                    .then(|| (decimal.to_string(), unscaled, decimal.scale(), digits))
            });
            let fast = Exact::read(&text).map(|exact| {
                let (scale, digits) = (exact.scale(), exact.significant_digits());
                (exact.text().to_owned(), exact.unscaled(), u32::try_from(scale).expect("few"), u32::try_from(digits).expect("few"))
            });
            prop_assert_eq!(fast, slow);
        }
    }
}

//! Exact numbers of any size that sums of money come to: whole multiples of a power of ten, never rounded.

use binance_papi::Decimal;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// An exact number with up to 38 digits. Zeros at its end are dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    unscaled: i128,
    scale: u32,
}

/// A number has more digits than can be held exactly. Nothing is rounded, so there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;

impl Amount {
    pub(crate) const ZERO: Self = Self { unscaled: 0, scale: 0 };

    /// Returns `unscaled` divided by ten to the power of `scale`.
    pub(crate) fn new(unscaled: i128, scale: u32) -> Self {
        let (mut unscaled, mut scale) = (unscaled, scale);
        while scale > 0 && unscaled % 10 == 0 {
            unscaled /= 10;
            scale -= 1;
        }
        Self { unscaled, scale }
    }

    #[cfg(test)]
    /// Reads digits with a point and a sign where there is one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Decimal::from_str_exact(text).ok().map(Self::from)
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let scale = self.scale.max(other.scale);
        let sum = self.at(scale)?.checked_add(other.at(scale)?).ok_or(TooLarge)?;
        Ok(Self::new(sum, scale))
    }

    pub(crate) fn minus(self, other: Self) -> Result<Self, TooLarge> {
        self.plus(-other)
    }

    pub(crate) fn times(self, other: Self) -> Result<Self, TooLarge> {
        let product = self.unscaled.checked_mul(other.unscaled).ok_or(TooLarge)?;
        Ok(Self::new(product, self.scale + other.scale))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.unscaled == 0
    }

    pub(crate) fn is_negative(self) -> bool {
        self.unscaled < 0
    }

    /// Returns this number as so many thousandths of another, rounded down; none when there is nothing to compare with. For
    /// lengths in pictures and for shares, which say that they are rounded.
    pub(crate) fn thousandths_of(self, whole: Self) -> Option<i64> {
        let scale = self.scale.max(whole.scale);
        let (mut part, mut whole) = (self.at(scale).ok()?, whole.at(scale).ok()?);
        while part.checked_mul(1_000).is_none() {
            part /= 1_000;
            whole /= 1_000;
        }
        i64::try_from((part * 1_000).checked_div(whole)?).ok()
    }

    /// Returns the number with commas between thousands.
    pub(crate) fn grouped(self) -> String {
        let text = self.to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("\u{2212}", digits));
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let grouped = group(whole);
        part.map_or_else(|| format!("{sign}{grouped}"), |part| format!("{sign}{grouped}.{part}"))
    }

    /// Returns the digits of the number when it has so many after the point.
    fn at(self, scale: u32) -> Result<i128, TooLarge> {
        let power = 10_i128.checked_pow(scale - self.scale).ok_or(TooLarge)?;
        self.unscaled.checked_mul(power).ok_or(TooLarge)
    }
}

/// Puts commas between the thousands of a whole number.
pub(crate) fn group(whole: &str) -> String {
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        Self::new(decimal.mantissa(), decimal.scale())
    }
}

impl std::ops::Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        // No sum reaches the one number without an opposite: it has 39 digits.
        Self { unscaled: self.unscaled.saturating_neg(), ..self }
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        let (sign, other_sign) = (self.unscaled.signum(), other.unscaled.signum());
        if sign != other_sign {
            return sign.cmp(&other_sign);
        }
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Ok(mine), Ok(theirs)) => mine.cmp(&theirs),
            // The one that does not fit is further from zero.
            (Err(TooLarge), _) => sign.cmp(&0),
            (_, Err(TooLarge)) => 0.cmp(&sign),
        }
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.unscaled.unsigned_abs(), width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        f.pad(&if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::read(text).expect("a number")
    }

    #[test]
    fn sums_and_products_keep_every_digit() {
        assert_eq!(amount("0.1").plus(amount("0.20")), Ok(amount("0.3")));
        assert_eq!(
            amount("69093.48650").times(amount("0.354")).map(|it| it.to_string()),
            Ok("24459.094221".to_owned())
        );
        assert_eq!(amount("-0.05").to_string(), "-0.05");
        assert_eq!(amount("1.50").minus(amount("2")).map(|it| it.to_string()), Ok("-0.5".to_owned()));
    }

    #[test]
    fn a_sum_beyond_96_bits_is_exact_and_one_beyond_128_is_refused() {
        let wide = amount("79228162514264337593543950335");
        assert_eq!(wide.plus(wide).map(|it| it.to_string()), Ok("158456325028528675187087900670".to_owned()));
        assert_eq!(wide.times(wide), Err(TooLarge));
        assert_eq!(wide.plus(amount("0.0000000000000000000000000001")), Err(TooLarge));
    }

    #[test]
    fn numbers_are_compared_by_what_they_are() {
        let mut numbers =
            ["2", "-79228162514264337593543950335", "0.0000000000000000000000000001", "-1", "1.5"].map(amount);
        numbers.sort();
        let texts = numbers.map(|it| it.to_string());
        assert_eq!(texts, ["-79228162514264337593543950335", "-1", "0.0000000000000000000000000001", "1.5", "2"]);
        assert!(amount("79228162514264337593543950335") > amount("0.0000000000000000000000000001"));
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(amount("1234567.8901").grouped(), "1,234,567.8901");
        assert_eq!(amount("-123").grouped(), "\u{2212}123");
        assert_eq!(amount("-1234").grouped(), "\u{2212}1,234");
    }

    #[test]
    fn a_share_is_rounded_down() {
        assert_eq!(amount("1").thousandths_of(amount("3")), Some(333));
        assert_eq!(amount("1").thousandths_of(Amount::ZERO), None);
        let wide = amount("79228162514264337593543950335");
        assert_eq!(wide.thousandths_of(wide.plus(wide).expect("fits")), Some(500));
    }
}

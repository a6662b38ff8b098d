//! Lengths of time as the exchange's rules state them: days, hours, or calendar months.

use crate::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A length of time in a rule. Months follow the calendar, everything else has a fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// A fixed number of milliseconds.
    Millis(i64),
    /// Calendar months: the same date and time of day that many months away.
    Months(u32),
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Span {
    /// `count` seconds.
    pub const fn seconds(count: i64) -> Self {
        Self::Millis(count * SECOND)
    }

    /// `count` minutes.
    pub const fn minutes(count: i64) -> Self {
        Self::Millis(count * MINUTE)
    }

    /// `count` hours.
    pub const fn hours(count: i64) -> Self {
        Self::Millis(count * HOUR)
    }

    /// `count` days of 24 hours.
    pub const fn days(count: i64) -> Self {
        Self::Millis(count * DAY)
    }

    /// `count` calendar months.
    pub const fn months(count: u32) -> Self {
        Self::Months(count)
    }

    /// The instant this far before `end`.
    pub fn before(self, end: Timestamp) -> Timestamp {
        match self {
            Self::Millis(millis) => Timestamp::from_millis(end.as_millis().saturating_sub(millis)),
            Self::Months(months) => end.months_earlier(months),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match *self {
            Self::Months(months) if months > 0 && months % 12 == 0 => (i64::from(months / 12), "year"),
            Self::Months(months) => (i64::from(months), "month"),
            Self::Millis(millis) if millis % DAY == 0 => (millis / DAY, "day"),
            Self::Millis(millis) if millis % HOUR == 0 => (millis / HOUR, "hour"),
            Self::Millis(millis) if millis % MINUTE == 0 => (millis / MINUTE, "minute"),
            Self::Millis(millis) if millis % SECOND == 0 => (millis / SECOND, "second"),
            Self::Millis(millis) => (millis, "millisecond"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

/// A text that is not a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseSpanError(());

impl fmt::Display for ParseSpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a span is a whole number and a unit: 30s, 10m, 24h, 7d, 3mo or 1y")
    }
}

impl std::error::Error for ParseSpanError {}

impl FromStr for Span {
    type Err = ParseSpanError;

    /// Reads `30s`, `10m`, `24h`, `7d`, `3mo` or `1y`.
    fn from_str(text: &str) -> Result<Self, ParseSpanError> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count: u32 = count.parse().map_err(|_| ParseSpanError(()))?;
        match unit {
            "s" => Ok(Self::seconds(count.into())),
            "m" => Ok(Self::minutes(count.into())),
            "h" => Ok(Self::hours(count.into())),
            "d" => Ok(Self::days(count.into())),
            "mo" => Ok(Self::months(count)),
            "y" => count.checked_mul(12).map(Self::months).ok_or(ParseSpanError(())),
            _ => Err(ParseSpanError(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_and_print() {
        let cases = [("7d", "7 days"), ("24h", "1 day"), ("600s", "10 minutes"), ("1mo", "1 month"), ("1y", "1 year")];
        for (text, printed) in cases {
            assert_eq!(text.parse::<Span>().map(|span| span.to_string()), Ok(printed.to_owned()), "{text}");
        }
        for bad in ["", "d", "7", "-7d", "7 d", "7w", "99999999999d", "999999999y"] {
            assert!(bad.parse::<Span>().is_err(), "{bad}");
        }
    }
}

//! Lengths of time as the exchange's rules state them: days, hours, or calendar months.

use crate::{ParseValueError, Timestamp};
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

/// Returns `count` seconds.
pub const fn seconds(count: i64) -> Span {
    Span::Millis(count * SECOND)
}

/// Returns `count` minutes.
pub const fn minutes(count: i64) -> Span {
    Span::Millis(count * MINUTE)
}

/// Returns `count` hours.
pub const fn hours(count: i64) -> Span {
    Span::Millis(count * HOUR)
}

/// Returns `count` days of 24 hours.
pub const fn days(count: i64) -> Span {
    Span::Millis(count * DAY)
}

/// Returns `count` calendar months.
pub const fn months(count: u32) -> Span {
    Span::Months(count)
}

impl Span {
    /// What [`parse`](Self::parse) reads, for messages.
    pub const EXPECTED: &'static str = "a span is a whole number and a unit: 30s, 10m, 24h, 7d, 3mo or 1y";

    /// Reads `30s`, `10m`, `24h`, `7d`, `3mo` or `1y`. Returns none for any other text.
    pub const fn parse(text: &str) -> Option<Self> {
        let Some((count, unit)) = count(text.as_bytes()) else { return None };
        match unit {
            b"s" => Some(seconds(count as i64)),
            b"m" => Some(minutes(count as i64)),
            b"h" => Some(hours(count as i64)),
            b"d" => Some(days(count as i64)),
            b"mo" => Some(months(count)),
            b"y" => match count.checked_mul(12) {
                Some(count) => Some(months(count)),
                None => None,
            },
            _ => None,
        }
    }

    /// Returns the instant this far before `end`.
    pub fn before(self, end: Timestamp) -> Timestamp {
        match self {
            Self::Millis(millis) => Timestamp::from_millis(end.as_millis().saturating_sub(millis)),
            Self::Months(months) => end.months_earlier(months),
        }
    }

    /// Returns the length as a number of the largest unit that fits, and the name of that unit in the singular.
    pub const fn count(self) -> (i64, &'static str) {
        match self {
            Self::Months(months) if months > 0 && months % 12 == 0 => (months as i64 / 12, "year"),
            Self::Months(months) => (months as i64, "month"),
            Self::Millis(millis) if millis % DAY == 0 => (millis / DAY, "day"),
            Self::Millis(millis) if millis % HOUR == 0 => (millis / HOUR, "hour"),
            Self::Millis(millis) if millis % MINUTE == 0 => (millis / MINUTE, "minute"),
            Self::Millis(millis) if millis % SECOND == 0 => (millis / SECOND, "second"),
            Self::Millis(millis) => (millis, "millisecond"),
        }
    }
}

/// Returns the number at the start of a text, and the rest of the text.
const fn count(text: &[u8]) -> Option<(u32, &[u8])> {
    let (mut count, mut rest) = (0_u32, text);
    if !matches!(rest, [b'0'..=b'9', ..]) {
        return None;
    }
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        let Some(tens) = count.checked_mul(10) else { return None };
        let Some(next) = tens.checked_add((*digit - b'0') as u32) else { return None };
        (count, rest) = (next, after);
    }
    Some((count, rest))
}

impl FromStr for Span {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        Self::parse(text).ok_or(ParseValueError::new(Self::EXPECTED))
    }
}

impl fmt::Display for Span {
    /// Prints `7 days`. With `{:#}` one of a unit has no number, as after `per`: `day`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count() {
            (1, unit) if f.alternate() => f.write_str(unit),
            (1, unit) => write!(f, "1 {unit}"),
            (count, unit) => write!(f, "{count} {unit}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_and_print() {
        let cases = [
            ("7d", "7 days"),
            ("24h", "1 day"),
            ("600s", "10 minutes"),
            ("90s", "90 seconds"),
            ("1mo", "1 month"),
            ("12mo", "1 year"),
            ("1y", "1 year"),
        ];
        for (text, printed) in cases {
            assert_eq!(Span::parse(text).map(|span| span.to_string()).as_deref(), Some(printed), "{text}");
        }
        for bad in ["", "d", "7", "-7d", "7 d", "7w", "99999999999d", "999999999y"] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
        assert_eq!(format!("{:#} {:#}", days(1), days(7)), "day 7 days");
    }
}

//! Times as people write them, turned into the milliseconds that the exchange takes.

use binance_papi::Timestamp;
use binance_papi::spec::Span;
use std::fmt;
use std::time::Duration;

/// The forms that are understood, to complete "`startTime` must be ..".
pub(crate) const FORMS: &str = "milliseconds since 1970, `2026-07-01` or `2026-07-01T08:00:00` (UTC), RFC 3339, `now`, or a time ago such as \
     `90d`, `1w`, `1.5d`, `2h`, `15m`";

/// The forms of a length of time, to complete "`--overlap` must be ..".
const SPAN_FORMS: &str = "a number and a unit, such as 30s, 10m, 1.5h, 7d, 2w, 3mo or 1y";

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// As milliseconds, these are hours of 1970; as seconds, the years from 2001 on.
const SECONDS: std::ops::RangeInclusive<i64> = 1_000_000_000..=9_999_999_999;

/// Why a text is no time. Its `Display` completes "`startTime` ..".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoTime {
    /// It is a number of seconds; a time here is one of milliseconds.
    Seconds(i64),
    /// It is nothing that is understood.
    Other(String),
}

impl fmt::Display for NoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => {
                let meant = Timestamp::from_millis(seconds.saturating_mul(SECOND));
                write!(
                    f,
                    "must be milliseconds since 1970, and {seconds} looks like seconds: did you mean {} ({meant})?",
                    meant.as_millis()
                )
            }
            Self::Other(text) => write!(f, "must be {FORMS}, not {text:?}"),
        }
    }
}

/// Reads a time: milliseconds, RFC 3339, a date or date and time (UTC), `now`, or a length of time before now.
///
/// A time given in days, weeks, months or years lies one minute after the exact instant: limits such as "not older than 90
/// days" are checked when the request arrives, and `90d` must still be within them then.
pub(crate) fn to_millis(text: &str, now: Timestamp) -> Result<i64, NoTime> {
    let text = text.trim();
    if let Ok(millis) = text.parse() {
        return if SECONDS.contains(&millis) { Err(NoTime::Seconds(millis)) } else { Ok(millis) };
    }
    if text.eq_ignore_ascii_case("now") {
        return Ok(now.as_millis());
    }
    if let Ok(span) = to_span(text) {
        let grace = if text.ends_with(['d', 'w', 'o', 'y']) { MINUTE } else { 0 };
        return Ok(span.before(now).as_millis() + grace);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Ok(instant.as_millisecond());
    }
    let moment = text.parse::<jiff::civil::DateTime>().ok();
    let instant = moment.and_then(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC).ok());
    instant.map(|instant| instant.timestamp().as_millisecond()).ok_or_else(|| NoTime::Other(text.to_owned()))
}

/// Reads a length of time: what a rule of the exchange is written with, and weeks and fractions beside it. Months and years
/// follow the calendar, so they have no fractions. The error completes "`--overlap` ..".
pub(crate) fn to_span(text: &str) -> Result<Span, String> {
    let text = text.trim();
    let span = Span::parse(text).or_else(|| fraction(text));
    span.ok_or_else(|| format!("must be {SPAN_FORMS}, not {text:?}"))
}

/// Reads a length of time that a clock can wait for.
pub(crate) fn to_duration(text: &str) -> Result<Duration, String> {
    match to_span(text)? {
        Span::Millis(millis @ 1..) => Ok(Duration::from_millis(millis.unsigned_abs())),
        _ => Err("must be longer than nothing, in seconds, minutes, hours, days or weeks".to_owned()),
    }
}

/// Returns a length of time in milliseconds; of months as many as there were before 1970.
pub(crate) fn millis_of(span: Span) -> i64 {
    -span.before(Timestamp::from_millis(0)).as_millis()
}

/// Reads a number with a point in it, or one of weeks. What is left of a millisecond is dropped.
fn fraction(text: &str) -> Option<Span> {
    let (number, unit) = text.split_at(text.find(|character: char| character.is_ascii_alphabetic())?);
    let unit = match unit {
        "s" => SECOND,
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "w" => WEEK,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(whole) || !is_number(part) {
        return None;
    }
    let tens = 10_i128.checked_pow(part.len().try_into().ok()?)?;
    let scaled = whole.parse::<i128>().ok()?.checked_mul(tens)?.checked_add(part.parse().ok()?)?;
    let millis = scaled.checked_mul(unit.into())? / tens;
    // A longer time has no meaning, and would not fit into a time.
    let longest = i128::from(u32::MAX) * i128::from(DAY);
    i64::try_from(millis).ok().filter(|millis| i128::from(*millis) <= longest).map(Span::Millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_792_742_400_000);

    #[test]
    fn every_form_is_understood() {
        let cases = [
            ("1596107620044", 1_596_107_620_044),
            ("-1", -1),
            ("now", NOW.as_millis()),
            ("Now", NOW.as_millis()),
            ("2h", NOW.as_millis() - 7_200_000),
            ("15m", NOW.as_millis() - 900_000),
            ("30s", NOW.as_millis() - 30_000),
            ("1.5h", NOW.as_millis() - 5_400_000),
            ("90d", NOW.as_millis() - 90 * DAY + MINUTE),
            ("1w", NOW.as_millis() - 7 * DAY + MINUTE),
            ("1.5d", NOW.as_millis() - 36 * HOUR + MINUTE),
            ("2026-10-23", 1_792_713_600_000),
            ("2026-10-23T08:00:00", NOW.as_millis()),
            ("2026-10-23 08:00", NOW.as_millis()),
            ("2026-10-23T08:00:00Z", NOW.as_millis()),
            ("2026-10-23T10:00:00+02:00", NOW.as_millis()),
            ("2026-10-23T08:00:00.250Z", NOW.as_millis() + 250),
            ("1970-01-01", 0),
        ];
        for (text, millis) in cases {
            assert_eq!(to_millis(text, NOW), Ok(millis), "{text}");
        }
    }

    #[test]
    fn months_follow_the_calendar() {
        // 2026-10-23T08:00Z, three months earlier.
        assert_eq!(to_millis("3mo", NOW), to_millis("2026-07-23T08:01:00Z", NOW));
        assert_eq!(to_millis("1y", NOW), to_millis("2025-10-23T08:01:00Z", NOW));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "yesterday",
            "90",
            "d",
            "2026-13-01",
            "2026-02-30",
            "23.10.2026",
            "08:00",
            "-90d",
            "1e3",
            "1.5mo",
            ".5d",
            "1.d",
            "1..5d",
            "99999999999999999999w",
        ] {
            let expected = text.parse::<i64>().map_err(|_| NoTime::Other(text.to_owned()));
            assert_eq!(to_millis(text, NOW), expected, "{text}");
        }
    }

    #[test]
    fn seconds_are_refused_with_the_time_they_probably_mean() {
        let refused = to_millis("1790812800", NOW).expect_err("seconds").to_string();
        assert!(refused.contains("did you mean 1790812800000 (2026-10-01T00:00:00.000Z)?"), "{refused}");
    }

    #[test]
    fn a_span_has_weeks_and_fractions() {
        for (text, span) in [
            ("24h", Span::Millis(DAY)),
            ("1w", Span::Millis(WEEK)),
            ("0.5w", Span::Millis(WEEK / 2)),
            ("1.5d", Span::Millis(36 * HOUR)),
            ("0.0001s", Span::Millis(0)),
            ("3mo", Span::Months(3)),
        ] {
            assert_eq!(to_span(text), Ok(span), "{text}");
        }
        assert!(to_span("1.5y").is_err_and(|why| why.starts_with("must be a number and a unit")));
    }
}

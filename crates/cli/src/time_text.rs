//! Times as people write them, turned into the milliseconds that the exchange takes.

use binance_papi::Timestamp;
use binance_papi::spec::Span;

/// The forms that are understood, to complete "`startTime` must be ..".
pub(crate) const FORMS: &str = "milliseconds since 1970, `2026-07-01` or `2026-07-01T08:00:00` (UTC), RFC 3339, `now`, or a time ago such as \
     `90d`, `2h`, `15m`";

const MINUTE: i64 = 60_000;

/// Reads a time: milliseconds, RFC 3339, a date or date and time (UTC), `now`, or a length of time before now.
///
/// A time given in days, months or years lies one minute after the exact instant: limits such as "not older than 90
/// days" are checked when the request arrives, and `90d` must still be within them then.
pub(crate) fn to_millis(text: &str, now: Timestamp) -> Option<i64> {
    let text = text.trim();
    if let Ok(millis) = text.parse() {
        return Some(millis);
    }
    if text.eq_ignore_ascii_case("now") {
        return Some(now.as_millis());
    }
    if let Ok(span) = text.parse::<Span>() {
        let grace = if text.ends_with(['d', 'o', 'y']) { MINUTE } else { 0 };
        return Some(span.before(now).as_millis() + grace);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_millisecond());
    }
    let moment = text.parse::<jiff::civil::DateTime>().ok()?;
    moment.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|instant| instant.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_792_742_400_000);
    const DAY: i64 = 86_400_000;

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
            ("90d", NOW.as_millis() - 90 * DAY + MINUTE),
            ("2026-10-23", 1_792_713_600_000),
            ("2026-10-23T08:00:00", NOW.as_millis()),
            ("2026-10-23 08:00", NOW.as_millis()),
            ("2026-10-23T08:00:00Z", NOW.as_millis()),
            ("2026-10-23T10:00:00+02:00", NOW.as_millis()),
            ("2026-10-23T08:00:00.250Z", NOW.as_millis() + 250),
            ("1970-01-01", 0),
        ];
        for (text, millis) in cases {
            assert_eq!(to_millis(text, NOW), Some(millis), "{text}");
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
        for text in ["", "yesterday", "90", "d", "7w", "2026-13-01", "2026-02-30", "23.10.2026", "08:00", "-90d", "1e3"]
        {
            let expected = text.parse::<i64>().ok();
            assert_eq!(to_millis(text, NOW), expected, "{text}");
        }
    }
}

//! Instants as the exchange writes them, as people write them (RFC 3339), and the calendar that spans of months follow.

use crate::ParseValueError;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, the only unit of time the exchange uses.
///
/// It prints as RFC 3339 in UTC, to the millisecond, and reads any RFC 3339 text. Requests and replies carry
/// [`as_millis`](Self::as_millis), and so does serde. Date libraries stay out of this crate's interface; `SystemTime` converts
/// both ways.
///
/// ```
/// use papi_spec::Timestamp;
///
/// let start: Timestamp = "2026-10-01T14:00:00.123+02:00".parse()?;
/// assert_eq!(start.to_string(), "2026-10-01T12:00:00.123Z");
/// assert_eq!(start.as_millis(), 1_790_856_000_123);
/// # Ok::<(), papi_spec::ParseValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Reads the clock of this machine. Nothing else in this crate does, and nothing here calls it: rules take the present
    /// moment as a parameter. The exchange's clock may differ; a client's own `now()` allows for that.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time of day")]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Returns the instant `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Returns the milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Returns this instant moved later by `by`, or the last representable one.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Returns how long `self` is after `earlier`; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Returns the same time of day `months` calendar months earlier; the day is cut to the length of that month.
    pub(crate) fn months_earlier(self, months: u32) -> Self {
        let (days, millis) = (self.0.div_euclid(MILLIS_PER_DAY), self.0.rem_euclid(MILLIS_PER_DAY));
        let (year, month, day) = civil_from_days(days);
        let count = year * 12 + (month - 1) - i64::from(months);
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        let day = day.min(days_in_month(year, month));
        // Only ever earlier, so what does not fit is before everything.
        let start = days_from_civil(year, month, day).checked_mul(MILLIS_PER_DAY);
        Self(start.and_then(|start| start.checked_add(millis)).unwrap_or(i64::MIN))
    }
}

/// Rows of an export have a time or two each, so their text is written without the machinery of formats.
impl Timestamp {
    /// Returns RFC 3339 in UTC, such as `2026-10-23T08:00:00.000Z`; none outside of the years 0 to 9999, which are all that it can
    /// write.
    pub fn to_rfc3339(self) -> Option<String> {
        if !(YEAR_0..=END_OF_9999).contains(&self.0) {
            return None;
        }
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let places = [0..4, 5..7, 8..10, 11..13, 14..16, 17..19, 20..23];
        for (number, place) in self.parts().into_iter().zip(places) {
            let mut left = u16::try_from(number).unwrap_or_default();
            for digit in text[place].iter_mut().rev() {
                *digit += (left % 10) as u8;
                left /= 10;
            }
        }
        str::from_utf8(&text).ok().map(ToOwned::to_owned)
    }

    /// Returns year, month, day, hours, minutes, seconds and milliseconds in UTC.
    fn parts(self) -> [i64; 7] {
        let (days, millis) = (self.0.div_euclid(MILLIS_PER_DAY), self.0.rem_euclid(MILLIS_PER_DAY));
        let (year, month, day) = civil_from_days(days);
        [year, month, day, millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000]
    }
}

const MILLIS_PER_DAY: i64 = 86_400_000;
/// 0000-01-01T00:00:00.000Z
const YEAR_0: i64 = -62_167_219_200_000;
/// 9999-12-31T23:59:59.999Z
const END_OF_9999: i64 = 253_402_300_799_999;

impl fmt::Display for Timestamp {
    /// Prints RFC 3339 in UTC, such as `2026-10-23T08:00:00.000Z`. RFC 3339 ends with the year 9999; outside of the years 0
    /// to 9999 the year has a sign or more digits, and such a text cannot be read back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.to_rfc3339() {
            return f.pad(&text);
        }
        let [year, month, day, hours, minutes, seconds, millis] = self.parts();
        f.pad(&format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z"))
    }
}

impl FromStr for Timestamp {
    type Err = ParseValueError;

    /// Reads RFC 3339 with `Z` or an offset such as `+02:00`. Nothing is rounded: digits after the milliseconds must be zeros.
    /// Milliseconds since 1970 are not read here: [`from_millis`](Self::from_millis) takes those.
    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        const EXPECTED: &str = "a time in RFC 3339, to the millisecond, such as `2026-10-01T12:00:00.123Z`";
        read_rfc3339(text.as_bytes()).map(Self).ok_or(ParseValueError::new(EXPECTED))
    }
}

impl From<SystemTime> for Timestamp {
    /// Cuts to whole milliseconds, towards the past.
    fn from(time: SystemTime) -> Self {
        let nanos = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()).unwrap_or(i128::MAX),
            Err(before) => i128::try_from(before.duration().as_nanos()).map_or(i128::MIN, |nanos| -nanos),
        };
        let millis = nanos.div_euclid(1_000_000);
        Self(i64::try_from(millis).unwrap_or(if millis < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl From<Timestamp> for SystemTime {
    /// Converts exactly. An instant that this platform's `SystemTime` cannot hold, thousands of years away, becomes one at the
    /// other end of the years 0 to 9999.
    fn from(time: Timestamp) -> Self {
        let moved = |millis: i64| {
            let span = Duration::from_millis(millis.unsigned_abs());
            if millis < 0 { UNIX_EPOCH.checked_sub(span) } else { UNIX_EPOCH.checked_add(span) }
        };
        let within = time.0.clamp(YEAR_0, END_OF_9999);
        moved(time.0).or_else(|| moved(within)).unwrap_or(UNIX_EPOCH)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    /// Reads milliseconds, as a number or as a text.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Millis;
        impl Visitor<'_> for Millis {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time in milliseconds")
            }

            fn visit_i64<E: Error>(self, millis: i64) -> Result<Timestamp, E> {
                Ok(Timestamp(millis))
            }

            fn visit_u64<E: Error>(self, millis: u64) -> Result<Timestamp, E> {
                i64::try_from(millis).map(Timestamp).map_err(|_| E::invalid_value(Unexpected::Unsigned(millis), &self))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map(Timestamp).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        from.deserialize_any(Millis)
    }
}

/// Reads RFC 3339 and returns the milliseconds since the epoch. Returns none for any other text, and when a digit would be lost.
fn read_rfc3339(text: &[u8]) -> Option<i64> {
    let (moment, rest) = text.split_at_checked("2026-10-01T12:00:00".len())?;
    let [b'-', b'-', b'T' | b't' | b' ', b':', b':'] = [4, 7, 10, 13, 16].map(|at| moment[at]) else { return None };
    let (year, month, day) = (digits(&moment[..4])?, digits(&moment[5..7])?, digits(&moment[8..10])?);
    let (hours, minutes, seconds) = (digits(&moment[11..13])?, digits(&moment[14..16])?, digits(&moment[17..])?);
    if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let (millis, zone) = match rest {
        [b'.', rest @ ..] => {
            let (fraction, zone) = rest.split_at(rest.iter().take_while(|byte| byte.is_ascii_digit()).count());
            (millis_of(fraction)?, zone)
        }
        _ => (0, rest),
    };
    let minutes = hours * 60 + minutes - offset(zone)?;
    Some(days_from_civil(year, month, day) * MILLIS_PER_DAY + (minutes * 60 + seconds) * 1_000 + millis)
}

/// Returns the milliseconds of the digits after the point; none when there are no digits, or when they are finer than that.
fn millis_of(fraction: &[u8]) -> Option<i64> {
    let (millis, finer) = fraction.split_at(fraction.len().min(3));
    let tens = [0, 100, 10, 1].get(millis.len()).filter(|_| !millis.is_empty())?;
    if finer.iter().any(|digit| *digit != b'0') {
        return None;
    }
    Some(digits(millis)? * tens)
}

/// Returns the minutes that a zone is ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, zone) = match zone {
        b"Z" | b"z" => return Some(0),
        [b'+', zone @ ..] => (1, zone),
        [b'-', zone @ ..] => (-1, zone),
        _ => return None,
    };
    let [h1, h2, b':', m1, m2] = zone else { return None };
    let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// Reads a few digits; none when something else is among them.
fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

// The Gregorian calendar, counted in eras of 400 years that start on 1 March, so that leap days come last.
const DAYS_PER_ERA: i64 = 146_097;
const DAYS_FROM_ERA_0_TO_EPOCH: i64 = 719_468;

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - DAYS_FROM_ERA_0_TO_EPOCH
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_FROM_ERA_0_TO_EPOCH;
    let (era, day_of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from_civil(next_year, next_month, 1) - days_from_civil(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants_print_in_utc() {
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::from_millis(1_596_107_620_044).to_string(), "2020-07-30T11:13:40.044Z");
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn rfc_3339_reads_exactly() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("2020-07-30T11:13:40.044Z", 1_596_107_620_044),
            ("2020-07-30t11:13:40.044z", 1_596_107_620_044),
            ("2020-07-30 13:13:40.044000000+02:00", 1_596_107_620_044),
            ("2020-07-29T23:43:40.044-11:30", 1_596_107_620_044),
            ("2020-07-30T11:13:40.5-00:00", 1_596_107_620_500),
            ("1969-12-31T23:59:59.99Z", -10),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("0000-01-01T00:00:00Z", YEAR_0),
            ("9999-12-31T23:59:59.999Z", END_OF_9999),
            ("9999-12-31T23:59:59.999-23:59", END_OF_9999 + 86_340_000),
        ];
        for (text, millis) in cases {
            assert_eq!(text.parse(), Ok(Timestamp::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_or_would_be_rounded_is_refused() {
        let cases = [
            "",
            "0",
            "1596107620044",
            "now",
            "2020-07-30",
            "2020-07-30T11:13:40",
            "2020-07-30T11:13Z",
            "2020-7-30T11:13:40Z",
            "2020-07-30T11:13:40.Z",
            "2020-07-30T11:13:40.0441Z",
            "2020-07-30T11:13:40.000000001Z",
            "2020-07-30T24:00:00Z",
            "2020-07-30T11:60:40Z",
            "2016-12-31T23:59:60Z",
            "2023-02-29T00:00:00Z",
            "2020-00-01T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-01-00T00:00:00Z",
            "2020-04-31T00:00:00Z",
            "2020-07-30T11:13:40+2:00",
            "2020-07-30T11:13:40+0200",
            "2020-07-30T11:13:40+24:00",
            "2020-07-30T11:13:40+02:60",
            "2020-07-30T11:13:40Z ",
            " 2020-07-30T11:13:40Z",
            "+10000-01-01T00:00:00Z",
            "-001-01-01T00:00:00Z",
            "2020-07-30T11:13:4\u{661}Z",
            "2020/07/30T11:13:40Z",
            "2020-07-30_11:13:40Z",
            "2020-07-30T+1:13:40Z",
        ];
        for text in cases {
            let error = text.parse::<Timestamp>().expect_err(text);
            assert!(error.to_string().contains("2026-10-01T12:00:00.123Z"), "{error}");
        }
    }

    #[test]
    fn what_is_printed_reads_back_in_the_years_of_rfc_3339() {
        for millis in (YEAR_0..=END_OF_9999).step_by(86_399_999 * 97).chain([YEAR_0, -1, 0, 1, END_OF_9999]) {
            let time = Timestamp::from_millis(millis);
            assert_eq!(time.to_string().parse(), Ok(time), "{millis}");
        }
        assert_eq!(Timestamp::from_millis(END_OF_9999 + 1).to_string(), "10000-01-01T00:00:00.000Z");
        assert_eq!(format!("{:>26}|", Timestamp::from_millis(0)), "  1970-01-01T00:00:00.000Z|");
    }

    #[test]
    fn system_times_convert_both_ways() {
        for millis in [i64::MIN, YEAR_0, -1_001, -1, 0, 1, 1_596_107_620_044, END_OF_9999, i64::MAX] {
            let time = Timestamp::from_millis(millis);
            let back = Timestamp::from(SystemTime::from(time));
            assert!(back == time || !(YEAR_0..=END_OF_9999).contains(&millis), "{millis} became {back:?}");
        }
        let halves = |time: SystemTime| Timestamp::from(time).as_millis();
        assert_eq!(halves(UNIX_EPOCH + Duration::from_micros(1_500)), 1);
        assert_eq!(halves(UNIX_EPOCH - Duration::from_micros(1_500)), -2);
    }

    #[test]
    fn now_is_this_machines_clock() {
        assert!(Timestamp::now() > Timestamp::from_millis(1_596_107_620_044), "this line was written later");
    }

    #[test]
    fn every_day_of_eight_centuries_converts_there_and_back() {
        for day in -146_097..=146_097 {
            let (year, month, date) = civil_from_days(day);
            assert_eq!(days_from_civil(year, month, date), day);
        }
    }

    #[test]
    fn the_ends_of_time_are_no_panic() {
        let (first, last) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
        assert_eq!(first.months_earlier(12), first);
        assert!(last.months_earlier(12) < last);
        assert!(first.to_string().starts_with('-') && last.to_string().starts_with('2'));
    }

    #[test]
    fn a_month_before_the_31st_ends_with_the_shorter_month() {
        let march_31 = Timestamp::from_millis(days_from_civil(2024, 3, 31) * MILLIS_PER_DAY + 5);
        assert_eq!(march_31.months_earlier(1).to_string(), "2024-02-29T00:00:00.005Z");
        assert_eq!(march_31.months_earlier(13).to_string(), "2023-02-28T00:00:00.005Z");
        assert_eq!(march_31.months_earlier(3).to_string(), "2023-12-31T00:00:00.005Z");
    }
}

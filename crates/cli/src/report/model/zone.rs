//! The time zone in which moments are shown, and days and hours are counted.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A time zone, UTC unless another one was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Zone {
    name: String,
    zone: TimeZone,
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".to_owned(), zone: TimeZone::UTC }
    }
}

impl Zone {
    /// Returns the zone of a name such as `Europe/Berlin`.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        if name.eq_ignore_ascii_case("utc") {
            return Ok(Self::default());
        }
        let zone = TimeZone::get(name)
            .map_err(|_| format!("there is no time zone {name:?}: name one as UTC, Europe/Berlin or Asia/Tokyo"))?;
        Ok(Self { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the day of a moment.
    pub(crate) fn day(&self, millis: i64) -> Date {
        self.zone.to_datetime(instant(millis)).date()
    }

    /// Returns the hour of the day, from 0 to 23.
    pub(crate) fn hour(&self, millis: i64) -> usize {
        usize::try_from(self.zone.to_datetime(instant(millis)).hour()).unwrap_or(0)
    }

    /// Returns the month of a moment, such as `2026-10`.
    pub(crate) fn month(&self, millis: i64) -> String {
        let date = self.day(millis);
        format!("{:04}-{:02}", date.year(), date.month())
    }

    /// Returns a moment to the second, without the zone, which stands elsewhere on the page.
    pub(crate) fn second(&self, millis: i64) -> String {
        let at = self.zone.to_datetime(instant(millis));
        let (date, time) = (at.date(), at.time());
        format!("{date} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }

    /// Returns a moment to the millisecond, without the zone.
    pub(crate) fn millisecond(&self, millis: i64) -> String {
        format!("{}.{:03}", self.second(millis), millis.rem_euclid(1_000))
    }

    /// Returns a moment to the minute where that says all, and exactly elsewhere.
    pub(crate) fn brief(&self, millis: i64) -> String {
        let text = self.millisecond(millis);
        text.strip_suffix(":00.000").map(ToOwned::to_owned).unwrap_or(text)
    }

    /// Returns the first moment of a day.
    pub(crate) fn start_of(&self, day: Date) -> i64 {
        let first = self.zone.to_zoned(day.at(0, 0, 0, 0)).ok();
        first.map_or(0, |first| first.timestamp().as_millisecond())
    }
}

/// Returns the moment; the last that the calendar has for one beyond it.
fn instant(millis: i64) -> Timestamp {
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millis).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: i64 = 1_596_107_620_044;

    #[test]
    fn a_moment_is_shown_in_its_zone() {
        assert_eq!(Zone::default().millisecond(MOMENT), "2020-07-30 11:13:40.044");
        let tokyo = Zone::named("Asia/Tokyo").expect("a zone");
        assert_eq!((tokyo.second(MOMENT).as_str(), tokyo.hour(MOMENT)), ("2020-07-30 20:13:40", 20));
        assert_eq!(Zone::named("utc").expect("a zone").name(), "UTC");
        assert!(Zone::named("Mars/Olympus").expect_err("no zone").contains("Europe/Berlin"));
        assert_eq!(Zone::default().brief(1_596_107_640_000), "2020-07-30 11:14");
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_its_end() {
        assert_eq!(Zone::default().month(i64::MAX), "9999-12");
    }
}

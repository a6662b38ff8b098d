//! The events of each calendar day, chosen so that every awkward situation comes up in any 90 days.

use super::cause::Cause;
use super::product::{DATED, Product, WEEKLY};
use crate::rng::Rng;
use papi_types::Timestamp;

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;
const NOON: i64 = 12 * HOUR;

/// An event of a day, before it has numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    /// Milliseconds since midnight UTC.
    pub(super) at: i64,
    /// Index of the instrument.
    pub(super) instrument: usize,
    pub(super) cause: Cause,
}

/// The character of seven days, which begin on a Thursday as the epoch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Week {
    /// Nothing but the events of every week.
    Quiet,
    /// A few events every day.
    Ordinary,
    /// One hour with far more rows than a page has.
    BusyHour,
    /// Days with exactly 99, 100 and 101 rows, and none between them.
    FullPages,
    /// Many rows within one millisecond.
    OneMillisecond,
    /// Events in the first and last millisecond of each day and at full hours.
    Edges,
}

/// Returns six weeks that repeat; 90 days hold twelve whole weeks, so each of the six comes up at least twice.
const fn cycle(product: Product) -> [Week; 6] {
    match product {
        Product::Um => {
            [Week::Quiet, Week::BusyHour, Week::Ordinary, Week::FullPages, Week::OneMillisecond, Week::Edges]
        }
        Product::Cm => [Week::Quiet, Week::Quiet, Week::Ordinary, Week::BusyHour, Week::OneMillisecond, Week::Edges],
        Product::Margin => {
            [Week::Quiet, Week::Ordinary, Week::OneMillisecond, Week::Quiet, Week::Ordinary, Week::Edges]
        }
    }
}

/// Returns the calendar day of an instant, counted from the epoch.
pub(super) fn day_of(time: Timestamp) -> i64 {
    time.as_millis().div_euclid(DAY)
}

/// Returns the events of a calendar day, in order of time.
pub(super) fn events(seed: u64, product: Product, day: i64) -> Vec<Event> {
    let (week, weekday) = (day.div_euclid(7), day.rem_euclid(7));
    // The seed shifts the cycle, so that two histories differ in more than their numbers.
    let shift = Rng::new(seed, &[product.number()]).between(0, 6);
    let character = match usize::try_from((week + shift).rem_euclid(6)) {
        Ok(index) => cycle(product)[index],
        Err(_) => Week::Quiet,
    };
    let mut day = Day { rng: Rng::new(seed, &[product.number(), day]), product, events: Vec::new() };
    day.weekly(weekday);
    match product {
        Product::Um => day.um(character, weekday),
        Product::Cm => day.cm(character, weekday),
        Product::Margin => day.margin(character),
    }
    day.events.sort_unstable();
    day.events
}

/// Returns whether positions had two sides in the week of this day. The account changes its position mode now and then.
pub(super) fn in_hedge_mode(day: i64) -> bool {
    day.div_euclid(42).rem_euclid(2) == 1
}

struct Day {
    rng: Rng,
    product: Product,
    events: Vec<Event>,
}

impl Day {
    /// Adds what happens in quiet weeks too: BTCUSDT at fixed times, at most seven days apart, so that any seven days
    /// have some. The first falls on midnight, which is an edge of many windows.
    fn weekly(&mut self, weekday: i64) {
        let times: &[i64] = match (self.product, weekday) {
            (Product::Um, 0) => &[0],
            (Product::Um, 4) => &[NOON, NOON + 7 * SECOND],
            _ => &[],
        };
        for &at in times {
            self.events.push(Event { at, instrument: WEEKLY, cause: Cause::Liquidation });
        }
    }

    fn um(&mut self, week: Week, weekday: i64) {
        match week {
            Week::Quiet => {}
            Week::Ordinary => self.scattered(14, 26),
            Week::BusyHour if weekday == 2 => self.within_one_hour(250),
            Week::BusyHour => self.scattered(2, 8),
            Week::FullPages => match weekday {
                1 => self.scattered(99, 100),
                3 => self.scattered(100, 101),
                5 => self.scattered(101, 102),
                _ => {}
            },
            Week::OneMillisecond => {
                self.scattered(8, 16);
                if weekday == 3 {
                    self.within_one_millisecond(40);
                }
            }
            Week::Edges => {
                self.edges();
                self.scattered(6, 12);
            }
        }
    }

    fn cm(&mut self, week: Week, weekday: i64) {
        match week {
            Week::Quiet => {}
            Week::BusyHour if weekday == 2 => self.within_one_hour(130),
            Week::OneMillisecond if weekday == 3 => self.within_one_millisecond(40),
            Week::Edges => {
                self.edges();
                if weekday == 1 {
                    // Contracts are delivered on a Friday at eight.
                    for at in [8 * HOUR, 8 * HOUR + SECOND] {
                        self.events.push(Event { at, instrument: DATED, cause: Cause::Delivery });
                    }
                }
            }
            _ => self.scattered(2, 7),
        }
    }

    fn margin(&mut self, week: Week) {
        match week {
            Week::Quiet => {}
            Week::OneMillisecond => {
                let at = self.rng.between(0, DAY);
                self.several(6, |_| at);
            }
            Week::Edges => self.edges(),
            _ => self.scattered(1, 5),
        }
    }

    fn scattered(&mut self, fewest: i64, limit: i64) {
        let count = self.rng.between(fewest, limit);
        self.several(count, |rng| rng.between(1, DAY - 1));
    }

    fn within_one_hour(&mut self, count: i64) {
        let start = self.rng.between(0, 24) * HOUR;
        self.several(count, |rng| start + rng.between(0, HOUR));
    }

    fn within_one_millisecond(&mut self, count: i64) {
        let at = self.rng.between(1, DAY - 1);
        self.several(count, |_| at);
    }

    fn edges(&mut self) {
        let hour = self.rng.between(1, 24) * HOUR;
        for at in [0, 0, hour - 1, hour, DAY - 1, DAY - 1] {
            self.several(1, |_| at);
        }
    }

    fn several(&mut self, count: i64, mut time: impl FnMut(&mut Rng) -> i64) {
        for _ in 0..count {
            let at = time(&mut self.rng);
            let instrument = self.rng.index(self.product.instruments().len());
            let cause = match self.rng.between(0, 100) {
                0..72 => Cause::Liquidation,
                72..94 => Cause::Adl,
                _ => Cause::Settlement,
            };
            self.events.push(Event { at, instrument, cause });
        }
    }
}

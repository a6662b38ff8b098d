//! Rows that follow from the seed and the day, made of the documented example: any history of the account but those of
//! orders and forced closes.

use crate::instruments::{BEYOND_DOUBLES, Instrument, instruments, pair_of};
use crate::rng::Rng;
use crate::search::is_number;
use crate::template;
use papi_types::json::Json;
use papi_types::spec::{Kind, Paging};
use papi_types::{EndpointInfo, Timestamp};

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// More than the rows of any day, so that numbers grow from day to day.
const NUMBERS_PER_DAY: i64 = 1_000;

/// Up to here a double holds every whole number.
const DOUBLE_HOLDS: i64 = 9_007_199_254_740_992;

/// Fields with an asset that a row is about.
const ASSETS: [&str; 4] = ["asset", "rawAsset", "marginAsset", "commissionAsset"];

/// Numbers of other things that a row refers to.
const REFERENCES: [&str; 2] = ["orderId", "tradeId"];

/// The rows of one endpoint.
pub(crate) struct DerivedRows<'a> {
    pub(crate) seed: u64,
    pub(crate) info: &'static EndpointInfo,
    pub(crate) paging: Paging,
    pub(crate) examples: &'a [Json],
}

impl DerivedRows<'_> {
    /// Returns the rows from one instant to another, both included, oldest first.
    pub(crate) fn between(&self, from: Timestamp, to: Timestamp) -> Vec<Json> {
        let (from, to) = (from.as_millis(), to.as_millis());
        let mut rows = Vec::new();
        for day in from.div_euclid(DAY)..=to.div_euclid(DAY) {
            let events = (0..).zip(self.events(day)).filter(|(_, at)| (from..=to).contains(at));
            rows.extend(events.filter_map(|(index, at)| self.row(day, index, at)));
        }
        rows
    }

    fn rng(&self, numbers: [i64; 2]) -> Rng {
        // Only the path names the endpoint for good.
        let path = self.info.path.bytes().fold(0_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        Rng::new(self.seed, &[path, numbers[0], numbers[1]])
    }

    /// Returns the times of a day's rows. Where the time is part of the key they are in different hours; elsewhere some
    /// share a millisecond. Once a week there are rows in the first and the last millisecond of the day.
    fn events(&self, day: i64) -> Vec<i64> {
        let mut rng = self.rng([day, -1]);
        let apart = self.paging.time.is_some_and(|time| self.paging.key.contains(&time));
        let mut events: Vec<i64> = (0..rng.between(0, 7)).map(|_| rng.between(0, DAY)).collect();
        if apart {
            for at in &mut events {
                *at -= *at % HOUR;
            }
        } else if rng.chance(40)
            && let Some(first) = events.first().copied()
        {
            events.push(first);
        }
        if day.rem_euclid(7) == 0 {
            events.extend([0, DAY - 1]);
        }
        events.sort_unstable();
        if apart {
            events.dedup();
        }
        events.iter().map(|at| day * DAY + at).collect()
    }

    fn row(&self, day: i64, index: i64, at: i64) -> Option<Json> {
        let mut rng = self.rng([day, index]);
        let mut row = rng.pick(self.examples)?.clone();
        let instrument = rng.pick(instruments(self.info.group))?;
        let time = self.paging.time?;
        let was = row.get(time)?.integer()?;
        template::shift(&mut row, at - was);
        about(&mut row, instrument);
        self.choose_words(&mut row, &mut rng);
        let number = day * NUMBERS_PER_DAY + index;
        for name in self.paging.key.iter().filter(|name| is_number(name, &self.paging)).chain(&REFERENCES) {
            if let Some(documented) = row.get(name).and_then(Json::integer) {
                let base = if documented > DOUBLE_HOLDS { BEYOND_DOUBLES } else { 0 };
                template::fill(&mut row, name, &(base + number).to_string());
            }
        }
        Some(row)
    }

    /// Chooses the words of a row about a symbol: any that can be asked for, except those of examples without a symbol.
    fn choose_words(&self, row: &mut Json, rng: &mut Rng) {
        let about_none = |row: &Json| row.get("symbol").and_then(Json::scalar).is_some_and(str::is_empty);
        if about_none(row) {
            return;
        }
        for param in self.info.params.iter().filter(|param| param.kind == Kind::Word) {
            let taken: Vec<_> = self
                .examples
                .iter()
                .filter(|row| about_none(row))
                .filter_map(|row| row.get(param.name)?.scalar())
                .collect();
            let words: Vec<_> = param.words.iter().filter(|word| taken.iter().all(|taken| taken != *word)).collect();
            if let Some(word) = rng.pick(&words) {
                row.replace(param.name, Json::text(**word));
            }
        }
    }
}

/// Makes a row be about a symbol and its assets; what is empty stays empty.
fn about(row: &mut Json, instrument: &Instrument) {
    template::each_field(row, &mut |name, value| {
        let text = match name {
            "symbol" => instrument.symbol,
            "pair" => pair_of(instrument.symbol),
            _ if ASSETS.contains(&name) => instrument.asset,
            _ => return,
        };
        if value.scalar().is_some_and(|shown| !shown.is_empty()) {
            *value = template::like(value, text);
        }
    });
}

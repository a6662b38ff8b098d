//! Closes over time: how many each symbol had in each slot of the period, and what their value had come to by then.

use super::amount::{Amount, TooLarge};
use super::close::{Close, Kind, Part};
use super::unit::Unit;
use crate::export::Range;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A picture has so many slots, whatever the number of rows.
pub(crate) const SLOTS: i64 = 120;

/// Symbols with a lane of their own.
const MOST_LANES: usize = 12;

/// Closes over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Timeline {
    pub(crate) range: Range,
    /// The symbols with the most closes, and one lane for all others.
    pub(crate) lanes: Vec<Lane>,
    /// The value of all closes up to the end of each slot, for each unit.
    pub(crate) running: Vec<Running>,
}

/// The closes of one symbol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Lane {
    pub(crate) name: String,
    pub(crate) part: Option<Part>,
    pub(crate) closes: u64,
    pub(crate) dots: Vec<Dot>,
}

/// The closes of one symbol and kind in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Dot {
    pub(crate) slot: i64,
    pub(crate) series: Series,
    pub(crate) closes: u64,
}

/// What dots are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Series {
    Liquidation,
    Adl,
    Other,
}

impl Series {
    pub(crate) const ALL: [Self; 3] = [Self::Liquidation, Self::Adl, Self::Other];

    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Liquidation => Self::Liquidation,
            Kind::Adl => Self::Adl,
            _ => Self::Other,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Liquidation => "Liquidation",
            Self::Adl => "ADL",
            Self::Other => "Other or not stated",
        }
    }
}

/// What the value of closes had come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Running {
    pub(crate) unit: String,
    pub(crate) closes: u64,
    /// The slots in which it grew, each with what it had come to.
    pub(crate) points: Vec<(i64, Amount)>,
}

impl Timeline {
    /// Returns the slot of a moment.
    pub(crate) fn slot(range: Range, time: i64) -> i64 {
        let length = i128::from(range.to) - i128::from(range.from) + 1;
        let after = i128::from(time) - i128::from(range.from);
        i64::try_from(after * i128::from(SLOTS) / length.max(1)).unwrap_or(0).clamp(0, SLOTS - 1)
    }

    /// Lays closes, which stand in the order of time, over a range.
    pub(crate) fn of(closes: &[Close], range: Range) -> Result<Self, TooLarge> {
        let mut counts: BTreeMap<(Part, &str), u64> = BTreeMap::new();
        for close in closes {
            *counts.entry((close.part, &close.symbol)).or_default() += 1;
        }
        let mut names: Vec<_> = counts.iter().map(|(name, count)| (Reverse(*count), *name)).collect();
        names.sort_unstable();
        let others = names.len().saturating_sub(MOST_LANES);
        // One symbol alone is not worth a lane for "1 other symbol".
        let own = if others == 1 { names.len() } else { names.len().min(MOST_LANES) };
        let places: BTreeMap<_, _> =
            names.iter().enumerate().map(|(place, (_, name))| (*name, place.min(own))).collect();
        let mut dots: BTreeMap<(usize, i64, Series), u64> = BTreeMap::new();
        let mut running: BTreeMap<&Unit, Running> = BTreeMap::new();
        for close in closes {
            let slot = Self::slot(range, close.time);
            let place = places.get(&(close.part, close.symbol.as_ref())).copied().unwrap_or(own);
            *dots.entry((place, slot, Series::of(close.kind))).or_default() += 1;
            if let Some(value) = close.value()? {
                let running = running.entry(&close.units.value).or_insert_with_key(|unit| Running {
                    unit: unit.to_string(),
                    closes: 0,
                    points: Vec::new(),
                });
                running.add(slot, value)?;
            }
        }
        let lane = |place: usize| {
            let (name, part) = match names.get(place).filter(|_| place < own) {
                Some((_, (part, symbol))) => ((*symbol).to_owned(), Some(*part)),
                None => (format!("{} others", names.len() - own), None),
            };
            let dots: Vec<_> = dots
                .range((place, i64::MIN, Series::Liquidation)..=(place, i64::MAX, Series::Other))
                .map(|((_, slot, series), closes)| Dot { slot: *slot, series: *series, closes: *closes })
                .collect();
            Lane { name, part, closes: dots.iter().map(|dot| dot.closes).sum(), dots }
        };
        let lanes = (0..own + usize::from(names.len() > own)).map(lane).collect();
        let mut running: Vec<_> = running.into_values().collect();
        running.sort_by_key(|running| Reverse(running.closes));
        Ok(Self { range, lanes, running })
    }
}

impl Running {
    fn add(&mut self, slot: i64, value: Amount) -> Result<(), TooLarge> {
        self.closes += 1;
        let before = self.points.last().map_or(Amount::ZERO, |(_, sum)| *sum);
        let sum = before.plus(value)?;
        match self.points.last_mut() {
            Some(last) if last.0 == slot => last.1 = sum,
            _ => self.points.push((slot, sum)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::close;
    use super::*;

    #[test]
    fn closes_of_a_slot_are_one_dot_and_value_grows() {
        let range = Range { from: 0, to: 119_999 };
        let closes = [close("A", 0, 1), close("A", 999, 2), close("B", 1_000, 3), close("A", 119_999, 4)];
        let found = Timeline::of(&closes, range).expect("fits");
        let dot = |slot, closes| Dot { slot, series: Series::Liquidation, closes };
        assert_eq!(found.lanes[0].dots, [dot(0, 2), dot(119, 1)]);
        assert_eq!((found.lanes[1].name.as_str(), &found.lanes[1].dots[..]), ("B", &[dot(1, 1)][..]));
        let sums: Vec<_> = found.running[0].points.iter().map(|(slot, sum)| format!("{slot}:{sum}")).collect();
        assert_eq!((found.running.len(), sums), (2, ["0:200", "119:300"].map(str::to_owned).to_vec()));
    }

    #[test]
    fn many_symbols_share_a_lane_and_no_close_is_left_out() {
        let closes: Vec<_> = (0..40).map(|index| close(&format!("S{index:02}"), index, index)).collect();
        let found = Timeline::of(&closes, Range { from: 0, to: 39 }).expect("fits");
        assert_eq!((found.lanes.len(), found.lanes[12].name.as_str()), (13, "28 others"));
        assert_eq!(found.lanes.iter().map(|lane| lane.closes).sum::<u64>(), 40);
        let found = Timeline::of(&closes[..13], Range { from: 0, to: 39 }).expect("fits");
        assert_eq!((found.lanes.len(), found.lanes[12].name.as_str()), (13, "S12"));
    }
}

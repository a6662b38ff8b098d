//! The axis of time below a picture.

use super::super::model::{Range, Zone};
use super::{anchor, month_name, share};
use maud::{Markup, html};

/// A mark on an axis: how far it is along the width, in millionths, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Tick {
    pub(in super::super) at: i64,
    pub(in super::super) text: String,
}

pub(super) const WIDTH: i64 = 1_000_000;

const DAY: i64 = 86_400_000;

/// More would not have room beside each other on a narrow screen.
const MOST_TICKS: i64 = 5;

/// Returns the marks of a range of time: the beginnings of days, or moments where the range is short.
pub(in super::super) fn over_time(range: Range, zone: &Zone) -> Vec<Tick> {
    let length = range.to.saturating_sub(range.from).max(1);
    let at = |millis: i64| {
        let after = i128::from(millis) - i128::from(range.from);
        i64::try_from(after * i128::from(WIDTH) / i128::from(length)).unwrap_or(0)
    };
    if length < MOST_TICKS * DAY {
        let moments = (0..MOST_TICKS).map(|step| range.from + length / (MOST_TICKS - 1) * step);
        let text = |millis| zone.second(millis)[5..16].to_owned();
        return moments.map(|millis| Tick { at: at(millis), text: text(millis) }).collect();
    }
    let step = (length / DAY + MOST_TICKS) / MOST_TICKS;
    let (first, spans_years) = (zone.day(range.from), length > 300 * DAY);
    let mut ticks = Vec::new();
    for index in 0..=MOST_TICKS {
        let days = jiff::Span::new().try_days(step * index + 1);
        let Some(day) = days.ok().and_then(|days| first.checked_add(days).ok()) else { break };
        let start = zone.start_of(day);
        if start > range.to {
            break;
        }
        let month = month_name(day);
        let text = if spans_years { format!("{month} {}", day.year()) } else { format!("{} {month}", day.day()) };
        ticks.push(Tick { at: at(start), text });
    }
    ticks
}

/// Draws marks with their texts, the lines from the top down to `bottom` and the texts below.
pub(super) fn drawn(ticks: &[Tick], bottom: i64) -> Markup {
    html! {
        g class="axis" {
            @for tick in ticks {
                line x1=(share(tick.at, WIDTH)) x2=(share(tick.at, WIDTH)) y1="0" y2=(bottom) {}
                text x=(share(tick.at, WIDTH)) y=(bottom + 14) text-anchor=(anchor(tick.at, WIDTH)) { (tick.text) }
            }
        }
    }
}

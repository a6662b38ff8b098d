//! Dots on a time axis: a lane for each symbol, a dot for the closes of one kind in one slot of time.

use super::super::model::{Lane, Part, SLOTS, Series, Timeline};
use super::super::words::count;
use super::axis::{self, Tick};
use super::{Caption, framed, share};
use maud::{Markup, html};

const LANE: i64 = 40;

/// Draws the lanes of a timeline.
pub(in super::super) fn dots(caption: Caption<'_>, timeline: &Timeline, ticks: &[Tick]) -> Markup {
    let bottom = LANE * i64::try_from(timeline.lanes.len()).unwrap_or(0).max(1) + 4;
    let tops = (0..).map(|lane| lane * LANE);
    let drawn = html! {
        (axis::drawn(ticks, bottom))
        @for (top, lane) in tops.zip(&timeline.lanes) { (drawn_lane(lane, top)) }
    };
    framed(caption, bottom + 20, &drawn)
}

fn drawn_lane(lane: &Lane, top: i64) -> Markup {
    let middle = top + 27;
    html! {
        line class="rule" x1="0" x2="100%" y1=(top + LANE) y2=(top + LANE) {}
        @for (series, name, shift) in [(Series::Other, "other", 0), (Series::Liquidation, "liquidation", -1), (Series::Adl, "adl", 1)] {
            @let dots: Vec<_> = lane.dots.iter().filter(|dot| dot.series == series).collect();
            @if !dots.is_empty() {
                g class=(name) {
                    @for dot in dots {
                        circle cx=(share(dot.slot * 6 + 3 + shift, SLOTS * 6)) cy=(middle + shift * 4) r=(radius(dot.closes)) {}
                    }
                }
            }
        }
        text class="lane" x="0" y=(top + 12) { (lane.name) @if lane.part == Some(Part::Margin) { " (margin)" } " " tspan class="count" { (count(lane.closes)) } }
    }
}

/// Returns the radius of a dot: its area grows with the number of closes, in steps.
fn radius(closes: u64) -> &'static str {
    match closes {
        0..=1 => "2",
        2..=3 => "2.6",
        4..=9 => "3.4",
        10..=29 => "4.6",
        30..=99 => "6",
        _ => "7.5",
    }
}

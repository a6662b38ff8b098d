//! A step line: what something had come to by each moment.

use super::super::model::{Amount, Running, SLOTS};
use super::axis::{self, Tick};
use super::{Caption, framed};
use maud::{Markup, html};

const TOP: i64 = 6;
const HEIGHT: i64 = 84;

/// Draws the line of one unit from nothing to its end.
pub(in super::super) fn steps(caption: Caption<'_>, running: &Running, ticks: &[Tick]) -> Markup {
    let end = running.points.last().map_or(Amount::ZERO, |(_, sum)| *sum);
    let mut line = "M0 1000".to_owned();
    for (slot, sum) in &running.points {
        let height = 1_000 - sum.thousandths_of(end).unwrap_or(0);
        line.push_str(&format!("H{}V{height}", slot * 10));
    }
    line.push_str(&format!("H{}", SLOTS * 10));
    let area = format!("{line}V1000Z");
    let drawn = html! {
        (axis::drawn(ticks, TOP + HEIGHT))
        // The line has no texts, so that it may be stretched.
        svg x="0" y=(TOP) width="100%" height=(HEIGHT) viewBox=(format!("0 0 {} 1000", SLOTS * 10)) preserveAspectRatio="none" {
            path class="area" d=(area) {}
            path class="step" d=(line) vector-effect="non-scaling-stroke" {}
        }
        line class="rule" x1="0" x2="100%" y1=(TOP + HEIGHT) y2=(TOP + HEIGHT) {}
    };
    framed(caption, TOP + HEIGHT + 20, &drawn)
}

//! Bars beside each other, each with a number of things.

use super::super::words::count;
use super::{Caption, anchor, framed, share};
use maud::{Markup, html};

const TOP: i64 = 18;
const HEIGHT: i64 = 110;

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Bar {
    /// What it is of; texts of some bars alone stand below it.
    pub(in super::super) text: Option<String>,
    pub(in super::super) number: u64,
    /// How it is coloured.
    pub(in super::super) class: &'static str,
}

/// Draws bars; the longest one has its number above it.
pub(in super::super) fn bars(caption: Caption<'_>, bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.number).max().unwrap_or(0).max(1);
    let longest = bars.iter().position(|bar| bar.number == most);
    let width = i64::try_from(bars.len()).unwrap_or(1).max(1) * 10;
    let bottom = TOP + HEIGHT;
    let drawn = html! {
        @for (index, bar) in (0..).zip(bars) {
            @let left = index * 10;
            @let height = height(bar.number, most);
            @if bar.number > 0 {
                rect class=(bar.class) x=(share(left + 1, width)) width=(share(8, width)) y=(bottom - height) height=(height) {}
            }
            @if let Some(text) = &bar.text {
                text class="tick" x=(share(left + 5, width)) y=(bottom + 14) text-anchor=(anchor(left + 5, width)) { (text) }
            }
        }
        line class="rule" x1="0" x2="100%" y1=(bottom) y2=(bottom) {}
        @if let Some(longest) = longest.and_then(|longest| i64::try_from(longest).ok()) {
            text class="tick" x=(share(longest * 10 + 5, width)) y=(TOP - 5) text-anchor=(anchor(longest * 10 + 5, width)) { (count(most)) }
        }
    };
    framed(caption, bottom + 20, &drawn)
}

/// Returns the height of a bar. What there is can be seen, however little it is.
fn height(number: u64, most: u64) -> i64 {
    let height = i128::from(number) * i128::from(HEIGHT) / i128::from(most);
    i64::try_from(height).unwrap_or(0).max(1)
}

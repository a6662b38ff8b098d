//! Pictures as SVG: dots on a time axis, step lines, bars, a calendar. Places along the width are shares of it, so that a
//! picture fits any width with its texts in their size; places along the height are pixels.

mod axis;
mod bars;
mod calendar;
mod dots;
mod steps;

pub(super) use axis::over_time;
pub(super) use bars::{Bar, bars};
pub(super) use calendar::{LEVELS, calendar};
pub(super) use dots::dots;
pub(super) use steps::steps;

use jiff::civil::Date;
use maud::{Markup, html};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What a picture is called, in a word for links within the page and in words for people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caption<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// What it shows, for those who do not see it.
    pub(super) desc: &'a str,
}

/// Frames what was drawn.
fn framed(caption: Caption<'_>, height: i64, drawn: &Markup) -> Markup {
    let Caption { id, title, desc } = caption;
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height=(height)
            aria-labelledby=(title_id) aria-describedby=(desc_id) {
            title id=(title_id) { (title) }
            desc id=(desc_id) { (desc) }
            (drawn)
        }
    }
}

/// Returns a share of the width, to the hundredth of a percent.
fn share(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part) * 10_000 / i128::from(whole.max(1));
    let (sign, hundredths) = (if hundredths < 0 { "-" } else { "" }, hundredths.abs());
    match hundredths % 100 {
        0 => format!("{sign}{}%", hundredths / 100),
        part => format!("{sign}{}.{part:02}%", hundredths / 100),
    }
}

/// Returns the short name of the month of a day.
fn month_name(day: Date) -> &'static str {
    MONTHS.get(usize::try_from(day.month() - 1).unwrap_or(0)).copied().unwrap_or_default()
}

/// Returns how a text stands at a share of the width, so that it stays within the picture.
fn anchor(part: i64, whole: i64) -> &'static str {
    match part * 100 / whole.max(1) {
        ..=6 => "start",
        94.. => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests;

//! A calendar: a column for each week, a row for each day of the week, darker where more happened.

use super::super::words::count;
use super::{Caption, framed, month_name, share};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

const CELL: i64 = 16;
const TOP: i64 = 18;

/// The least number of each level of darkness, beginning with the second level: an empty day has the first.
pub(in super::super) const LEVELS: [u64; 5] = [1, 4, 11, 31, 101];

/// More columns than this are several calendars below each other.
const MOST_WEEKS: usize = 54;

/// Draws all days from the first to the last. Each with a number has it as its title.
pub(in super::super) fn calendar(
    caption: Caption<'_>,
    (first, last): (Date, Date),
    days: &BTreeMap<Date, u64>,
) -> Markup {
    let monday = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
    let mondays = std::iter::successors(Some(monday), |monday| monday.checked_add(1.week()).ok());
    let weeks: Vec<_> = mondays.take_while(|monday| *monday <= last).collect();
    let rows: Vec<_> = weeks.chunks(MOST_WEEKS).collect();
    let height = TOP + 7 * CELL + 8;
    let columns = i64::try_from(rows.first().map_or(1, |row| row.len())).unwrap_or(1);
    let drawn = html! {
        @for (row, weeks) in (0..).zip(&rows) {
            (year(weeks, columns, row * height, (first, last), days))
        }
    };
    framed(caption, height * i64::try_from(rows.len()).unwrap_or(1), &drawn)
}

fn year(weeks: &[Date], columns: i64, top: i64, (first, last): (Date, Date), days: &BTreeMap<Date, u64>) -> Markup {
    // The names of the days take a fifteenth of the width.
    let place = |column: i64, hundredths: i64| share(columns * 100 + (column * 100 + hundredths) * 14, columns * 1_500);
    html! {
        @for (row, name) in [(0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")] {
            text class="tick" x="0" y=(top + TOP + row * CELL + 11) { (name) }
        }
        @for (column, monday) in (0..).zip(weeks) {
            @if column == 0 || monday.day() <= 7 {
                @if column == 0 && weeks.get(1..4).is_some_and(|next| next.iter().any(|next| next.day() <= 7)) {} @else {
                    text class="tick" x=(place(column, 0)) y=(top + 11) { (month(*monday, column == 0 || monday.month() == 1)) }
                }
            }
            @for row in 0..7 {
                @if let Ok(day) = monday.checked_add(row.days()) {
                    @if (first..=last).contains(&day) {
                        @let closes = days.get(&day).copied().unwrap_or(0);
                        rect class=(format!("level{}", level(closes))) x=(place(column, 4)) y=(top + TOP + row * CELL)
                            width=(share(92 * 14, columns * 1_500)) height=(CELL - 2) {
                            @if closes > 0 { title { (day) ": " (count(closes)) } }
                        }
                    }
                }
            }
        }
    }
}

fn month(day: Date, with_year: bool) -> String {
    let name = month_name(day);
    if with_year { format!("{name} {}", day.year()) } else { name.to_owned() }
}

fn level(closes: u64) -> usize {
    LEVELS.iter().take_while(|least| **least <= closes).count()
}

//! Tables, and amounts in them: whole digits stand below whole digits, and a fraction is quieter than what counts.

use super::super::model::{Amount, Sums};
use super::super::words;
use maud::{Markup, html};

/// A cell.
pub(in super::super) enum Cell {
    Text(String),
    /// A text that may go over several lines.
    Wide(String),
    Number(String),
    Amounts(Vec<(Amount, String)>),
    Digest(String),
}

impl Cell {
    pub(super) fn sums(sums: &Sums) -> Self {
        Self::Amounts(sums.iter().map(|(unit, amount)| (amount, unit.to_string())).collect())
    }

    /// Returns what it holds as a text alone.
    pub(in super::super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Wide(text) | Self::Number(text) | Self::Digest(text) => text.clone(),
            Self::Amounts(amounts) => words::amounts(amounts.iter().map(|(amount, unit)| (*amount, unit))),
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Amounts(_))
    }
}

/// Draws a table. What does not fit beside each other can be scrolled, also with the keyboard.
pub(super) fn table(caption: &str, header: &[&str], rows: &[Vec<Cell>]) -> Markup {
    let is_number = |column: usize| rows.first().and_then(|row| row.get(column)).is_some_and(Cell::is_number);
    let widths: Vec<_> =
        (0..header.len()).map(|column| Widths::of(rows.iter().filter_map(|row| row.get(column)))).collect();
    html! {
        section class="scroll" tabindex="0" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    @for (column, name) in header.iter().enumerate() {
                        @if is_number(column) { th scope="col" class="number" { (name) } } @else { th scope="col" { (name) } }
                    }
                } }
                tbody {
                    @for row in rows {
                        tr { @for (cell, widths) in row.iter().zip(&widths) { (drawn(cell, *widths)) } }
                    }
                }
            }
        }
    }
}

/// How much room amounts of a column take.
#[derive(Debug, Clone, Copy, Default)]
struct Widths {
    /// The most digits after the point.
    fraction: usize,
    has_long_units: bool,
}

impl Widths {
    fn of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Self {
        let mut widths = Self::default();
        for cell in cells {
            if let Cell::Amounts(amounts) = cell {
                for (amount, unit) in amounts {
                    widths.fraction = widths.fraction.max(fraction(&amount.grouped()).len());
                    widths.has_long_units |= unit.chars().count() > 8;
                }
            }
        }
        widths
    }
}

fn fraction(number: &str) -> &str {
    number.find('.').map_or("", |point| &number[point..])
}

fn drawn(cell: &Cell, widths: Widths) -> Markup {
    html! {
        @match cell {
            Cell::Text(text) => td { (text) },
            Cell::Wide(text) => td class="wide" { (text) },
            Cell::Number(text) => td class="number" { (text) },
            Cell::Digest(text) => td class="digest" { (text) },
            Cell::Amounts(amounts) => td class="number" {
                @for (number, unit) in amounts {
                    @let text = number.grouped();
                    @let part = fraction(&text);
                    span class="amount" {
                        (text[..text.len() - part.len()])
                        // Narrower digits in the same number take less room than the column was given: pad with figure spaces.
                        span class="fraction" { (part) (padding(part, widths.fraction)) }
                        @if widths.has_long_units { span class="unit long" { (unit) } } @else { span class="unit" { (unit) } }
                    }
                }
                @if amounts.is_empty() { "\u{2013}" }
            },
        }
    }
}

/// Returns spaces as wide as the digits that a fraction lacks.
fn padding(part: &str, width: usize) -> String {
    let point = if part.is_empty() && width > 0 { "\u{2008}" } else { "" };
    let digits = width.saturating_sub(part.len()).saturating_sub(point.len().min(1));
    point.to_owned() + &"\u{2007}".repeat(digits)
}

/// Draws an amount by itself.
pub(super) fn amount(number: &str, unit: &str) -> Markup {
    let part = fraction(number);
    html! {
        (number[..number.len() - part.len()]) span class="fraction" { (part) } " " span class="unit" { (unit) }
    }
}

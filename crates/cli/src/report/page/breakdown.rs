//! What closes come to by part of the account, symbol, side, kind and month.

use super::super::model::{Figures, Group, Kind, Totals};
use super::super::words::count;
use super::table::{Cell, table};
use super::{View, section};
use maud::{Markup, html};
use std::cmp::Reverse;

/// So many symbols stand on the page; JSON has all.
const MOST_SYMBOLS: usize = 40;

pub(super) fn breakdown(view: View<'_>) -> Markup {
    let figures = view.figures;
    let more = figures.by_symbol.len().saturating_sub(MOST_SYMBOLS);
    let content = html! {
        (by("Part of the account", &rows(&figures.by_part, |key| key.part.title().to_owned())))
        (by("Symbol", &by_symbol(figures)))
        @if more > 0 { p class="note" { "And " (more) " further symbols, all of them in --format json." } }
        (by("Kind", &rows(&figures.by_kind, |key| key.kind.title().to_owned())))
        (by("Side of the order", &rows(&figures.by_side, |key| key.side.clone())))
        (by("Month", &rows(&figures.by_month, |key| key.month.clone())))
    };
    section("breakdown", "Breakdown", &content)
}

fn by(what: &str, rows: &[Vec<Cell>]) -> Markup {
    let caption = format!("By {}", what.to_lowercase());
    table(&caption, &columns(what), rows)
}

/// Returns the columns of a table by `what`.
pub(in super::super) fn columns(what: &str) -> [&str; 6] {
    [what, "Closes", "ADL", "ADL share", "Value", "Quantity"]
}

/// Returns a row for each of the symbols with the most closes.
pub(in super::super) fn by_symbol(figures: &Figures) -> Vec<Vec<Cell>> {
    let mut symbols: Vec<_> = figures.by_symbol.iter().collect();
    symbols.sort_by_key(|group| Reverse(group.totals.closes));
    symbols.truncate(MOST_SYMBOLS);
    rows(symbols, |key| format!("{} ({})", key.symbol, key.part.title()))
}

/// Returns a row for each group, which `name` names by its key.
pub(in super::super) fn rows<'a, K: 'a>(
    groups: impl IntoIterator<Item = &'a Group<K>>,
    name: impl Fn(&K) -> String,
) -> Vec<Vec<Cell>> {
    groups.into_iter().map(|Group { key, totals }| row(name(key), totals)).collect()
}

fn row(name: String, totals: &Totals) -> Vec<Cell> {
    vec![
        Cell::Text(name),
        Cell::Number(count(totals.closes)),
        Cell::Number(count(totals.of_kind(Kind::Adl))),
        Cell::Number(totals.adl_share().to_string()),
        Cell::sums(&totals.notional),
        Cell::sums(&totals.quantity),
    ]
}

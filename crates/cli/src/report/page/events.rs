//! Events: closes that came soon after each other, the largest first.

use super::super::model::{Cluster, Figures, Kind, Zone};
use super::super::words::{self, count, counted};
use super::table::{Cell, table};
use super::{View, section};
use maud::{Markup, html};
use std::cmp::Reverse;

/// So many events stand on the page; JSON has all.
const MOST_EVENTS: usize = 12;

/// So many symbols of an event stand on the page.
const MOST_SYMBOLS: usize = 8;

pub(in super::super) const COLUMNS: [&str; 6] = ["First close", "Duration", "Closes", "ADL", "Value", "Symbols"];

/// Returns a row for each of the largest events.
pub(in super::super) fn rows(figures: &Figures, zone: &Zone) -> Vec<Vec<Cell>> {
    let row = |event: &Cluster| {
        vec![
            Cell::Text(zone.second(event.from)),
            Cell::Number(words::duration(event.duration())),
            Cell::Number(count(event.totals.closes)),
            Cell::Number(count(event.totals.of_kind(Kind::Adl))),
            Cell::sums(&event.totals.notional),
            Cell::Wide(symbols(event)),
        ]
    };
    largest(&figures.clusters).into_iter().map(row).collect()
}

/// Returns the largest events, those with more than one close.
fn largest(clusters: &[Cluster]) -> Vec<&Cluster> {
    let mut largest: Vec<_> = clusters.iter().filter(|event| event.totals.closes > 1).collect();
    largest.sort_by_key(|event| (Reverse(event.totals.closes), event.from));
    largest.truncate(MOST_EVENTS);
    largest
}

/// Returns the symbols of an event in the order of their first close.
fn symbols(event: &Cluster) -> String {
    let shown: Vec<_> = event.symbols.iter().take(MOST_SYMBOLS).map(|symbol| &**symbol).collect();
    let more = event.symbols.len().saturating_sub(MOST_SYMBOLS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(" \u{2192} ") + &more
}

/// Returns how many events are of several closes.
pub(super) fn several(clusters: &[Cluster]) -> u64 {
    clusters.iter().filter(|event| event.totals.closes > 1).count() as u64
}

/// Returns how many events there are, and how many closes came alone.
pub(in super::super) fn counts(clusters: &[Cluster], gap: i64) -> String {
    let several = several(clusters);
    let alone = clusters.len() as u64 - several;
    format!(
        "{} of several closes, each within {} of the one before it; {} came alone.",
        counted(several, "event"),
        words::duration(gap),
        counted(alone, "close")
    )
}

pub(super) fn events(view: View<'_>) -> Markup {
    let rows = rows(view.figures, view.zone);
    let content = html! {
        p class="note" { (counts(&view.figures.clusters, view.figures.cluster_milliseconds)) }
        @if !rows.is_empty() {
            (table("The largest events; symbols in the order of their first close", &COLUMNS, &rows))
        }
    };
    section("events", "Events", &content)
}

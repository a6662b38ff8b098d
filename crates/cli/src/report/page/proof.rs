//! What the page is worth: whether income agrees, what is missing, and how the figures came to be.

use super::super::model::{Coverage, Reconciliation, Source, Verdict};
use super::super::words::{self, NOT_GIVEN, count};
use super::table::{Cell, table};
use super::{View, section};
use maud::{Markup, html};

/// So many rows without a counterpart stand on the page; JSON has all.
pub(in super::super) const MOST_LONELY: usize = 20;

pub(super) fn reconciliation(view: View<'_>) -> Markup {
    let content = match &view.figures.reconciliation {
        None => html! {
            p { "Income: " (NOT_GIVEN) ". Realised loss, fees and insurance clearance cannot be told from forced closes alone; they are not 0." }
        },
        Some(found) => compared(view, found),
    };
    section("reconciliation", "Reconciliation with income", &content)
}

fn compared(view: View<'_>, found: &Reconciliation) -> Markup {
    let lines: Vec<_> = found
        .lines
        .iter()
        .map(|line| {
            let amount = |amount| Cell::Amounts(vec![(amount, line.asset.clone())]);
            vec![
                Cell::Text(line.kind.title().to_owned()),
                Cell::Number(count(line.rows)),
                amount(line.sum),
                Cell::Number(count(line.rows_at_closes)),
                amount(line.at_closes),
                amount(line.difference),
            ]
        })
        .collect();
    let closes: Vec<_> = found
        .closes_without_income
        .iter()
        .take(MOST_LONELY)
        .map(|close| {
            vec![
                Cell::Text(view.zone.millisecond(close.time)),
                Cell::Text(close.symbol.clone()),
                Cell::Number(close.order_id.to_string()),
            ]
        })
        .collect();
    let income: Vec<_> = found
        .income_without_close
        .iter()
        .take(MOST_LONELY)
        .map(|row| {
            vec![
                Cell::Text(view.zone.millisecond(row.time)),
                Cell::Text(row.kind.title().to_owned()),
                Cell::Text(row.symbol.clone()),
                Cell::Amounts(vec![(row.amount, row.asset.clone())]),
                Cell::Text(row.transaction.clone()),
            ]
        })
        .collect();
    html! {
        p { (words::reconciled(found)) }
        @if !lines.is_empty() {
            (table("Income of the period beside the closes", &["Income", "Rows", "Sum", "Rows at closes", "Sum at closes", "Difference"], &lines))
        }
        @if !closes.is_empty() {
            (table(&words::first_of("Closes without realised profit or loss", closes.len(), found.closes_without_income.len()), &["Time", "Symbol", "Order"], &closes))
        }
        @if !income.is_empty() {
            (table(&words::first_of("Income at no close", income.len(), found.income_without_close.len()), &["Time", "Income", "Symbol", "Amount", "Transaction"], &income))
        }
    }
}

pub(super) fn missing(view: View<'_>) -> Markup {
    let row = |coverage: &Coverage| {
        let ranges: Vec<_> = coverage.ranges.iter().map(|range| words::range(*range, view.zone)).collect();
        let ranges = if coverage.ranges.is_empty() || coverage.verdict == Verdict::Unknown {
            NOT_GIVEN.to_owned()
        } else {
            ranges.join("; ")
        };
        vec![
            Cell::Text(coverage.dataset.clone()),
            Cell::Text(words::verdict(coverage.verdict).to_owned()),
            Cell::Wide(ranges),
        ]
    };
    let rows: Vec<_> = view.figures.coverages.iter().map(row).collect();
    let content = html! {
        (table("What was exported, and whether all of it is here", &["Dataset", "Coverage", "Range"], &rows))
        @if view.figures.gaps.is_empty() { p { "Nothing is known to be missing." } } @else {
            ul class="plain" { @for gap in &view.figures.gaps { li { (words::gap(gap, view.zone)) } } }
        }
    };
    section("missing", "What is missing", &content)
}

pub(super) fn method(view: View<'_>) -> Markup {
    let figures = view.figures;
    let row = |source: &Source| {
        vec![
            Cell::Wide(source.name.clone()),
            Cell::Text(source.dataset.clone()),
            Cell::Number(count(source.rows)),
            Cell::Number(count(source.repeated)),
            Cell::Digest(source.sha256.clone().unwrap_or_else(|| "asked from the exchange".to_owned())),
        ]
    };
    let rows: Vec<_> = figures.sources.iter().map(row).collect();
    let content = html! {
        ul class="plain" { @for sentence in words::method(figures) { li { (sentence) } } }
        (table("Inputs; the same inputs give the same bytes", &["Input", "Dataset", "Rows", "Repeated", "SHA-256"], &rows))
        p class="note" { "papi " (figures.papi_version) ", report version " (figures.papi_report) "." }
    };
    section("method", "Method and inputs", &content)
}

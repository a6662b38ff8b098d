//! What the page is worth: whether income agrees, what is missing, and how the figures came to be.

use super::super::model::{Coverage, Figures, Reconciliation, Source, Verdict, Zone};
use super::super::words::{self, NOT_GIVEN, count};
use super::table::{Cell, table};
use super::{View, section};
use maud::{Markup, html};

/// So many rows without a counterpart stand on the page; JSON has all.
const MOST_LONELY: usize = 20;

pub(in super::super) const LINE_COLUMNS: [&str; 6] =
    ["Income", "Rows", "Sum", "Rows at closes", "Sum at closes", "Difference"];

pub(in super::super) const LONELY_CLOSE_COLUMNS: [&str; 3] = ["Time", "Symbol", "Order"];

pub(in super::super) const LONELY_INCOME_COLUMNS: [&str; 5] = ["Time", "Income", "Symbol", "Amount", "Transaction"];

pub(in super::super) const COVERAGE_COLUMNS: [&str; 3] = ["Dataset", "Coverage", "Range"];

pub(in super::super) const SOURCE_COLUMNS: [&str; 5] = ["Input", "Dataset", "Rows", "Repeated", "SHA-256"];

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
    let lines = lines(found);
    let (closes_heading, closes) = lonely_closes(found, view.zone);
    let (income_heading, income) = lonely_income(found, view.zone);
    html! {
        p { (words::reconciled(found)) }
        @if !lines.is_empty() { (table("Income of the period beside the closes", &LINE_COLUMNS, &lines)) }
        @if !closes.is_empty() { (table(&closes_heading, &LONELY_CLOSE_COLUMNS, &closes)) }
        @if !income.is_empty() { (table(&income_heading, &LONELY_INCOME_COLUMNS, &income)) }
    }
}

/// Returns a row for each kind and asset of income.
pub(in super::super) fn lines(found: &Reconciliation) -> Vec<Vec<Cell>> {
    let lines = found.lines.iter().map(|line| {
        let amount = |amount| Cell::Amounts(vec![(amount, line.asset.clone())]);
        vec![
            Cell::Text(line.kind.title().to_owned()),
            Cell::Number(count(line.rows)),
            amount(line.sum),
            Cell::Number(count(line.rows_at_closes)),
            amount(line.at_closes),
            amount(line.difference),
        ]
    });
    lines.collect()
}

/// Returns the first closes without income, and the heading above them.
pub(in super::super) fn lonely_closes(found: &Reconciliation, zone: &Zone) -> (String, Vec<Vec<Cell>>) {
    let all = &found.closes_without_income;
    let closes = all.iter().take(MOST_LONELY).map(|close| {
        vec![
            Cell::Text(zone.millisecond(close.time)),
            Cell::Text(close.symbol.clone()),
            Cell::Number(close.order_id.to_string()),
        ]
    });
    let closes: Vec<_> = closes.collect();
    (words::first_of("Closes without realised profit or loss", closes.len(), all.len()), closes)
}

/// Returns the first rows of income at no close, and the heading above them.
pub(in super::super) fn lonely_income(found: &Reconciliation, zone: &Zone) -> (String, Vec<Vec<Cell>>) {
    let all = &found.income_without_close;
    let income = all.iter().take(MOST_LONELY).map(|row| {
        vec![
            Cell::Text(zone.millisecond(row.time)),
            Cell::Text(row.kind.title().to_owned()),
            Cell::Text(row.symbol.clone()),
            Cell::Amounts(vec![(row.amount, row.asset.clone())]),
            Cell::Text(row.transaction.clone()),
        ]
    });
    let income: Vec<_> = income.collect();
    (words::first_of("Income at no close", income.len(), all.len()), income)
}

pub(super) fn missing(view: View<'_>) -> Markup {
    let rows = coverages(view.figures, view.zone);
    let content = html! {
        (table("What was exported, and whether all of it is here", &COVERAGE_COLUMNS, &rows))
        @if view.figures.gaps.is_empty() { p { "Nothing is known to be missing." } } @else {
            ul class="plain" { @for gap in &view.figures.gaps { li { (words::gap(gap, view.zone)) } } }
        }
    };
    section("missing", "What is missing", &content)
}

/// Returns a row for each dataset.
pub(in super::super) fn coverages(figures: &Figures, zone: &Zone) -> Vec<Vec<Cell>> {
    let row = |coverage: &Coverage| {
        let ranges: Vec<_> = coverage.ranges.iter().map(|range| words::range(*range, zone)).collect();
        let is_known = !ranges.is_empty() && coverage.verdict != Verdict::Unknown;
        let ranges = if is_known { ranges.join("; ") } else { NOT_GIVEN.to_owned() };
        vec![
            Cell::Text(coverage.dataset.clone()),
            Cell::Text(words::verdict(coverage.verdict).to_owned()),
            Cell::Wide(ranges),
        ]
    };
    figures.coverages.iter().map(row).collect()
}

pub(super) fn method(view: View<'_>) -> Markup {
    let figures = view.figures;
    let content = html! {
        ul class="plain" { @for sentence in words::method(figures) { li { (sentence) } } }
        (table("Inputs; the same inputs give the same bytes", &SOURCE_COLUMNS, &sources(figures)))
        p class="note" { "papi " (figures.papi_version) ", report version " (figures.papi_report) "." }
    };
    section("method", "Method and inputs", &content)
}

/// Returns a row for each input.
pub(in super::super) fn sources(figures: &Figures) -> Vec<Vec<Cell>> {
    let row = |source: &Source| {
        vec![
            Cell::Wide(source.name.clone()),
            Cell::Text(source.dataset.clone()),
            Cell::Number(count(source.rows)),
            Cell::Number(count(source.repeated)),
            Cell::Digest(source.sha256.clone().unwrap_or_else(|| "asked from the exchange".to_owned())),
        ]
    };
    figures.sources.iter().map(row).collect()
}

//! A report as Markdown, for a ticket.

use super::model::{Figures, Group, IncomeKind, Kind, Totals, Verdict, Zone};
use super::output::Form;
use super::page::{MOST_LONELY, MOST_SYMBOLS, event_counts, event_symbols, largest_events};
use super::words::{self, NOT_GIVEN, count};
use std::cmp::Reverse;

/// Returns the text; equal figures are equal texts.
pub(super) fn markdown(figures: &Figures, zone: &Zone) -> String {
    let mut text = Form::Markdown.beginning().to_owned() + "# Forced closes\n\n";
    text.push_str(&escaped(&words::headline(figures, zone)));
    text.push_str("\n\n");
    for kind in [IncomeKind::RealizedPnl, IncomeKind::Commission, IncomeKind::InsuranceClear] {
        text.push_str(&format!("- {}: {}\n", kind.title(), escaped(&income(figures, kind))));
    }
    heading(&mut text, "Events");
    let clusters = &figures.clusters;
    text.push_str(&escaped(&event_counts(clusters, figures.cluster_milliseconds)));
    text.push_str("\n\n");
    let events: Vec<_> = largest_events(clusters)
        .into_iter()
        .map(|event| {
            vec![
                zone.second(event.from),
                words::duration(event.duration()),
                count(event.totals.closes),
                count(event.totals.of_kind(Kind::Adl)),
                words::sums(&event.totals.notional),
                event_symbols(event),
            ]
        })
        .collect();
    table(&mut text, &["First close", "Duration", "Closes", "ADL", "Value", "Symbols"], &events);
    heading(&mut text, "Breakdown");
    let mut symbols: Vec<_> = figures.by_symbol.iter().collect();
    symbols.sort_by_key(|group| Reverse(group.totals.closes));
    symbols.truncate(MOST_SYMBOLS);
    by(&mut text, "Symbol", symbols, |key| format!("{} ({})", key.symbol, key.part.title()));
    by(&mut text, "Kind", &figures.by_kind, |key| key.kind.title().to_owned());
    by(&mut text, "Side", &figures.by_side, |key| key.side.clone());
    by(&mut text, "Month", &figures.by_month, |key| key.month.clone());
    reconciliation(&mut text, figures, zone);
    heading(&mut text, "What is missing");
    let coverage = figures.coverages.iter().map(|coverage| {
        let ranges: Vec<_> = coverage.ranges.iter().map(|range| words::range(*range, zone)).collect();
        let is_known = !ranges.is_empty() && coverage.verdict != Verdict::Unknown;
        let ranges = if is_known { ranges.join("; ") } else { NOT_GIVEN.to_owned() };
        vec![coverage.dataset.clone(), words::verdict(coverage.verdict).to_owned(), ranges]
    });
    table(&mut text, &["Dataset", "Coverage", "Range"], &coverage.collect::<Vec<_>>());
    list(&mut text, figures.gaps.iter().map(|gap| words::gap(gap, zone)));
    heading(&mut text, "Method and inputs");
    list(&mut text, words::method(figures).into_iter());
    let sources = figures.sources.iter().map(|source| {
        let digest = source.sha256.clone().unwrap_or_else(|| "asked from the exchange".to_owned());
        vec![source.name.clone(), source.dataset.clone(), count(source.rows), count(source.repeated), digest]
    });
    table(&mut text, &["Input", "Dataset", "Rows", "Repeated", "SHA-256"], &sources.collect::<Vec<_>>());
    text.push_str(&format!("papi {}, report version {}\n", figures.papi_version, figures.papi_report));
    text
}

fn income(figures: &Figures, kind: IncomeKind) -> String {
    match words::income(figures, kind) {
        None => NOT_GIVEN.to_owned(),
        Some(amounts) if amounts.is_empty() => "none found at closes".to_owned(),
        Some(amounts) => {
            amounts.iter().map(|(amount, asset)| format!("{amount} {asset}")).collect::<Vec<_>>().join(", ")
        }
    }
}

fn reconciliation(text: &mut String, figures: &Figures, zone: &Zone) {
    heading(text, "Reconciliation with income");
    let Some(found) = &figures.reconciliation else {
        text.push_str(&format!("Income: {NOT_GIVEN}.\n\n"));
        return;
    };
    text.push_str(&escaped(&words::reconciled(found)));
    text.push_str("\n\n");
    let lines = found.lines.iter().map(|line| {
        let amount = |amount: super::model::Amount| format!("{} {}", amount.grouped(), line.asset);
        let kind = line.kind.title().to_owned();
        let (rows, at_closes) = (count(line.rows), count(line.rows_at_closes));
        vec![kind, rows, amount(line.sum), at_closes, amount(line.at_closes), amount(line.difference)]
    });
    let header = ["Income", "Rows", "Sum", "Rows at closes", "Sum at closes", "Difference"];
    table(text, &header, &lines.collect::<Vec<_>>());
    let closes = found.closes_without_income.iter().take(MOST_LONELY);
    let closes: Vec<_> = closes
        .map(|close| vec![zone.millisecond(close.time), close.symbol.clone(), close.order_id.to_string()])
        .collect();
    if !closes.is_empty() {
        let all = found.closes_without_income.len();
        text.push_str(&format!(
            "{}:\n\n",
            words::first_of("Closes without realised profit or loss", closes.len(), all)
        ));
        table(text, &["Time", "Symbol", "Order"], &closes);
    }
    let income = found.income_without_close.iter().take(MOST_LONELY);
    let income: Vec<_> = income
        .map(|row| {
            let amount = format!("{} {}", row.amount.grouped(), row.asset);
            let kind = row.kind.title().to_owned();
            vec![zone.millisecond(row.time), kind, row.symbol.clone(), amount, row.transaction.clone()]
        })
        .collect();
    if !income.is_empty() {
        let all = found.income_without_close.len();
        text.push_str(&format!("{}:\n\n", words::first_of("Income at no close", income.len(), all)));
        table(text, &["Time", "Income", "Symbol", "Amount", "Transaction"], &income);
    }
}

fn by<'a, K: 'a>(
    text: &mut String,
    what: &str,
    groups: impl IntoIterator<Item = &'a Group<K>>,
    name: impl Fn(&K) -> String,
) {
    let row = |name: String, totals: &Totals| {
        let (closes, adl) = (count(totals.closes), count(totals.of_kind(Kind::Adl)));
        let (value, quantity) = (words::sums(&totals.notional), words::sums(&totals.quantity));
        vec![name, closes, adl, totals.adl_share().to_string(), value, quantity]
    };
    let rows: Vec<_> = groups.into_iter().map(|group| row(name(&group.key), &group.totals)).collect();
    table(text, &[what, "Closes", "ADL", "ADL share", "Value", "Quantity"], &rows);
}

fn heading(text: &mut String, heading: &str) {
    text.push_str(&format!("\n## {heading}\n\n"));
}

fn list(text: &mut String, sentences: impl Iterator<Item = String>) {
    sentences.for_each(|sentence| text.push_str(&format!("- {}\n", escaped(&sentence))));
    text.push('\n');
}

fn table(text: &mut String, header: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("| {} |\n|{}\n", header.join(" | "), " --- |".repeat(header.len())));
    for row in rows {
        let cells: Vec<_> = row.iter().map(|cell| escaped(cell)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.push('\n');
}

/// Returns a text that Markdown and the HTML within it take for what it says.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' => safe.extend(['\\', character]),
            _ if character.is_control() => safe.push(' '),
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_as_it_is() {
        assert_eq!(escaped("<script>|a_b*\n[x](y)"), "&lt;script&gt;\\|a\\_b\\* \\[x\\](y)");
    }
}

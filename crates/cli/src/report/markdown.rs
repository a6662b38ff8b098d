//! A report as Markdown, for a ticket.

use super::model::{Figures, IncomeKind, Zone};
use super::output::Form;
use super::page::{Cell, breakdown, events, proof};
use super::words::{self, NOT_GIVEN};

/// Returns the text; equal figures are equal texts.
pub(super) fn markdown(figures: &Figures, zone: &Zone) -> String {
    let mut text = Form::Markdown.beginning().to_owned() + "# Forced closes\n\n";
    text.push_str(&escaped(&words::headline(figures, zone)));
    text.push_str("\n\n");
    for kind in IncomeKind::ALL {
        text.push_str(&format!("- {}: {}\n", kind.title(), escaped(&income(figures, kind))));
    }
    heading(&mut text, "Events");
    text.push_str(&escaped(&events::counts(&figures.clusters, figures.cluster_milliseconds)));
    text.push_str("\n\n");
    table(&mut text, &events::COLUMNS, &events::rows(figures, zone));
    heading(&mut text, "Breakdown");
    let mut by = |what, rows: &[Vec<Cell>]| table(&mut text, &breakdown::columns(what), rows);
    by("Symbol", &breakdown::by_symbol(figures));
    by("Kind", &breakdown::rows(&figures.by_kind, |key| key.kind.title().to_owned()));
    by("Side", &breakdown::rows(&figures.by_side, |key| key.side.clone()));
    by("Month", &breakdown::rows(&figures.by_month, |key| key.month.clone()));
    reconciliation(&mut text, figures, zone);
    heading(&mut text, "What is missing");
    table(&mut text, &proof::COVERAGE_COLUMNS, &proof::coverages(figures, zone));
    list(&mut text, figures.gaps.iter().map(|gap| words::gap(gap, zone)));
    heading(&mut text, "Method and inputs");
    list(&mut text, words::method(figures).into_iter());
    table(&mut text, &proof::SOURCE_COLUMNS, &proof::sources(figures));
    text.push_str(&format!("papi {}, report version {}\n", figures.papi_version, figures.papi_report));
    text
}

fn income(figures: &Figures, kind: IncomeKind) -> String {
    match words::income(figures, kind) {
        None => NOT_GIVEN.to_owned(),
        Some(amounts) if amounts.is_empty() => "none found at closes".to_owned(),
        Some(amounts) => words::amounts(amounts),
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
    table(text, &proof::LINE_COLUMNS, &proof::lines(found));
    let (heading, closes) = proof::lonely_closes(found, zone);
    if !closes.is_empty() {
        text.push_str(&format!("{heading}:\n\n"));
        table(text, &proof::LONELY_CLOSE_COLUMNS, &closes);
    }
    let (heading, income) = proof::lonely_income(found, zone);
    if !income.is_empty() {
        text.push_str(&format!("{heading}:\n\n"));
        table(text, &proof::LONELY_INCOME_COLUMNS, &income);
    }
}

fn heading(text: &mut String, heading: &str) {
    text.push_str(&format!("\n## {heading}\n\n"));
}

fn list(text: &mut String, sentences: impl Iterator<Item = String>) {
    sentences.for_each(|sentence| text.push_str(&format!("- {}\n", escaped(&sentence))));
    text.push('\n');
}

fn table(text: &mut String, header: &[&str], rows: &[Vec<Cell>]) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("| {} |\n|{}\n", header.join(" | "), " --- |".repeat(header.len())));
    for row in rows {
        let cells: Vec<_> = row.iter().map(|cell| escaped(&cell.text())).collect();
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

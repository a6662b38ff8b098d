//! The sentences of a report, the same on a page and in Markdown.

use super::model::{Amount, Figures, Gap, IncomeKind, Marks, Range, Reconciliation, Sums, Verdict, Zone, with_commas};
use binance_papi::history::SpanIssueKind;
use std::fmt::Display;

/// What stands where nothing is known.
pub(super) const NOT_GIVEN: &str = "not given";

/// Returns a number of things, with commas between thousands.
pub(super) fn count(number: u64) -> String {
    with_commas(&number.to_string())
}

/// Returns a number of things with their name, such as `1,024 closes`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// Returns amounts with their units on one line; a dash for none.
pub(super) fn amounts(amounts: impl IntoIterator<Item = (Amount, impl Display)>) -> String {
    let amounts: Vec<_> = amounts.into_iter().map(|(amount, unit)| format!("{} {unit}", amount.grouped())).collect();
    if amounts.is_empty() { "\u{2013}".to_owned() } else { amounts.join(", ") }
}

/// Returns sums with their units on one line; a dash for none.
pub(super) fn sums(sums: &Sums) -> String {
    amounts(sums.iter().map(|(unit, amount)| (amount, unit)))
}

/// Returns a range in words; its end is the moment after the last millisecond.
pub(super) fn range(range: Range, zone: &Zone) -> String {
    format!("{} to {}", zone.brief(range.from), zone.brief(range.to.saturating_add(1)))
}

/// Returns a length of time in words, exact to the millisecond.
pub(super) fn duration(millis: i64) -> String {
    let (seconds, part) = (millis / 1_000, millis % 1_000);
    let shown = match part {
        0 => format!("{} s", seconds % 60),
        part => format!("{}.{part:03} s", seconds % 60),
    };
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => shown,
        (0, minutes) => format!("{minutes} min {shown}"),
        (hours, minutes) => format!("{} h {minutes} min {shown}", with_commas(&hours.to_string())),
    }
}

/// Returns hundredths of a basis point as basis points.
pub(super) fn basis_points(hundredths: i64) -> String {
    Amount::new(hundredths.into(), 2).grouped()
}

/// Returns in two or three words whether the rows are complete.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proven => "proven complete",
        Verdict::Incomplete => "incomplete",
        Verdict::Unknown => "coverage unknown",
    }
}

/// Returns the whole report in one sentence.
pub(super) fn headline(figures: &Figures, zone: &Zone) -> String {
    let totals = &figures.totals;
    format!(
        "{} from {} ({}), {}: value {}; ADL {} of closes.",
        counted(totals.closes, "forced close"),
        range(figures.period, zone),
        zone.name(),
        verdict(figures.coverage),
        sums(&totals.notional),
        totals.adl_share(),
    )
}

/// Returns the income of a kind at the closes, one amount for each asset; none when no income was given.
pub(super) fn income(figures: &Figures, kind: IncomeKind) -> Option<Vec<(Amount, String)>> {
    let found = figures.reconciliation.as_ref()?;
    Some(found.at_closes(kind).map(|(asset, amount)| (amount, asset.to_owned())).collect())
}

/// Returns in a sentence whether income agrees with the closes.
pub(super) fn reconciled(found: &Reconciliation) -> String {
    if found.agrees() {
        return "Equal: each futures close has its realised profit or loss, and all of this income is at a close."
            .to_owned();
    }
    format!(
        "Not equal: {} without realised profit or loss, and {} of income at no close, such as that of orders of the account's own.",
        counted(found.closes_without_income.len() as u64, "futures close"),
        counted(found.income_without_close.len() as u64, "row"),
    )
}

/// Returns the heading of a list that may have been cut.
pub(super) fn first_of(what: &str, shown: usize, all: usize) -> String {
    if shown == all {
        what.to_owned()
    } else {
        format!("{what}: the first {shown} of {}, all of them in --format json", count(all as u64))
    }
}

/// Returns in a sentence what is missing.
pub(super) fn gap(gap: &Gap, zone: &Zone) -> String {
    match gap {
        Gap::NotGiven { dataset } => {
            format!("{dataset}: not given, so closes of that part of the account are not in this report.")
        }
        Gap::CoverageUnknown { source } => {
            format!("{source}: no folder {source}.papi beside it proves which range it covers.")
        }
        Gap::Span { source, kind, range: span } => {
            let what = match kind {
                SpanIssueKind::Lost => "the exchange no longer has the rows of",
                SpanIssueKind::Noted => {
                    "the exchange no longer had the first moments, which does not count as missing:"
                }
                SpanIssueKind::Incomplete => "not all rows could be had of",
                _ => "rows are probably complete, without proof, in",
            };
            let place = if span.from == span.to {
                format!("the millisecond {}", zone.millisecond(span.from))
            } else {
                range(*span, zone)
            };
            format!("{source}: {what} {place}.")
        }
        Gap::Between { dataset, range: span } => format!("{dataset}: no file covers {}.", range(*span, zone)),
        Gap::Quarantined { source, rows } => {
            format!("{source}: {} of the exchange did not read and are in no figure.", counted(*rows, "row"))
        }
        Gap::Narrowed { source, to } => format!("{source}: only rows with {to} were asked for."),
        Gap::Unfinished { source, range: span } => {
            format!("{source}: a later run over {} is not finished; its rows are not in the file.", range(*span, zone))
        }
        Gap::WithoutIncome { range: span } => format!("Income does not reach {}.", range(*span, zone)),
    }
}

/// Returns how the figures came to be, in sentences.
pub(super) fn method(figures: &Figures) -> Vec<String> {
    let mut method = vec![
        "Each order counts once: rows with the same part of the account, symbol and order id are one, and the one that changed last counts."
            .to_owned(),
        "Amounts are sums of the digits that the exchange gave, exact and not rounded. They are totalled for each asset, never converted, and never added across assets."
            .to_owned(),
        "Value is cumQuote for USD\u{24c8}-M and cumBase for COIN-M. Rows of margin have neither: there it is average price times executed quantity."
            .to_owned(),
        "The assets of a USD\u{24c8}-M or margin symbol follow from its ending (USDT, USDC, FDUSD, BTC and others); where it has none of these, the unit is \u{201c}quote of SYMBOL\u{201d}. COIN-M quantities are contracts; rows do not tell the contract size, so they have no value in USD."
            .to_owned(),
        "The kind of a close follows from its client order id. Rows of margin have none: their kind is not stated, and their time is that of their last change."
            .to_owned(),
        format!(
            "An event is closes of which each comes at most {} after the one before it.",
            duration(figures.cluster_milliseconds)
        ),
        "Shares and basis points are rounded to what is shown. A fill is better than a price when the account sold higher or bought lower."
            .to_owned(),
        format!("Days, hours and months are counted in the time zone {}.", figures.time_zone),
    ];
    if figures.against_mark.is_some() {
        method.push(format!(
            "The mark price of a fill is the last one given at or before the order, if it is at most {} older.",
            duration(Marks::LIFE)
        ));
    }
    if figures.reconciliation.is_some() {
        method.push(
            "Income belongs to a close when it has its symbol, and its time lies between that of the order and that of the order's last change; an insurance clearance may come later by as much as closes of one event are apart. Realised profit, fees and insurance clearances are counted; other income is not."
                .to_owned(),
        );
    }
    method.push(
        "Whether several files are of one account cannot be told from their rows. It is refused when they are of different exchanges, or contradict each other."
            .to_owned(),
    );
    method.push(
        "The exchange keeps forced closes of futures for 90 days. What was not exported by then is in no report."
            .to_owned(),
    );
    method
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_exact() {
        let cases = [(0, "0 s"), (532, "0.532 s"), (60_000, "1 min 0 s"), (3_723_004, "1 h 2 min 3.004 s")];
        for (millis, text) in cases {
            assert_eq!(duration(millis), text);
        }
    }
}

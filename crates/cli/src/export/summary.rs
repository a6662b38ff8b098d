//! What an export came to: in words on stderr, and as JSON for `--report`.

use super::journal::{FlawKind, FlawNote};
use super::range::{self, Range};
use super::totals::Totals;
use binance_papi::{CloseKind, history};
use serde::Serialize;

/// What an export came to. The fields of the report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary {
    pub(crate) schema_version: u32,
    pub(crate) dataset: String,
    pub(crate) params: Vec<(String, String)>,
    /// The range that was asked for; both ends included, in milliseconds.
    pub(crate) range: Range,
    /// Where the rows are; `-` is stdout.
    pub(crate) out: String,
    #[serde(flatten)]
    pub(crate) totals: Totals,
    #[serde(flatten)]
    pub(crate) effort: Effort,
    pub(crate) lost: Vec<Span>,
    pub(crate) incomplete: Vec<Span>,
    pub(crate) unproven: Vec<Span>,
    /// Lost spans of no account.
    pub(crate) noted: Vec<Span>,
    /// Rows whose close kind disagrees with the `autoCloseType` that was asked for. They are in the output.
    pub(crate) contradicting: u64,
    /// Whether every row of the range is in the output, as far as can be known.
    pub(crate) complete: bool,
}

/// What the walks of one run took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Effort {
    pub(crate) windows: u64,
    /// Full pages, after which a window was cut.
    pub(crate) cuts: u64,
    pub(crate) requests: u64,
    pub(crate) weight: u64,
    pub(crate) retries: u64,
    /// Rows that came from outside of the window they were asked for with. They are in the output.
    pub(crate) astray: u64,
}

/// A span, as number and as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Span {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) from_utc: String,
    pub(crate) to_utc: String,
}

impl Effort {
    /// Adds what a walk took.
    pub(crate) fn add(&mut self, report: &history::Report) {
        self.windows += report.windows;
        self.cuts += report.cuts;
        self.requests += report.requests;
        self.weight += report.weight;
        self.retries += report.retries;
        self.astray += report.astray;
    }
}

/// The spans of a kind.
pub(crate) fn spans(flaws: &[FlawNote], kind: FlawKind) -> Vec<Span> {
    let of_kind = flaws.iter().filter(|flaw| flaw.kind == kind);
    of_kind
        .map(|flaw| Span {
            from: flaw.from,
            to: flaw.to,
            from_utc: range::text(flaw.from),
            to_utc: range::text(flaw.to),
        })
        .collect()
}

/// How many rows are of a kind that contradicts the `autoCloseType` among the parameters.
pub(crate) fn contradicting(params: &[(String, String)], totals: &Totals) -> u64 {
    let Some((_, asked)) = params.iter().find(|(name, _)| name == "autoCloseType") else { return 0 };
    let contradicts = |kind: &str| CloseKind::ALL.iter().any(|each| each.as_str() == kind && each.contradicts(asked));
    let counts = totals.by_kind_and_symbol.iter().filter(|count| count.kind.as_deref().is_some_and(contradicts));
    counts.map(|count| count.rows).sum()
}

impl Summary {
    /// The lines for stderr.
    pub(crate) fn lines(&self) -> Vec<String> {
        let Effort { windows, cuts, requests, weight, retries, astray } = self.effort;
        let mut lines = vec![format!("{} rows in {}", self.totals.rows, self.out)];
        for count in self.totals.by_kind_and_symbol.iter().take(MOST_LINES) {
            let of = [count.kind.as_deref(), count.symbol.as_deref()];
            let of: Vec<_> = of.into_iter().flatten().collect();
            if !of.is_empty() {
                lines.push(format!("  {} {}", count.rows, of.join(" ")));
            }
        }
        let further = self.totals.by_kind_and_symbol.len().saturating_sub(MOST_LINES);
        if further > 0 {
            lines.push(format!("  and {further} more, all of them in --report"));
        }
        lines.push(format!("{windows} windows, {cuts} cuts, {requests} requests, weight {weight}, {retries} retries"));
        if astray > 0 {
            lines.push(format!("{astray} rows came from outside of their window"));
        }
        if self.contradicting > 0 {
            lines.push(format!(
                "{} rows are of another kind than the autoCloseType that was asked for: look at `close_kind`",
                self.contradicting
            ));
        }
        for (word, spans) in [
            ("lost", &self.lost),
            ("incomplete", &self.incomplete),
            ("unproven", &self.unproven),
            ("note: lost", &self.noted),
        ] {
            for span in spans.iter().take(MOST_LINES) {
                lines.push(if span.from == span.to {
                    format!("{word}: the millisecond {} ({})", span.from, span.from_utc)
                } else {
                    format!("{word}: {} to {}", span.from_utc, span.to_utc)
                });
            }
            if let Some(further) = spans.len().checked_sub(MOST_LINES).filter(|further| *further > 0) {
                lines.push(format!("{word}: and {further} more, all of them in --report"));
            }
        }
        lines
    }
}

/// More lines of a kind would hide the others.
const MOST_LINES: usize = 12;

#[cfg(test)]
mod tests {
    use super::super::totals::Count;
    use super::*;

    fn summary() -> Summary {
        let flaws = [
            FlawNote { from: 5, to: 5, kind: FlawKind::Unproven },
            FlawNote { from: 0, to: 1_000, kind: FlawKind::Lost },
        ];
        let count = Count { kind: Some("adl".into()), symbol: Some("BTCUSDT".into()), rows: 2 };
        Summary {
            schema_version: 1,
            dataset: "um-force-orders".into(),
            params: vec![("symbol".into(), "BTCUSDT".into())],
            range: Range { from: 0, to: 9 },
            out: "out.csv".into(),
            totals: Totals { rows: 2, by_kind_and_symbol: vec![count], quarantined: 1 },
            effort: Effort { windows: 3, requests: 4, weight: 80, ..Effort::default() },
            lost: spans(&flaws, FlawKind::Lost),
            incomplete: spans(&flaws, FlawKind::Incomplete),
            unproven: spans(&flaws, FlawKind::Unproven),
            noted: spans(&flaws, FlawKind::Noted),
            contradicting: 0,
            complete: false,
        }
    }

    #[test]
    fn a_row_of_another_kind_than_was_asked_for_is_flagged() {
        let Summary { totals, .. } = summary();
        let asked = |word: &str| [("autoCloseType".to_owned(), word.to_owned())];
        assert_eq!(contradicting(&asked("LIQUIDATION"), &totals), 2);
        assert_eq!(contradicting(&asked("ADL"), &totals), 0);
        assert_eq!(contradicting(&[], &totals), 0);
        let flagged = Summary { contradicting: 2, ..summary() };
        assert!(flagged.lines().iter().any(|line| line.starts_with("2 rows are of another kind")));
    }

    #[test]
    fn the_summary_says_what_is_there_and_what_is_not() {
        insta::assert_snapshot!(summary().lines().join("\n"));
    }

    #[test]
    fn the_report_has_the_same_as_json() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&summary()).expect("printable"));
    }
}

//! The result of an export: in words on stderr, and as JSON for `--report`.

use super::range::Range;
use super::totals::Totals;
use binance_papi::CloseKind;
use binance_papi::history::{self, SpanIssue, SpanIssueKind};
use papi_runtime::counted;
use serde::Serialize;

/// The result of an export, with the fields of the report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary {
    pub(crate) schema_version: u32,
    pub(crate) dataset: String,
    pub(crate) params: Vec<(String, String)>,
    /// The range that was asked for; both ends included, in milliseconds.
    pub(crate) range: Range,
    /// All that the output covers, from this run and those before; none when nothing is kept.
    pub(crate) covers: Option<Range>,
    /// Rows of the output that it did not have before.
    pub(crate) new_rows: u64,
    /// Where the rows are; `-` is stdout.
    pub(crate) out: String,
    #[serde(flatten)]
    pub(crate) totals: Totals,
    #[serde(flatten)]
    pub(crate) effort: Effort,
    pub(crate) lost: Vec<ReportedSpan>,
    pub(crate) incomplete: Vec<ReportedSpan>,
    pub(crate) unproven: Vec<ReportedSpan>,
    /// Lost spans that do not count: a short one where the range begins a time ago, or those that `--allow-lost` accepts.
    pub(crate) noted: Vec<ReportedSpan>,
    /// Rows whose close kind disagrees with the `autoCloseType` that was asked for. They are in the output.
    pub(crate) contradicting: u64,
    /// Whether every row of the range is in the output, as far as can be known.
    pub(crate) complete: bool,
}

/// What the walks of one run took.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Effort {
    pub(crate) windows: u64,
    /// Full pages, after which a window was cut.
    pub(crate) cuts: u64,
    pub(crate) requests: u64,
    pub(crate) weight: u64,
    pub(crate) retries: u64,
    /// Rows that came from outside of the window they were asked for with. They are in the output.
    pub(crate) out_of_window: u64,
    /// How the exchange kept to its rules, in sentences.
    pub(crate) remarks: Vec<String>,
}

/// A span of the report, as number and as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReportedSpan {
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
        self.out_of_window += report.out_of_window;
        for remark in report.remarks.iter().map(ToString::to_string) {
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
        }
    }
}

/// Returns the spans of a kind.
pub(crate) fn spans(issues: &[SpanIssue], kind: SpanIssueKind) -> Vec<ReportedSpan> {
    let of_kind = issues.iter().filter(|issue| issue.kind == kind);
    let span = |&SpanIssue { from, to, .. }: &SpanIssue| ReportedSpan {
        from: from.as_millis(),
        to: to.as_millis(),
        from_utc: from.to_string(),
        to_utc: to.to_string(),
    };
    of_kind.map(span).collect()
}

/// Returns how many rows are of a kind that contradicts the `autoCloseType` among the parameters.
pub(crate) fn contradicting(params: &[(String, String)], totals: &Totals) -> u64 {
    let Some((_, asked)) = params.iter().find(|(name, _)| name == "autoCloseType") else { return 0 };
    let contradicts = |kind: &str| CloseKind::ALL.iter().any(|each| each.as_str() == kind && each.contradicts(asked));
    let counts = totals.by_kind_and_symbol.iter().filter(|count| count.kind.as_deref().is_some_and(contradicts));
    counts.map(|count| count.rows).sum()
}

impl Summary {
    /// Returns the lines for stderr.
    pub(crate) fn lines(&self) -> Vec<String> {
        let Effort { windows, cuts, requests, weight, retries, out_of_window, remarks } = &self.effort;
        let rows = counted(self.totals.rows, "row");
        let mut lines = vec![match self.covers {
            Some(covers) => format!("{} covers {}: {rows}, {} new", self.out, covers.brief(), self.new_rows),
            None => format!("{rows} of {} on stdout", self.range.brief()),
        }];
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
        lines.push(format!(
            "{}, {}, {}, weight {weight}, {}",
            counted(*windows, "window"),
            counted(*cuts, "cut"),
            counted(*requests, "request"),
            counted(*retries, "retry")
        ));
        if *out_of_window > 0 {
            lines.push(format!("{} came from outside of the window", counted(*out_of_window, "row")));
        }
        lines.extend(remarks.iter().map(|remark| format!("note: {remark}")));
        if self.contradicting > 0 {
            lines.push(format!(
                "{} {} of another kind than the autoCloseType that was asked for: look at `close_kind`",
                counted(self.contradicting, "row"),
                if self.contradicting == 1 { "is" } else { "are" }
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
        let issues = [SpanIssue::new(SpanIssueKind::Unproven, 5, 5), SpanIssue::new(SpanIssueKind::Lost, 0, 1_000)];
        let count = Count { kind: Some("adl".into()), symbol: Some("BTCUSDT".into()), rows: 2 };
        Summary {
            schema_version: 1,
            dataset: "um-force-orders".into(),
            params: vec![("symbol".into(), "BTCUSDT".into())],
            range: Range { from: 0, to: 9 },
            covers: Some(Range { from: 0, to: 9 }),
            new_rows: 1,
            out: "out.csv".into(),
            totals: Totals { rows: 2, by_kind_and_symbol: vec![count], quarantined: 1 },
            effort: Effort {
                windows: 3,
                requests: 4,
                weight: 80,
                remarks: vec!["the exchange gives at most 50 rows".into()],
                ..Effort::default()
            },
            lost: spans(&issues, SpanIssueKind::Lost),
            incomplete: spans(&issues, SpanIssueKind::Incomplete),
            unproven: spans(&issues, SpanIssueKind::Unproven),
            noted: spans(&issues, SpanIssueKind::Noted),
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
    fn one_is_singular_and_stdout_is_no_file() {
        let effort = Effort { windows: 1, cuts: 1, requests: 1, retries: 1, out_of_window: 1, ..Effort::default() };
        let totals = Totals { rows: 1, ..Totals::default() };
        let lines = Summary { covers: None, out: "-".into(), totals, effort, contradicting: 1, ..summary() }.lines();
        assert_eq!(lines[0], "1 row of 1970-01-01 to 1970-01-01T00:00:00.010Z on stdout");
        assert_eq!(lines[1], "1 window, 1 cut, 1 request, weight 0, 1 retry");
        assert!(lines[2].starts_with("1 row came") && lines[3].starts_with("1 row is of another kind"));
    }

    #[test]
    fn the_report_has_the_same_as_json() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&summary()).expect("printable"));
    }
}

//! Prints what was counted, for people: in the terminal and in `BENCHMARKS.md`.

use super::works::{COMPARISONS, PEERS, Row};
use super::{Counts, baseline::Ratios, count_of};
use crate::failure::Failure;

const BEGIN: &str = "<!-- counted by `cargo xtask bench --write`: -->\n";
const END: &str = "<!-- end of what was counted -->\n";

/// Returns the rows as a Markdown table whose columns also stand in line.
pub(super) fn of_rows(rows: &[Row], counts: &Counts, ratios: &Ratios, accepted: &Ratios) -> String {
    let head = ["", "instructions", "reference", "its instructions", "ratio", "accepted"].map(ToOwned::to_owned);
    let lines = rows.iter().map(|row| {
        let accepted = accepted.get(row.name).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.3}"));
        let ratio = ratios.get(row.name).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.3}"));
        let reference = counts.get(row.reference).copied().unwrap_or_default();
        [row.name.to_owned(), shown(count_of(row, counts)), row.reference.to_owned(), shown(reference), ratio, accepted]
    });
    markdown(&head, lines)
}

/// Returns the table that compares peers.
pub(super) fn of_peers(counts: &Counts) -> String {
    let mut head = vec![String::new()];
    head.extend(PEERS.map(ToOwned::to_owned));
    let lines =
        COMPARISONS.iter().map(|comparison| {
            let mut line = vec![comparison.name.to_owned()];
            line.extend(comparison.works.map(|work| {
                work.and_then(|work| counts.get(work)).map_or_else(|| "-".to_owned(), |count| shown(*count))
            }));
            line
        });
    markdown(&head, lines)
}

/// Returns a count in thousands: its last digits differ from run to run.
fn shown(count: f64) -> String {
    if count < 100_000.0 { format!("{:.1} k", count / 1e3) } else { format!("{:.0} k", count / 1e3) }
}

/// The first column stands left, the others right.
fn markdown<L: AsRef<[String]>>(head: &[String], lines: impl Iterator<Item = L>) -> String {
    let lines: Vec<L> = lines.collect();
    let all = || std::iter::once(head).chain(lines.iter().map(AsRef::as_ref));
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            all().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0).max(2)
        })
        .collect();
    let mut text = String::new();
    for (number, line) in all().enumerate() {
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            text += &if column == 0 { format!("| {cell:<width$} ") } else { format!("| {cell:>width$} ") };
        }
        text += "|\n";
        if number == 0 {
            for (column, width) in widths.iter().enumerate() {
                let dashes = "-".repeat(width + 1);
                text += &if column == 0 { format!("|{dashes}-") } else { format!("|{dashes}:") };
            }
            text += "|\n";
        }
    }
    text
}

/// Puts a text between the marks of a page.
pub(super) fn put(page: &str, text: &str) -> Result<String, Failure> {
    let unmarked = || Failure::Check(format!("BENCHMARKS.md lacks the lines {BEGIN:?} and {END:?}"));
    let (before, rest) = page.split_once(BEGIN).ok_or_else(unmarked)?;
    let (_, after) = rest.split_once(END).ok_or_else(unmarked)?;
    Ok(format!("{before}{BEGIN}\n{text}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::works::ROWS;

    #[test]
    fn a_table_shows_counts_ratios_and_what_was_accepted() {
        let counts: Counts = [("call", 120_000.0), ("reqwest-call", 60_000.0)].into();
        let ratios: Ratios = [(ROWS[0].name.to_owned(), 2.0)].into();
        let table = of_rows(&ROWS[..1], &counts, &ratios, &Ratios::new());
        assert_eq!(
            table,
            "|                    | instructions |    reference | its instructions | ratio | accepted |\n\
             |--------------------|-------------:|-------------:|-----------------:|------:|---------:|\n\
             | signed call, 1 row |        120 k | reqwest-call |           60.0 k | 2.000 |        - |\n"
        );
    }

    #[test]
    fn what_a_peer_cannot_do_is_a_dash() {
        let table = of_peers(&[("client", 37_000.0)].into());
        let line = table.lines().last().expect("a line");
        assert_eq!(line.split_whitespace().collect::<String>(), "|afurtherclient|37.0k|-|-|-|");
    }

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("above\n{BEGIN}old\n{END}below\n");
        assert_eq!(put(&page, "new\n").expect("marks"), format!("above\n{BEGIN}\nnew\n\n{END}below\n"));
        assert!(put("no marks", "new").is_err());
    }
}

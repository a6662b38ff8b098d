//! Rows as a table for people: columns in the reply's order, no borders, a line for each row, nothing wrapped or cut.

use super::flat::flat;
use super::rows::{cells, columns};
use super::width::{of_text, on_one_line, padded};
use binance_papi::json::Json;

/// What stands between two columns.
const GAP: &str = "  ";

/// Rows that are laid out in columns.
#[derive(Debug)]
pub(super) struct Table {
    /// The header, then the rows.
    lines: Vec<Vec<String>>,
    widths: Vec<usize>,
}

impl Table {
    /// Lays rows out. What is nested in them gets columns of its own.
    pub(super) fn of(rows: &[Json]) -> Self {
        let rows: Vec<Json> = rows.iter().map(flat).collect();
        let columns = columns(&rows);
        let mut lines = vec![columns.iter().map(|column| on_one_line(column)).collect::<Vec<_>>()];
        for row in &rows {
            lines.push(cells(row, &columns).iter().map(|cell| on_one_line(cell)).collect());
        }
        let width = |column: usize| lines.iter().map(|line| of_text(&line[column])).max().unwrap_or_default();
        let widths = (0..columns.len()).map(width).collect();
        Self { lines, widths }
    }

    /// Returns how many columns of a terminal it takes.
    pub(super) fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP.len() * self.widths.len().saturating_sub(1)
    }

    /// Returns its lines, the header first.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = |cells: &Vec<String>| {
            let cells = cells.iter().zip(&self.widths).map(|(cell, width)| padded(cell, *width));
            cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
        };
        self.lines.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_below_their_columns() {
        let reply = Json::parse(r#"[{"id":1,"note":"a\nb","of":{"x":[1,2]}},{"id":22}]"#).expect("valid");
        let table = Table::of(reply.rows());
        assert_eq!(table.lines(), ["id  note  of.x", "1   a\\nb  1, 2", "22"]);
        assert_eq!(table.width(), "id  note  of.x".len());
    }
}

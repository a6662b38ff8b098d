//! Replies as tables for people: columns in the reply's order, no borders, nothing wrapped or cut.

use super::rows::{cell, cells, columns};
use crate::stderr::printable;
use binance_papi::json::Json;
use comfy_table::{ContentArrangement, Table, presets};

/// Returns a list as a table, one line per row.
pub(super) fn of_rows(rows: &[Json]) -> String {
    let columns = columns(rows);
    let mut table = empty();
    table.set_header(columns.iter().map(|column| shown(column)));
    for row in rows {
        table.add_row(cells(row, &columns).iter().map(|cell| shown(cell)));
    }
    text(&table)
}

/// Returns one object as a table, one line per field.
pub(super) fn of_single(value: &Json) -> String {
    let Json::Object(members) = value else { return format!("{}\n", shown(&cell(value))) };
    let mut table = empty();
    table.set_header(["field", "value"]);
    for (key, value) in members {
        table.add_row([shown(key), shown(&cell(value))]);
    }
    text(&table)
}

fn empty() -> Table {
    let mut table = Table::new();
    // A row that is wider than the terminal stays one line: it can be scrolled, searched and copied.
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
    table
}

/// Puts a cell on one line.
fn shown(cell: &str) -> String {
    printable(cell).replace('\n', "\\n")
}

fn text(table: &Table) -> String {
    let mut text = String::new();
    for line in table.lines() {
        // Every cell has a space to its left; the first of a line serves no purpose.
        text.push_str(line.trim_end().strip_prefix(' ').unwrap_or_default());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_below_their_columns() {
        let Json::List(rows) = Json::parse(r#"[{"id":1,"note":"a\nb","of":{"x":[1]}},{"id":22}]"#).expect("valid")
        else {
            panic!()
        };
        assert_eq!(of_rows(&rows), "id  note  of\n1   a\\nb  {\"x\":[1]}\n22\n");
    }

    #[test]
    fn an_object_is_fields_and_values() {
        let order = Json::parse(r#"{"orderId":7,"price":"1.50"}"#).expect("valid");
        assert_eq!(of_single(&order), "field    value\norderId  7\nprice    1.50\n");
        assert_eq!(of_single(&Json::text("pong")), "pong\n");
    }
}

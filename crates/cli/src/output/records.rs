//! Values as records for people: a line for each field, and what is nested indented below its name.

use super::flat::{has_objects, joined};
use super::rows::cell;
use super::table::Table;
use super::width::{of_text, on_one_line, padded, wrapped};
use binance_papi::json::Json;

/// How far what is nested stands to the right.
const INDENT: usize = 2;

/// Returns rows as records with a numbered line above each. No line is wider than `width` unless a single word is.
pub(super) fn of_rows(rows: &[Json], width: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    add_records(rows, width, &mut lines);
    lines
}

/// Returns the fields of one object.
pub(super) fn of_single(value: &Json, width: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    add_record(value, width, &mut lines);
    lines
}

fn add_records(rows: &[Json], width: Option<usize>, lines: &mut Vec<String>) {
    for (index, row) in rows.iter().enumerate() {
        let mut record = Vec::new();
        add_record(row, width, &mut record);
        let widest = record.iter().map(|line| of_text(line)).max().unwrap_or_default();
        let label = format!("-[ {} of {} ]", index + 1, rows.len());
        lines.push(format!("{label}{}", "-".repeat(widest.saturating_sub(label.len()))));
        lines.append(&mut record);
    }
}

fn add_record(value: &Json, width: Option<usize>, lines: &mut Vec<String>) {
    let Json::Object(members) = value else {
        match one_line(value) {
            Some(text) => lines.push(text),
            None => add_nested(value, width, lines),
        }
        return;
    };
    let shown = || members.iter().map(|(name, value)| (on_one_line(name), one_line(value), value));
    let names =
        shown().filter(|(_, text, _)| text.is_some()).map(|(name, ..)| of_text(&name)).max().unwrap_or_default();
    for (name, text, value) in shown() {
        if let Some(text) = text {
            add_field(&padded(&name, names), &text, width, lines);
        } else {
            lines.push(name);
            let mut nested = Vec::new();
            add_nested(value, width.map(|width| width.saturating_sub(INDENT)), &mut nested);
            lines.extend(nested.iter().map(|line| format!("{:INDENT$}{line}", "")));
        }
    }
}

/// Adds a field on one line; a long text goes on below itself, and a word that has no room beside the name stands below it.
fn add_field(name: &str, text: &str, width: Option<usize>, lines: &mut Vec<String>) {
    let beside = of_text(name) + 2;
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(beside));
    let parts = wrapped(text, room);
    if parts.iter().all(|part| of_text(part) <= room) {
        for (index, part) in parts.iter().enumerate() {
            let before = if index == 0 { format!("{name}  ") } else { " ".repeat(beside) };
            lines.push(format!("{before}{part}").trim_end().to_owned());
        }
    } else {
        lines.push(name.trim_end().to_owned());
        let room = width.map_or(usize::MAX, |width| width.saturating_sub(INDENT));
        lines.extend(wrapped(text, room).iter().map(|part| format!("{:INDENT$}{part}", "")));
    }
}

/// Adds an object or list that is nested: a list as a table where that has room.
fn add_nested(value: &Json, width: Option<usize>, lines: &mut Vec<String>) {
    let rows = value.rows();
    if rows.is_empty() {
        add_record(value, width, lines);
    } else {
        match fitting_table(rows, width) {
            Some(table) => lines.extend(table.lines()),
            None => add_records(rows, width, lines),
        }
    }
}

/// Returns rows as a table, if it has room and no row has rows of its own.
pub(super) fn fitting_table(rows: &[Json], width: Option<usize>) -> Option<Table> {
    if rows.iter().any(has_rows) {
        return None;
    }
    Some(Table::of(rows)).filter(|table| width.is_none_or(|width| table.width() <= width))
}

fn has_rows(value: &Json) -> bool {
    match value {
        Json::Object(members) => members.iter().any(|(_, value)| has_rows(value)),
        other => has_objects(other),
    }
}

/// Returns what fits on a line beside a name; none for what is nested.
fn one_line(value: &Json) -> Option<String> {
    match value {
        Json::Object(members) if !members.is_empty() => None,
        Json::List(_) if has_objects(value) => None,
        other => Some(on_one_line(&joined(other).unwrap_or_else(|| cell(other)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, width: usize) -> String {
        of_rows(Json::parse(text).expect("valid").rows(), Some(width)).join("\n")
    }

    #[test]
    fn a_record_has_a_line_for_each_field() {
        let text = r#"[{"orderId":7,"price":"1.50","none":null},{"orderId":8,"of":["a","b"]}]"#;
        let expected = "-[ 1 of 2 ]--\norderId  7\nprice    1.50\nnone\n-[ 2 of 2 ]--\norderId  8\nof       a, b";
        assert_eq!(records(text, 80), expected);
    }

    #[test]
    fn what_is_nested_stands_below_its_name_as_a_table_if_there_is_room() {
        let text = r#"[{"id":7,"price":{"before":"1","after":"2"},"fills":[{"qty":"1","at":"x","by":1},{"qty":"22","at":"y","by":2}]}]"#;
        let wide =
            "-[ 1 of 1 ]\nid  7\nprice\n  before  1\n  after   2\nfills\n  qty  at  by\n  1    x   1\n  22   y   2";
        assert_eq!(records(text, 80), wide.replace("]\nid", "]--\nid"));
        let narrow = wide.replace(
            "  qty  at  by\n  1    x   1\n  22   y   2",
            "  -[ 1 of 2 ]\n  qty  1\n  at   x\n  by   1\n  -[ 2 of 2 ]\n  qty  22\n  at   y\n  by   2",
        );
        assert_eq!(records(text, 11), narrow.replace("]\nid", "]--\nid"));
    }

    #[test]
    fn a_long_text_goes_on_below_itself_and_a_number_is_never_broken() {
        let text = r#"[{"doc":"one two three","n":"12345678901234567890"}]"#;
        assert_eq!(records(text, 14), "-[ 1 of 1 ]-----------\ndoc  one two\n     three\nn\n  12345678901234567890");
    }
}

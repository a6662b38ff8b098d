//! A reply seen as rows and columns, for the formats that need them.

use binance_papi::json::Json;

/// What a reply consists of.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape<'a> {
    /// A list of rows, the field that holds it unless the reply is the list, and what the reply says beside it, such as a
    /// total.
    Rows { rows: &'a [Json], list: Option<&'a str>, beside: Vec<(&'a str, &'a Json)> },
    /// One thing.
    Single(&'a Json),
}

impl<'a> Shape<'a> {
    /// Finds the rows. `rows_field` is the field that the endpoint's description names; without a description, an object
    /// is taken for a list with counts when it has one list of objects and everything else in it is a number or a
    /// switch. Text beside the list identifies something, such as an order with its fills, and that is one thing.
    pub(crate) fn of(reply: &'a Json, rows_field: Option<&str>) -> Self {
        let members = match reply {
            Json::List(rows) => return Self::Rows { rows, list: None, beside: Vec::new() },
            Json::Object(members) => members,
            _ => return Self::Single(reply),
        };
        let mut lists = members.iter().filter_map(|(key, value)| match value {
            Json::List(rows) if rows_field.map_or_else(|| all_objects(rows), |field| field == key) => Some((key, rows)),
            _ => None,
        });
        let (Some((list, rows)), None) = (lists.next(), lists.next()) else { return Self::Single(reply) };
        let beside: Vec<_> =
            members.iter().filter(|(key, _)| key != list).map(|(key, value)| (key.as_ref(), value)).collect();
        let is_list = rows_field.is_some() || beside.iter().all(|(_, value)| matches!(value, Json::Raw(_)));
        if is_list { Self::Rows { rows, list: Some(list), beside } } else { Self::Single(reply) }
    }
}

fn all_objects(rows: &[Json]) -> bool {
    rows.iter().all(|row| matches!(row, Json::Object(_)))
}

/// The column of rows that are no objects.
const VALUE: &str = "value";

/// Returns the columns of rows: every key, in the order of the reply. A key that only some rows have stands after its
/// predecessor in the first row that has it.
pub(crate) fn columns(rows: &[Json]) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for row in rows {
        match row {
            Json::Object(members) => {
                let mut next = 0;
                for (key, _) in members {
                    next = if let Some(place) = columns.iter().position(|column| column == key) {
                        place + 1
                    } else {
                        columns.insert(next, key);
                        next + 1
                    };
                }
            }
            _ if columns.contains(&VALUE) => {}
            _ => columns.push(VALUE),
        }
    }
    columns
}

/// Returns the cells of a row, one per column; a row that lacks a column has an empty cell there.
pub(crate) fn cells(row: &Json, columns: &[&str]) -> Vec<String> {
    columns
        .iter()
        .map(|column| match row {
            Json::Object(_) => row.get(column).map_or_else(String::new, cell),
            other if *column == VALUE => cell(other),
            _ => String::new(),
        })
        .collect()
}

/// Returns a value as a cell of a table or CSV file: text without quotes, nothing for null, JSON for what has parts. Tables are
/// made of rows without parts.
pub(crate) fn cell(value: &Json) -> String {
    match value {
        Json::Raw(written) if written == "null" => String::new(),
        Json::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).expect("valid")
    }

    #[test]
    fn columns_keep_the_order_of_the_reply() {
        let Json::List(rows) = json(r#"[{"a":1,"c":2},{"a":1,"b":3,"c":2,"d":4},{"z":0,"a":1}]"#) else { panic!() };
        let columns = columns(&rows);
        assert_eq!(columns, ["z", "a", "b", "c", "d"]);
        assert_eq!(cells(&rows[0], &columns), ["", "1", "", "2", ""]);
    }

    #[test]
    fn values_that_are_no_objects_have_one_column() {
        let Json::List(rows) = json(r#"["x",[1],null]"#) else { panic!() };
        assert_eq!(columns(&rows), ["value"]);
        assert_eq!(cells(&rows[1], &["value"]), ["[1]"]);
    }

    #[test]
    fn a_list_with_counts_is_rows_and_an_order_with_fills_is_one_thing() {
        for (text, rows_field, is_rows) in [
            ("[]", None, true),
            (r#"{"rows":[{"a":1}],"total":1}"#, None, true),
            (r#"{"rows":[],"total":0}"#, None, true),
            (r#"{"symbol":"BTCUSDT","fills":[{"qty":"1"}]}"#, None, false),
            (r#"{"symbol":"BTCUSDT","rows":[{"qty":"1"}]}"#, Some("rows"), true),
            (r#"{"assets":[{}],"positions":[{}]}"#, None, false),
            (r#"{"ids":[1,2],"total":2}"#, None, false),
            (r#"{"a":1}"#, None, false),
            ("1", None, false),
        ] {
            let reply = json(text);
            assert_eq!(matches!(Shape::of(&reply, rows_field), Shape::Rows { .. }), is_rows, "{text}");
        }
    }
}

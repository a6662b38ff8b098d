//! A row without nesting, for formats with one line per row: what is inside an object gets a name with a dot.

use binance_papi::json::Json;
use std::borrow::Cow;

/// Stands between the name of an object and that of a field in it.
pub(super) const DOT: char = '.';

/// Returns a row whose members have no parts: `{"a":{"b":1},"c":[2,3],"d":[{"e":4}]}` becomes `a.b`, `c` and `d.1.e`.
pub(super) fn flat(row: &Json) -> Json {
    let mut members = Vec::new();
    match row {
        Json::Object(fields) => fields.iter().for_each(|(name, value)| add(name, value, &mut members)),
        other => return joined(other).map_or_else(|| other.clone(), Json::text),
    }
    Json::Object(members)
}

fn add(name: &str, value: &Json, members: &mut Vec<(Cow<'static, str>, Json)>) {
    match value {
        Json::Object(fields) if !fields.is_empty() => {
            for (field, value) in fields {
                add(&format!("{name}{DOT}{field}"), value, members);
            }
        }
        Json::List(rows) if has_objects(value) => {
            for (index, row) in rows.iter().enumerate() {
                add(&format!("{name}{DOT}{}", index + 1), row, members);
            }
        }
        _ => members.push((name.to_owned().into(), joined(value).map_or_else(|| value.clone(), Json::text))),
    }
}

/// Returns whether a value is a list of more than texts and numbers.
pub(super) fn has_objects(value: &Json) -> bool {
    value.rows().iter().any(|row| row.scalar().is_none())
}

/// Returns the values of a list in one text, and nothing for an empty list or object; none for other values.
pub(super) fn joined(value: &Json) -> Option<String> {
    match value {
        Json::List(rows) if !has_objects(value) => {
            Some(rows.iter().filter_map(Json::scalar).collect::<Vec<_>>().join(", "))
        }
        Json::Object(fields) if fields.is_empty() => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_name() {
        for (row, members) in [
            (
                r#"{"a":{"b":1,"x":{}},"c":[2,"3"],"d":[{"e":4},{"e":5}]}"#,
                r#"{"a.b":1,"a.x":"","c":"2, 3","d.1.e":4,"d.2.e":5}"#,
            ),
            (r#"{"a":[],"b":[[1,2],[3]]}"#, r#"{"a":"","b.1":"1, 2","b.2":"3"}"#),
            ("[1,2]", r#""1, 2""#),
            ("1.10", "1.10"),
        ] {
            assert_eq!(flat(&Json::parse(row).expect("valid")).to_string(), members);
        }
    }
}

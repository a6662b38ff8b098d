//! Writes the pieces of a draft so that the strict reader of specs takes them as they are meant.

use crate::import::facts::Json;

/// How long a line may become before a map is written over several.
const WIDTH: usize = 116;

/// Writes a text as a scalar that is read as this text, inside `{ }` and `[ ]` as well.
pub(super) fn text(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_./ ".contains(letter))
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !matches!(text, "true" | "false" | "null");
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Writes a value of a parameter, such as a default or a word: a number or a bool stays bare.
pub(super) fn value(text: &str) -> String {
    if matches!(text, "true" | "false") || is_number(text) { text.to_owned() } else { self::text(text) }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Prose: an open backtick would not be read.
pub(super) fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.matches('`').count() % 2 == 1 { self::text(&text.replace('`', "")) } else { self::text(&text) }
}

/// Writes a list of names or words on one line.
pub(super) fn list<'t>(values: impl IntoIterator<Item = &'t String>) -> String {
    format!("[{}]", values.into_iter().map(|text| value(text)).collect::<Vec<_>>().join(", "))
}

/// Writes `key: { .. }` on one line when it fits, and otherwise one line for each entry.
pub(super) fn entry(indent: usize, key: &str, entries: &[(&str, String)]) -> String {
    let blank = " ".repeat(indent);
    let inner: Vec<String> = entries.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let line = format!("{blank}{key}: {{ {} }}", inner.join(", "));
    if line.chars().count() <= WIDTH {
        return line + "\n";
    }
    let lines: String = inner.iter().map(|inner| format!("{blank}  {inner}\n")).collect();
    format!("{blank}{key}:\n{lines}")
}

/// Writes a comment of one line.
pub(super) fn comment(indent: usize, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}# {text}\n", " ".repeat(indent))
}

/// Writes a documented reply as an item of `examples`.
pub(super) fn example(json: &Json) -> String {
    let mut out = String::new();
    node(json, 2, &mut out);
    format!("  - {}", out.trim_start())
}

/// Writes a value whose lines stand at an indent; the first line begins with it as well.
fn node(json: &Json, indent: usize, out: &mut String) {
    let blank = " ".repeat(indent + 2);
    match json {
        Json::List(list) if list.iter().any(|one| matches!(one, Json::Object(_) | Json::List(_))) => {
            for one in list {
                let mut inner = String::new();
                node(one, indent + 2, &mut inner);
                out.push_str(&format!("{blank}- {}", inner.trim_start()));
            }
        }
        Json::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                out.push_str(&format!("{blank}{}:", self::key(key)));
                match value {
                    Json::Object(inner) if !inner.is_empty() => {
                        out.push('\n');
                        node(value, indent + 2, out);
                    }
                    Json::List(list) if list.iter().any(|one| matches!(one, Json::Object(_) | Json::List(_))) => {
                        out.push('\n');
                        node(value, indent + 2, out);
                    }
                    _ => out.push_str(&format!(" {}\n", flow(value))),
                }
            }
        }
        _ => out.push_str(&format!("{blank}{}\n", flow(json))),
    }
}

/// A key of an example, which is always read as a text.
fn key(key: &str) -> String {
    let is_plain = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain { key.to_owned() } else { quoted(key) }
}

/// Writes a value on one line.
fn flow(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(on) => on.to_string(),
        Json::Number(number) => number.clone(),
        Json::Text(text) => self::text(text),
        Json::List(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Json::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", self::key(key), flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_would_be_read_as_something_else() {
        let cases = [
            ("One symbol only", "One symbol only"),
            ("a: b", "\"a: b\""),
            ("a, b", "\"a, b\""),
            ("true", "\"true\""),
            ("10", "\"10\""),
            ("", "\"\""),
            ("没有", "\"没有\""),
            ("`a`", "\"`a`\""),
        ];
        for (given, written) in cases {
            assert_eq!(text(given), written);
        }
        assert_eq!((value("10"), value("true"), value("1m")), ("10".into(), "true".into(), "\"1m\"".into()));
        assert_eq!(prose("an `open one"), "an open one");
    }

    #[test]
    fn examples_are_written_as_specs_have_them() {
        let object = |entries: &[(&str, Json)]| {
            Json::Object(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
        };
        let inner = object(&[("a", Json::Number("1".into())), ("b", Json::Text("1".into()))]);
        let nested = object(&[("rows", Json::List(vec![inner.clone(), inner.clone()])), ("one", inner.clone())]);
        assert_eq!(example(&Json::List(vec![inner])), "  - - a: 1\n      b: \"1\"\n");
        let written = "  - rows:\n      - a: 1\n        b: \"1\"\n      - a: 1\n        b: \"1\"\n    one:\n      a: 1\n      b: \"1\"\n";
        assert_eq!(example(&nested), written);
        assert_eq!(example(&object(&[])), "  - {}\n");
    }
}

//! JSON that keeps what a reply says: the order of keys, and every digit of a number. `serde_json::Value` keeps neither.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;

/// A JSON value with its keys in order and its numbers as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// On one line.
    Compact,
    /// One value per line, indented.
    Pretty,
}

/// Deeper values are refused; no reply comes near it, and a hostile one must not exhaust the stack.
const DEEPEST: usize = 100;

impl Json {
    /// Reads a whole text.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        Self::read(serde_json::from_str(text)?, 0)
    }

    fn read(raw: &RawValue, depth: usize) -> Result<Self, serde_json::Error> {
        if depth > DEEPEST {
            return Err(serde_json::Error::custom(format!("nested deeper than {DEEPEST} levels")));
        }
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text)?;
                members
                    .into_iter()
                    .map(|(key, value)| Ok((key, Self::read(value, depth + 1)?)))
                    .collect::<Result<_, _>>()
                    .map(Self::Object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                items.into_iter().map(|item| Self::read(item, depth + 1)).collect::<Result<_, _>>().map(Self::List)
            }
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            Some(b't' | b'f') => serde_json::from_str(text).map(Self::Bool),
            Some(b'n') => Ok(Self::Null),
            _ => Ok(Self::Number(text.to_owned())),
        }
    }

    /// A text value.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number value.
    pub(crate) fn number(number: impl Into<u64>) -> Self {
        Self::Number(number.into().to_string())
    }

    /// An object of a fixed set of keys.
    pub(crate) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The value as JSON.
    pub(crate) fn print(&self, layout: Layout) -> String {
        let mut out = String::new();
        self.write(&mut out, layout, 0);
        out
    }

    /// The value in a cell of a table or CSV file: text without quotes, nothing for null, JSON for what has parts.
    pub(crate) fn cell(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            other => other.print(Layout::Compact),
        }
    }

    fn write(&self, out: &mut String, layout: Layout, depth: usize) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(on) => out.push_str(if *on { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => push_quoted(out, text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(out, layout, depth + 1, index);
                    item.write(out, layout, depth + 1);
                }
                close(out, layout, depth, items.is_empty());
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    separate(out, layout, depth + 1, index);
                    push_quoted(out, key);
                    out.push_str(if layout == Layout::Pretty { ": " } else { ":" });
                    value.write(out, layout, depth + 1);
                }
                close(out, layout, depth, members.is_empty());
                out.push('}');
            }
        }
    }
}

fn separate(out: &mut String, layout: Layout, depth: usize, index: usize) {
    if index > 0 {
        out.push(',');
    }
    indent(out, layout, depth);
}

fn close(out: &mut String, layout: Layout, depth: usize, is_empty: bool) {
    if !is_empty {
        indent(out, layout, depth);
    }
}

fn indent(out: &mut String, layout: Layout, depth: usize) {
    if layout == Layout::Pretty {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}

fn push_quoted(out: &mut String, text: &str) {
    // A text always prints; only a failing writer could say otherwise, and there is none.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// The members of an object in their order, not yet read further.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        json.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_survive() {
        let text =
            r#"{"z":1.10,"a":[{"y":12345678901234567890123,"b":"10913.21000"},[]],"m":{},"e":1E-7,"n":null,"t":true}"#;
        assert_eq!(Json::parse(text).expect("valid").print(Layout::Compact), text);
    }

    #[test]
    fn pretty_indents_by_two() {
        let value = Json::parse(r#"{"a":[1,{"b":[]}],"c":{}}"#).expect("valid");
        assert_eq!(
            value.print(Layout::Pretty),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"
        );
    }

    #[test]
    fn texts_are_read_and_quoted_again() {
        let value = Json::parse(r#""a\u00e4\"\\\n\u0007""#).expect("valid");
        assert_eq!(value, Json::text("aä\"\\\n\u{7}"));
        assert_eq!(Json::parse(&value.print(Layout::Compact)).expect("valid"), value);
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for bad in ["", "<html>", "{", r#"{"a":1"#, "[1,]", "nul", "01", "{} {}", deep.as_str()] {
            assert!(Json::parse(bad).is_err(), "{bad:.20}");
        }
    }
}

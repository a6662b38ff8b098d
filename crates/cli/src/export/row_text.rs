//! Reads the text of a row where it stands: the names and values of its fields, without a copy. What it reads was printed by
//! the row's type, or has a seal; other text is read with all its checks elsewhere.

use binance_papi::json::{JsonReader, ReadError};
use binance_papi::spec::Schema;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

/// A value as it stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A text, without its quotes and escapes.
    Text(Cow<'a, str>),
    /// The JSON of any other value.
    Other(&'a str),
}

impl<'a> Value<'a> {
    fn read(from: &mut JsonReader<'a>) -> Result<Self, ReadError> {
        if from.peek() != Some(b'"') {
            return from.raw().map(Self::Other);
        }
        Ok(Self::Text(from.scalar("a text")?.unwrap_or_default()))
    }
}

impl fmt::Display for Value<'_> {
    /// Writes its JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => serde_json::Value::from(text.as_ref()).fmt(f),
            Self::Other(json) => f.write_str(json),
        }
    }
}

/// Calls a function with the number and the value of each field of an object that the schema knows, in their order, until it
/// fails. Returns none when the text is no object.
pub(super) fn each_field<'a, E>(
    row: &'a str,
    schema: &Schema,
    mut field: impl FnMut(usize, &Value<'a>) -> Result<(), E>,
) -> Option<Result<(), E>> {
    let (mut from, mut done) = (JsonReader::new(row), Ok(()));
    let read = from.object(schema, &mut |from, number| {
        let value = Value::read(from)?;
        if done.is_ok() {
            done = field(number, &value);
        }
        Ok(())
    });
    if done.is_err() {
        return Some(done);
    }
    read.and_then(|()| from.end()).ok().map(Ok)
}

/// Writes a text as JSON.
pub(super) fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    if !is_plain(text) {
        return Ok(serde_json::to_writer(out, text)?);
    }
    out.write_all(b"\"")?;
    out.write_all(text.as_bytes())?;
    out.write_all(b"\"")
}

/// Returns whether nothing in a text is escaped in JSON.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::spec::Field;
    use serde_json::value::RawValue;
    use std::collections::BTreeMap;

    const fn known(name: &'static str) -> Field {
        Field { name, schema: Schema::Text }
    }

    const FIELDS: &[Field] = &[
        known("a"),
        known("b"),
        known("c"),
        known("text"),
        known("after"),
        known("nested"),
        known("list"),
        known("empty"),
        known("币"),
    ];

    fn fields(row: &str) -> Option<BTreeMap<String, Value<'_>>> {
        let mut fields = BTreeMap::new();
        let read = each_field(row, &Schema::Object(FIELDS), |field, value| {
            fields.insert(FIELDS.get(field).map_or("unknown", |field| field.name).to_owned(), value.clone());
            Ok::<(), ()>(())
        });
        read.map(|_| fields)
    }

    /// Returns the text that a JSON text is; none for any other value.
    fn text(json: &str) -> Option<Cow<'_, str>> {
        let mut from = JsonReader::new(json);
        let value = Value::read(&mut from).ok()?;
        from.end().ok()?;
        if let Value::Text(text) = value { Some(text) } else { None }
    }

    #[test]
    fn fields_are_those_that_the_json_library_reads() {
        for row in [
            "{}",
            r#"{"a":1}"#,
            r#" { "a" : -1.50e3 , "b":null,"c" :true } "#,
            r#"{"text":"a, \"b\" }{ \\","after":"\\"}"#,
            r#"{"nested":{"a":[1,{"b":"]}"}],"c":"\""},"list":[],"empty":""}"#,
            r#"{"\u0061":"\u00e9","\u5e01":"x"}"#,
        ] {
            let slow: BTreeMap<String, &RawValue> = serde_json::from_str(row).expect("an object");
            let slow = slow.into_iter().map(|(name, value)| {
                let text = serde_json::from_str::<String>(value.get());
                (name, text.map_or(Value::Other(value.get()), |text| Value::Text(text.into())))
            });
            assert_eq!(fields(row), Some(slow.collect()), "{row}");
        }
        assert_eq!(fields(r#"{"new":1}"#), Some(BTreeMap::from([("unknown".to_owned(), Value::Other("1"))])));
    }

    #[test]
    fn a_value_is_shown_as_json() {
        for row in [r#"{"a":"x\"y"}"#, r#"{"a":-1.50}"#, r#"{"a":{"b":[null]}}"#] {
            let shown = fields(row).expect("an object")["a"].to_string();
            assert_eq!(format!("{{\"a\":{shown}}}"), row);
        }
    }

    #[test]
    fn what_is_no_object_has_no_fields() {
        for row in [
            "",
            "[]",
            "1",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1}}",
            "{a:1}",
            "{\"a\":\"1",
        ] {
            assert_eq!(fields(row), None, "{row}");
        }
    }

    #[test]
    fn a_text_is_written_as_the_json_library_writes_it() {
        for text in ["", "BTCUSDT", "币安\u{7f}", "a\"b", "\\", "\n", "\u{0}\u{1f} "] {
            let mut written = Vec::new();
            write_text(&mut written, text).expect("written");
            assert_eq!(written, serde_json::to_vec(text).expect("printable"), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_borrowed_unless_something_in_it_is_escaped() {
        assert!(matches!(text("\"BTC 币\""), Some(Cow::Borrowed("BTC 币"))));
        assert_eq!(text(r#""a\n\u0062""#).as_deref(), Some("a\nb"));
        assert_eq!((text("1"), text("null"), text("\""), text("\"a\"b\"")), (None, None, None, None));
    }
}

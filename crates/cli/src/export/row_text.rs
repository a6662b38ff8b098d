//! Reads the text of a row where it stands: the names and values of its fields, without a copy. What it reads was printed by
//! the row's type, or has a seal; other text is read with all its checks elsewhere.

use binance_papi::json::JsonReader;
use std::borrow::Cow;

/// Calls a function with the name and the JSON text of each field of an object, in their order, until it fails. Returns none when
/// the text is no object.
pub(super) fn each_field<'a, E>(
    row: &'a str,
    mut field: impl FnMut(&str, &'a str) -> Result<(), E>,
) -> Option<Result<(), E>> {
    let (mut from, mut done) = (JsonReader::new(row), Ok(()));
    let read = from.map(&mut |from, name| {
        let value = from.raw()?;
        if done.is_ok() {
            done = field(&name, value);
        }
        Ok(())
    });
    if done.is_err() {
        return Some(done);
    }
    read.and_then(|()| from.end()).ok().map(Ok)
}

/// Returns the text of a JSON text; none for any other value.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    let mut from = JsonReader::new(json);
    let text = if from.peek() == Some(b'"') { from.scalar("a text").ok()? } else { None };
    from.end().ok().and(text)
}

/// Writes a text as JSON.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) -> serde_json::Result<()> {
    if !is_plain(text) {
        return serde_json::to_writer(out, text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

/// Returns whether nothing in a text is escaped in JSON.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;
    use std::collections::BTreeMap;

    fn fields(row: &str) -> Option<BTreeMap<String, &str>> {
        let mut fields = BTreeMap::new();
        let read = each_field(row, |name, value| {
            fields.insert(name.to_owned(), value);
            Ok::<(), ()>(())
        });
        read.map(|_| fields)
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
            let slow: BTreeMap<String, &str> = slow.iter().map(|(name, value)| (name.clone(), value.get())).collect();
            assert_eq!(fields(row), Some(slow), "{row}");
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
            push_text(&mut written, text).expect("written");
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

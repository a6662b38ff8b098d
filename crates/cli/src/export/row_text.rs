//! Reads the text of a row where it stands: the names and values of its fields, without a copy. What it reads was printed by
//! the row's type, or has a seal; other text is read with all its checks elsewhere.

use std::borrow::Cow;

/// Calls a function with the name and the JSON text of each field of an object, in their order. Returns none when the text is
/// no object.
pub(super) fn each_field<'a, E>(
    row: &'a str,
    mut field: impl FnMut(&str, &'a str) -> Result<(), E>,
) -> Option<Result<(), E>> {
    let mut at = Place { text: row, at: 0 };
    at.skip_space();
    at.take(b'{')?;
    at.skip_space();
    if at.take(b'}').is_none() {
        loop {
            at.skip_space();
            let name = text(at.value()?)?;
            at.skip_space();
            at.take(b':')?;
            at.skip_space();
            let value = at.value()?;
            if let Err(error) = field(&name, value) {
                return Some(Err(error));
            }
            at.skip_space();
            if at.take(b',').is_none() {
                at.take(b'}')?;
                break;
            }
        }
    }
    at.skip_space();
    (at.at == row.len()).then_some(Ok(()))
}

/// Returns the text of a JSON text; none for any other value.
pub(super) fn text(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    if is_plain(inner) { Some(Cow::Borrowed(inner)) } else { serde_json::from_str(json).ok().map(Cow::Owned) }
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

/// A place in a text.
struct Place<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Place<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Takes a value, and returns its text.
    fn value(&mut self) -> Option<&'a str> {
        let from = self.at;
        match self.peek()? {
            b'"' => self.skip_text()?,
            b'{' | b'[' => self.skip_nested()?,
            _ => {
                while self.peek().is_some_and(|byte| !matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'))
                {
                    self.at += 1;
                }
            }
        }
        self.text.get(from..self.at).filter(|value| !value.is_empty())
    }

    fn skip_text(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let special = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            self.at += special + 1;
            if rest[special] == b'"' {
                return Some(());
            }
            // What is escaped is no end.
            self.at += 1;
        }
    }

    fn skip_nested(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        loop {
            match self.peek()? {
                b'"' => {
                    self.skip_text()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
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

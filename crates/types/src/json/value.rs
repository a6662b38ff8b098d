//! JSON that keeps what a text says: the order of fields, and every digit of a number. `serde_json::Value` keeps
//! neither. The command line prints replies through it, and the sandbox makes its replies out of documented ones.

use super::scan::plain_length;
use super::{JsonReader, JsonWriter, ReadError};
use std::borrow::Cow;
use std::fmt::{self, Formatter, Write as _};

/// Deeper values are refused; no reply comes near it, and a hostile one must not exhaust the stack.
const DEEPEST: usize = 100;

/// A JSON value with its fields in order and its numbers as they were written.
///
/// `{}` prints it on one line, `{:#}` with a line for each value, indented by two spaces.
///
/// ```
/// use papi_types::json::Json;
/// let text = r#"{"z":1.10,"a":[12345678901234567890123,null]}"#;
/// assert_eq!(Json::parse(text).unwrap().to_string(), text);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// Fields in their order.
    Object(Vec<(Cow<'static, str>, Json)>),
    /// Values of a list.
    List(Vec<Json>),
    /// A text, without quotes and escapes.
    Text(String),
    /// A number, `true`, `false` or `null` as it is written. It may also hold any unread JSON that is printed as it is.
    Raw(Cow<'static, str>),
}

impl Json {
    /// Reads a whole text.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or is nested deeper than 100 levels.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let mut from = JsonReader::new(text);
        let value = Self::read(&mut from, 0)?;
        from.end().map(|()| value)
    }

    fn read(from: &mut JsonReader<'_>, depth: usize) -> Result<Self, ReadError> {
        if depth > DEEPEST {
            return Err(ReadError::new(format_args!("nested deeper than {DEEPEST} levels")));
        }
        match from.peek() {
            Some(b'{') => {
                let mut fields = Vec::new();
                from.map(&mut |from, name| {
                    fields.push((name.into_owned().into(), Self::read(from, depth + 1)?));
                    Ok(())
                })?;
                Ok(Self::Object(fields))
            }
            Some(b'[') => {
                let mut values = Vec::new();
                from.list(&mut |from| {
                    values.push(Self::read(from, depth + 1)?);
                    Ok(())
                })?;
                Ok(Self::List(values))
            }
            Some(b'"') => from.scalar("a text").map(|text| Self::text(text.unwrap_or_default())),
            _ => from.raw().map(|written| Self::Raw(written.to_owned().into())),
        }
    }

    /// Returns a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Returns a whole number.
    pub fn number(number: impl Into<i128>) -> Self {
        Self::Raw(number.into().to_string().into())
    }

    /// Returns `true` or `false`.
    pub fn bool(value: bool) -> Self {
        Self::Raw(if value { "true" } else { "false" }.into())
    }

    /// Returns `null`.
    pub fn null() -> Self {
        Self::Raw("null".into())
    }

    /// Returns an object of fields with these names.
    pub fn object(fields: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Returns a field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(each, _)| each == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Replaces the value of a field; an object without the field stays as it is.
    pub fn replace(&mut self, name: &str, value: Self) {
        if let Self::Object(fields) = self
            && let Some((_, old)) = fields.iter_mut().find(|(each, _)| each == name)
        {
            *old = value;
        }
    }

    /// Returns the values of a list, and nothing for other values.
    pub fn rows(&self) -> &[Self] {
        match self {
            Self::List(rows) => rows,
            _ => &[],
        }
    }

    /// Returns the text of a scalar, without quotes; none for objects and lists.
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Raw(written) => Some(written),
            Self::Object(_) | Self::List(_) => None,
        }
    }

    /// Returns a whole number that is written with or without quotes; none for other values.
    pub fn integer(&self) -> Option<i64> {
        self.scalar()?.parse().ok()
    }

    fn write(&self, f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Self::Object(fields) => write_list(f, depth, ['{', '}'], fields, |f, (name, value)| {
                write_text(f, name)?;
                f.write_str(if f.alternate() { ": " } else { ":" })?;
                value.write(f, depth + 1)
            }),
            Self::List(rows) => write_list(f, depth, ['[', ']'], rows, |f, row| row.write(f, depth + 1)),
            Self::Text(text) => write_text(f, text),
            Self::Raw(written) => f.write_str(written),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

fn write_list<T>(
    f: &mut Formatter<'_>,
    depth: usize,
    [open, close]: [char; 2],
    parts: &[T],
    write: impl Fn(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    f.write_char(open)?;
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_char(',')?;
        }
        break_line(f, depth + 1)?;
        write(f, part)?;
    }
    if !parts.is_empty() {
        break_line(f, depth)?;
    }
    f.write_char(close)
}

fn break_line(f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    if f.alternate() { write!(f, "\n{:1$}", "", 2 * depth) } else { Ok(()) }
}

fn write_text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    if plain_length(text.as_bytes()) == text.len() {
        f.write_char('"')?;
        f.write_str(text)?;
        return f.write_char('"');
    }
    let mut out = JsonWriter::new();
    out.text(text);
    f.write_str(&out.into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_survive() {
        for text in [
            r#"{"z":1.10,"a":[{"y":12345678901234567890123,"b":"10913.21000"},[]],"m":{},"e":1E-7,"n":null,"t":true}"#,
            r#"{"z":1.50,"a":[{"n":null,"币":"安\n"},[]],"big":4611875134427365377,"o":{}}"#,
        ] {
            assert_eq!(Json::parse(text).expect("valid").to_string(), text);
        }
    }

    #[test]
    fn pretty_indents_by_two() {
        let value = Json::parse(r#"{"a":[1,{"b":[]}],"c":{}}"#).expect("valid");
        assert_eq!(format!("{value:#}"), "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}");
    }

    #[test]
    fn texts_are_read_and_quoted_again() {
        let value = Json::parse(r#""a\u00e4\"\\\n\u0007""#).expect("valid");
        assert_eq!(value, Json::text("aä\"\\\n\u{7}"));
        assert_eq!(Json::parse(&value.to_string()).expect("valid"), value);
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for bad in ["", "<html>", "{", r#"{"a":1"#, "[1,]", "nul", "01", "{} {}", deep.as_str()] {
            assert!(Json::parse(bad).is_err(), "{bad:.20}");
        }
    }
}

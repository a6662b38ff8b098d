//! Writes JSON on one line, without spaces.

use super::scan::plain_length;
use crate::{Decimal, Wire};
use std::fmt::{self, Write as _};

/// JSON text that is being written.
#[derive(Debug, Default)]
pub struct JsonWriter(String);

impl JsonWriter {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts with nothing, and with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Returns what was written.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Writes a text in quotes, escaped where it must be.
    pub fn text(&mut self, text: &str) {
        self.0.push('"');
        let mut rest = text;
        loop {
            let (plain, special) = rest.split_at(plain_length(rest.as_bytes()));
            self.0.push_str(plain);
            let mut characters = special.chars();
            match characters.next() {
                None => break,
                Some('"') => self.0.push_str("\\\""),
                Some('\\') => self.0.push_str("\\\\"),
                Some('\n') => self.0.push_str("\\n"),
                Some('\r') => self.0.push_str("\\r"),
                Some('\t') => self.0.push_str("\\t"),
                Some('\u{8}') => self.0.push_str("\\b"),
                Some('\u{c}') => self.0.push_str("\\f"),
                Some(control) => self.bare(format_args!("\\u{:04x}", u32::from(control))),
            }
            rest = characters.as_str();
        }
        self.0.push('"');
    }

    /// Writes something as it prints: a number, `true`, `false` or `null`.
    pub fn bare(&mut self, value: impl fmt::Display) {
        // Nothing that is printed here can fail, and a `String` takes everything.
        let _ = write!(self.0, "{value}");
    }

    /// Writes a whole number.
    pub fn integer(&mut self, number: i64) {
        if number < 0 {
            self.0.push('-');
        }
        self.digits(number.unsigned_abs(), 0);
    }

    /// Writes a decimal as it prints, in quotes.
    pub fn decimal(&mut self, number: Decimal) {
        self.0.push('"');
        match u64::try_from(number.mantissa().unsigned_abs()) {
            Ok(mantissa) => {
                if number.is_sign_negative() {
                    self.0.push('-');
                }
                self.digits(mantissa, number.scale());
            }
            Err(_) => self.bare(number),
        }
        self.0.push('"');
    }

    /// Writes the digits of a number, `scale` of them after the point.
    fn digits(&mut self, mut number: u64, scale: u32) {
        // As many as there are with the largest scale, and a point.
        let mut text = [b'0'; 30];
        let mut start = text.len();
        let mut written = 0;
        while number > 0 || written <= scale {
            if written == scale && scale > 0 {
                start -= 1;
                text[start] = b'.';
            }
            start -= 1;
            text[start] = b'0' + (number % 10) as u8;
            number /= 10;
            written += 1;
        }
        self.0.push_str(std::str::from_utf8(&text[start..]).unwrap_or_default());
    }

    /// Writes an object, whose fields `write` writes.
    pub fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.0.push('{');
        write(self);
        self.0.push('}');
    }

    /// Writes a field of an object.
    pub fn field<T: Wire>(&mut self, name: &str, value: &T) {
        self.separate();
        self.text(name);
        self.0.push(':');
        value.write(self);
    }

    /// Writes the field that tells what kind of object this is.
    pub fn tag(&mut self, name: &str, kind: &str) {
        self.separate();
        self.text(name);
        self.0.push(':');
        self.text(kind);
    }

    /// Writes a field of an object, if it has a value.
    pub fn optional_field<T: Wire>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Writes a list.
    pub fn list<T: Wire>(&mut self, elements: &[T]) {
        self.0.push('[');
        for element in elements {
            self.separate();
            element.write(self);
        }
        self.0.push(']');
    }

    /// Writes the comma between two parts. No part ends with an opening bracket.
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), Some(b'{' | b'[')) {
            self.0.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_serde_json_escapes_them() {
        let mut texts: Vec<String> = (0..0x300).filter_map(char::from_u32).map(String::from).collect();
        texts.extend(
            ["", "plain", "a\"b\\c\u{7}", "币安人生\n", "0123456\"", "01234567\\", "012345678\u{1f}x"]
                .map(str::to_owned),
        );
        for text in texts {
            let mut out = JsonWriter::new();
            out.text(&text);
            assert_eq!(out.into_string(), serde_json::to_string(&text).expect("a text"), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_they_print() {
        let mut numbers = vec![0, 1, 9, 10, 99, 100, i64::MAX];
        numbers.extend((0..63).map(|bit| 1_i64 << bit));
        numbers.extend(numbers.clone().into_iter().map(|number| -number));
        numbers.push(i64::MIN);
        for number in numbers {
            let mut out = JsonWriter::new();
            out.integer(number);
            assert_eq!(out.into_string(), number.to_string());
            for (scale, wide) in (0..=28).flat_map(|scale| [(scale, 1), (scale, 1_000_000_007)]) {
                let number = Decimal::from_i128_with_scale(i128::from(number) * wide, scale);
                let mut out = JsonWriter::new();
                out.decimal(number);
                assert_eq!(out.into_string(), format!("\"{number}\""));
            }
        }
        let mut minus_zero = Decimal::ZERO;
        minus_zero.set_sign_negative(true);
        let mut out = JsonWriter::new();
        out.decimal(minus_zero);
        assert_eq!(out.into_string(), format!("\"{minus_zero}\""));
    }
}

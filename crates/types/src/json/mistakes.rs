//! What a reader says of a mistake, and where it is. A mistake is rare, so this may be slow: the wording comes from `serde_json`,
//! which reads the text again.

use super::JsonReader;
use super::error::{ReadError, Step};
use serde::de::{Deserializer as _, IgnoredAny, Visitor};
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;

impl JsonReader<'_> {
    /// Says that the object that was just read lacks a field.
    #[cold]
    pub(super) fn missing(&self, name: &str) -> ReadError {
        ReadError::new(format_args!("missing field `{name}`")).placed(self.text, self.at)
    }

    /// Says what is wrong with a text that is no JSON.
    #[cold]
    pub(super) fn malformed(&self) -> ReadError {
        let (before, next) = self.bytes().split_at(self.at);
        if matches!(next.first(), Some(b'}' | b']')) && before.trim_ascii_end().ends_with(b",") {
            return ReadError::malformed("trailing comma").placed(self.text, self.at + 1);
        }
        match serde_json::from_str::<IgnoredAny>(self.text) {
            Err(error) => {
                let lines = self.text.split_inclusive('\n').take(error.line().saturating_sub(1));
                let offset = lines.map(str::len).sum::<usize>() + error.column();
                ReadError::malformed(wording(&error)).placed(self.text, offset.min(self.text.len()))
            }
            Ok(_) => ReadError::malformed("malformed JSON").placed(self.text, self.at),
        }
    }

    /// Says that the next value is of another kind than it should be.
    #[cold]
    pub(crate) fn unexpected(&mut self, expected: &str) -> ReadError {
        struct Refuse<'a>(&'a str);
        impl Visitor<'_> for Refuse<'_> {
            type Value = Infallible;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }
        let is_list_or_object = matches!(self.peek(), Some(b'{' | b'['));
        let start = self.at;
        if !is_list_or_object && let Err(error) = self.skip() {
            return error;
        }
        let mut json = serde_json::Deserializer::from_str(&self.text[start..]);
        let Err(error) = json.deserialize_any(Refuse(expected));
        // What a list or an object holds was not looked at, so the mistake is before it.
        ReadError::new(wording(&error)).placed(self.text, if is_list_or_object { start } else { self.at })
    }

    /// Says that the next value is an object or a list, and should be a scalar.
    #[cold]
    pub(super) fn no_scalar(&mut self, expected: &str) -> ReadError {
        match self.raw() {
            Ok(raw) => ReadError::new(format_args!("expected {expected}, found {}", shortened(raw, 40))),
            Err(malformed) => malformed,
        }
    }

    /// Adds a field to the way of an error, and its place if it has none: behind the value.
    #[cold]
    pub(super) fn in_field(&mut self, error: ReadError, key_start: usize) -> ReadError {
        let mut key = Self::starting(self.text, key_start);
        let name = key.key_text().map(Cow::into_owned).unwrap_or_default();
        if error.is_repeated_field() {
            key.peek();
            return ReadError::new(format_args!("duplicate field `{name}`")).placed(self.text, key.at);
        }
        let error = error.inside(Step::Field(name));
        if error.is_placed() {
            return error;
        }
        self.take(b'}');
        error.placed(self.text, self.at)
    }

    /// Adds an element to the way of an error, and its place if it has none: behind the value.
    #[cold]
    pub(super) fn in_element(&mut self, error: ReadError, index: usize) -> ReadError {
        let error = error.inside(Step::Element(index));
        if error.is_placed() {
            return error;
        }
        if !self.take(b']') && self.take(b',') {
            self.peek();
        }
        error.placed(self.text, self.at)
    }
}

/// Returns at most so many characters of a text, for messages.
pub(crate) fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Returns what `serde_json` says of a mistake, without the place.
pub(super) fn wording(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(wording, _)| wording).to_owned()
}

//! The query string: parameters in declaration order, each value percent-encoded once, in one buffer. This text is signed and
//! sent.

use crate::spec::Value;
use std::fmt::{self, Write as _};

/// Most queries fit, so that they do not have to grow.
const USUAL_LENGTH: usize = 128;

/// A query string under construction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    text: String,
}

impl Query {
    /// Returns an empty query.
    pub const fn new() -> Self {
        Self { text: String::new() }
    }

    /// Appends a parameter. The name is written as it is, the value percent-encoded.
    pub fn push(&mut self, name: &str, value: Value<'_>) {
        match value {
            Value::Text(text) | Value::Word { text, .. } => {
                self.begin(name);
                encode(text, &mut self.text);
            }
            other => self.push_display(name, other),
        }
    }

    /// Appends a parameter whose value prints itself. A time prints itself for people, so [`push`](Self::push) it instead, or
    /// its milliseconds.
    pub fn push_display(&mut self, name: &str, value: impl fmt::Display) {
        self.begin(name);
        // Writing into a String cannot fail.
        let _ = write!(Encoded(&mut self.text), "{value}");
    }

    fn begin(&mut self, name: &str) {
        if self.text.is_empty() {
            self.text.reserve(USUAL_LENGTH);
        } else {
            self.text.push('&');
        }
        self.text.push_str(name);
        self.text.push('=');
    }

    /// Returns the text, such as `symbol=BTCUSDT&limit=5`, without a leading question mark.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether there is no parameter.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the text, by value.
    pub fn into_string(self) -> String {
        self.text
    }
}

/// Returns the text with everything but RFC 3986 unreserved characters as `%XX`, upper case.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode(text, &mut encoded);
    encoded
}

/// Appends a text percent-encoded. Most texts stay as they are, so what stays is copied as a whole.
fn encode(text: &str, to: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let stays = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~');
    let mut rest = text;
    while let Some(at) = rest.find(|character| !stays(character)) {
        let (kept, others) = rest.split_at(at);
        let (encoded, after) = others.split_at(others.find(stays).unwrap_or(others.len()));
        to.push_str(kept);
        for byte in encoded.bytes() {
            to.push('%');
            to.push(char::from(HEX[usize::from(byte >> 4)]));
            to.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = after;
    }
    to.push_str(rest);
}

struct Encoded<'a>(&'a mut String);

impl fmt::Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        encode(text, self.0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(percent_encode("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(percent_encode("a b+c/d=e&f%g:h,i"), "a%20b%2Bc%2Fd%3De%26f%25g%3Ah%2Ci");
        assert_eq!(percent_encode("币安人生USDT"), "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT");
    }

    #[test]
    fn parameters_keep_their_order() {
        let mut query = Query::new();
        query.push("symbol", Value::Text("BTCUSDT"));
        query.push("assets", Value::List(&["USDT".to_owned(), "BTC".to_owned()]));
        query.push("archived", Value::Bool(true));
        assert_eq!(query.as_str(), "symbol=BTCUSDT&assets=USDT%2CBTC&archived=true");
    }

    #[test]
    fn a_time_is_sent_in_milliseconds() {
        let mut query = Query::new();
        for (name, millis) in [("startTime", 1_596_107_620_044), ("endTime", -1)] {
            query.push(name, Value::Time(crate::Timestamp::from_millis(millis)));
        }
        assert_eq!(query.as_str(), "startTime=1596107620044&endTime=-1");
    }
}

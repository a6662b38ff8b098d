//! One parameter's value on its way into a request: typed enough to compare, plain enough to print.

use crate::{Decimal, Timestamp};
use std::fmt;

/// The value of a parameter, borrowed from its request.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Free text.
    Text(&'a str),
    /// A word of an open enum; `known` tells whether this version has it.
    Word {
        /// The word as the exchange spells it.
        text: &'a str,
        /// Whether it is one of the documented words.
        known: bool,
    },
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// An instant.
    Time(Timestamp),
    /// A choice, sent as `true` or `false`.
    Bool(bool),
    /// Several texts, sent with commas between them.
    List(&'a [String]),
}

impl fmt::Display for Value<'_> {
    /// Prints the value as it is sent, before percent-encoding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Word { text, .. } => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Time(time) => time.as_millis().fmt(f),
            Self::Bool(on) => on.fmt(f),
            Self::List(texts) => f.write_str(&texts.join(",")),
        }
    }
}

/// A text that does not read as its type. The message of a parameter completes "`limit` must be ..".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseValueError {
    expected: &'static str,
}

impl ParseValueError {
    /// Returns an error that says what was expected.
    pub const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for ParseValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }
}

impl std::error::Error for ParseValueError {}

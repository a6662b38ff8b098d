//! One parameter's value on its way into a request: typed enough to compare, plain enough to print.

use crate::{Decimal, Kind, Timestamp};
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
    /// A switch, sent as `true` or `false`.
    Switch(bool),
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
            Self::Time(time) => time.fmt(f),
            Self::Switch(on) => on.fmt(f),
            Self::List(texts) => {
                for (index, text) in texts.iter().enumerate() {
                    if index > 0 {
                        f.write_str(",")?;
                    }
                    f.write_str(text)?;
                }
                Ok(())
            }
        }
    }
}

/// A text that does not read as the parameter's type. The message completes "`limit` must be ..".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseValueError {
    expected: &'static str,
}

impl ParseValueError {
    /// An error that says what was expected.
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

/// A type that can stand as a parameter of a request.
pub trait ParamValue: Sized {
    /// What kind of value it is.
    const KIND: Kind;

    /// The documented words of an open enum; empty for everything else.
    const WORDS: &'static [&'static str] = &[];

    /// The value for checking and printing.
    fn value(&self) -> Value<'_>;

    /// Reads the value from the text that would be sent.
    fn from_text(text: &str) -> Result<Self, ParseValueError>;
}

macro_rules! integer_params {
    ($($name:ty),*) => {$(
        impl ParamValue for $name {
            const KIND: Kind = Kind::Integer;

            fn value(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }

            fn from_text(text: &str) -> Result<Self, ParseValueError> {
                text.parse().map_err(|_| ParseValueError::new("a whole number"))
            }
        }
    )*};
}
integer_params!(u16, u32, i64);

impl ParamValue for bool {
    const KIND: Kind = Kind::Switch;
    const WORDS: &'static [&'static str] = &["true", "false"];

    fn value(&self) -> Value<'_> {
        Value::Switch(*self)
    }

    fn from_text(text: &str) -> Result<Self, ParseValueError> {
        text.parse().map_err(|_| ParseValueError::new("true or false"))
    }
}

impl ParamValue for String {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn from_text(text: &str) -> Result<Self, ParseValueError> {
        Ok(text.to_owned())
    }
}

impl ParamValue for Vec<String> {
    const KIND: Kind = Kind::List;

    fn value(&self) -> Value<'_> {
        Value::List(self)
    }

    fn from_text(text: &str) -> Result<Self, ParseValueError> {
        Ok(text.split(',').map(|part| part.trim().to_owned()).collect())
    }
}

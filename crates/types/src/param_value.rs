//! The types of parameters: how a value is checked, printed, and read from its text.

use crate::error::ParseValueError;
use crate::spec::{Kind, Value};

/// A type of parameters.
pub trait ParamValue: Sized {
    /// What kind of value it is.
    const KIND: Kind;

    /// The documented words of an open enum; empty for everything else.
    const WORDS: &'static [&'static str] = &[];

    /// Returns the value for checking and printing.
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
    const KIND: Kind = Kind::Bool;
    const WORDS: &'static [&'static str] = &["true", "false"];

    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
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

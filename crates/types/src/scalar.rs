//! Scalars of a reply: read from their raw text, quoted or bare, and printed in one canonical form.

use crate::json::{JsonReader, JsonWriter, ReadError, shortened};
use crate::spec::{Schema, Value};
use std::borrow::Cow;

/// A value written as one JSON scalar: what [`Wire`](crate::Wire) needs to know of it.
pub(crate) trait Scalar: Sized {
    /// What it is called in messages.
    const EXPECTED: &'static str;

    /// What the printed value looks like.
    const SCHEMA: Schema;

    /// Reads the text, which came quoted or bare.
    fn from_wire(text: &str) -> Option<Self>;

    /// Reads the usual form from the beginning of a text, and returns its length: fast, and none in case of doubt.
    fn from_start(_text: &[u8]) -> Option<(Self, usize)> {
        None
    }

    /// Prints the canonical form.
    fn to_wire(&self, out: &mut JsonWriter);
}

#[inline]
pub(crate) fn read_scalar<T: Scalar>(from: &mut JsonReader<'_>) -> Result<T, ReadError> {
    match from.take_with(T::from_start) {
        Some(value) => Ok(value),
        None => match from.scalar(T::EXPECTED)? {
            Some(text) => T::from_wire(&text).ok_or_else(|| unreadable(&text, T::EXPECTED)),
            None => Err(ReadError::new(format_args!("expected {}, found null", T::EXPECTED))),
        },
    }
}

/// Reads a scalar that may be absent. The vendor's examples have the text `"null"` for absence; no scalar has that value.
#[inline]
pub(crate) fn read_optional_scalar<T: Scalar>(from: &mut JsonReader<'_>) -> Result<Option<T>, ReadError> {
    match from.take_with(T::from_start) {
        Some(value) => Ok(Some(value)),
        None => match present(from, T::EXPECTED)? {
            Some(text) => T::from_wire(&text).map(Some).ok_or_else(|| unreadable(&text, T::EXPECTED)),
            None => Ok(None),
        },
    }
}

/// Reads the text of a scalar that may be absent.
fn present<'a>(from: &mut JsonReader<'a>, expected: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
    Ok(from.scalar(expected)?.filter(|text| !text.is_empty() && text != "null"))
}

#[cold]
fn unreadable(text: &str, expected: &str) -> ReadError {
    ReadError::new(format_args!("expected {expected}, found {:?}", shortened(text, 40)))
}

/// Reads a word; any text is one. `derive(OpenEnum)` expands to it.
#[inline]
pub fn read_word<T: crate::OpenEnum>(from: &mut JsonReader<'_>) -> Result<T, ReadError> {
    match from.scalar(String::EXPECTED)? {
        Some(word) => Ok(T::from(&word)),
        None => Err(ReadError::new(format_args!("expected {}, found null", String::EXPECTED))),
    }
}

/// Reads a word that may be absent.
#[inline]
pub fn read_optional_word<T: crate::OpenEnum>(from: &mut JsonReader<'_>) -> Result<Option<T>, ReadError> {
    Ok(present(from, String::EXPECTED)?.map(|word| T::from(&word)))
}

/// Implements [`Wire`](crate::Wire) for a [`Scalar`]. A blanket implementation would collide with the one for lists.
macro_rules! wire_scalar {
    ($name:ty) => {
        impl $crate::Wire for $name {
            const SCHEMA: $crate::spec::Schema = <Self as $crate::scalar::Scalar>::SCHEMA;

            fn read(from: &mut $crate::json::JsonReader<'_>) -> Result<Self, $crate::json::ReadError> {
                $crate::scalar::read_scalar(from)
            }

            fn read_optional(from: &mut $crate::json::JsonReader<'_>) -> Result<Option<Self>, $crate::json::ReadError> {
                $crate::scalar::read_optional_scalar(from)
            }

            fn write(&self, out: &mut $crate::json::JsonWriter) {
                $crate::scalar::Scalar::to_wire(self, out);
            }
        }
    };
}
pub(crate) use wire_scalar;

/// Implements [`Scalar`] for a type of parameters, which a reply writes as a request does. The last argument is its
/// [`from_start`](Scalar::from_start), if it has one.
macro_rules! param_scalar {
    ($name:ty: $schema:ident, $expected:literal $(, $from_start:expr)?) => {
        impl $crate::scalar::Scalar for $name {
            const EXPECTED: &'static str = $expected;
            const SCHEMA: $crate::spec::Schema = $crate::spec::Schema::$schema;

            fn from_wire(text: &str) -> Option<Self> {
                $crate::spec::ParamValue::from_text(text).ok()
            }

            $(
                #[inline]
                fn from_start(text: &[u8]) -> Option<(Self, usize)> {
                    $from_start(text)
                }
            )?

            fn to_wire(&self, out: &mut $crate::json::JsonWriter) {
                $crate::scalar::write_value($crate::spec::ParamValue::value(self), out)
            }
        }
        $crate::scalar::wire_scalar!($name);
    };
}
pub(crate) use param_scalar;

/// Prints whole numbers and times as numbers, and everything else as a text.
pub(crate) fn write_value(value: Value<'_>, out: &mut JsonWriter) {
    match value {
        Value::Integer(number) => out.integer(number),
        Value::Time(time) => out.integer(time.as_millis()),
        Value::Decimal(number) => out.decimal(number),
        Value::Text(text) => out.text(text),
        other => out.text(&other.to_string()),
    }
}

/// Reads a whole number of at most 18 digits, as the exchange prints it, from the beginning of a text.
#[inline]
pub(crate) fn whole_number(text: &[u8]) -> Option<(i64, usize)> {
    let sign = usize::from(text.first() == Some(&b'-'));
    let (mut number, mut end) = (0_i64, sign);
    while let Some(digit @ b'0'..=b'9') = text.get(end) {
        // More digits than fit are refused below.
        number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
        end += 1;
    }
    (1..=18).contains(&(end - sign)).then(|| (if sign == 1 { -number } else { number }, end))
}

/// As [`whole_number`], for the types that have no sign.
#[inline]
fn unsigned_number<T: TryFrom<i64>>(text: &[u8]) -> Option<(T, usize)> {
    let (number, length) = whole_number(text).filter(|_| text[0] != b'-')?;
    Some((T::try_from(number).ok()?, length))
}

param_scalar!(u16: Integer, "a whole number", unsigned_number);
param_scalar!(u32: Integer, "a whole number", unsigned_number);
param_scalar!(i64: Integer, "a whole number", whole_number);
param_scalar!(String: Text, "a text");

impl Scalar for u64 {
    const EXPECTED: &'static str = u32::EXPECTED;
    const SCHEMA: Schema = Schema::Integer;

    fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    #[inline]
    fn from_start(text: &[u8]) -> Option<(Self, usize)> {
        unsigned_number(text)
    }

    fn to_wire(&self, out: &mut JsonWriter) {
        out.bare(self);
    }
}
wire_scalar!(u64);

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";
    const SCHEMA: Schema = Schema::Bool;

    fn from_wire(text: &str) -> Option<Self> {
        match text {
            "true" | "TRUE" | "True" => Some(true),
            "false" | "FALSE" | "False" => Some(false),
            _ => None,
        }
    }

    #[inline]
    fn from_start(text: &[u8]) -> Option<(Self, usize)> {
        match text {
            [b't', b'r', b'u', b'e', ..] => Some((true, 4)),
            [b'f', b'a', b'l', b's', b'e', ..] => Some((false, 5)),
            _ => None,
        }
    }

    fn to_wire(&self, out: &mut JsonWriter) {
        out.bare(self);
    }
}
wire_scalar!(bool);

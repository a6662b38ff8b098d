//! Scalars of a reply: read from their raw text, quoted or bare, and printed in one canonical form.

use crate::spec::{Schema, Value};
use crate::wire::RawValue;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};
use std::borrow::Cow;

/// A value written as one JSON scalar: what [`Wire`] needs to know of it.
pub(crate) trait Scalar: Sized {
    /// What it is called in messages.
    const EXPECTED: &'static str;

    /// What the printed value looks like.
    const SCHEMA: Schema;

    /// Reads the text, which came quoted or bare.
    fn from_wire(text: &str) -> Option<Self>;

    /// Prints the canonical form.
    fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error>;
}

pub(crate) fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    match scalar_text(from, T::EXPECTED)? {
        Some(text) => T::from_wire(&text).ok_or_else(|| unreadable(&text, T::EXPECTED)),
        None => Err(D::Error::custom(format_args!("expected {}, found null", T::EXPECTED))),
    }
}

/// Reads a scalar that may be absent. The vendor's examples have the text `"null"` for absence; no scalar has that value.
pub(crate) fn read_optional_scalar<'de, T: Scalar, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    match scalar_text(from, T::EXPECTED)? {
        Some(text) if !text.is_empty() && text != "null" => {
            T::from_wire(&text).map(Some).ok_or_else(|| unreadable(&text, T::EXPECTED))
        }
        _ => Ok(None),
    }
}

/// Returns the text of a scalar, quoted or bare, without going through a number; none for `null`.
fn scalar_text<'de, D: Deserializer<'de>>(from: D, expected: &str) -> Result<Option<Cow<'de, str>>, D::Error> {
    let raw = <&'de RawValue>::deserialize(from)?.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Text<'de>>(raw).map(|text| Some(text.0)).map_err(D::Error::custom),
        Some(b'{' | b'[') => Err(D::Error::custom(format_args!("expected {expected}, found {}", shortened(raw, 40)))),
        _ if raw == "null" => Ok(None),
        _ => Ok(Some(Cow::Borrowed(raw))),
    }
}

/// A JSON text, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

fn unreadable<E: serde::de::Error>(text: &str, expected: &str) -> E {
    E::custom(format_args!("expected {expected}, found {:?}", shortened(text, 40)))
}

/// Returns at most so many characters of a text, for messages.
pub(crate) fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Implements [`Wire`] for a [`Scalar`]. A blanket implementation would collide with the one for lists.
macro_rules! wire_scalar {
    ($name:ty) => {
        impl $crate::Wire for $name {
            const SCHEMA: $crate::spec::Schema = <Self as $crate::scalar::Scalar>::SCHEMA;

            fn read<'de, D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::scalar::read_scalar(from)
            }

            fn read_optional<'de, D: ::serde::Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
                $crate::scalar::read_optional_scalar(from)
            }

            fn write<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $crate::scalar::Scalar::to_wire(self, out)
            }
        }
    };
}
pub(crate) use wire_scalar;

/// Implements serde's own traits for a type that has [`Wire`], so that users can store it.
macro_rules! serde_through_wire {
    ($name:ty) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $crate::Wire::write(self, out)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::Wire::read(from)
            }
        }
    };
}
pub(crate) use serde_through_wire;

/// Implements [`Scalar`] for a type of parameters, which a reply writes as a request does.
macro_rules! param_scalar {
    ($name:ty: $schema:ident, $expected:literal) => {
        impl $crate::scalar::Scalar for $name {
            const EXPECTED: &'static str = $expected;
            const SCHEMA: $crate::spec::Schema = $crate::spec::Schema::$schema;

            fn from_wire(text: &str) -> Option<Self> {
                $crate::spec::ParamValue::from_text(text).ok()
            }

            fn to_wire<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $crate::scalar::write_value($crate::spec::ParamValue::value(self), out)
            }
        }
        $crate::scalar::wire_scalar!($name);
    };
}
pub(crate) use param_scalar;

/// Prints whole numbers and times as numbers, and everything else as a text.
pub(crate) fn write_value<S: Serializer>(value: Value<'_>, out: S) -> Result<S::Ok, S::Error> {
    match value {
        Value::Integer(number) => out.serialize_i64(number),
        Value::Time(time) => out.serialize_i64(time.as_millis()),
        Value::Text(text) => out.serialize_str(text),
        other => out.collect_str(&other),
    }
}

param_scalar!(u16: Integer, "a whole number");
param_scalar!(u32: Integer, "a whole number");
param_scalar!(i64: Integer, "a whole number");
param_scalar!(String: Text, "a text");

impl Scalar for u64 {
    const EXPECTED: &'static str = u32::EXPECTED;
    const SCHEMA: Schema = Schema::Integer;

    fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u64(*self)
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

    fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_bool(*self)
    }
}
wire_scalar!(bool);

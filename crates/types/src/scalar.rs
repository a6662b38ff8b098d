//! Scalars of a reply: read from their raw text, quoted or bare, and printed in one canonical form.

use crate::Schema;
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

/// `"null"` as a text is an artefact of vendors' examples; no scalar of the exchange has that value.
pub(crate) fn read_optional_scalar<'de, T: Scalar, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    match scalar_text(from, T::EXPECTED)? {
        Some(text) if !text.is_empty() && text != "null" => {
            T::from_wire(&text).map(Some).ok_or_else(|| unreadable(&text, T::EXPECTED))
        }
        _ => Ok(None),
    }
}

/// The text of a scalar, quoted or bare, without going through a number; none for `null`.
fn scalar_text<'de, D: Deserializer<'de>>(from: D, expected: &str) -> Result<Option<Cow<'de, str>>, D::Error> {
    let raw = <&'de RawValue>::deserialize(from)?.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Text<'de>>(raw).map(|text| Some(text.0)).map_err(D::Error::custom),
        Some(b'{' | b'[') => Err(D::Error::custom(format_args!("expected {expected}, found {}", shortened(raw)))),
        _ if raw == "null" => Ok(None),
        _ => Ok(Some(Cow::Borrowed(raw))),
    }
}

/// A JSON text, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

fn unreadable<E: serde::de::Error>(text: &str, expected: &str) -> E {
    E::custom(format_args!("expected {expected}, found {:?}", shortened(text)))
}

/// At most 40 characters of a text, for messages.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Implements [`Wire`] for a [`Scalar`]. A blanket implementation would collide with the one for lists.
macro_rules! wire_scalar {
    ($($name:ty),*) => {$(
        impl $crate::Wire for $name {
            const SCHEMA: $crate::Schema = <Self as $crate::scalar::Scalar>::SCHEMA;

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
    )*};
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

macro_rules! integers {
    ($($name:ty => $serialize:ident),*) => {$(
        impl Scalar for $name {
            const EXPECTED: &'static str = "a whole number";
            const SCHEMA: Schema = Schema::Integer;

            fn from_wire(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.$serialize(*self)
            }
        }
        wire_scalar!($name);
    )*};
}
integers!(u16 => serialize_u16, u32 => serialize_u32, u64 => serialize_u64, i64 => serialize_i64);

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

impl Scalar for String {
    const EXPECTED: &'static str = "a text";
    const SCHEMA: Schema = Schema::Text;

    fn from_wire(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self)
    }
}
wire_scalar!(String);

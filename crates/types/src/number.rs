//! Numbers that name things: the exchange's ids. All have 64 bits, and none is for arithmetic.

use std::fmt;

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseIdError(());

impl ParseIdError {
    pub(crate) const NEW: Self = Self(());
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is a whole number of at most 64 bits")
    }
}

impl std::error::Error for ParseIdError {}

/// Declares a 64-bit id. The exchange sends some of them as text; the wire form printed back is the number.
macro_rules! integer_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The id with this number.
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number of this id.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| $crate::number::ParseIdError::NEW)
            }
        }

        impl $crate::ParamValue for $name {
            const KIND: $crate::Kind = $crate::Kind::Integer;

            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Integer(self.0)
            }

            fn from_text(text: &str) -> Result<Self, $crate::ParseValueError> {
                text.parse().map_err(|_| $crate::ParseValueError::new("a whole number"))
            }
        }

        impl $crate::scalar::Scalar for $name {
            const EXPECTED: &'static str = "a 64-bit id";
            const SCHEMA: $crate::Schema = $crate::Schema::Integer;

            fn from_wire(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn to_wire<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_i64(self.0)
            }
        }
        $crate::scalar::wire_scalar!($name);
        $crate::scalar::serde_through_wire!($name);
    };
}
#[allow(unused_imports, reason = "the spec decides whether there are further ones")]
pub(crate) use integer_id;

integer_id! {
    /// The exchange's number of an order, unique within one symbol.
    OrderId
}

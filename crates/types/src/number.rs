//! Numbers that name things: the exchange's ids. All have 64 bits, and none is for arithmetic.

/// Declares a 64-bit id. The exchange sends some of them as text; they are printed back as numbers.
macro_rules! integer_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Returns the id with this number.
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// Returns the number of this id.
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
            type Err = $crate::error::ParseValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <i64 as $crate::spec::ParamValue>::from_text(text).map(Self)
            }
        }

        impl $crate::spec::ParamValue for $name {
            const KIND: $crate::spec::Kind = $crate::spec::Kind::Integer;

            fn value(&self) -> $crate::spec::Value<'_> {
                $crate::spec::Value::Integer(self.0)
            }

            fn from_text(text: &str) -> Result<Self, $crate::error::ParseValueError> {
                text.parse()
            }
        }
        $crate::scalar::param_scalar!($name: Integer, "a 64-bit id", |text| {
            $crate::scalar::whole_number(text).map(|(number, length)| (Self(number), length))
        });
        $crate::serde_traits::serde_through_wire!($name);
    };
}
#[allow(unused_imports, reason = "the spec decides whether there are further ones")]
pub(crate) use integer_id;

integer_id! {
    /// The exchange's number of an order, unique within one symbol.
    OrderId
}

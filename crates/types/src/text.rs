//! Names as text, such as symbols and assets. Newtypes, so that one cannot stand where another belongs;
//! up to 23 bytes are stored inline.

/// Declares a text newtype that takes any text; whether the exchange knows it is the exchange's business.
macro_rules! text_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(::smol_str::SmolStr);

        impl $name {
            /// This name from its text.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(::smol_str::SmolStr::new(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl From<&$name> for $name {
            fn from(name: &$name) -> Self {
                name.clone()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl $crate::ParamValue for $name {
            const KIND: $crate::Kind = $crate::Kind::Text;

            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(&self.0)
            }

            fn from_text(text: &str) -> Result<Self, $crate::ParseValueError> {
                Ok(Self::new(text))
            }
        }

        impl $crate::scalar::Scalar for $name {
            const EXPECTED: &'static str = "a text";
            const SCHEMA: $crate::Schema = $crate::Schema::Text;

            fn from_wire(text: &str) -> Option<Self> {
                Some(Self::new(text))
            }

            fn to_wire<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&self.0)
            }
        }
        $crate::scalar::wire_scalar!($name);
        $crate::scalar::serde_through_wire!($name);
    };
}
pub(crate) use text_name;

text_name! {
    /// A trading symbol, such as `BTCUSDT` (UM), `BTCUSD_PERP` (CM) or `BNBBTC` (margin). Upper case.
    Symbol
}

text_name! {
    /// The pair under a COIN-M contract, such as `BTCUSD`. One pair has several symbols.
    Pair
}

text_name! {
    /// An asset, such as `USDT`. May be a single letter.
    Asset
}

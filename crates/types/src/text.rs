//! Names as text, such as symbols and assets. Newtypes, so that one cannot stand where another belongs;
//! up to 23 bytes are stored inline. They compare and hash as their text does, so that maps find them by `&str`.

/// Declares a newtype of a text, without saying how it prints. It takes any text; only the exchange can tell whether it knows it.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(::smol_str::SmolStr);

        impl $name {
            /// Returns the name with this text.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(::smol_str::SmolStr::new(text))
            }

            /// Returns the text.
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

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            /// Takes any text.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::new(text))
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
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

        impl $crate::spec::ParamValue for $name {
            const KIND: $crate::spec::Kind = $crate::spec::Kind::Text;

            fn value(&self) -> $crate::spec::Value<'_> {
                $crate::spec::Value::Text(&self.0)
            }

            fn from_text(text: &str) -> Result<Self, $crate::error::ParseValueError> {
                Ok(Self::new(text))
            }
        }
        $crate::scalar::param_scalar!($name: Text, "a text");
        $crate::serde_traits::serde_through_wire!($name);
    };
}
pub(crate) use text_type;

/// Declares a newtype of a text that names something, and prints as it is.
macro_rules! text_name {
    ($(#[$doc:meta])* $name:ident) => {
        $crate::text::text_type! { $(#[$doc])* $name }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(crate) use text_name;

/// Declares a newtype of a text that is a secret: it has no `Display`, and its `Debug` hides it.
macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        $crate::text::text_type! { $(#[$doc])* $name }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
pub(crate) use secret_text;

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

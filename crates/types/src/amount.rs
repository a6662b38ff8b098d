//! Money and quantities: exact decimals that keep their scale, never through floating point.

use crate::Decimal;
use crate::error::ParseValueError;
use crate::scalar::param_scalar;
use crate::spec::{Kind, ParamValue, Value};
use papi_spec::exact_decimal;
use std::fmt;
use std::str::FromStr;

impl ParamValue for Decimal {
    const KIND: Kind = Kind::Decimal;

    fn value(&self) -> Value<'_> {
        Value::Decimal(*self)
    }

    fn from_text(text: &str) -> Result<Self, ParseValueError> {
        exact_decimal(text).ok_or(ParseValueError::new("a decimal number"))
    }
}
param_scalar!(Decimal: Decimal, "a decimal number");

/// Declares a decimal of one meaning, so that two of them cannot be swapped in a request.
macro_rules! amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// Wraps the number.
            pub const fn new(number: Decimal) -> Self {
                Self(number)
            }

            /// Returns the number.
            pub const fn get(self) -> Decimal {
                self.0
            }
        }

        impl From<$name> for Decimal {
            fn from(amount: $name) -> Self {
                amount.0
            }
        }

        impl FromStr for $name {
            type Err = ParseValueError;

            fn from_str(text: &str) -> Result<Self, ParseValueError> {
                Decimal::from_text(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl ParamValue for $name {
            const KIND: Kind = Kind::Decimal;

            fn value(&self) -> Value<'_> {
                Value::Decimal(self.0)
            }

            fn from_text(text: &str) -> Result<Self, ParseValueError> {
                text.parse()
            }
        }
    };
}

amount! {
    /// A price, in the quote asset. There is no conversion from a bare decimal: `Price::new(..)` or `"2000".parse()`
    /// makes a swap with a quantity visible.
    Price
}

amount! {
    /// A quantity: base asset for UM and margin orders, contracts for CM orders.
    Quantity
}

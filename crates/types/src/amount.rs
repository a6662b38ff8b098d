//! Money and quantities: exact decimals that keep their scale, never through floating point. Each meaning has a type of its own,
//! and only what makes sense can be computed.

use crate::Decimal;
use crate::error::ParseValueError;
use crate::scalar::param_scalar;
use crate::spec::{Kind, ParamValue, Value};
use papi_spec::{decimal_at_start, exact_decimal};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
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
param_scalar!(Decimal: Decimal, "a decimal number", decimal_at_start);

/// Declares a decimal of one meaning, so that two of them cannot be swapped in a request. Like is added to and compared with
/// like.
macro_rules! amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Sums are exact. Like those of `Decimal`, the operators `+` and `-` and `sum()` panic when a result does not fit;
        /// `checked_add` and `checked_sub` return none then.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// Nothing; where a sum starts.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Wraps the number.
            pub const fn new(number: Decimal) -> Self {
                Self(number)
            }

            /// Returns the number.
            pub const fn get(self) -> Decimal {
                self.0
            }

            /// Returns the sum; none when it has more digits than fit.
            pub fn checked_add(self, other: Self) -> Option<Self> {
                exact_sum(self.0, other.0).map(Self)
            }

            /// Returns the difference; none when it has more digits than fit.
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                exact_sum(self.0, -other.0).map(Self)
            }
        }

        impl Add for $name {
            type Output = Self;

            /// # Panics
            ///
            /// When the sum has more digits than fit.
            fn add(self, other: Self) -> Self {
                self.checked_add(other).expect(NO_ROOM)
            }
        }

        impl Sub for $name {
            type Output = Self;

            /// # Panics
            ///
            /// When the difference has more digits than fit.
            fn sub(self, other: Self) -> Self {
                self.checked_sub(other).expect(NO_ROOM)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl Neg for $name {
            type Output = Self;

            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Add::add)
            }
        }

        impl<'a> Sum<&'a $name> for $name {
            fn sum<I: Iterator<Item = &'a $name>>(amounts: I) -> Self {
                amounts.copied().sum()
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
    /// makes a swap with a quantity visible. A price times a quantity is a [`Notional`].
    Price
}

amount! {
    /// A quantity: base asset for UM and margin orders, contracts for CM orders.
    Quantity
}

amount! {
    /// What a quantity is worth at a price, in the quote asset. A quantity of CM counts contracts, so there the product is
    /// not the worth: a contract is worth a fixed sum of the quote asset at every price.
    ///
    /// ```
    /// use papi_types::{Notional, Price, Quantity};
    ///
    /// let fills: [(Price, Quantity); 2] =
    ///     [("20000.10".parse()?, "0.010".parse()?), ("20000.30".parse()?, "0.005".parse()?)];
    /// let worth: Notional = fills.iter().map(|(price, quantity)| *price * *quantity).sum();
    /// assert_eq!(worth.to_string(), "300.00250");
    /// # Ok::<(), papi_types::error::ParseValueError>(())
    /// ```
    Notional
}

impl Price {
    /// Returns what a quantity is worth at this price; none when that has more digits than fit.
    pub fn checked_mul(self, quantity: Quantity) -> Option<Notional> {
        exact_product(self.0, quantity.0).map(Notional)
    }
}

impl Mul<Quantity> for Price {
    type Output = Notional;

    /// # Panics
    ///
    /// When the product has more digits than fit; [`checked_mul`](Price::checked_mul) returns none then.
    fn mul(self, quantity: Quantity) -> Notional {
        self.checked_mul(quantity).expect(NO_ROOM)
    }
}

impl Mul<Price> for Quantity {
    type Output = Notional;

    /// # Panics
    ///
    /// When the product has more digits than fit; [`checked_mul`](Price::checked_mul) returns none then.
    fn mul(self, price: Price) -> Notional {
        price * self
    }
}

const NO_ROOM: &str = "the amount has more digits than fit";

/// The library's own arithmetic rounds what has too many digits; it shows in the scale of the result.
fn exact_sum(left: Decimal, right: Decimal) -> Option<Decimal> {
    let exact = |left: Decimal, right: Decimal| {
        left.checked_add(right).filter(|sum| sum.scale() == left.scale().max(right.scale()))
    };
    exact(left, right).or_else(|| exact(left.normalize(), right.normalize()))
}

/// As [`exact_sum`].
fn exact_product(left: Decimal, right: Decimal) -> Option<Decimal> {
    let exact = |left: Decimal, right: Decimal| {
        let scale = left.scale() + right.scale();
        left.checked_mul(right).filter(|product| product.scale() == scale || left.is_zero() || right.is_zero())
    };
    exact(left, right).or_else(|| exact(left.normalize(), right.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<T: FromStr<Err = ParseValueError>>(text: &str) -> T {
        text.parse().expect("a decimal number")
    }

    const MOST: &str = "79228162514264337593543950335";

    #[test]
    fn a_price_times_a_quantity_is_a_notional_in_either_order() {
        for (price, quantity, notional) in [
            ("20000.10", "0.010", "200.00100"),
            ("0", "5", "0"),
            ("0.00", "1.5", "0.000"),
            ("-1.5", "2.0", "-3.00"),
            ("0.00000001", "0.00000001", "0.0000000000000001"),
            (MOST, "1.0000", MOST),
        ] {
            let (price, quantity): (Price, Quantity) = (of(price), of(quantity));
            assert_eq!(price * quantity, of(notional));
            assert_eq!(quantity * price, price * quantity);
        }
    }

    #[test]
    fn like_is_added_to_like() {
        let [a, b]: [Quantity; 2] = [of("0.10"), of("2.5")];
        let mut total = a;
        total += b;
        assert_eq!((total.to_string().as_str(), a + b), ("2.60", total));
        total -= a;
        assert_eq!((total, b - a, -b), (b, of("2.40"), of("-2.5")));
        assert_eq!([a, b].iter().sum::<Quantity>(), [a, b].into_iter().sum());
        assert_eq!([Notional::ZERO; 0].iter().sum::<Notional>(), Notional::ZERO);
        assert!(a < b && a.max(b) == b && of::<Price>("1.0") == of::<Price>("1"));
    }

    #[test]
    fn nothing_is_rounded() {
        let [most, tenth, least]: [Price; 3] = [of(MOST), of("0.1"), of("0.0000000000000000000000000001")];
        assert_eq!(most.checked_add(tenth), None);
        assert_eq!(most.checked_add(most), None);
        assert_eq!((-most).checked_sub(tenth), None);
        assert_eq!(most.checked_mul(of("0.1")), Some(of("7922816251426433759354395033.5")));
        assert_eq!(least.checked_mul(of("0.1")), None);
        assert_eq!(most.checked_mul(of("2")), None);
        assert_eq!(of::<Price>("0.30").checked_add(of("0.3")), Some(of("0.60")));
    }

    #[test]
    #[should_panic(expected = "more digits than fit")]
    fn the_operators_panic_where_the_checked_ones_return_none() {
        let _ = of::<Price>(MOST) + of("0.1");
    }
}

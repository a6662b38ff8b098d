//! What a call costs of the limits that the exchange meters.

use std::fmt;

/// The price of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Cost {
    /// Request weight, metered per IP address and minute (6,000 by default).
    pub weight: u32,
    /// Orders, metered per account and minute (1,200 by default).
    pub orders: u32,
}

impl Cost {
    /// A cost of `weight` and `orders`.
    pub const fn new(weight: u32, orders: u32) -> Self {
        Self { weight, orders }
    }
}

/// How an endpoint's request weight is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weight {
    /// The same for every request.
    Fixed(u32),
    /// It depends on which parameter is sent; the first that is sent counts.
    ByParam {
        /// Parameters and the weight with each.
        with: &'static [(&'static str, u32)],
        /// The weight when none of them is sent.
        otherwise: u32,
    },
}

impl Weight {
    /// The weight of a request, given which parameters it sends.
    pub fn of(self, is_sent: impl Fn(&str) -> bool) -> u32 {
        match self {
            Self::Fixed(weight) => weight,
            Self::ByParam { with, otherwise } => {
                with.iter().find(|(param, _)| is_sent(param)).map_or(otherwise, |&(_, weight)| weight)
            }
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(weight) => weight.fmt(f),
            Self::ByParam { with, otherwise } => {
                for (param, weight) in *with {
                    write!(f, "{weight} with {param}, ")?;
                }
                write!(f, "{otherwise} otherwise")
            }
        }
    }
}

//! What a call costs of the limits that the exchange meters.

use crate::Span;
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
    /// Returns a cost of `weight` and `orders`.
    pub const fn new(weight: u32, orders: u32) -> Self {
        Self { weight, orders }
    }
}

/// The request weight of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Weight {
    /// The same for every request.
    Fixed(u32),
    /// Depends on which parameter is sent; the first listed one that is sent counts.
    ByParam {
        /// Parameters and the weight with each.
        with: &'static [(&'static str, u32)],
        /// The weight when none of them is sent.
        otherwise: u32,
    },
}

impl Weight {
    /// Starts a weight that depends on which parameter is sent. The first listed parameter that is sent counts;
    /// [`otherwise`](Self::otherwise) completes the weight.
    pub const fn with(params: &'static [(&'static str, u32)]) -> Self {
        Self::ByParam { with: params, otherwise: 0 }
    }

    /// Says what the weight is when none of the parameters is sent.
    pub const fn otherwise(self, weight: u32) -> Self {
        match self {
            Self::Fixed(_) => Self::Fixed(weight),
            Self::ByParam { with, .. } => Self::ByParam { with, otherwise: weight },
        }
    }

    /// Returns the weight of a request, given which parameters it sends.
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

/// A cap on how often an endpoint may be called.
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use]
pub struct CallCap {
    /// The number of calls.
    pub calls: u32,
    /// The time in which they count.
    pub per: Span,
}

impl CallCap {
    /// Allows this many calls per minute; [`per`](Self::per) sets another time.
    pub const fn of(calls: u32) -> Self {
        Self { calls, per: crate::minutes(1) }
    }

    /// Says in which time the calls count.
    pub const fn per(self, span: Span) -> Self {
        Self { per: span, ..self }
    }
}

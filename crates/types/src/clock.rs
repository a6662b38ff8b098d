//! Where the present moment comes from, and how a [`Timestamp`] is read from replies and sent in requests.

use crate::scalar::{Scalar, wire_scalar};
use crate::{Kind, ParamValue, ParseValueError, Schema, Timestamp, Value};
use serde::Serializer;
use std::fmt;
use std::time::SystemTime;

/// Where the present moment comes from. Client and sandbox take the same trait, so that tests can set time by hand.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }
}

impl ParamValue for Timestamp {
    const KIND: Kind = Kind::Time;

    fn value(&self) -> Value<'_> {
        Value::Time(*self)
    }

    fn from_text(text: &str) -> Result<Self, ParseValueError> {
        text.parse()
            .map(Self::from_millis)
            .map_err(|_| ParseValueError::new("milliseconds since 1970 as a whole number"))
    }
}

impl Scalar for Timestamp {
    const EXPECTED: &'static str = "a time in milliseconds";
    const SCHEMA: Schema = Schema::Time;

    fn from_wire(text: &str) -> Option<Self> {
        text.parse().ok().map(Self::from_millis)
    }

    fn to_wire<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_i64(self.as_millis())
    }
}
wire_scalar!(Timestamp);

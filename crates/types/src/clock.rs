//! Where the present moment comes from, and how a [`Timestamp`] is read from replies and sent in requests.

use crate::Timestamp;
use crate::error::ParseValueError;
use crate::scalar::{param_scalar, whole_number};
use crate::spec::{Kind, ParamValue, Value};
use std::fmt;

/// Where the present moment comes from. Client and sandbox take the same trait, so that tests can set time by hand.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Returns the present moment.
    fn now(&self) -> Timestamp;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the clock of those who choose no other")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
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
param_scalar!(Timestamp: Time, "a time in milliseconds", |text| {
    whole_number(text).map(|(millis, length)| (Self::from_millis(millis), length))
});

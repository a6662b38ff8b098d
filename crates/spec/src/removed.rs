//! Parameters that the exchange took away. Their history stays, so that who still sends one learns why that ends.

use std::fmt;

/// A parameter that the exchange took away from a call that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RemovedParam {
    /// The name on the wire.
    pub name: &'static str,
    /// The day on which it was taken away, as `YYYY-MM-DD`.
    pub since: &'static str,
    /// What it meant, and what to do instead.
    pub doc: &'static str,
}

impl RemovedParam {
    /// Says which parameter was taken away.
    pub const fn named(name: &'static str) -> Self {
        Self { name, since: "", doc: "" }
    }

    /// Says on which day, as `YYYY-MM-DD`.
    pub const fn since(self, day: &'static str) -> Self {
        Self { since: day, ..self }
    }

    /// Says what it meant, and what to do instead.
    pub const fn doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }
}

impl fmt::Display for RemovedParam {
    /// Prints why it is not sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was taken away on {}: {}", self.name, self.since, self.doc)
    }
}

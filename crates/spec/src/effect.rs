//! What a call changes when it arrives, and when it arrives twice.

use std::fmt;

/// What it means when a call arrives twice. Stated by each spec, never derived from the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing; may be sent again freely.
    Read,
    /// Arriving twice leaves the same state as arriving once, though the second answer may differ.
    Idempotent,
    /// Every arrival acts: an order, a loan, a transfer. Sent again only when it provably never arrived.
    Once,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 3] = [Self::Read, Self::Idempotent, Self::Once];

    /// Returns the word used in specs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

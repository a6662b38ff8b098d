//! How far the limits were used, for tests of clients that have to keep them.

use serde::Serialize;

/// How far a sandbox was used, from its start until now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// The highest weight in any one window, aligned or rolling as the sandbox meters. Refused requests count.
    pub peak_weight: u32,
    /// The most orders in any one window.
    pub peak_orders: u32,
    /// The weight of all requests.
    pub total_weight: u64,
    /// How many answers had status 429, for any reason.
    pub throttled: u64,
    /// How many answers had status 418.
    pub banned: u64,
}

impl Usage {
    /// Counts an answer by its status.
    pub(crate) fn note_status(&mut self, status: u16) {
        match status {
            429 => self.throttled += 1,
            418 => self.banned += 1,
            _ => {}
        }
    }
}

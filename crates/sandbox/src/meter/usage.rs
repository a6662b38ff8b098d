//! How far the limits were used, for tests of those who have to keep them.

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
    /// How many answers had status 429, for whatever reason.
    pub throttled: u64,
    /// How many answers had status 418.
    pub banned: u64,
}

impl Usage {
    pub(super) fn note_weight(&mut self, weight: u32, used: u32) {
        self.total_weight = self.total_weight.saturating_add(weight.into());
        self.peak_weight = self.peak_weight.max(used);
    }

    pub(super) fn note_orders(&mut self, used: u32) {
        self.peak_orders = self.peak_orders.max(used);
    }

    /// Counts an answer that goes out.
    pub(crate) fn note_status(&mut self, status: u16) {
        match status {
            429 => self.throttled += 1,
            418 => self.banned += 1,
            _ => {}
        }
    }
}

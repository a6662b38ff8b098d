//! What the exchange lets through, and in which windows of time it counts.

use std::time::Duration;

/// How much the exchange lets through in a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Request weight in a window, for all requests together. The default is 6,000.
    pub weight: u32,
    /// Orders in a window. The default is 1,200.
    pub orders: u32,
    /// Length of a window, counted in exchange time and whole milliseconds; at least one. The default is a minute. A
    /// shorter one is a minute scaled down: headers and messages go on to call it a minute.
    pub window: Duration,
    /// Where windows begin. The default is [`Metering::Aligned`].
    pub metering: Metering,
}

impl Default for Limits {
    /// Returns the documented limits.
    fn default() -> Self {
        Self { weight: 6_000, orders: 1_200, window: Duration::from_secs(60), metering: Metering::Aligned }
    }
}

/// Where windows begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Metering {
    /// Side by side from 1970 on, such as the minutes of the clock: all that was used is free again at the next one.
    #[default]
    Aligned,
    /// At every moment, back from it: what was used is free again a window later.
    Rolling,
}

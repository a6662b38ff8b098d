//! What the exchange allows, and how it is divided between reads and everything else.

use std::time::Duration;

/// What the exchange allows, and what of it is kept free for orders.
///
/// ```
/// use binance_papi::Limits;
///
/// // A tenth of the exchange's limit, because others share this machine's address.
/// let modest = Limits { weight: 600, ..Limits::default() };
/// // Nothing is kept free for orders, because there is no trading here.
/// let export = Limits { order_share: Some(0), ..Limits::default() };
/// # assert_ne!(modest, export);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Request weight per window and IP address. Default 6,000.
    pub weight: u32,
    /// Orders per window and account. Default 1,200.
    pub orders: u32,
    /// The window. Default one minute.
    pub window: Duration,
    /// The part of `weight` that only calls other than reads may use, so that an export cannot starve trading. Reads
    /// together use at most the rest, and so does what others use at the same address.
    ///
    /// Default `None`: a fifth of `weight`, which is 1,200 of 6,000; a read that is heavier than the rest goes when no
    /// other read counts. A share that is given holds for every read: one that is heavier than the rest is refused.
    pub order_share: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { weight: 6_000, orders: 1_200, window: Duration::from_secs(60), order_share: None }
    }
}

/// A window is counted in this many slots, so that the ledger stays short however many calls there are. What is free is
/// known to the slot, which costs a four-hundredth of the limit at most.
const SLOTS: u32 = 240;

impl Limits {
    /// The weight that all reads may use together, seen by a read of this weight.
    pub(super) fn weight_of_reads(&self, one: u32) -> u32 {
        match self.order_share {
            Some(share) => self.weight.saturating_sub(share),
            None => (self.weight - self.weight / 5).max(one.min(self.weight)),
        }
    }

    /// Times are noted as the end of the slot they fall into.
    pub(super) fn slot(&self) -> Duration {
        (self.window / SLOTS).max(Duration::from_millis(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_kept_for_orders_unless_said_otherwise() {
        assert_eq!(Limits::default().weight_of_reads(1), 4_800);
        let scaled = Limits { weight: 600, ..Limits::default() };
        assert_eq!(scaled.weight_of_reads(1), 480);
        assert_eq!(scaled.weight_of_reads(500), 500, "the default share makes no call impossible");
        assert_eq!(scaled.weight_of_reads(601), 600);
        let given = |share| Limits { order_share: Some(share), ..scaled }.weight_of_reads(500);
        assert_eq!((given(0), given(200), given(700)), (600, 400, 0));
    }
}

//! When "not found" proves that a call did not act: pure, because money depends on it.

use papi_types::Timestamp;
use std::time::Duration;

/// How often it must not be found.
const TWICE: u32 = 2;

/// The proof that a call did not act, while it is being collected.
///
/// The exchange may receive the call until its recv window has passed, and may take a moment to show what it accepted.
/// Only what is asked after that counts, and once is not enough: a lagging copy of the orders may have answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Proof {
    /// From when on "not found" counts, in exchange time.
    counts_from: Timestamp,
    seen: u32,
}

impl Proof {
    /// The exchange can have taken the call until `last_taken`.
    pub(crate) fn new(last_taken: Timestamp, margin: Duration) -> Self {
        Self { counts_from: last_taken.plus(margin), seen: 0 }
    }

    /// Takes a "not found" that was asked for at `asked_at`. The clock is off by at most `bound`.
    pub(crate) fn add(&mut self, asked_at: Timestamp, bound: Duration) {
        if asked_at > self.counts_from.plus(bound) {
            self.seen += 1;
        }
    }

    pub(crate) fn is_complete(self) -> bool {
        self.seen >= TWICE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn proof() -> Proof {
        Proof::new(at(5_000), Duration::from_secs(10))
    }

    #[test]
    fn not_found_counts_only_after_recv_window_and_margin() {
        let mut proof = proof();
        for millis in [0, 5_001, 14_999, 15_000] {
            proof.add(at(millis), Duration::ZERO);
            proof.add(at(millis), Duration::ZERO);
        }
        assert!(!proof.is_complete());
        proof.add(at(15_001), Duration::ZERO);
        assert!(!proof.is_complete(), "once is not enough");
        proof.add(at(15_002), Duration::ZERO);
        assert!(proof.is_complete());
    }

    #[test]
    fn a_clock_that_may_be_off_is_given_the_benefit() {
        let mut proof = proof();
        for _ in 0..2 {
            proof.add(at(15_100), Duration::from_millis(100));
        }
        assert!(!proof.is_complete());
        for _ in 0..2 {
            proof.add(at(15_101), Duration::from_millis(100));
        }
        assert!(proof.is_complete());
    }
}

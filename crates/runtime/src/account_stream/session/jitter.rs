//! What is left to chance, so that many streams do not all act at once: a row of numbers from a seed.

use std::time::Duration;

/// How far the longest pause between two attempts goes.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A row of numbers (`SplitMix64`).
#[derive(Debug, Clone)]
pub(super) struct Jitter(u64);

impl Jitter {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The duration, shortened by up to one part in `parts`.
    pub(super) fn shorten(&mut self, duration: Duration, parts: u32) -> Duration {
        duration.saturating_sub((duration / parts.max(1)).mul_f64(self.fraction()))
    }

    /// The pause after this many failures in a row: from 1 s to 60 s.
    pub(super) fn pause(&mut self, failures: u32) -> Duration {
        let longest = Duration::from_secs(1 << failures.clamp(1, 6)).min(LONGEST_PAUSE);
        self.shorten(longest, 2)
    }

    /// Between 0 and 1.
    fn fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        f64::from(u32::try_from(mixed >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_a_second_to_a_minute() {
        let mut jitter = Jitter::new(7);
        for failures in 0..100 {
            let pause = jitter.pause(failures);
            let longest = Duration::from_secs(1 << failures.clamp(1, 6)).min(LONGEST_PAUSE);
            assert!(longest / 2 <= pause && pause <= longest, "{failures}: {pause:?}");
        }
    }
}

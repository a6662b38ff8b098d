//! Chance that follows from one seed: each part of the simulation draws from a stream of its own, so that a further draw in
//! one of them moves no other.

use std::time::Duration;

/// The seed of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    /// Returns the stream with a name and a number.
    pub(crate) fn stream(self, name: &str, number: u64) -> Rng {
        let mut rng = Rng(self.0);
        for byte in name.bytes() {
            rng.0 = rng.next() ^ u64::from(byte);
        }
        rng.0 = rng.next() ^ number;
        rng
    }
}

/// A stream of chance, made by `SplitMix64`.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// Returns the same for numbers that may be negative.
    pub(crate) fn between_signed(&mut self, low: i64, high: i64) -> i64 {
        low + (self.between(0, (high - low).unsigned_abs())).cast_signed()
    }

    /// Returns true so many times in a thousand.
    pub(crate) fn per_mille(&mut self, chance: u64) -> bool {
        self.between(1, 1_000) <= chance
    }

    /// Returns a number below a length; 0 for the length 0.
    pub(crate) fn below(&mut self, length: usize) -> usize {
        let last = u64::try_from(length.saturating_sub(1)).unwrap_or_default();
        usize::try_from(self.between(0, last)).unwrap_or_default()
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Returns a time between two numbers of milliseconds.
    pub(crate) fn millis(&mut self, low: u64, high: u64) -> Duration {
        Duration::from_millis(self.between(low, high))
    }

    pub(crate) fn bits(&mut self) -> [u8; 16] {
        let mut bits = [0; 16];
        for half in bits.chunks_exact_mut(8) {
            half.copy_from_slice(&self.next().to_be_bytes());
        }
        bits
    }
}

//! Random numbers that are the same each time: a `SplitMix64` generator, seeded by all that a row depends on.

/// A generator of numbers that look random and follow from its seed alone.
#[derive(Debug, Clone)]
pub(crate) struct Rng(u64);

impl Rng {
    /// Returns a generator for one thing: the numbers that name it are mixed in one after the other.
    pub(crate) fn new(seed: u64, names: &[i64]) -> Self {
        let mut rng = Self(seed);
        for name in names {
            rng.0 = rng.next() ^ name.cast_unsigned();
        }
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `low` up to but not including `high`; `low` when there is none.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(1).cast_unsigned();
        low + (self.next() % width).cast_signed()
    }

    /// Returns true with a chance in percent.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    /// Returns one of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.index(of.len()))
    }

    /// Returns an index below `count`; 0 when `count` is 0.
    pub(crate) fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.between(0, i64::try_from(count).unwrap_or(i64::MAX))).unwrap_or(0)
    }
}

//! Numbers that look random, and follow from a seed.

/// A `SplitMix64`.
#[derive(Debug)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The numbers for one input of a target.
    pub(crate) fn new(seed: u64, target: &str, input: u64) -> Self {
        let mut numbers = Self(seed);
        for word in target.bytes().map(u64::from).chain([input]) {
            numbers.0 = numbers.next() ^ word;
        }
        numbers
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; 0 when that is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % limit.max(1)
    }

    /// One of these.
    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_input_of_each_target_has_numbers_of_its_own_and_always_the_same() {
        let first = |seed, target, input| Numbers::new(seed, target, input).next();
        assert_eq!(first(1, "reply", 0), first(1, "reply", 0));
        let others = [first(2, "reply", 0), first(1, "page", 0), first(1, "reply", 1)];
        assert!(others.iter().all(|other| *other != first(1, "reply", 0)));
    }
}

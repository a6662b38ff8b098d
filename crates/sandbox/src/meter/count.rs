//! What was counted in a window of time, aligned or rolling. This is all that knows where windows begin.

use super::limits::{Limits, Metering};
use papi_types::Timestamp;
use std::collections::VecDeque;

/// What was counted in the window that a moment belongs to.
#[derive(Debug)]
pub(super) struct Count {
    /// Length in milliseconds.
    window: i64,
    metering: Metering,
    /// When what was counted, oldest first.
    counted: VecDeque<(i64, u32)>,
    /// All of it together, so that no request adds up what came before it.
    sum: u64,
}

impl Count {
    pub(super) fn new(limits: &Limits) -> Self {
        let window = i64::try_from(limits.window.as_millis()).unwrap_or(i64::MAX).max(1);
        Self { window, metering: limits.metering, counted: VecDeque::new(), sum: 0 }
    }

    /// Returns what is counted at a moment.
    pub(super) fn at(&self, now: Timestamp) -> u32 {
        let is_over = |(time, _): &&(i64, u32)| !self.is_within(*time, now.as_millis());
        let over: u64 = self.counted.iter().take_while(is_over).map(|(_, amount)| u64::from(*amount)).sum();
        u32::try_from(self.sum.saturating_sub(over)).unwrap_or(u32::MAX)
    }

    /// Counts an amount, and returns what is counted with it.
    pub(super) fn add(&mut self, amount: u32, now: Timestamp) -> u32 {
        let millis = now.as_millis();
        while let Some((time, counted)) = self.counted.front().copied()
            && !self.is_within(time, millis)
        {
            self.counted.pop_front();
            self.sum -= u64::from(counted);
        }
        self.sum += u64::from(amount);
        match self.counted.back_mut() {
            Some((time, counted)) if *time == millis && u32::MAX - *counted >= amount => *counted += amount,
            _ => self.counted.push_back((millis, amount)),
        }
        self.at(now)
    }

    /// Returns when this amount fits the limit; a whole window from now when it never does.
    pub(super) fn fits(&self, amount: u32, limit: u32, now: Timestamp) -> Timestamp {
        let millis = now.as_millis();
        let then = match self.metering {
            Metering::Aligned => self.index(millis).saturating_add(1).saturating_mul(self.window),
            Metering::Rolling => {
                let mut left = u64::from(self.at(now)) + u64::from(amount);
                let mut gone = self.counted.iter().filter(|(time, _)| self.is_within(*time, millis));
                let last = gone.find(|(_, counted)| {
                    left = left.saturating_sub(u64::from(*counted));
                    left <= u64::from(limit)
                });
                last.map_or(millis, |(time, _)| *time).saturating_add(self.window)
            }
        };
        Timestamp::from_millis(then)
    }

    fn index(&self, millis: i64) -> i64 {
        millis.div_euclid(self.window)
    }

    fn is_within(&self, time: i64, now: i64) -> bool {
        match self.metering {
            Metering::Aligned => self.index(time) == self.index(now),
            Metering::Rolling => now.saturating_sub(time) < self.window,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const START: i64 = 1_790_000_010_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(START + millis)
    }

    fn count(metering: Metering) -> Count {
        let limits = Limits { window: Duration::from_secs(6), metering, ..Limits::default() };
        Count::new(&limits)
    }

    #[test]
    fn an_aligned_window_forgets_everything_at_once() {
        let mut count = count(Metering::Aligned);
        // START is a multiple of six seconds.
        assert_eq!((count.add(3, at(0)), count.add(4, at(5_999))), (3, 7));
        assert_eq!((count.at(at(5_999)), count.at(at(6_000))), (7, 0));
        assert_eq!(count.fits(1, 7, at(5_999)), at(6_000));
        assert_eq!(count.add(1, at(6_000)), 1);
    }

    #[test]
    fn a_rolling_window_forgets_each_amount_a_window_after_it() {
        let mut count = count(Metering::Rolling);
        assert_eq!((count.add(3, at(0)), count.add(4, at(5_999))), (3, 7));
        assert_eq!((count.at(at(5_999)), count.at(at(6_000)), count.at(at(11_999))), (7, 4, 0));
        assert_eq!(count.fits(3, 7, at(5_999)), at(6_000));
        assert_eq!(count.fits(4, 7, at(5_999)), at(11_999));
        assert_eq!(count.fits(8, 7, at(5_999)), at(11_999), "more than the limit never fits");
        assert_eq!(count.add(1, at(6_000)), 5);
    }
}

//! Which part of a history to walk.

use papi_types::Timestamp;
use std::time::Duration;

/// A part of a history, both ends included. An end in the future means now.
///
/// ```
/// use binance_papi::Timestamp;
/// use binance_papi::history::Period;
/// use std::time::Duration;
///
/// const DAY: Duration = Duration::from_secs(86_400);
///
/// let now = Timestamp::from_millis(1_792_000_000_000);
/// let week = Period::last(7 * DAY).pinned(now);
/// assert_eq!(week.begin(now), Timestamp::from_millis(1_791_395_200_000));
/// assert_eq!(week.end(now), now);
/// assert!(week.is_relative());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Begin,
    to: Option<Timestamp>,
    /// Whether the beginning was counted back from now.
    relative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    Ago(Duration),
    At(Timestamp),
}

impl Period {
    /// Returns the period that begins `reach` ago and ends now. What the exchange forgets while the walk begins is no loss.
    pub const fn last(reach: Duration) -> Self {
        Self { from: Begin::Ago(reach), to: None, relative: true }
    }

    /// Returns the period from one instant to another.
    pub const fn between(from: Timestamp, to: Timestamp) -> Self {
        Self { from: Begin::At(from), to: Some(to), relative: false }
    }

    /// Returns the period from an instant up to now.
    pub const fn since(from: Timestamp) -> Self {
        Self { from: Begin::At(from), to: None, relative: false }
    }

    /// Returns the same period, ending at `to`.
    #[must_use]
    pub const fn until(self, to: Timestamp) -> Self {
        Self { to: Some(to), ..self }
    }

    /// Returns the same period with fixed ends: what is relative to the present moment is relative to this `now` from here on.
    /// [`is_relative`](Self::is_relative) stays as it is.
    #[must_use]
    pub fn pinned(self, now: Timestamp) -> Self {
        Self { from: Begin::At(self.begin(now)), to: Some(self.end(now)), relative: self.relative }
    }

    /// Returns the same period, with a beginning that counts as relative: for one that was pinned and written down.
    #[must_use]
    pub const fn relative(self) -> Self {
        Self { relative: true, ..self }
    }

    /// Returns whether the beginning was counted back from now.
    pub const fn is_relative(self) -> bool {
        self.relative
    }

    /// Returns the first millisecond, seen from `now`.
    pub fn begin(self, now: Timestamp) -> Timestamp {
        match self.from {
            Begin::At(from) => from,
            Begin::Ago(reach) => {
                let reach = i64::try_from(reach.as_millis()).unwrap_or(i64::MAX);
                Timestamp::from_millis(now.as_millis().saturating_sub(reach))
            }
        }
    }

    /// Returns the last millisecond, seen from `now`.
    pub fn end(self, now: Timestamp) -> Timestamp {
        self.to.map_or(now, |to| to.min(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    #[test]
    fn a_period_ends_now_at_the_latest() {
        let later = Timestamp::from_millis(2_000_000);
        let earlier = Timestamp::from_millis(7);
        assert_eq!(Period::last(Duration::from_secs(1)).end(NOW), NOW);
        assert_eq!(Period::between(earlier, later).end(NOW), NOW);
        assert_eq!(Period::since(earlier).until(earlier).end(NOW), earlier);
    }

    #[test]
    fn a_pinned_period_no_longer_moves() {
        let pinned = Period::last(Duration::from_secs(1)).pinned(NOW);
        let later = Timestamp::from_millis(9_000_000);
        assert_eq!((pinned.begin(later), pinned.end(later)), (Timestamp::from_millis(999_000), NOW));
        let written = Period::between(pinned.begin(later), pinned.end(later));
        assert_eq!(written.relative(), pinned);
        assert!(!written.is_relative());
    }
}

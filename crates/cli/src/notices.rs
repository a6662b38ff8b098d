//! What a client reports while it works. Many calls at once wait for the same and fail for the same reason: each is said
//! once, and again only when what was said is over.

use crate::stderr;
use binance_papi::Notice;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The same is said no more often than this.
const BETWEEN_REPEATS: Duration = Duration::from_secs(5);

/// Calls that wait for the same moment are told lengths that differ by less.
const SLACK: Duration = Duration::from_secs(1);

/// Which notices were said.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    /// Until when each of them is not said again.
    quiet_until: Mutex<HashMap<String, Instant>>,
}

impl Notices {
    /// Says a notice on stderr, unless it was just said.
    pub(crate) fn tell(&self, notice: &Notice) {
        if self.is_new(notice, Instant::now()) {
            stderr::note(&notice.to_string());
        }
    }

    fn is_new(&self, notice: &Notice, now: Instant) -> bool {
        let subject = match notice {
            Notice::Waiting { .. } => "waiting".to_owned(),
            Notice::Retrying { reason, .. } => reason.clone(),
            other => other.to_string(),
        };
        let quiet_for = pause(notice).map_or(BETWEEN_REPEATS, |pause| (pause + SLACK).max(BETWEEN_REPEATS));
        let mut quiet_until = self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        if quiet_until.get(&subject).is_some_and(|until| now < *until) {
            return false;
        }
        quiet_until.retain(|_, until| now < *until);
        quiet_until.insert(subject, now + quiet_for);
        true
    }
}

/// Returns how long a call pauses, where a notice says that it does.
pub(crate) fn pause(notice: &Notice) -> Option<Duration> {
    match notice {
        Notice::Waiting { pause, .. } | Notice::Retrying { pause, .. } => Some(*pause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::Timestamp;

    fn waiting(call: &str, seconds: u64) -> Notice {
        let until = Timestamp::from_millis(0);
        Notice::Waiting { call: call.to_owned(), until, pause: Duration::from_secs(seconds) }
    }

    fn retrying(reason: &str) -> Notice {
        let (call, reason) = ("GET /a".to_owned(), reason.to_owned());
        Notice::Retrying { call, attempts: 1, reason, pause: Duration::from_millis(500) }
    }

    #[test]
    fn what_many_calls_wait_for_is_said_once() {
        let (notices, now) = (Notices::default(), Instant::now());
        let after = |seconds| now + Duration::from_secs(seconds);
        assert!(notices.is_new(&waiting("GET /a", 40), now));
        assert!(!notices.is_new(&waiting("GET /b", 40), now));
        assert!(!notices.is_new(&waiting("GET /a", 1), after(39)));
        assert!(notices.is_new(&waiting("GET /a", 40), after(42)), "the next minute");
        assert!(notices.is_new(&retrying("gone"), now));
        assert!(!notices.is_new(&retrying("gone"), after(4)) && notices.is_new(&retrying("gone"), after(6)));
        assert!(notices.is_new(&retrying("another"), now), "another reason is news");
    }
}

//! How often the exchange is connected to: it closes itself to an address that tries more than 300 times in five minutes.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Others at this address connect as well, so this is far below the limit.
const MOST: usize = 60;
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// The attempts of all streams of a client and its clones.
#[derive(Debug, Default)]
pub(crate) struct ConnectionBudget(Mutex<VecDeque<Instant>>);

impl ConnectionBudget {
    /// Waits until an attempt may be made, and notes it.
    pub(super) async fn wait(&self) {
        while let Err(wait) = self.note(Instant::now()) {
            sleep(wait).await;
        }
    }

    /// Notes an attempt.
    ///
    /// # Errors
    ///
    /// When there is no room: how long until there is.
    fn note(&self, now: Instant) -> Result<(), Duration> {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(oldest) = attempts.front().filter(|_| attempts.len() >= MOST).copied() {
            let room_at = oldest + WINDOW;
            if room_at > now {
                return Err(room_at - now);
            }
            attempts.pop_front();
        }
        attempts.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_five_minutes_see_more_attempts_than_the_budget() {
        let (budget, start) = (ConnectionBudget::default(), Instant::now());
        let mut made: Vec<Instant> = Vec::new();
        for step in 0..2_000_u64 {
            let now = start + Duration::from_millis(700 * step);
            match budget.note(now) {
                Ok(()) => made.push(now),
                Err(wait) => assert_eq!(now + wait, made[made.len() - MOST] + WINDOW),
            }
        }
        for from in &made {
            let within = made.iter().filter(|at| *from <= **at && **at < *from + WINDOW).count();
            assert!(within <= MOST, "{within}");
        }
        // Five windows begin in these 1,400 s.
        assert_eq!(made.len(), 5 * MOST);
    }
}

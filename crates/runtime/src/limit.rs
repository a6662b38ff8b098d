//! The budget of weight and orders: reserved before sending, corrected by the exchange's own count afterwards.
//!
//! Whether the exchange's minute is aligned or rolling is not documented, so the window here is the stricter reading of
//! both: no span of the window's length, wherever it starts, holds more than the limit. A reservation counts until the
//! window has passed since its *answer*, because the exchange may have counted it at any moment up to then.

use crate::exchange::Answer;
use crate::reply::ErrorBody;
use papi_types::{Clock, Cost, Timestamp};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the exchange allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Request weight per window and IP address. Default 6,000.
    pub weight: u32,
    /// Orders per window and account. Default 1,200.
    pub orders: u32,
    /// The window. Default one minute.
    pub window: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { weight: 6_000, orders: 1_200, window: Duration::from_secs(60) }
    }
}

/// The budget that all calls of a client share.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    ledger: Arc<Mutex<Ledger>>,
    clock: Arc<dyn Clock>,
}

impl Budget {
    pub(crate) fn new(limits: Limits, clock: Arc<dyn Clock>) -> Self {
        Self { ledger: Arc::new(Mutex::new(Ledger::new(limits))), clock }
    }

    /// Reserves a cost now, or says when there may be room.
    pub(crate) fn reserve(&self, cost: Cost) -> Result<Reservation, Full> {
        let number = self.ledger().reserve(cost, self.clock.now())?;
        Ok(Reservation { budget: self.clone(), number })
    }

    /// Adopts the exchange's counts where they are higher than ours.
    pub(crate) fn observe(&self, used: Cost) {
        self.ledger().observe(used, self.clock.now());
    }

    /// Stops everyone until an instant.
    pub(crate) fn block(&self, until: Timestamp) {
        self.ledger().block(until);
    }

    pub(crate) fn limits(&self) -> Limits {
        self.ledger().limits
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A panic while holding the lock leaves at worst one entry too many.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reserved budget; its window starts to pass when it is dropped, which is when the answer is there.
#[derive(Debug)]
pub(crate) struct Reservation {
    budget: Budget,
    number: u64,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let now = self.budget.clock.now();
        self.budget.ledger().answered(self.number, now);
    }
}

/// Why nothing could be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// There may be room at this instant.
    Until(Timestamp),
    /// Room depends on calls that are still under way; ask again soon.
    CallsUnderWay,
    /// One call costs more than the whole limit.
    Never,
}

/// Until when a throttling answer closes the exchange for everyone at this address.
///
/// "banned until" in the text wins, then `Retry-After`; without either a 429 closes it for one window and a ban for the
/// two minutes that are the shortest documented.
pub(crate) fn closed_until(answer: &Answer, now: Timestamp, window: Duration) -> Timestamp {
    const SHORTEST_BAN: Duration = Duration::from_secs(120);
    // Longer than the three days that are documented.
    const LONGEST_BAN: Duration = Duration::from_secs(7 * 24 * 60 * 60);
    let banned_until = ErrorBody::read(&answer.body).and_then(|error| {
        let (_, rest) = error.message.split_once("banned until ")?;
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok().map(Timestamp::from_millis)
    });
    let retry_after = || {
        let seconds = answer.headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
        Some(now.plus(Duration::from_secs(seconds)))
    };
    let shortest = if answer.status.as_u16() == 418 { window.max(SHORTEST_BAN) } else { window };
    // A ban that is over already, by a clock or a unit that is off, must not be taken for an open door; and one that
    // never ends would close the client for good.
    let until = banned_until.filter(|until| *until > now).or_else(retry_after).unwrap_or_else(|| now.plus(shortest));
    until.min(now.plus(LONGEST_BAN))
}

/// The pure book-keeping behind [`Budget`].
#[derive(Debug)]
struct Ledger {
    limits: Limits,
    entries: VecDeque<Entry>,
    blocked_until: Option<Timestamp>,
    next_number: u64,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    cost: Cost,
    answered: Option<Timestamp>,
}

impl Ledger {
    fn new(limits: Limits) -> Self {
        Self { limits, entries: VecDeque::new(), blocked_until: None, next_number: 0 }
    }

    fn reserve(&mut self, cost: Cost, now: Timestamp) -> Result<u64, Full> {
        if let Some(until) = self.blocked_until.filter(|until| *until > now) {
            return Err(Full::Until(until));
        }
        if cost.weight > self.limits.weight || cost.orders > self.limits.orders {
            return Err(Full::Never);
        }
        self.forget(now);
        let used = self.used();
        let mut missing_weight = used.weight.saturating_add(cost.weight).saturating_sub(self.limits.weight);
        let mut missing_orders = used.orders.saturating_add(cost.orders).saturating_sub(self.limits.orders);
        if missing_weight == 0 && missing_orders == 0 {
            return Ok(self.enter(cost, None));
        }
        let mut answered: Vec<_> =
            self.entries.iter().filter_map(|entry| Some((entry.answered?, entry.cost))).collect();
        answered.sort_by_key(|(at, _)| *at);
        for (at, freed) in answered {
            missing_weight = missing_weight.saturating_sub(freed.weight);
            missing_orders = missing_orders.saturating_sub(freed.orders);
            if missing_weight == 0 && missing_orders == 0 {
                return Err(Full::Until(at.plus(self.limits.window)));
            }
        }
        Err(Full::CallsUnderWay)
    }

    fn answered(&mut self, number: u64, now: Timestamp) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.number == number) {
            entry.answered = Some(now);
        }
    }

    /// What others of the same address used shows as the difference between the exchange's count and ours.
    fn observe(&mut self, theirs: Cost, now: Timestamp) {
        self.forget(now);
        let ours = self.used();
        let unseen = Cost::new(theirs.weight.saturating_sub(ours.weight), theirs.orders.saturating_sub(ours.orders));
        if unseen != Cost::default() {
            self.enter(unseen, Some(now));
        }
    }

    fn block(&mut self, until: Timestamp) {
        self.blocked_until = self.blocked_until.max(Some(until));
    }

    fn enter(&mut self, cost: Cost, answered: Option<Timestamp>) -> u64 {
        self.next_number += 1;
        self.entries.push_back(Entry { number: self.next_number, cost, answered });
        self.next_number
    }

    fn forget(&mut self, now: Timestamp) {
        let window = self.limits.window;
        self.entries.retain(|entry| entry.answered.is_none_or(|at| now.since(at) < window));
    }

    fn used(&self) -> Cost {
        let sum =
            |part: fn(&Cost) -> u32| self.entries.iter().map(|entry| part(&entry.cost)).fold(0, u32::saturating_add);
        Cost::new(sum(|cost| cost.weight), sum(|cost| cost.orders))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(weight: u32) -> Ledger {
        Ledger::new(Limits { weight, orders: 2, window: Duration::from_secs(60) })
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    const W50: Cost = Cost::new(50, 0);

    #[test]
    fn a_full_window_frees_when_its_oldest_answer_is_a_window_old() {
        let mut ledger = ledger(100);
        for (sent, answered) in [(0, 2), (10, 11)] {
            let number = ledger.reserve(W50, at(sent)).expect("there is room");
            ledger.answered(number, at(answered));
        }
        assert_eq!(ledger.reserve(W50, at(20)), Err(Full::Until(at(62))));
        assert_eq!(ledger.reserve(W50, at(61)), Err(Full::Until(at(62))));
        assert!(ledger.reserve(W50, at(62)).is_ok());
    }

    #[test]
    fn a_call_under_way_counts_however_long_it_takes() {
        let mut ledger = ledger(50);
        let number = ledger.reserve(W50, at(0)).expect("there is room");
        assert_eq!(ledger.reserve(W50, at(600)), Err(Full::CallsUnderWay));
        ledger.answered(number, at(600));
        assert_eq!(ledger.reserve(W50, at(600)), Err(Full::Until(at(660))));
    }

    #[test]
    fn the_exchanges_count_is_adopted_only_when_higher() {
        let mut ledger = ledger(100);
        let number = ledger.reserve(W50, at(0)).expect("there is room");
        ledger.answered(number, at(0));
        ledger.observe(Cost::new(30, 0), at(1));
        assert_eq!(ledger.used().weight, 50);
        ledger.observe(Cost::new(90, 0), at(1));
        assert_eq!(ledger.used().weight, 90);
        assert_eq!(ledger.reserve(W50, at(2)), Err(Full::Until(at(60))));
        assert_eq!(ledger.reserve(Cost::new(61, 0), at(60)), Err(Full::Until(at(61))), "40 from others since second 1");
    }

    #[test]
    fn counts_that_cannot_be_are_no_panic() {
        let mut ledger = ledger(100);
        ledger.observe(Cost::new(u32::MAX, u32::MAX), at(0));
        ledger.observe(Cost::new(u32::MAX, 1), at(0));
        assert_eq!(ledger.reserve(W50, at(1)), Err(Full::Until(at(60))));
        assert!(ledger.reserve(W50, at(60)).is_ok());
    }

    #[test]
    fn orders_of_others_count_as_well() {
        let mut ledger = ledger(100);
        ledger.observe(Cost::new(0, 2), at(0));
        assert_eq!(ledger.reserve(Cost::new(1, 1), at(1)), Err(Full::Until(at(60))));
    }

    #[test]
    fn a_block_stops_everyone_and_never_shrinks() {
        let mut ledger = ledger(100);
        ledger.block(at(30));
        ledger.block(at(20));
        assert_eq!(ledger.reserve(W50, at(29)), Err(Full::Until(at(30))));
        assert!(ledger.reserve(W50, at(30)).is_ok());
    }

    #[test]
    fn a_closed_door_says_until_when() {
        let until = |status: u16, retry_after: Option<&str>, body: &'static str| {
            let mut headers = reqwest::header::HeaderMap::new();
            headers
                .extend(retry_after.map(|seconds| (reqwest::header::RETRY_AFTER, seconds.parse().expect("a header"))));
            let status = reqwest::StatusCode::from_u16(status).expect("a status");
            closed_until(&Answer { status, headers, body: body.into() }, at(1_000), Duration::from_secs(60))
        };
        assert_eq!(until(429, Some("7"), ""), at(1_007));
        assert_eq!(until(429, None, ""), at(1_060));
        assert_eq!(until(418, None, "<html>"), at(1_120));
        assert_eq!(until(418, Some("300"), ""), at(1_300));
        let ban = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 2000000. Please use the websocket."}"#;
        assert_eq!(until(418, Some("5"), ban), at(2_000));
        let over = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 999000."}"#;
        assert_eq!(until(418, Some("300"), over), at(1_300), "a ban in the past is a mistake");
        assert_eq!(until(418, Some("18446744073709551615"), ""), at(1_000 + 7 * 86_400), "no ban is for ever");
    }

    #[test]
    fn orders_are_metered_beside_weight() {
        let mut ledger = ledger(100);
        for _ in 0..2 {
            let number = ledger.reserve(Cost::new(1, 1), at(0)).expect("there is room");
            ledger.answered(number, at(0));
        }
        assert_eq!(ledger.reserve(Cost::new(1, 1), at(1)), Err(Full::Until(at(60))));
        assert!(ledger.reserve(Cost::new(1, 0), at(1)).is_ok());
        assert_eq!(ledger.reserve(Cost::new(101, 0), at(1)), Err(Full::Never));
    }

    #[test]
    fn no_minute_wherever_it_starts_sees_more_than_the_limit() {
        let mut ledger = ledger(100);
        let mut sent: Vec<i64> = Vec::new();
        for second in 0..1_000 {
            while let Ok(number) = ledger.reserve(Cost::new(20, 0), at(second)) {
                ledger.answered(number, at(second));
                sent.push(second);
            }
        }
        for start in 0..1_000 {
            let weight = sent.iter().filter(|second| (start..start + 60).contains(*second)).count() * 20;
            assert!(weight <= 100, "{weight} in the minute from second {start}");
        }
        assert!(sent.len() >= 80, "the budget is used: {}", sent.len());
    }
}

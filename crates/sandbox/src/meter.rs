//! The two counters of the exchange, request weight per address and orders per account, and what follows when either
//! runs over: 429, and 418 for whoever does not stop.

use crate::refusal::{BANNED, Refusal, TOO_MANY_ORDERS, TOO_MANY_REQUESTS};
use papi_types::Timestamp;

/// How much the exchange lets through per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Request weight per minute, for all requests together.
    pub weight_per_minute: u32,
    /// Orders per minute.
    pub orders_per_minute: u32,
}

impl Default for Limits {
    /// The documented limits.
    fn default() -> Self {
        Self { weight_per_minute: 6_000, orders_per_minute: 1_200 }
    }
}

const MINUTE: i64 = 60_000;

/// So many answers 429 within one minute are borne; the next request is answered with a ban.
const PATIENCE: u32 = 10;

const FIRST_BAN: i64 = 2 * MINUTE;
const LONGEST_BAN: i64 = 3 * 24 * 60 * MINUTE;

/// The counters. Weight is counted for every request, refused ones included; orders when they reach the account.
#[derive(Debug)]
pub(crate) struct Meter {
    limits: Limits,
    weight: Count,
    orders: Count,
    refused: Count,
    banned_until: Option<Timestamp>,
    next_ban: i64,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            weight: Count::default(),
            orders: Count::default(),
            refused: Count::default(),
            banned_until: None,
            next_ban: FIRST_BAN,
        }
    }

    /// Counts a request's weight; a refusal when the request is one too many.
    pub(crate) fn charge(&mut self, weight: u32, now: Timestamp) -> Result<(), Refusal> {
        let used = self.weight.add(weight, now);
        if let Some(end) = self.banned_until.filter(|end| now < *end) {
            return Err(banned(end, now));
        }
        self.banned_until = None;
        if used <= self.limits.weight_per_minute {
            return Ok(());
        }
        if self.refused.add(1, now) > PATIENCE {
            let end = Timestamp::from_millis(now.as_millis() + self.next_ban);
            self.banned_until = Some(end);
            self.next_ban = (self.next_ban * 2).min(LONGEST_BAN);
            return Err(banned(end, now));
        }
        let limit = self.limits.weight_per_minute.to_string();
        Err(TOO_MANY_REQUESTS.with(&[&limit]).retry_after(seconds(now, window_end(now))))
    }

    /// Counts orders; one too many is refused and not counted.
    pub(crate) fn charge_orders(&mut self, orders: u32, now: Timestamp) -> Result<u32, Refusal> {
        let used = self.orders.at(now);
        if used + orders > self.limits.orders_per_minute {
            let limit = self.limits.orders_per_minute.to_string();
            return Err(TOO_MANY_ORDERS.with(&[&limit, "minute"]).retry_after(seconds(now, window_end(now))));
        }
        Ok(self.orders.add(orders, now))
    }

    /// The weight used in the current minute.
    pub(crate) fn weight_used(&self, now: Timestamp) -> u32 {
        self.weight.at(now)
    }
}

/// What was counted in one window of time.
#[derive(Debug, Default)]
struct Count {
    window: i64,
    used: u32,
}

impl Count {
    fn at(&self, now: Timestamp) -> u32 {
        if self.window == window(now) { self.used } else { 0 }
    }

    fn add(&mut self, amount: u32, now: Timestamp) -> u32 {
        self.used = self.at(now).saturating_add(amount);
        self.window = window(now);
        self.used
    }
}

/// Windows are the minutes of the clock. This and [`window_end`] are all that knows it.
fn window(now: Timestamp) -> i64 {
    now.as_millis().div_euclid(MINUTE)
}

fn window_end(now: Timestamp) -> Timestamp {
    Timestamp::from_millis((window(now) + 1) * MINUTE)
}

fn banned(end: Timestamp, now: Timestamp) -> Refusal {
    BANNED.with(&[&end.to_string()]).retry_after(seconds(now, end))
}

/// Whole seconds from `now` to `end`, rounded up: waiting that long is always enough.
fn seconds(now: Timestamp, end: Timestamp) -> u64 {
    end.since(now).as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_760_000_040_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(START + millis)
    }

    fn meter() -> Meter {
        Meter::new(Limits { weight_per_minute: 100, orders_per_minute: 2 })
    }

    #[test]
    fn a_minute_admits_exactly_its_limit_and_the_next_one_starts_afresh() {
        let mut meter = meter();
        assert_eq!(meter.charge(50, at(0)), Ok(()));
        assert_eq!(meter.charge(50, at(59_999)), Ok(()));
        assert_eq!(meter.weight_used(at(59_999)), 100);
        assert_eq!(meter.weight_used(at(60_000)), 0);
        assert_eq!(meter.charge(100, at(60_000)), Ok(()));
    }

    #[test]
    fn one_too_many_waits_for_the_end_of_the_minute() {
        let mut meter = meter();
        let refusal = meter.charge(101, at(15_001)).unwrap_err();
        assert_eq!((refusal.status, refusal.code, refusal.retry_after), (429, -1003, Some(45)));
        assert_eq!(meter.charge(1, at(60_000)), Ok(()));
    }

    #[test]
    fn whoever_keeps_sending_is_banned_and_longer_each_time() {
        let mut meter = meter();
        for _ in 0..PATIENCE {
            assert_eq!(meter.charge(101, at(0)).unwrap_err().status, 429);
        }
        let ban = meter.charge(1, at(1_000)).unwrap_err();
        assert_eq!((ban.status, ban.code, ban.retry_after), (418, -1003, Some(120)));
        assert!(ban.message.contains(&format!("IP banned until {}.", START + 121_000)));
        // The ban outlives the minute that caused it, and asking does not prolong it.
        assert_eq!(meter.charge(1, at(120_500)).unwrap_err().retry_after, Some(1));
        assert_eq!(meter.charge(1, at(121_000)), Ok(()));

        for _ in 0..PATIENCE {
            assert_eq!(meter.charge(101, at(180_000)).unwrap_err().status, 429);
        }
        assert_eq!(meter.charge(1, at(180_000)).unwrap_err().retry_after, Some(240));
    }

    #[test]
    fn orders_have_a_limit_of_their_own() {
        let mut meter = meter();
        assert_eq!(meter.charge_orders(1, at(0)), Ok(1));
        assert_eq!(meter.charge_orders(1, at(1)), Ok(2));
        let refusal = meter.charge_orders(1, at(30_000)).unwrap_err();
        assert_eq!((refusal.status, refusal.code, refusal.retry_after), (429, -1015, Some(30)));
        assert_eq!(refusal.message, "Too many new orders; current limit is 2 orders per minute.");
        assert_eq!(meter.charge_orders(1, at(60_000)), Ok(1));
    }
}

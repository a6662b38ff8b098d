//! The counters of the exchange, request weight and attempts to open a stream per address and orders per account, and what
//! follows when one runs over: 429, and 418 for a client that does not stop.

mod count;
mod limits;
mod usage;

use crate::refusal::{BANNED, Refusal, TOO_MANY_ATTEMPTS, TOO_MANY_ORDERS, TOO_MANY_REQUESTS};
use count::Count;
pub use limits::{Limits, Metering};
use papi_types::Timestamp;
use std::time::Duration;
pub use usage::Usage;

/// How many answers 429 within one window are allowed; the next request is answered with a ban.
const ALLOWED_REFUSALS: u32 = 10;

/// How often an address may try to open a connection of the stream, and within which time.
const ATTEMPTS: u32 = 300;
const ATTEMPTS_WINDOW: Duration = Duration::from_secs(5 * 60);

const FIRST_BAN: Duration = Duration::from_secs(2 * 60);
const LONGEST_BAN: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// The counters. Weight is counted for every request, refused ones included; orders when they reach the account.
#[derive(Debug)]
pub(crate) struct Meter {
    limits: Limits,
    weight: Count,
    /// Weight that others at the same address use in every window.
    others: u32,
    orders: Count,
    refused: Count,
    attempts: Count,
    banned_until: Option<Timestamp>,
    next_ban: Duration,
    pub(crate) usage: Usage,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            weight: Count::new(&limits),
            others: 0,
            orders: Count::new(&limits),
            refused: Count::new(&limits),
            attempts: Count::new(&Limits { window: ATTEMPTS_WINDOW, metering: Metering::Rolling, ..limits }),
            banned_until: None,
            next_ban: FIRST_BAN,
            usage: Usage::default(),
        }
    }

    /// Lets others use a share of the weight limit in every window, in percent.
    pub(crate) fn share(&mut self, percent: u32) {
        self.others = u32::try_from(u64::from(self.limits.weight) * u64::from(percent) / 100).unwrap_or(u32::MAX);
    }

    /// Bans the address.
    pub(crate) fn ban(&mut self, until: Timestamp) {
        self.banned_until = Some(until);
    }

    /// Counts a request's weight; a refusal when the request is one too many.
    pub(crate) fn charge(&mut self, weight: u32, now: Timestamp) -> Result<(), Refusal> {
        let used = self.weight.add(weight, now).saturating_add(self.others);
        self.usage.total_weight = self.usage.total_weight.saturating_add(weight.into());
        self.usage.peak_weight = self.usage.peak_weight.max(used);
        if let Some(end) = self.banned_until.filter(|end| now < *end) {
            return Err(banned(end, now));
        }
        self.banned_until = None;
        if used <= self.limits.weight {
            return Ok(());
        }
        if self.refused.add(1, now) > ALLOWED_REFUSALS {
            let end = now.plus(self.next_ban);
            self.banned_until = Some(end);
            self.next_ban = (self.next_ban * 2).min(LONGEST_BAN);
            return Err(banned(end, now));
        }
        let fits = self.weight.fits(weight.saturating_add(self.others), self.limits.weight, now);
        Err(TOO_MANY_REQUESTS.with(&[&self.limits.weight.to_string()]).retry_after(seconds(now, fits)))
    }

    /// Counts orders; one too many is refused and not counted.
    pub(crate) fn charge_orders(&mut self, orders: u32, now: Timestamp) -> Result<u32, Refusal> {
        if self.orders.at(now).saturating_add(orders) > self.limits.orders {
            let fits = self.orders.fits(orders, self.limits.orders, now);
            let limit = self.limits.orders.to_string();
            return Err(TOO_MANY_ORDERS.with(&[&limit, "minute"]).retry_after(seconds(now, fits)));
        }
        let used = self.orders.add(orders, now);
        self.usage.peak_orders = self.usage.peak_orders.max(used);
        Ok(used)
    }

    /// Counts an attempt to open a connection of the stream, refused ones included; a refusal when it is one too many.
    pub(crate) fn charge_attempt(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.attempts.add(1, now) <= ATTEMPTS {
            return Ok(());
        }
        let fits = self.attempts.fits(1, ATTEMPTS, now);
        Err(TOO_MANY_ATTEMPTS.with(&[&ATTEMPTS.to_string()]).retry_after(seconds(now, fits)))
    }

    /// Returns the weight used in the current window, by this client and others.
    pub(crate) fn weight_used(&self, now: Timestamp) -> u32 {
        self.weight.at(now).saturating_add(self.others)
    }
}

/// Returns the refusal of a banned address.
pub(crate) fn banned(end: Timestamp, now: Timestamp) -> Refusal {
    BANNED.with(&[&end.as_millis().to_string()]).retry_after(seconds(now, end))
}

/// Returns the whole seconds from `now` to `end`, rounded up: waiting that long is always enough.
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
        Meter::new(Limits { weight: 100, orders: 2, ..Limits::default() })
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
        for _ in 0..ALLOWED_REFUSALS {
            assert_eq!(meter.charge(101, at(0)).unwrap_err().status, 429);
        }
        let ban = meter.charge(1, at(1_000)).unwrap_err();
        assert_eq!((ban.status, ban.code, ban.retry_after), (418, -1003, Some(120)));
        assert!(ban.message.contains(&format!("IP banned until {}.", START + 121_000)));
        // The ban outlives the minute that caused it, and asking does not prolong it.
        assert_eq!(meter.charge(1, at(120_500)).unwrap_err().retry_after, Some(1));
        assert_eq!(meter.charge(1, at(121_000)), Ok(()));

        for _ in 0..ALLOWED_REFUSALS {
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

    #[test]
    fn an_address_may_try_to_open_a_stream_300_times_in_any_five_minutes() {
        let mut meter = meter();
        for attempt in 0..300 {
            assert_eq!(meter.charge_attempt(at(attempt * 1_000)), Ok(()));
        }
        let refusal = meter.charge_attempt(at(299_999)).unwrap_err();
        assert_eq!((refusal.status, refusal.code), (429, -1003));
        // It is counted as well, so two must have left the window.
        assert_eq!(refusal.retry_after, Some(2));
        assert_eq!(meter.charge_attempt(at(301_999)), Ok(()));
        assert_eq!(meter.charge(100, at(301_999)), Ok(()), "weight is another matter");
    }

    #[test]
    fn one_too_many_in_a_rolling_window_waits_until_it_fits() {
        let window = Duration::from_secs(6);
        let mut meter = Meter::new(Limits { weight: 600, orders: 1, window, metering: Metering::Rolling });
        assert_eq!(meter.charge(400, at(0)), Ok(()));
        assert_eq!(meter.charge(200, at(2_500)), Ok(()));
        // It is counted as well, so all that came before it must go.
        assert_eq!(meter.charge(300, at(5_000)).unwrap_err().retry_after, Some(4));
        assert_eq!(meter.charge(300, at(9_000)), Ok(()));
        assert_eq!(meter.charge_orders(1, at(0)), Ok(1));
        assert_eq!(meter.charge_orders(1, at(5_001)).unwrap_err().retry_after, Some(1));
        assert_eq!(meter.charge_orders(1, at(6_000)), Ok(1));
    }

    #[test]
    fn the_most_that_was_ever_used_is_remembered() {
        let mut meter = meter();
        for (weight, time) in [(60, 0), (30, 59_999), (80, 60_000), (5, 120_000)] {
            assert_eq!(meter.charge(weight, at(time)), Ok(()));
        }
        assert_eq!(meter.charge_orders(2, at(120_000)), Ok(2));
        assert_eq!((meter.usage.peak_weight, meter.usage.total_weight, meter.usage.peak_orders), (90, 175, 2));
    }
}

//! The two clocks of a world, this machine's and the exchange's, and the steady time behind both, which nobody in the world
//! can read.

use binance_papi::{Clock, Timestamp};
use papi_tests::NOON;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::time::Instant;

/// Milliseconds since a run began, as nobody's clock shows them.
pub(crate) type Steady = u64;

/// How far each clock is from the steady time.
#[derive(Debug)]
pub(crate) struct Clocks {
    began: Instant,
    host: AtomicI64,
    exchange: AtomicI64,
    /// How much faster than steady time the exchange's clock runs, in millionths.
    drift: i64,
}

impl Clocks {
    pub(crate) fn new(host: i64, exchange: i64, drift: i64) -> Self {
        Self { began: Instant::now(), host: AtomicI64::new(host), exchange: AtomicI64::new(exchange), drift }
    }

    pub(crate) fn steady(&self) -> Steady {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(crate) fn exchange_now(&self) -> Timestamp {
        let steady = self.steady().cast_signed();
        let ahead = self.exchange.load(Ordering::SeqCst) + steady * self.drift / 1_000_000;
        Timestamp::from_millis(NOON.as_millis() + steady + ahead)
    }

    pub(crate) fn set_host_forward(&self, millis: i64) {
        self.host.fetch_add(millis, Ordering::SeqCst);
    }

    pub(crate) fn set_exchange_forward(&self, millis: i64) {
        self.exchange.fetch_add(millis, Ordering::SeqCst);
    }
}

/// This machine's clock.
impl Clock for Clocks {
    fn now(&self) -> Timestamp {
        let host = self.host.load(Ordering::SeqCst);
        Timestamp::from_millis(NOON.as_millis() + self.steady().cast_signed() + host)
    }
}

//! What every promise needs: a sandbox, a client of it, and a clock set by hand. The promises are in `promises/`.

#![allow(clippy::missing_panics_doc, reason = "a test set-up that fails is a failed test")]

use binance_papi::{Call, Client, Clock, Credentials, Timestamp};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Limits, Sandbox};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// The README's programs, compiled and run as documentation tests.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;

/// The program of the page for programs.
#[doc = include_str!("../llms.txt")]
#[cfg(doctest)]
pub struct LlmsTxt;

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that stands at an instant.
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now.as_millis())))
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("a short step");
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// 2026-10-14T17:46:40Z, a moment like any other.
pub const NOON: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// A sandbox with the demo account, and the clock that it and its clients share.
#[derive(Debug)]
pub struct World {
    /// The exchange.
    pub sandbox: Sandbox,
    /// Its clock.
    pub clock: Arc<HandClock>,
}

impl World {
    /// A sandbox with the documented limits.
    pub async fn new() -> Self {
        Self::with_limits(Limits::default()).await
    }

    /// A sandbox with other limits.
    pub async fn with_limits(limits: Limits) -> Self {
        let clock = HandClock::at(NOON);
        let sandbox = Sandbox::builder().clock(clock.clone()).limits(limits).start().await.expect("a free port");
        Self { sandbox, clock }
    }

    /// A client with the demo credentials.
    pub fn client(&self) -> Client {
        self.client_as(DEMO_KEY, DEMO_SECRET)
    }

    /// A client with other credentials.
    pub fn client_as(&self, key: &str, secret: &str) -> Client {
        let credentials = Credentials::new(key, secret).expect("plain text");
        let call = Call { deadline: Duration::from_secs(10), ..Call::default() };
        let builder = Client::builder().base_url(self.sandbox.base_url()).clock(self.clock.clone());
        builder.credentials(credentials).defaults(call).build().expect("a client")
    }
}

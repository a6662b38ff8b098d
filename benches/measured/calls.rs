//! Calls of the client, answered at once with rows that are always the same.

use crate::{Exchange, Outcome};
use binance_papi::{Access, Client, ClientBuilder, Clock, Credentials, Effect, Limits, Method, RawCall, Timestamp, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::task::JoinSet;

/// Where a client keeps what it has used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ledger {
    InMemory,
    InFile,
}

/// A clock that stands still until it is moved: the work must not depend on how long it takes.
#[derive(Debug, Default)]
struct HeldClock(AtomicI64);

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// A client counts a window in this many slots; each may hold a number of its own.
const SLOTS: i64 = 240;

/// No call ever waits for room.
pub(crate) fn limits() -> Limits {
    Limits { weight: 1_000_000_000, orders: 1_000_000_000, ..Limits::default() }
}

fn held(exchange: &Exchange) -> Arc<HeldClock> {
    Arc::new(HeldClock(AtomicI64::new(exchange.begin)))
}

fn builder(exchange: &Exchange, clock: Arc<HeldClock>) -> Result<ClientBuilder, Box<dyn Error>> {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let builder = Client::builder().base_url(&exchange.canned).credentials(credentials).limits(limits());
    Ok(builder.clock(clock).trust_clock())
}

fn request(rows: u32) -> um::ForceOrders {
    um::ForceOrders::new().symbol("BTCUSDT").limit(rows)
}

pub(crate) async fn one_after_another(exchange: &Exchange, rows: u32, count: u32) -> Outcome {
    let client = builder(exchange, held(exchange))?.build()?;
    for _ in 0..count {
        let got = client.send(&request(rows)).await?.data.len();
        assert_eq!(got, rows as usize);
    }
    Ok(())
}

/// Sends `count` calls, 512 at a time.
pub(crate) async fn at_once(exchange: &Exchange, count: u32) -> Outcome {
    let client = builder(exchange, held(exchange))?.build()?;
    for _ in 0..count / 512 {
        let mut calls = JoinSet::new();
        for _ in 0..512 {
            let client = client.clone();
            calls.spawn(async move { client.send(&request(1)).await });
        }
        while let Some(answered) = calls.join_next().await {
            answered??;
        }
    }
    Ok(())
}

/// The same call with and without a signature: the difference is what signing costs.
pub(crate) async fn raw(exchange: &Exchange, access: Access, count: u32) -> Outcome {
    let client = builder(exchange, held(exchange))?.build()?;
    let call = RawCall::new(Method::Get, "/papi/v1/um/forceOrders").access(access).effect(Effect::Read);
    let call = call.param("symbol", "BTCUSDT").param("limit", "1");
    for _ in 0..count {
        client.send_raw(&call).await?;
    }
    Ok(())
}

/// First puts a call into each slot of the window, then sends those that count.
pub(crate) async fn with_full_ledger(exchange: &Exchange, ledger: Ledger, count: u32) -> Outcome {
    let folder = tempfile::tempdir()?;
    let clock = held(exchange);
    let mut builder = builder(exchange, clock.clone())?;
    if ledger == Ledger::InFile {
        builder = builder.shared_ledger(folder.path().join("ledger"));
    }
    let client = builder.build()?;
    let slot = i64::try_from(limits().window.as_millis())? / SLOTS;
    for _ in 1..SLOTS {
        client.send(&request(1)).await?;
        clock.0.fetch_add(slot, Ordering::Relaxed);
    }
    for _ in 0..count {
        client.send(&request(1)).await?;
    }
    Ok(())
}

pub(crate) fn construct(exchange: &Exchange, count: u32) -> Outcome {
    for _ in 0..count {
        builder(exchange, held(exchange))?.build()?;
    }
    Ok(())
}

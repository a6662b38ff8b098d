//! A process that asks for as much as its budget allows, until it is ended: one of those that `promises/shared_ledger.rs` and
//! `promises/redis_budget` put on one ledger. Any answer but a good one ends it.

use binance_papi::{
    Call, Client, Clock, Credentials, Endpoint, Error, LedgerStore, Limits, SystemClock, Timestamp, market, um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::sync::Arc;
use std::time::Duration;

/// A clock that is wrong by this many minutes.
#[derive(Debug)]
struct WrongClock(i64);

impl Clock for WrongClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(SystemClock.now().as_millis() + self.0 * 60_000)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let [base_url, ledger, weight, window_seconds, clock_minutes] =
        arguments().expect("usage: spends_whole_budget BASE_URL LEDGER WEIGHT WINDOW_SECONDS CLOCK_MINUTES");
    let weight: u32 = weight.parse().expect("a number");
    let window = Duration::from_secs(window_seconds.parse().expect("a number"));
    let store = if ledger.starts_with("redis") { LedgerStore::redis(&ledger)? } else { LedgerStore::file(ledger) };
    let limits = Limits { weight, window, order_share: Some(0), ..Limits::default() };
    let call = Call { attempts: 1, attempt_timeout: Duration::from_secs(2), ..Call::default() };
    let builder = Client::builder().base_url(base_url).limits(limits).shared_ledger(store).defaults(call);
    let builder =
        builder.credentials(Credentials::new(DEMO_KEY, DEMO_SECRET)?).on_notice(|notice| eprintln!("{notice}"));
    let client = match clock_minutes.parse().expect("a number") {
        0 => builder.trust_clock().build()?,
        minutes => builder.clock(Arc::new(WrongClock(minutes))).build()?,
    };
    // Together an eighth of the limit in a window.
    let (heavy, light) = (um::AdlQuantiles::new(), market::Ping::new());
    let (warm_up, pause) = (window, window.mul_f64(8.0 * 11.0 / f64::from(weight)));
    tokio::try_join!(
        ask(&client, &heavy, warm_up, pause),
        ask(&client, &heavy, warm_up, pause),
        ask(&client, &light, warm_up, pause),
    )?;
    Ok(())
}

fn arguments() -> Option<[String; 5]> {
    std::env::args().skip(1).collect::<Vec<_>>().try_into().ok()
}

/// Asks again and again: for a window with a pause, so that it is spread over the window; then for all it can get.
async fn ask<E: Endpoint>(client: &Client, request: &E, warm_up: Duration, pause: Duration) -> Result<(), Error> {
    let warm = tokio::time::Instant::now() + warm_up;
    loop {
        client.send(request).await?;
        if tokio::time::Instant::now() < warm {
            tokio::time::sleep(pause).await;
        }
    }
}

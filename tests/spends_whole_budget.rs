//! A process that asks for as much as its budget allows, until it is ended: one of those that `promises/shared_ledger.rs`
//! puts on one ledger. Any answer but a good one ends it.

use binance_papi::{Call, Client, Credentials, Endpoint, Error, Limits, market, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::time::Duration;

/// For so long it asks for about as much as the limit, so that it is spread over the window; then it asks for all it can get.
const WARM_UP: Duration = Duration::from_secs(6);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let [base_url, ledger] = arguments().expect("usage: spends_whole_budget BASE_URL LEDGER");
    let limits = Limits { weight: 600, window: Duration::from_secs(6), order_share: Some(0), ..Limits::default() };
    let client = Client::builder()
        .base_url(base_url)
        .credentials(Credentials::new(DEMO_KEY, DEMO_SECRET)?)
        .limits(limits)
        .shared_ledger(ledger)
        .trust_clock()
        .defaults(Call { attempts: 1, attempt_timeout: Duration::from_secs(2), ..Call::default() })
        .build()?;
    // 12.5 of weight a second, which is an eighth of the limit.
    let (heavy, light) = (um::AdlQuantiles::new(), market::Ping::new());
    tokio::try_join!(
        ask(&client, &heavy, Duration::from_millis(880)),
        ask(&client, &heavy, Duration::from_millis(880)),
        ask(&client, &light, Duration::from_millis(880)),
    )?;
    Ok(())
}

fn arguments() -> Option<[String; 2]> {
    std::env::args().skip(1).collect::<Vec<_>>().try_into().ok()
}

/// Asks again and again, at first with a pause.
async fn ask<E: Endpoint>(client: &Client, request: &E, pause: Duration) -> Result<(), Error> {
    let warm = tokio::time::Instant::now() + WARM_UP;
    loop {
        client.send(request).await?;
        if tokio::time::Instant::now() < warm {
            tokio::time::sleep(pause).await;
        }
    }
}

//! Walks the whole history of a list as a stream: every row once, in order of time, and proof that none is missing.
//!
//! `cargo run -p binance-papi --example whole_history`

use binance_papi::history::Period;
use binance_papi::{Client, Credentials, um};
use futures_util::TryStreamExt as _;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::collections::BTreeMap;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exchange = Sandbox::builder().start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;

    // The exchange answers with 100 rows of a week at most. The walk takes care of both.
    let mut history = client.history(&um::ForceOrders::new(), Period::last(90 * DAY))?;
    println!("at least {} requests", history.plan().requests);

    // Without combinators: `while let Some(row) = history.next().await`.
    let mut rows_of = BTreeMap::new();
    while let Some(order) = history.try_next().await? {
        *rows_of.entry(order.symbol).or_insert(0) += 1;
    }
    for (symbol, rows) in &rows_of {
        println!("{symbol}: {rows}");
    }
    let report = history.report();
    println!("{} rows in {} requests; complete: {}", report.rows, report.requests, report.is_complete());
    Ok(())
}

//! Sends from many tasks at once: clones of a client share connections, and one budget that keeps them within the limits.
//!
//! `cargo run -p binance-papi --example many_tasks`

use binance_papi::{Client, Credentials, Timestamp, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::collections::BTreeMap;
use tokio::task::JoinSet;

const WEEK: i64 = 7 * 86_400_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exchange = Sandbox::builder().start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;

    let now = client.now().as_millis();
    let mut tasks = JoinSet::new();
    for symbol in ["BTCUSDT", "ETHUSDT", "SOLUSDT"] {
        for week in 0..10 {
            let client = client.clone();
            let end = Timestamp::from_millis(now - week * WEEK);
            let start = Timestamp::from_millis(now - (week + 1) * WEEK + 1);
            let request = um::ForceOrders::new().symbol(symbol).start_time(start).end_time(end).limit(100);
            tasks.spawn(async move { Ok::<_, binance_papi::Error>((symbol, client.send(&request).await?)) });
        }
    }

    let (mut rows_of, mut calls) = (BTreeMap::new(), 0);
    while let Some(done) = tasks.join_next().await {
        let (symbol, reply) = done??;
        calls += 1;
        *rows_of.entry(symbol).or_insert(0) += reply.data.len();
    }
    for (symbol, rows) in rows_of {
        println!("{symbol}: {rows}");
    }
    println!("{calls} calls through one client: {client:#?}");
    Ok(())
}

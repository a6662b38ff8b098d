//! A walk through a history, from its first row on.

use crate::calls::limits;
use crate::{Exchange, Outcome};
use binance_papi::history::Period;
use binance_papi::{Client, Credentials, Timestamp, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};

/// Walks `count` rows.
pub(crate) async fn walk(exchange: &Exchange, count: u32) -> Outcome {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(&exchange.sandbox).credentials(credentials);
    let client = client.limits(limits()).trust_clock().build()?;
    let end = exchange.begin + i64::from(count) * exchange.step - 1;
    let period = Period::between(Timestamp::from_millis(exchange.begin), Timestamp::from_millis(end));
    let mut history = client.history(&um::ForceOrders::new(), period)?;
    let mut rows = 0;
    while let Some(row) = history.next().await {
        row?;
        rows += 1;
    }
    assert!(history.report().is_complete() && rows == count, "{rows} rows of {count}");
    Ok(())
}

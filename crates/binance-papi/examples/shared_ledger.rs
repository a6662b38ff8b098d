//! Shares one budget of weight between programs that know nothing of each other, through a file.
//!
//! `cargo run -p binance-papi --example shared_ledger`

use binance_papi::{Call, Client, Credentials, Limits, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exchange = Sandbox::builder().start().await?;
    let ledger = std::env::temp_dir().join(format!("papi-ledger-{}", std::process::id()));
    // All programs name the same file and the same limits. These are small, so that the budget is soon used up.
    let limits = Limits { weight: 100, order_share: Some(0), ..Limits::default() };
    let call = Call { deadline: Duration::from_secs(1), ..Call::default() };
    let client = || -> Result<Client, Box<dyn std::error::Error>> {
        let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
        let builder = Client::builder().base_url(exchange.base_url()).credentials(credentials);
        Ok(builder.limits(limits).shared_ledger(&ledger).defaults(call).build()?)
    };

    // Two clients stand for two programs.
    let (export, monitor) = (client()?, client()?);
    for _ in 0..2 {
        // Force orders of all symbols weigh 50.
        export.send(&um::ForceOrders::new()).await?;
        println!("the export has sent a request of weight 50");
    }
    match monitor.send(&um::ForceOrders::new().symbol("BTCUSDT")).await {
        Ok(_) => println!("the monitor has room"),
        Err(error) if error.is_throttled() => println!("the monitor must wait, and has sent nothing: {error}"),
        Err(error) => return Err(error.into()),
    }
    println!("the exchange has seen {} requests", exchange.requests().total());
    std::fs::remove_file(ledger)?;
    Ok(())
}

//! Listens to the account's events while an order is placed and the connection breaks.
//!
//! `cargo run -p binance-papi --features account-stream --example account_stream`

use binance_papi::account_stream::StreamItem;
use binance_papi::{AccountEvent, Client, Credentials, Quantity, Side, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exchange = Sandbox::builder().start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;
    // For a real account, instead of these three: let client = Client::from_env()?;

    let mut stream = client.account_stream().open().await?;
    client.send(&um::NewOrder::market("BTCUSDT", Side::Buy, "0.010".parse::<Quantity>()?)).await?;
    while let Some(item) = stream.next().await {
        match item {
            StreamItem::Event(AccountEvent::OrderTradeUpdate(event)) => {
                let order = event.order;
                println!(
                    "{} {} {} of {}: {}",
                    order.symbol, order.side, order.executed_qty, order.orig_qty, order.status
                );
                if order.executed_qty == order.orig_qty {
                    // The exchange closes the connection, as it does after 24 hours.
                    exchange.inject(Fault::new(FaultKind::StreamCut));
                }
            }
            StreamItem::Event(event) => println!("{}", event.name()),
            StreamItem::Gap { reason, .. } => println!("events may be missing from here on: {reason}"),
            StreamItem::Resumed { .. } => {
                println!("all events come again; ask by REST for what happened in between");
                return Ok(());
            }
            StreamItem::Ended { error } => return Err(error.into()),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}

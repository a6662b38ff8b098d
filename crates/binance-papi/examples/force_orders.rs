//! Reads what the exchange closed of your positions in one contract.
//!
//! `cargo run -p binance-papi --example force_orders`

use binance_papi::{Client, CloseKind, Credentials, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // An exchange on this machine. For a real account these lines become `let client = Client::from_env()?;`.
    let exchange = Sandbox::builder().start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;

    let reply = client.send(&um::ForceOrders::new().symbol("BTCUSDT").limit(5)).await?;
    for order in &reply.data {
        let kind = CloseKind::of(&order.client_order_id);
        println!("{kind}: {} {} {} at {}", order.side, order.executed_qty, order.symbol, order.avg_price);
    }
    let weight = reply.meta.used_weight.unwrap_or_default();
    println!("{} orders; the exchange has counted a weight of {weight} in this minute", reply.data.len());
    Ok(())
}

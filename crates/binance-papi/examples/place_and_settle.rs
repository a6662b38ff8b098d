//! Places an order whose answer is lost, and asks the exchange what became of it instead of sending it again.
//!
//! `cargo run -p binance-papi --example place_and_settle`

use binance_papi::{Client, Credentials, Patience, Quantity, Settlement, Side, UmOrder, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // This exchange executes the first order and loses its answer.
    let lost = Fault::new(FaultKind::Lost).method("POST");
    let exchange = Sandbox::builder().faults([lost]).start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;

    let quantity: Quantity = "0.010".parse()?;
    let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity);
    let error = match client.send(&order).await {
        Ok(placed) => {
            println!("placed as order {}", placed.data.order_id);
            return Ok(());
        }
        Err(error) => error,
    };
    println!("{error}");
    // Only a call whose outcome is unknown is pending. Everything else was certainly not executed.
    let Some(pending) = error.pending() else { return Err(error.into()) };
    match client.settle(pending, Patience::default()).await? {
        Settlement::Accepted(found) => {
            let order: UmOrder = found.read()?;
            println!("it was executed: order {} is {}", order.order_id, order.status);
        }
        Settlement::Absent => println!("it was not executed, and will not be: sending it anew is safe"),
        still_unknown => println!("do not send it anew: {still_unknown:?}"),
    }
    Ok(())
}

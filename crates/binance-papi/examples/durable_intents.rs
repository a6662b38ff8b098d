//! Keeps the intents of orders in a file, ends before an answer is there, and finds out after the restart what became of the order.
//! Then it measures what that costs an order on the disk of a folder.
//!
//! `cargo run -p binance-papi --example durable_intents`

use binance_papi::intents::IntentEnd;
use binance_papi::{Client, Credentials, Limits, Patience, Quantity, Settlement, Side, UmOrder, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How many orders are measured. Enough to see the size of it; another number comes as the second argument.
const MEASURED: u32 = 50;

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    // A folder on a disk of this machine, or the first argument.
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let file = folder.join(format!("papi-intents-{}", std::process::id()));
    // This exchange executes the first order and loses its answer.
    let lost = Fault::new(FaultKind::Lost).method("POST");
    let exchange = Sandbox::builder().limits(plenty()).faults([lost]).start().await?;

    let before = client(&exchange, Some(&file))?;
    if let Err(error) = before.send(&order()?).await {
        println!("{error}");
    }
    // The process ends here, without having asked. Another one is started.
    drop(before);
    let client_of_file = client(&exchange, Some(&file))?;
    for intent in client_of_file.unsettled() {
        println!("without an end: intent {}, {} with {}", intent.number(), intent.call(), intent.query());
    }
    for settled in client_of_file.settle_all(Patience::default()).await? {
        match settled.end {
            IntentEnd::Settled(Settlement::Accepted(found)) => {
                let order: UmOrder = found.read()?;
                println!("it was executed: order {} is {}", order.order_id, order.status);
            }
            IntentEnd::Settled(Settlement::Absent) => println!("it was not executed: sending it anew is safe"),
            other => println!("look at the account: {other:?}"),
        }
    }
    println!("{} calls are without an end", client_of_file.unsettled().len());

    let count = std::env::args().nth(2).map_or(Ok(MEASURED), |count| count.parse())?;
    println!("{} microseconds an order without intents", microseconds(&client(&exchange, None)?, count, 1).await?);
    println!("{} microseconds an order with intents", microseconds(&client_of_file, count, 1).await?);
    println!("{} microseconds an order with intents, 16 at once", microseconds(&client_of_file, count, 16).await?);
    std::fs::remove_file(file.with_extension("lock"))?;
    std::fs::remove_file(file)?;
    Ok(())
}

fn client(exchange: &Sandbox, intents: Option<&Path>) -> Result<Client, Failure> {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let limits = Limits { weight: 1_000_000, orders: 1_000_000, ..Limits::default() };
    let builder = Client::builder().base_url(exchange.base_url()).credentials(credentials).limits(limits);
    Ok(intents.map_or(builder.clone(), |file| builder.intents(file)).build()?)
}

fn plenty() -> papi_sandbox::Limits {
    papi_sandbox::Limits { weight: 1_000_000, orders: 1_000_000, ..papi_sandbox::Limits::default() }
}

fn order() -> Result<um::NewOrder, Failure> {
    Ok(um::NewOrder::market("BTCUSDT", Side::Buy, "0.010".parse::<Quantity>()?))
}

/// The time that an order takes, when so many are sent at once.
async fn microseconds(client: &Client, count: u32, at_once: u32) -> Result<u128, Failure> {
    client.send(&order()?).await?;
    let start = Instant::now();
    let senders: Vec<_> = (0..at_once)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..count.div_ceil(at_once) {
                    let order = order().map_err(|error| error.to_string())?;
                    client.send(&order).await.map_err(|error| error.to_string())?;
                }
                Ok::<(), String>(())
            })
        })
        .collect();
    for sender in senders {
        sender.await??;
    }
    Ok(start.elapsed().as_micros() / u128::from(count.div_ceil(at_once) * at_once))
}

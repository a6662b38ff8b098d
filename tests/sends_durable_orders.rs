//! A process that sends orders and keeps their intents, until all have an end or it is ended: `promises/durable_intents/deaths.rs` kills
//! it again and again.

use binance_papi::{
    Call, Client, ClientBuilder, ClientOrderId, Credentials, Error, Limits, Patience, Price, Quantity, Side,
    TimeInForce, um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How many orders are sent at once.
const AT_ONCE: usize = 4;

/// So much that nothing here waits for budget.
const PLENTY: u32 = 10_000_000;

/// Short, so that it is soon known what was not executed.
const RECV_WINDOW: Duration = Duration::from_millis(300);
const PATIENCE: Patience =
    Patience { deadline: Duration::from_secs(5), margin: Duration::from_millis(250), pause: Duration::from_millis(20) };

struct Arguments {
    base_url: String,
    folder: PathBuf,
    /// The numbers of the orders.
    first: u64,
    last: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = arguments().expect("usage: sends_durable_orders BASE_URL FOLDER FIRST LAST");
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", papi_runtime::with_causes(&error));
            // As `papi` has it for what is not sent.
            ExitCode::from(if error.is_not_sent() { 3 } else { 1 })
        }
    }
}

fn arguments() -> Option<Arguments> {
    let [base_url, folder, first, last]: [String; 4] = std::env::args().skip(1).collect::<Vec<_>>().try_into().ok()?;
    Some(Arguments { base_url, folder: folder.into(), first: first.parse().ok()?, last: last.parse().ok()? })
}

fn builder(base_url: &str, folder: &Path) -> Result<ClientBuilder, Error> {
    let call = Call {
        recv_window: RECV_WINDOW,
        deadline: Duration::from_secs(20),
        attempt_timeout: Duration::from_millis(250),
        ..Call::default()
    };
    let limits = Limits { weight: PLENTY, orders: PLENTY, ..Limits::default() };
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let builder = Client::builder().base_url(base_url).credentials(credentials).defaults(call).limits(limits);
    Ok(builder.trust_clock().intents(folder.join("intents")))
}

async fn run(arguments: &Arguments) -> Result<(), Error> {
    let client = builder(&arguments.base_url, &arguments.folder)?.build()?;
    let started = OpenOptions::new().append(true).create(true).open(arguments.folder.join("started"));
    let started = Arc::new(started.expect("a file"));
    let next = Arc::new(AtomicU64::new(arguments.first));
    // What is left of earlier lives is asked for while new orders are sent.
    let settling = tokio::spawn(settle_all(client.clone()));
    let senders =
        (0..AT_ONCE).map(|_| tokio::spawn(send(client.clone(), started.clone(), next.clone(), arguments.last)));
    let senders: Vec<_> = senders.collect();
    settling.await.expect("no panic")?;
    for sender in senders {
        sender.await.expect("no panic")?;
    }
    settle_all(client).await
}

/// Asks until nothing is left.
async fn settle_all(client: Client) -> Result<(), Error> {
    while !client.unsettled().is_empty() {
        client.settle_all(PATIENCE).await?;
    }
    Ok(())
}

/// Sends one order after the other. Only what is not sent for want of an intent is an error.
async fn send(client: Client, mut started: Arc<File>, next: Arc<AtomicU64>, last: u64) -> Result<(), Error> {
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number > last {
            return Ok(());
        }
        // Never again under this number, not even by the next process.
        started.write_all(format!("{number}\n").as_bytes()).expect("room");
        match client.send(&order(number)).await {
            Err(error) if error.is_not_sent() && error.attempts() == 0 => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
}

fn order(number: u64) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    let price: Price = "1000".parse().expect("a decimal");
    let id = ClientOrderId::new(format!("order-{number}"));
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc).new_client_order_id(id)
}

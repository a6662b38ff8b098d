//! Shows how calls fail: an error tells the phase, and the phase tells what to do next.
//!
//! `cargo run -p binance-papi --example errors_by_phase`

use binance_papi::{Call, Client, Credentials, Endpoint, Error, ErrorKind, Quantity, Side, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = um::ForceOrders::new().symbol("BTCUSDT");
    let quantity: Quantity = "0.01".parse()?;
    let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity);
    let unknown_order = um::CancelOrder::new("BTCUSDT").order_id(1);

    let situations: [(&dyn Endpoint, Option<FaultKind>); 6] = [
        (&um::ForceOrders::new().limit(1_000), None),
        (&read, Some(FaultKind::Refuse)),
        (&unknown_order, None),
        (&read, Some(FaultKind::TooManyRequests429)),
        (&order, Some(FaultKind::Lost)),
        (&read, Some(FaultKind::BadJson)),
    ];
    for (request, fault) in situations {
        if let Err(error) = send(request, fault).await? {
            println!("{:?}: {error}\n  -> {}", error.kind(), next_step(&error));
        }
    }
    Ok(())
}

fn next_step(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Invalid => "nothing was sent: correct the request, the settings or the credentials",
        ErrorKind::NotSent => "nothing arrived: check the network; sending again is safe",
        ErrorKind::Rejected => error.advice().unwrap_or("nothing was executed: read code and message"),
        ErrorKind::Throttled => "nothing was executed: wait until `retry_after`",
        ErrorKind::Unknown => "it may have been executed: give `pending` to `Client::settle`, do not send it again",
        ErrorKind::Decode => "the exchange did it: the answer is in `body`",
        _ => "read the message",
    }
}

/// Sends a request to an exchange where this goes wrong, once, so that the failure is not retried away.
async fn send(
    request: &dyn Endpoint,
    fault: Option<FaultKind>,
) -> Result<Result<(), Error>, Box<dyn std::error::Error>> {
    let exchange = Sandbox::builder().faults(fault.map(Fault::new)).start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let call = Call { attempts: 1, ..Call::default() };
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).defaults(call).build()?;
    Ok(client.send_dyn(request).await.map(drop))
}

//! Writes an endpoint that this library does not have: the request, its rules and its reply, in one place.
//!
//! `cargo run -p binance-papi --example own_endpoint`

use binance_papi::{Client, Credentials, Decimal, Symbol, Timestamp, endpoint, reply};
use papi_sandbox::{CannedAnswer, DEMO_KEY, DEMO_SECRET, Fault, Sandbox};

/// The funding that the account paid, newest first.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/fundingPaid",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 30,
    constraints = [Constraint::always().window(Window::between("startTime", "endTime").at_most(days(7)))],
    reply = Vec<FundingPaid>,
    doc_url = "https://example.com/funding-paid",
    verified_on = "2026-10-23",
)]
pub struct FundingPayments {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// First millisecond, inclusive.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last millisecond, inclusive.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
    /// Rows to return at most. Default 100; 1 to 1000.
    #[param("limit", default = "100", min = "1", max = "1000")]
    pub limit: Option<u32>,
}

/// One payment.
#[reply]
pub struct FundingPaid {
    /// The contract.
    #[field("symbol")]
    pub symbol: Symbol,
    /// The amount, in the quote asset; negative when it was received.
    #[field("amount")]
    pub amount: Decimal,
    /// When it was paid.
    #[field("time")]
    pub time: Timestamp,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The sandbox does not have it either, so it is told what to answer.
    let rows = r#"[{"symbol":"BTCUSDT","amount":"0.02750000","time":1792000000000},
                   {"symbol":"BTCUSDT","amount":"-0.01300000","time":1791971200000}]"#;
    let answer = Fault::answering(CannedAnswer::text(200, rows)).path("/papi/v1/um/fundingPaid").always();
    let exchange = Sandbox::builder().faults([answer]).start().await?;
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET)?;
    let client = Client::builder().base_url(exchange.base_url()).credentials(credentials).build()?;

    let payments = client.send(&FundingPayments::new("BTCUSDT").limit(2)).await?.data;
    for payment in &payments {
        println!("{} of {}", payment.amount, payment.symbol);
    }
    println!("together {}", payments.iter().map(|payment| payment.amount).sum::<Decimal>());

    // Its rules hold before anything is sent.
    if let Err(error) = client.send(&FundingPayments::new("BTCUSDT").limit(5_000)).await {
        println!("{error}");
    }
    Ok(())
}

//! Does one piece of work a given number of times, as `benches/measured` does, with the libraries of others.

use binance_sdk::config::ConfigurationRestApi;
use binance_sdk::derivatives_trading_portfolio_margin::DerivativesTradingPortfolioMarginRestApi;
use binance_sdk::derivatives_trading_portfolio_margin::rest_api::{QueryUsersUmForceOrdersParams, RestApi};
use http_body_util::{BodyExt as _, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::error::Error;
use std::hint::black_box;

type Outcome = Result<(), Box<dyn Error>>;

const KEY: &str = "SandboxDemoKeyNotARealCredentialSandboxDemoKeyNotARealCredential";
const SECRET: &str = "SandboxDemoSecretNotARealSecret0SandboxDemoSecretNotARealSecret0";

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [work, count, canned, ..] = &words[..] else { return Err("usage: peers WORK COUNT CANNED-URL".into()) };
    let count = count.parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match work.as_str() {
            "sdk-client" => (0..count).try_for_each(|_| sdk(canned).map(drop)),
            "sdk-call" => sdk_calls(canned, 1, count).await,
            "sdk-page" => sdk_calls(canned, 100, count).await,
            "hyper-call" => hyper_calls(canned, 1, count).await,
            "hyper-page" => hyper_calls(canned, 100, count).await,
            _ => Err(format!("there is no work {work}").into()),
        }
    })
}

fn sdk(canned: &str) -> Result<RestApi, Box<dyn Error>> {
    let settings = ConfigurationRestApi::builder().api_key(KEY).api_secret(SECRET).base_path(canned.to_owned());
    Ok(DerivativesTradingPortfolioMarginRestApi::from_config(settings.build()?))
}

async fn sdk_calls(canned: &str, rows: usize, count: u32) -> Outcome {
    let client = sdk(canned)?;
    for _ in 0..count {
        let request = QueryUsersUmForceOrdersParams::builder().symbol("BTCUSDT".to_owned()).limit(i64::try_from(rows)?);
        let orders = client.query_users_um_force_orders(request.build()?).await?.data().await?;
        assert_eq!(black_box(orders).len(), rows);
    }
    Ok(())
}

/// The request as it leaves ours, signed once, by nobody; its answer is read to the end and not decoded.
async fn hyper_calls(canned: &str, rows: usize, count: u32) -> Outcome {
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let query = "recvWindow=5000&timestamp=1792000000000&signature=";
    let signature = "0123456789abcdef".repeat(4);
    let url = format!("{canned}/papi/v1/um/forceOrders?symbol=BTCUSDT&limit={rows}&{query}{signature}");
    for _ in 0..count {
        let request = Request::get(&url).header("X-MBX-APIKEY", KEY).body(Empty::new())?;
        black_box(client.request(request).await?.into_body().collect().await?.to_bytes());
    }
    Ok(())
}

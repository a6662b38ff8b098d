//! A call that acts is written down before it leaves: whenever the process ends, the next one knows of each order, and finds
//! out what became of it.

mod deaths;
mod the_file;
mod the_next_process;
mod what_is_written;

use binance_papi::intents::{IntentEnd, SettledIntent};
use binance_papi::{
    Call, Client, ClientBuilder, Credentials, Patience, Price, Quantity, Settlement, Side, TimeInForce, margin, um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, Sandbox};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

/// A sandbox on this machine's clock, and a place for a file.
struct Desk {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn with(faults: impl IntoIterator<Item = Fault>) -> Self {
        let sandbox = Sandbox::builder().faults(faults).start().await.expect("a free port");
        Self { sandbox, folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("intents")
    }

    fn builder(&self) -> ClientBuilder {
        builder(self.sandbox.base_url(), &self.path())
    }

    fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("a file")
    }
}

fn builder(base_url: &str, path: &Path) -> ClientBuilder {
    let call = Call {
        recv_window: Duration::from_millis(300),
        attempt_timeout: Duration::from_secs(2),
        deadline: Duration::from_secs(20),
        ..Call::default()
    };
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    Client::builder().base_url(base_url).credentials(credentials).defaults(call).trust_clock().intents(path)
}

fn patience() -> Patience {
    Patience { margin: Duration::from_millis(200), pause: Duration::from_millis(20), ..Patience::default() }
}

fn order(id: &str) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    let price: Price = "1000".parse().expect("a decimal");
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc).new_client_order_id(id)
}

fn borrow() -> margin::Borrow {
    margin::Borrow::new("USDT", "1".parse::<Quantity>().expect("a decimal"))
}

fn ids(client: &Client) -> Vec<String> {
    let unsettled = client.unsettled();
    unsettled.iter().map(|intent| intent.client_order_id().expect("an order").to_string()).collect()
}

fn settlements(settled: &[SettledIntent]) -> Vec<&str> {
    let name = |settled: &SettledIntent| match &settled.end {
        IntentEnd::Settled(Settlement::Accepted(_)) => "accepted",
        IntentEnd::Settled(Settlement::Absent) => "absent",
        _ => "other",
    };
    settled.iter().map(name).collect()
}

/// The ends of each client order id, as they stand in a file. Read without the library, line by line.
fn ends_in(text: &str) -> BTreeMap<String, Vec<String>> {
    let (mut ends, mut ids) = (BTreeMap::<String, Vec<String>>::new(), BTreeMap::new());
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let record = &line["record"];
        if let Some(query) = record["intent"]["query"].as_str() {
            let id = query.rsplit_once("newClientOrderId=").expect("an order").1.to_owned();
            ends.entry(id.clone()).or_default();
            ids.insert(record["intent"]["number"].as_u64(), id);
        }
        if let Some(how) = record["end"]["how"].as_str() {
            let id = &ids[&record["end"]["number"].as_u64()];
            ends.entry(id.clone()).or_default().push(how.to_owned());
        }
    }
    ends
}

fn sender(base_url: &str, folder: &Path, first: u64, last: u64) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sends_durable_orders"));
    command.arg(base_url).arg(folder).arg(first.to_string()).arg(last.to_string());
    command
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().expect("it starts")).await.expect("no panic")
}

//! `papi watch` against each fault of the sandbox's stream: what its user is shown, and the exit code.

mod common;

use common::exchange::{folder, text};
use common::{Run, command, end_of, finish};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

const READY: &str = "READY";
const KEY: &str = "/papi/v1/listenKey";
const AFTERWARDS: &str = "AFTERWARDS";

fn with_demo_key(args: &[&str]) -> Command {
    let mut papi = command(args);
    papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    papi
}

async fn until(is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(50);
    while !is_so() {
        assert!(Instant::now() < end, "it does not come to it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A program that watches a sandbox and records what it is told.
struct Watching {
    sandbox: Sandbox,
    child: Child,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Watching {
    /// Starts one that ends after so many events, and waits until the stream is up.
    async fn start(count: usize, args: &[&str]) -> Self {
        let sandbox = Sandbox::builder().start().await.expect("a free port");
        let folder = folder();
        let file = folder.path().join("recording.jsonl");
        let count = count.to_string();
        let usual = ["watch", "--base-url", sandbox.base_url(), "--record", text(&file), "--count", &count];
        let child = with_demo_key(&[&usual[..], args].concat()).spawn().expect("the program starts");
        until(|| sandbox.streams() > 0).await;
        let new = Self { sandbox, child, file, _folder: folder };
        // What is cut before the first pong is no stream yet.
        new.emit(READY);
        new.until_recorded(READY).await;
        new
    }

    fn emit(&self, name: &str) {
        self.sandbox.emit(format!(r#"{{"e":"{name}","E":1}}"#));
    }

    async fn until_recorded(&self, text: &str) {
        until(|| std::fs::read_to_string(&self.file).unwrap_or_default().contains(text)).await;
    }

    /// Calls the sandbox with another program.
    async fn call(&self, call: &[&str]) {
        let usual = ["call", "--yes", "--base-url", self.sandbox.base_url()];
        let papi = with_demo_key(&[&usual[..], call].concat());
        tokio::task::spawn_blocking(move || finish(papi).expect(0, &[])).await.expect("done");
    }

    /// Places an order, which causes three events.
    async fn order(&self) {
        self.call(&["POST", "um/order", "symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=0.010"]).await;
    }

    /// Waits until it has ended by itself.
    fn end(self) -> Run {
        end_of(self.child)
    }
}

/// What was shown after the first event, in short: names of events, and reasons of gaps.
fn told(run: &Run) -> Vec<String> {
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let word = |key: &str| line[key].as_str().map(str::to_owned);
        match line["kind"].as_str() {
            Some("gap") => format!("gap: {}", word("reason").expect("a reason")),
            Some("event") => word("event").expect("a name"),
            other => other.expect("a kind").to_owned(),
        }
    };
    run.stdout.lines().skip(1).map(line).collect()
}

/// Lets a fault happen, waits until the stream is back, and lets an event happen.
async fn told_of(fault: Fault, args: &[&str]) -> Vec<String> {
    let watching = Watching::start(2, args).await;
    watching.sandbox.inject(fault);
    watching.until_recorded("\"kind\":\"resumed\"").await;
    watching.emit(AFTERWARDS);
    let run = watching.end().expect(0, &["2 events shown, 1 gap, 0 malformed"]);
    told(&run)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_open_connection_is_a_gap_and_is_replaced() {
    let told = told_of(Fault::new(FaultKind::HalfOpen), &["--ping-every", "1s"]).await;
    assert_eq!(told, ["gap: silent", "resumed", AFTERWARDS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_dies_without_a_word_is_a_gap_and_is_replaced() {
    for kind in [FaultKind::KeyExpiresSilently, FaultKind::KeyDeleted] {
        let told = told_of(Fault::new(kind), &["--keep-every", "1s"]).await;
        assert_eq!(told, ["gap: key_expired", "resumed", AFTERWARDS], "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_another_program_has_replaced_is_a_gap() {
    let watching = Watching::start(2, &["--keep-every", "3s"]).await;
    // Just after the key was kept alive and asked for, so that nobody sees the account without one.
    until(|| watching.sandbox.requests().count("POST", KEY) == 2).await;
    watching.sandbox.inject(Fault::new(FaultKind::KeyDeleted));
    watching.call(&["POST", "listenKey"]).await;
    watching.until_recorded("\"kind\":\"resumed\"").await;
    watching.emit(AFTERWARDS);
    let run = watching.end().expect(0, &["2 events shown, 1 gap, 0 malformed"]);
    assert_eq!(told(&run), ["gap: key_replaced", "resumed", AFTERWARDS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shutdown_that_comes_at_once_is_a_gap_and_its_word_is_not_shown() {
    let shutdown = Fault::new(FaultKind::ServerShutdown).holding(Duration::from_millis(50));
    let told = told_of(shutdown, &[]).await;
    assert_eq!(told, ["gap: disconnected", "resumed", AFTERWARDS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_cut_in_the_middle_is_a_gap() {
    let watching = Watching::start(2, &[]).await;
    watching.sandbox.inject(Fault::new(FaultKind::EventCut).path("/papi/v1/um/order"));
    watching.order().await;
    watching.until_recorded("\"kind\":\"resumed\"").await;
    watching.emit(AFTERWARDS);
    let run = watching.end().expect(0, &["2 events shown, 1 gap, 0 malformed"]);
    assert_eq!(told(&run), ["gap: disconnected", "resumed", AFTERWARDS]);
    assert!(!run.stdout.contains("ORDER_TRADE_UPDATE"), "half an event is none: {run:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_connections_bring_is_shown_once_and_no_gap_is_told() {
    let watching = Watching::start(5, &["--replace-every", "1s"]).await;
    until(|| watching.sandbox.streams() == 2).await;
    watching.order().await;
    watching.until_recorded("FILLED").await;
    watching.emit(AFTERWARDS);
    let run = watching.end().expect(0, &["5 events shown, 0 gaps, 0 malformed"]);
    assert_eq!(told(&run), ["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", AFTERWARDS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_events_at_once_are_all_shown_in_order() {
    let watching = Watching::start(10_001, &[]).await;
    watching.sandbox.inject(Fault::new(FaultKind::EventBurst));
    until(|| watching.sandbox.events().len() == 10_001).await;
    let events = watching.sandbox.events();
    let run = watching.end().expect(0, &["10001 events shown, 0 gaps, 0 malformed"]);
    assert_eq!(run.stdout.lines().count(), events.len());
    for (line, event) in run.stdout.lines().zip(&events) {
        assert!(line.ends_with(&format!("\"payload\":{event}}}")), "{line}\n{event}");
    }
}

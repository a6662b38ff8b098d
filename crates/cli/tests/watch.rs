//! `papi watch`: what it prints of what the sandbox tells, what it records and reads back, and every refusal.

mod common;

use common::exchange::{folder, text};
use common::{Canned, Run, SOME_KEY, SOME_SECRET, command, end_of, finish, papi};
use papi_sandbox::{CannedAnswer, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const STREAM: &str = "/pm/ws";
const KEY: &str = "/papi/v1/listenKey";

fn watch(url: &str, args: &[&str]) -> Command {
    let mut papi = command(&[&["watch", "--base-url", url], args].concat());
    papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    papi
}

/// Waits until something is so.
async fn until(is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < end, "it does not come to it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Starts to watch, and waits until the stream is open.
async fn watching(sandbox: &Sandbox, args: &[&str]) -> Child {
    let child = watch(sandbox.base_url(), args).spawn().expect("the program starts");
    until(|| sandbox.streams() > 0).await;
    child
}

fn place_an_order(url: &str) {
    let order = ["symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=0.010"];
    let mut papi = command(&[&["call", "POST", "um/order", "--yes", "--base-url", url][..], &order].concat());
    papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    finish(papi).expect(0, &[]);
}

/// The values of one key of all lines; empty where a line has none.
fn values(run: &Run, key: &str) -> Vec<String> {
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines.map(|line| line[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_an_order_are_printed_in_order_and_exactly() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let child = watching(&sandbox, &["--count", "3"]).await;
    let url = sandbox.base_url().to_owned();
    tokio::task::spawn_blocking(move || place_an_order(&url)).await.expect("done");
    let run = end_of(child).expect(0, &["3 events shown, 0 gaps"]);
    assert_eq!(values(&run, "event"), ["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE"]);
    for (line, event) in run.stdout.lines().zip(sandbox.events()) {
        assert!(line.ends_with(&format!("\"payload\":{event}}}")), "{line}\n{event}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_choose_events() {
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let args = ["--count", "1", "--format", "table", "--symbol", "btcusdt", "--events", "account_update"];
    let child = watching(&sandbox, &args).await;
    let url = sandbox.base_url().to_owned();
    tokio::task::spawn_blocking(move || place_an_order(&url)).await.expect("done");
    let run = end_of(child).expect(0, &["1 event shown"]);
    assert!(run.stdout.contains("  account      BTCUSDT 0.01 at"), "{run:#?}");
    let run = papi(&["watch", "--events", "ORDER_TRADE_UPDAT"]);
    run.expect(2, &["a similar value exists: 'ORDER_TRADE_UPDATE'"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_told_as_promised() {
    let rows: [(FaultKind, &[&str], &str); 5] = [
        (FaultKind::StreamCut, &["gap", "resumed"], "\"reason\":\"disconnected\""),
        (FaultKind::KeyExpires, &["event", "gap", "resumed"], "\"reason\":\"key_expired\""),
        (FaultKind::KeyExpiresTwice, &["event", "event", "gap", "resumed"], "\"reason\":\"key_expired\""),
        (FaultKind::MalformedEvent, &["malformed"], "\"raw\":"),
        (FaultKind::UnknownEvent, &["event"], "\"payload\":{"),
    ];
    for (kind, kinds, said) in rows {
        let sandbox = Sandbox::builder().start().await.expect("a free port");
        let folder = folder();
        let file = folder.path().join("recording.jsonl");
        let child = watching(&sandbox, &["--record", text(&file), "--count", "100"]).await;
        let recorded = || std::fs::read_to_string(&file).unwrap_or_default();
        // What is cut before the first pong is no stream yet.
        sandbox.emit(r#"{"e":"READY","E":1}"#);
        until(|| recorded().contains("READY")).await;
        sandbox.inject(Fault::new(kind));
        let whole = |kind: &&str| recorded().lines().skip(1).any(|line| line.contains(&format!("\"kind\":\"{kind}\"")));
        until(|| kinds.iter().all(whole)).await;
        assert!(recorded().contains(said), "{kind:?}: {}", recorded());
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill").success());
        let run = end_of(child).expect(130, &["interrupted"]);
        let mut told = values(&run, "kind").split_off(1);
        let mut expected: Vec<String> = kinds.iter().map(|&kind| kind.to_owned()).collect();
        // Whether the second word of an expiry is heard depends on how soon the connection is closed.
        told.dedup();
        expected.dedup();
        assert_eq!(told, expected, "{kind:?}");
    }
}

#[test]
fn the_day_of_the_sandbox_has_fills_liquidations_and_a_gap_and_is_read_back_as_it_was() {
    let folder = folder();
    let file = folder.path().join("day.jsonl");
    let run = papi(&["--sandbox", "watch", "--day", "3s", "--record", text(&file)]);
    let run = run.expect(0, &["a day of the demo account", "1 gap"]);
    for part in ["\"payload\":{", "autoclose-", "adl_autoclose", "riskLevelChange", "\"kind\":\"resumed\""] {
        assert!(run.stdout.contains(part), "{part}");
    }
    let again = papi(&["watch", "--replay", text(&file)]).expect(0, &["1 gap"]);
    assert!(again.stdout == run.stdout && std::fs::read_to_string(&file).expect("a file") == run.stdout);
    let lines = papi(&["watch", "--replay", text(&file), "--format", "table"]).expect(0, &[]).stdout;
    assert!(lines.contains("  liquidation  ") && lines.contains("  gap  ") && !lines.contains('\u{1b}'), "{lines}");
    let one = papi(&["watch", "--replay", text(&file), "--events", "riskLevelChange", "--count", "2"]).expect(0, &[]);
    assert_eq!(one.stdout.matches("riskLevelChange\",\"payload").count(), 2);
}

#[test]
fn a_recording_is_rotated_and_read_back_in_order() {
    let folder = folder();
    let file = folder.path().join("day.jsonl");
    let args = ["--sandbox", "watch", "--day", "1s", "--count", "100", "--rotate", "20000", "--record"];
    let run = papi(&[&args[..], &[text(&file)]].concat()).expect(0, &["100 events"]);
    let names: Vec<_> = (1..10).map(|number| format!("{}.{number}", text(&file))).collect();
    let mut files: Vec<&str> = names.iter().map(String::as_str).filter(|name| Path::new(name).exists()).collect();
    assert!(files.len() >= 2, "{files:?}");
    files.push(text(&file));
    let again = papi(&[&["watch", "--replay"], &files[..]].concat()).expect(0, &[]);
    assert_eq!(again.stdout, run.stdout);
}

#[cfg(unix)]
#[test]
fn a_recorder_that_is_killed_leaves_a_file_that_is_read_and_gone_on_with() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let file = folder.path().join("day.jsonl");
    let mut papi_of_day = command(&["--sandbox", "watch", "--day", "3s", "--record", text(&file)]);
    let mut child = papi_of_day.stderr(Stdio::null()).spawn().expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert_eq!(lines.take(40).count(), 40);
    child.kill().expect("a child");
    child.wait().expect("a child");
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    let before = std::fs::read_to_string(&file).expect("text");
    assert!(before.lines().count() >= 40);
    papi(&["watch", "--replay", text(&file)]).expect(0, &["events shown"]);

    std::fs::write(&file, format!("{before}{{\"received_at\":17")).expect("a file");
    papi(&["watch", "--replay", text(&file)]).expect(0, &["ends in the middle of line"]);
    let run = papi(&["--sandbox", "watch", "--day", "1s", "--count", "1", "--record", text(&file)]);
    let run = run.expect(0, &["a line that was half written was cut off (17 bytes)"]);
    assert_eq!(std::fs::read_to_string(&file).expect("text"), before + &run.stdout);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_has_a_message_a_hint_and_a_code() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (damaged, strange) = (at("damaged.jsonl"), at("notes.txt"));
    let whole = "{\"received_at\":1,\"kind\":\"resumed\",\"at\":1}\n";
    std::fs::write(&damaged, format!("{whole}{{\"received_at\":\n{whole}")).expect("a file");
    std::fs::write(&strange, "my notes\n").expect("a file");
    let sandbox = Sandbox::builder().start().await.expect("a free port");
    let of_fault = |fault: Fault| Sandbox::builder().faults([fault]).start();
    let no_right = CannedAnswer::refusal(401, -2015, "Invalid API-key, IP, or permissions for action.");
    let no_right = of_fault(Fault::answering(no_right).path(KEY)).await.expect("a free port");
    let no_websockets = of_fault(Fault::new(FaultKind::Html502).path(STREAM)).await.expect("a free port");
    let too_often = of_fault(Fault::new(FaultKind::TooManyRequests429).path(STREAM)).await.expect("a free port");
    let url = sandbox.base_url();
    let proxy = Canned::answering("405 Method Not Allowed", "");
    let proxy = proxy.url.replace("://", "://me:hunter2@");
    let elsewhere = "https://papi.invalid";
    let closed = "http://127.0.0.1:1";
    let as_nobody = |args: &[&str], key: &str| {
        let mut papi = command(&[&["watch"], args].concat());
        if !key.is_empty() {
            papi.env("BINANCE_API_KEY", key).env("BINANCE_API_SECRET", SOME_SECRET);
        }
        finish(papi)
    };
    let rows: [(&str, Run, i32, &str, &str); 11] = [
        ("no key", as_nobody(&["--base-url", url], ""), 2, "needs an API key", "set BINANCE_API_KEY"),
        ("wrong key", as_nobody(&["--base-url", url], SOME_KEY), 4, "code -2015", "the key may be wrong"),
        ("no right", finish(watch(no_right.base_url(), &[])), 4, "code -2015", "lack the right"),
        ("closed port", finish(watch(closed, &[])), 3, "not sent", "is the host reachable"),
        (
            "no websockets",
            finish(watch(no_websockets.base_url(), &[])),
            4,
            "refused the connection",
            "a proxy or firewall",
        ),
        (
            "proxy without CONNECT",
            finish(watch(elsewhere, &["--proxy", &proxy])),
            3,
            "not sent",
            "does a proxy on the way let CONNECT pass?",
        ),
        ("too many attempts", finish(watch(too_often.base_url(), &[])), 4, "HTTP 429", "try again in five minutes"),
        ("unwritable", finish(watch(url, &["--record", &at("no/such")])), 2, "No such file", "a folder that you may"),
        ("not a recording", finish(watch(url, &["--record", &strange])), 2, "no recording", "nothing was sent"),
        ("damaged", papi(&["watch", "--replay", &damaged]), 7, "line 2 is damaged", "the lines before it"),
        ("missing", papi(&["watch", "--replay", &at("none")]), 2, "No such file", "--record` wrote"),
    ];
    for (name, run, code, error, hint) in rows {
        let run = run.expect(code, &[error, hint]);
        assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{name}: {run:#?}");
        assert!(run.stderr.contains("hint: ") && !run.stderr.contains(DEMO_KEY), "{name}: {run:#?}");
        assert!(!run.stderr.contains("hunter2"), "{name}: {run:#?}");
    }
    assert_eq!(std::fs::read_to_string(&strange).expect("a file"), "my notes\n");
}

//! Every fault of the sandbox, against calls of every effect: what the exchange saw, what it executed, what the caller is
//! told. The whole table is a snapshot; no order is executed twice, and nothing executed is called refused.

use crate::secrets::assert_nothing_secret;
use binance_papi::{Call, Client, Credentials, Endpoint, Error, ErrorKind, Quantity, Side, um};
use papi_sandbox::{Acts, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// One call of an effect, and where the sandbox counts it.
#[derive(Debug, Clone, Copy)]
struct Subject {
    effect: &'static str,
    method: &'static str,
    path: &'static str,
}

const SUBJECTS: [Subject; 3] = [
    Subject { effect: "read", method: "GET", path: "/papi/v1/um/forceOrders" },
    Subject { effect: "idempotent", method: "DELETE", path: "/papi/v1/um/order" },
    Subject { effect: "once", method: "POST", path: "/papi/v1/um/order" },
];

const ORDER: &str = "the-order";

/// What a fault did to a call.
#[derive(Debug, Clone)]
struct Cell {
    subject: Subject,
    requests: u64,
    executions: u64,
    told: String,
}

fn client(sandbox: &Sandbox, attempt_timeout: Duration) -> Client {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let call = Call { deadline: Duration::from_secs(40), attempt_timeout, ..Call::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).credentials(credentials);
    // Nobody is asked for the time, so that each connection is of the call.
    builder.defaults(call).trust_clock().build().expect("a client")
}

/// Only a stall needs a short timeout; everywhere else a slow machine must not look like one.
fn timeout(kind: FaultKind) -> Duration {
    let stalls = [FaultKind::StallBeforeHeaders, FaultKind::StallAfterHeaders, FaultKind::StallMidBody];
    if stalls.contains(&kind) { Duration::from_secs(1) } else { Duration::from_secs(20) }
}

fn market_order(id: &str) -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id(id)
}

fn resting_order(id: &str) -> um::NewOrder {
    let (quantity, price) =
        ("0.01".parse::<Quantity>().expect("decimal"), "1000".parse::<binance_papi::Price>().expect("decimal"));
    um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, binance_papi::TimeInForce::Gtc).new_client_order_id(id)
}

async fn told<E: Endpoint>(client: &Client, request: &E) -> Result<(), Error> {
    client.send(request).await.map(|_| ())
}

async fn cell(subject: Subject, fault: Fault) -> Cell {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let patient = client(&sandbox, Duration::from_secs(20));
    if subject.method == "DELETE" {
        patient.send(&resting_order(ORDER)).await.expect("an order to cancel");
    }
    // A client of its own: no idle connection is left over that could die in the middle.
    let client = client(&sandbox, timeout(fault.kind()));
    sandbox.inject(fault.method(subject.method).path(subject.path));
    let result = match subject.effect {
        "read" => told(&client, &um::ForceOrders::new().symbol("BTCUSDT")).await,
        "idempotent" => told(&client, &um::CancelOrder::new("BTCUSDT").orig_client_order_id(ORDER)).await,
        _ => told(&client, &market_order(ORDER)).await,
    };
    let requests = sandbox.requests();
    let cell = Cell {
        subject,
        requests: requests.count(subject.method, subject.path),
        executions: requests.executed(subject.method, subject.path),
        told: match &result {
            Ok(()) => "done".to_owned(),
            Err(error) => format!("{:?}", error.kind()),
        },
    };
    check(&cell, result.as_ref().err(), &format!("{cell:?}"));
    if let Err(error) = &result {
        assert_nothing_secret(&format!("{error} {error:?} {:?}", error.pending()), &sandbox);
    }
    cell
}

/// What must hold whatever goes wrong.
fn check(cell: &Cell, error: Option<&Error>, what: &str) {
    let kind = error.map(Error::kind);
    if cell.subject.effect == "once" {
        assert!(cell.executions <= 1 && cell.requests <= 2, "executed twice: {what}");
    }
    let is_safe = matches!(kind, None | Some(ErrorKind::Unknown | ErrorKind::Decode));
    assert!(cell.executions == 0 || is_safe, "executed and called {kind:?}: {what}");
    assert!(kind.is_some() || cell.subject.effect == "read" || cell.executions == 1, "done and not executed: {what}");
    if let Some(error) = error.filter(|error| error.is_unknown() && cell.subject.effect != "read") {
        assert!(error.pending().is_some(), "nothing to settle with: {what}");
    }
}

/// The variants of a kind: not executed before, and executed before, where that makes a difference.
fn variants(kind: FaultKind) -> Vec<(&'static str, Fault)> {
    let fault = || Fault::new(kind).retry_after(1).holding(Duration::from_secs(5));
    match kind {
        FaultKind::Refuse => vec![("", fault())],
        FaultKind::ResetBeforeRead | FaultKind::OutsideRecvWindow | FaultKind::LateReveal => vec![("", fault())],
        FaultKind::Lost => vec![("executed", fault())],
        _ => vec![("", fault().acts(Acts::Never)), ("executed", fault().acts(Acts::Before))],
    }
}

/// Answers that refuse prove that nothing was executed, so an exchange that executes first and then sends one is lying.
fn is_possible(kind: FaultKind, variant: &str) -> bool {
    use FaultKind as K;
    let proves = matches!(
        kind,
        K::Unavailable503
            | K::Throttled503
            | K::TooManyRequests429
            | K::TooManyRequests429Bare
            | K::Banned418
            | K::Banned418Bare
            | K::Banned418Until
            | K::TooManyRequests400
    );
    !(proves && variant == "executed") && kind != K::Answer
}

/// How many cells are filled at a time.
const AT_ONCE: usize = 6;

async fn table(times: &str) -> String {
    let mut rows = Vec::new();
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    // Faults of the stream meet no call, and one about its key none of those here.
    let spoils = |kind: &FaultKind| !kind.is_of_stream() && !kind.is_of_events() && *kind != FaultKind::NoListenKey;
    for kind in FaultKind::all().filter(spoils) {
        for (variant, fault) in variants(kind).into_iter().filter(|(variant, _)| is_possible(kind, variant)) {
            let fault = if times == "always" { fault.always() } else { fault.times(1) };
            let cells = SUBJECTS.map(|subject| {
                let (fault, turns) = (fault.clone(), turns.clone());
                tokio::spawn(async move {
                    let _turn = turns.acquire().await;
                    cell(subject, fault).await
                })
            });
            rows.push((format!("{} {variant}", kind.name()), cells));
        }
    }
    let head = |effect: &str| format!("{effect:<26}");
    let mut table = format!("{:<32}{}{}once\n", times, head("read"), head("idempotent"));
    for (name, cells) in rows {
        let _ = write!(table, "{name:<32}");
        for cell in cells {
            let Cell { requests, executions, told, .. } = cell.await.expect("a cell");
            let _ = write!(table, "{:<26}", format!("{requests} sent {executions} done: {told}"));
        }
        while table.ends_with(' ') {
            table.pop();
        }
        table.push('\n');
    }
    table
}

#[tokio::test]
async fn what_goes_wrong_every_time() {
    let table = table("always").await;
    println!("{table}");
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn what_goes_wrong_once() {
    let table = table("once").await;
    println!("{table}");
    insta::assert_snapshot!(table);
}

/// The second attempt of a call that has acted is told that there is nothing to do. That is no refusal.
#[tokio::test]
async fn after_a_lost_attempt_already_so_is_unknown() {
    let mut table = String::new();
    let lost = || Fault::new(FaultKind::Lost);
    for name in ["cancel", "position mode", "listen key"] {
        let sandbox = Sandbox::builder().start().await.expect("a sandbox");
        let client = client(&sandbox, Duration::from_secs(20));
        client.send(&resting_order(ORDER)).await.expect("an order to cancel");
        let (method, path, result) = match name {
            "cancel" => {
                sandbox.inject(lost().method("DELETE"));
                let cancel = um::CancelOrder::new("BTCUSDT").orig_client_order_id(ORDER);
                ("DELETE", "/papi/v1/um/order", told(&client, &cancel).await)
            }
            "position mode" => {
                client.send(&um::CancelAllOrders::new("BTCUSDT")).await.expect("no open order");
                sandbox.inject(lost().method("POST"));
                ("POST", "/papi/v1/um/positionSide/dual", told(&client, &um::SetPositionMode::new(true)).await)
            }
            _ => {
                client.send(&binance_papi::stream::OpenStream::new()).await.expect("a stream");
                sandbox.inject(lost().method("DELETE"));
                ("DELETE", "/papi/v1/listenKey", told(&client, &binance_papi::stream::CloseStream::new()).await)
            }
        };
        let (sent, executed) = (sandbox.requests().count(method, path), sandbox.requests().executed(method, path));
        let error = result.expect_err("the second attempt was refused");
        assert!(error.is_unknown(), "{error}");
        let _ = writeln!(table, "{name:<14} {sent} sent {executed} done: {:?} after {:?}", error.kind(), error.code());
    }
    println!("{table}");
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn one_attempt_configured_is_one_attempt() {
    for kind in FaultKind::all().filter(|kind| *kind != FaultKind::Answer) {
        let sandbox = Sandbox::builder().start().await.expect("a sandbox");
        let client = client(&sandbox, Duration::from_secs(20));
        sandbox.inject(Fault::new(kind).always().holding(Duration::from_secs(5)));
        let once = client.with(Call { attempts: 1, attempt_timeout: timeout(kind), ..Call::default() });
        let _ = once.send(&um::ForceOrders::new()).await;
        assert!(sandbox.requests().total() <= 1, "{}", kind.name());
    }
}

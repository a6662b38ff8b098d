//! Faults over real sockets: what a client sees of each, and what the exchange knows afterwards.

#![allow(clippy::unwrap_used)]

mod support;

use papi_sandbox::{Acts, Fault, FaultKind, Sandbox, Scenario};
use papi_types::Clock as _;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use support::{Answer, End, HandClock, PATIENCE, Until, request, send, signed, talk};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const NOW: i64 = 1_790_000_012_345;

const ORDER: &str = "/papi/v1/um/order";
const TERMS: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=a";

async fn sandbox() -> (Sandbox, Arc<HandClock>) {
    let clock = Arc::new(HandClock::at(NOW));
    (Sandbox::builder().clock(clock.clone()).start().await.unwrap(), clock)
}

/// Waits until so many requests have arrived, answered or not.
async fn arrived(sandbox: &Sandbox, count: u64) {
    for _ in 0..5_000 {
        if sandbox.requests().total() >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("{count} requests should have arrived");
}

/// What a client sees who places an order, how its connection ends, and whether the order was executed.
async fn seen(fault: Fault, until: Until) -> (Option<Answer>, End, bool) {
    let (sandbox, clock) = sandbox().await;
    sandbox.inject(fault);
    let target = signed(ORDER, TERMS, clock.now());
    let (answer, end) = talk(sandbox.addr(), &request("POST", &target, "", ""), until).await;
    arrived(&sandbox, 1).await;
    assert_eq!((sandbox.requests().count("POST", ORDER), sandbox.requests().of_client_id("a")), (1, 1));
    let executed = sandbox.executions().contains_key("a");
    assert_eq!(sandbox.requests().executed("POST", ORDER), u64::from(executed));
    (answer, end, executed)
}

fn length(answer: &Answer) -> usize {
    answer.header("content-length").unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_reset_leaves_no_answer() {
    for (kind, acts, executed) in [
        (FaultKind::ResetBeforeRead, Acts::Before, false),
        (FaultKind::ResetAfterRead, Acts::Never, false),
        (FaultKind::ResetAfterRead, Acts::Before, true),
        (FaultKind::Lost, Acts::Before, true),
    ] {
        let (answer, end, was_executed) = seen(Fault::new(kind).acts(acts), Until::End).await;
        assert_eq!((answer.is_none(), end, was_executed), (true, End::Reset, executed), "{kind:?}");
    }
}

#[tokio::test]
async fn a_stall_holds_the_connection_and_then_resets_it() {
    use FaultKind as K;
    for acts in [Acts::Never, Acts::Before] {
        for (kind, quiet) in [
            (K::StallBeforeHeaders, Until::Nothing),
            (K::StallAfterHeaders, Until::Silence),
            (K::StallMidBody, Until::Silence),
        ] {
            for (hold, until, expected) in [(30_000, quiet, End::Open), (1, Until::End, End::Reset)] {
                let fault = Fault::new(kind).acts(acts).holding(Duration::from_millis(hold));
                let (answer, end, executed) = seen(fault, until).await;
                assert_eq!((end, executed), (expected, acts == Acts::Before), "{kind:?}");
                let come = answer.map(|answer| (answer.status, answer.body.len(), length(&answer)));
                match (kind, come) {
                    (K::StallBeforeHeaders, None) => {}
                    (K::StallAfterHeaders, Some((200, 0, length))) => assert!(length > 20),
                    (K::StallMidBody, Some((200, half, length))) => assert_eq!(half, length / 2),
                    _ => panic!("{kind:?} {hold}: {come:?}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn a_body_cut_short_ends_in_order() {
    let (answer, end, executed) = seen(Fault::new(FaultKind::CutBody), Until::End).await;
    let answer = answer.unwrap();
    assert_eq!((answer.status, end, executed), (200, End::Closed, true));
    assert_eq!(answer.body.len(), length(&answer) / 2);
    assert!(answer.body.starts_with(r#"{"clientOrderId":"a""#), "{}", answer.body);
}

#[tokio::test]
async fn answers_are_whole_and_the_connection_goes_on() {
    let (sandbox, clock) = sandbox().await;
    sandbox.inject(Fault::new(FaultKind::BadJson));
    sandbox.inject(Fault::new(FaultKind::Html502));
    sandbox.inject(Fault::new(FaultKind::Redirect));
    let target = signed("/papi/v1/balance", "", clock.now());
    let three = request("GET", &target, "", "").repeat(3) + &request("GET", &target, "connection: close\r\n", "");
    let (first, end) = talk(sandbox.addr(), &three, Until::End).await;
    let text = first.unwrap();
    assert_eq!((text.status, end), (200, End::Closed));
    let rest: Vec<_> = text.body.split("HTTP/1.1 ").collect();
    assert!(serde_json::from_str::<serde_json::Value>(rest[0]).is_err() && rest[0].len() == length(&text), "{rest:?}");
    assert!(rest[1].starts_with("502 ") && rest[1].contains("text/html") && rest[1].contains("<h1>"), "{rest:?}");
    assert!(rest[2].starts_with("302 ") && rest[2].contains("location: /redirected"), "{rest:?}");
    assert!(rest[3].starts_with("200 ") && rest[3].contains("[{"), "{rest:?}");
}

async fn refused(addr: SocketAddr) -> bool {
    TcpStream::connect(addr).await.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
}

#[tokio::test]
async fn connections_are_refused_at_once_and_accepted_again_on_the_same_port() {
    let (sandbox, clock) = sandbox().await;
    let mut idle = TcpStream::connect(sandbox.addr()).await.unwrap();
    idle.write_all(request("GET", "/papi/v1/ping", "", "").as_bytes()).await.unwrap();
    let mut some = [0; 12];
    idle.read_exact(&mut some).await.unwrap();
    assert_eq!(&some, b"HTTP/1.1 200");

    sandbox.inject(Fault::new(FaultKind::Refuse));
    assert!(refused(sandbox.addr()).await);
    let mut rest = Vec::new();
    tokio::time::timeout(PATIENCE, idle.read_to_end(&mut rest)).await.unwrap().unwrap();
    clock.advance(86_400_000);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(refused(sandbox.addr()).await, "there is no end to it");
    sandbox.clear_faults();
    assert_eq!(send(sandbox.addr(), "GET", "/papi/v1/ping", "").await.status, 200);
    assert_eq!(sandbox.requests().total(), 2);
}

#[tokio::test]
async fn connections_are_refused_for_a_span_of_exchange_time() {
    let (sandbox, clock) = sandbox().await;
    for round in 0..3 {
        let refuse = r#"{"fault": "refuse", "for_ms": 1000}"#;
        // Over the wire the request that closes the port is still answered.
        assert_eq!(send(sandbox.addr(), "POST", "/sandbox/faults", refuse).await.status, 200);
        clock.advance(999);
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert!(refused(sandbox.addr()).await, "round {round}");
        clock.advance(1);
        let mut tries = 0;
        while refused(sandbox.addr()).await {
            tries += 1;
            assert!(tries < 500, "round {round}: still refused");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        assert_eq!(send(sandbox.addr(), "GET", "/papi/v1/ping", "").await.status, 200);
    }
}

#[test]
fn a_port_is_closed_and_opened_from_anywhere() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sandbox = runtime.block_on(Sandbox::builder().start()).unwrap();
    // Outside the runtime, which stands still meanwhile.
    sandbox.inject(Fault::new(FaultKind::Refuse));
    assert!(std::net::TcpStream::connect(sandbox.addr()).is_err());
    sandbox.clear_faults();
    assert!(std::net::TcpStream::connect(sandbox.addr()).is_ok());
    assert_eq!(runtime.block_on(send(sandbox.addr(), "GET", "/papi/v1/ping", "")).status, 200);
}

#[tokio::test]
async fn a_request_names_its_fault_in_a_header() {
    let (sandbox, clock) = sandbox().await;
    let target = signed(ORDER, TERMS, clock.now());
    for (fault, until, end) in [
        ("lost", Until::End, End::Reset),
        ("reset-before-read", Until::End, End::Reset),
        ("stall-before-headers", Until::Nothing, End::Open),
    ] {
        let text = request("POST", &target, &format!("x-sandbox-fault: {fault}\r\n"), "");
        let (answer, seen) = talk(sandbox.addr(), &text, until).await;
        assert_eq!((answer.is_none(), seen), (true, end), "{fault}");
    }
    arrived(&sandbox, 3).await;
    let wrong = request("POST", &target, "x-sandbox-fault: none\r\nconnection: close\r\n", "");
    assert_eq!(talk(sandbox.addr(), &wrong, Until::End).await.0.unwrap().status, 400);
    assert_eq!((sandbox.requests().count("POST", ORDER), sandbox.executions()["a"]), (3, 1));
    let journal = send(sandbox.addr(), "GET", "/sandbox/journal", "").await;
    assert!(journal.body.contains(r#""client_order_ids":{"a":{"executions":1,"requests":3}}"#), "{}", journal.body);
    assert!(!journal.body.contains("signature"));
}

#[tokio::test]
async fn a_script_is_there_from_the_start_and_stopping_waits_for_no_stall() {
    let script = r#"[{"fault": "stall-before-headers", "times": "always"}]"#;
    let sandbox = Sandbox::builder().faults(Fault::script(script).unwrap()).start().await.unwrap();
    let mut held = TcpStream::connect(sandbox.addr()).await.unwrap();
    held.write_all(request("GET", "/papi/v1/ping", "", "").as_bytes()).await.unwrap();
    arrived(&sandbox, 1).await;
    tokio::time::timeout(PATIENCE, sandbox.shutdown()).await.unwrap();
}

#[tokio::test]
async fn a_scenario_is_there_from_the_start() {
    let clock = Arc::new(HandClock::at(NOW));
    let of = |scenario| Sandbox::builder().clock(clock.clone()).skew(1_000).scenario(scenario).start();
    let time = |body: String| body.trim_matches(|other: char| !other.is_ascii_digit()).parse::<i64>().unwrap();
    let skewed = of(Scenario::SkewedClock).await.unwrap();
    assert_eq!(time(send(skewed.addr(), "GET", "/fapi/v1/time", "").await.body), NOW + 91_000);
    let test_host = of(Scenario::TestHost).await.unwrap();
    let answer = send(test_host.addr(), "GET", "/papi/v1/balance", "").await;
    assert_eq!((answer.status, answer.body.as_str()), (202, ""));
    assert_eq!(time(send(test_host.addr(), "GET", "/fapi/v1/time", "").await.body), NOW + 1_000);
}

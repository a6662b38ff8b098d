//! What a caller learns when an answer is not the documented one, and how often a call is sent meanwhile.

mod support;

use papi_runtime::{Call, Client, Error, ErrorKind};
use papi_types::{ErrorCode, Price, Quantity, Side, TimeInForce, um};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{SECRET, builder, client, http, server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

async fn read(client: &Client) -> Error {
    client.send(&um::ForceOrders::new()).await.expect_err("a failure")
}

async fn order(client: &Client) -> Error {
    let (quantity, price): (Quantity, Price) = ("1".parse().expect("decimal"), "2".parse().expect("decimal"));
    let order = um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc);
    client.send(&order).await.expect_err("a failure")
}

#[tokio::test]
async fn each_failure_names_its_phase_and_orders_are_sent_once() {
    use ErrorKind::{Decode, Rejected, Unknown};
    let truncated = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n[{\"orderId\":1,".to_owned();
    // Answer, kind and requests of a read, kind of an order; an order is sent once in every row.
    let rows = [
        ("HTML", http("200 OK", "", "<html>maintenance</html>"), (Decode, 2), Unknown),
        ("empty", http("200 OK", "", ""), (Decode, 2), Unknown),
        ("not the shape", http("200 OK", "", r#"{"rows":7}"#), (Decode, 1), Unknown),
        ("cut short", truncated, (Unknown, 2), Unknown),
        ("closed", String::new(), (Unknown, 2), Unknown),
        (
            "refusal in a 200",
            http("200 OK", "", r#"{"code":-2019,"msg":"Margin is insufficient."}"#),
            (Rejected, 1),
            Rejected,
        ),
        ("refusal", http("400 Bad Request", "", r#"{"code":-1121,"msg":"Invalid symbol."}"#), (Rejected, 1), Rejected),
        ("HTML 404", http("404 Not Found", "", "<html>"), (Rejected, 1), Unknown),
        ("redirect to nowhere", http("302 Found", "location: http://999.999.999.999/\r\n", ""), (Rejected, 1), Unknown),
        ("redirect", http("302 Found", "location: http://127.0.0.1:1/\r\n", ""), (Rejected, 1), Unknown),
        ("gateway", http("502 Bad Gateway", "", "<html>"), (Unknown, 2), Unknown),
        (
            "unavailable",
            http("503 Service Unavailable", "", r#"{"msg":"Service Unavailable."}"#),
            (Rejected, 2),
            Rejected,
        ),
    ];
    for (name, answer, (read_kind, read_requests), order_kind) in rows {
        let (client, seen) = server(&answer).await;
        let error = read(&client).await;
        assert_eq!((error.kind(), seen.swap(0, Ordering::SeqCst)), (read_kind, read_requests), "read, {name}: {error}");
        let error = order(&client).await;
        assert_eq!((error.kind(), seen.load(Ordering::SeqCst)), (order_kind, 1), "order, {name}: {error}");
    }
}

#[tokio::test]
async fn nothing_listening_is_not_sent_and_safe_to_repeat() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let client = client(&format!("http://{}", listener.local_addr().expect("an address")));
    drop(listener);
    let error = order(&client).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotSent, 2), "{error}");
}

#[tokio::test]
async fn a_closed_door_is_remembered_by_the_next_call() {
    let (client, seen) =
        server(&http("429 Too Many Requests", "retry-after: 60\r\n", r#"{"code":-1003,"msg":"Too many requests"}"#))
            .await;
    let error = read(&client).await;
    assert_eq!(
        (error.kind(), error.status(), error.code()),
        (ErrorKind::Throttled, Some(429), Some(ErrorCode::TOO_MANY_REQUESTS))
    );
    assert!(error.advice().is_some());
    assert!(error.retry_after().is_some_and(|until| until.since(client.now()) > Duration::from_secs(50)));
    let next = order(&client).await;
    assert_eq!((next.kind(), seen.load(Ordering::SeqCst)), (ErrorKind::Throttled, 1), "not even sent: {next}");
}

#[tokio::test]
async fn an_error_keeps_the_whole_body_and_shows_a_part() {
    let body = "<html>".to_owned() + &"x".repeat(50_000);
    let (client, _) = server(&http("200 OK", "", &body)).await;
    let error = read(&client).await;
    assert_eq!(error.body().map(bytes::Bytes::len), Some(50_006));
    assert!(error.to_string().len() < 600, "{error}");
    assert!(error.to_string().starts_with("GET /papi/v1/um/forceOrders: answer not readable: "), "{error}");
}

#[tokio::test]
async fn nothing_secret_is_in_an_error() {
    let (client, _) = server("").await;
    for error in [read(&client).await, order(&client).await] {
        let mut text = format!("{error} {error:?} {client:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text.push_str(&format!(" {cause} {cause:?}"));
            source = cause.source();
        }
        for secret in [SECRET, "a-key-that-must-not-show", "signature="] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_call_without_credentials_says_what_to_set() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().expect("a client");
    let error = client.send(&um::ForceOrders::new()).await.expect_err("needs a key");
    assert!(error.is_invalid() && error.attempts() == 0);
    assert!(error.to_string().contains("BINANCE_API_KEY"), "{error}");
}

#[tokio::test]
async fn broken_rules_are_not_sent_unless_asked() {
    let (client, seen) = server(&http("200 OK", "", "[]")).await;
    let request = um::ForceOrders::new().limit(101);
    let error = client.send(&request).await.expect_err("breaks a rule");
    assert!(error.is_invalid() && error.broken_rules().is_some());
    assert_eq!(seen.load(Ordering::SeqCst), 0);
    assert!(client.send_unchecked(&request).await.is_ok());
    assert_eq!(seen.load(Ordering::SeqCst), 1);
}

/// Two good rows, and between them one whose price is no number; the last has a field and a word that nobody knows.
fn mixed_reply() -> String {
    let row = um::ForceOrders::INFO.examples[0].trim_matches(['[', ']']);
    let bad = row.replace("\"10871.09\"", "\"much\"");
    let new = row.replace("\"FILLED\"", "\"HALF\"").replacen('{', "{\"brandNew\":7,", 1);
    http("200 OK", "", &format!("[{row},{bad},{new}]"))
}

#[tokio::test]
async fn a_bad_row_is_an_error_that_holds_the_good_ones() {
    let (client, _) = server(&mixed_reply()).await;
    let error = read(&client).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    let [bad] = error.bad_rows() else { panic!("one bad row: {error}") };
    assert_eq!((bad.index, bad.path.as_str()), (1, "[1].price"));
    assert!(bad.raw.contains("\"much\"") && bad.reason.contains("expected a decimal number"), "{bad:?}");
    assert_eq!(error.good_rows::<Vec<um::ForceOrder>>().map(|rows| rows.len()), Some(2));
}

#[tokio::test]
async fn a_lenient_client_gives_the_good_rows_and_reports_the_others() {
    let (strict, _) = server(&mixed_reply()).await;
    let said = Arc::new(Mutex::new(Vec::new()));
    let (bad, new) = (said.clone(), said.clone());
    let client = builder(strict.base_url())
        .lenient(move |row| bad.lock().expect("not poisoned").push(row.to_string()))
        .on_drift(move |drift| new.lock().expect("not poisoned").push(drift.to_string()))
        .build()
        .expect("a client");
    let rows = client.send(&um::ForceOrders::new()).await.expect("good rows").data;
    assert_eq!((rows.len(), rows[1].status.as_str()), (2, "HALF"));
    let typed = said.lock().expect("not poisoned").drain(..).collect::<Vec<_>>();
    assert_eq!(typed.len(), 3, "{typed:?}");
    assert!(typed[0].starts_with("at [1].price: ") && typed[1].contains("brandNew") && typed[2].contains("HALF"));
    let json = client.send_dyn(&um::ForceOrders::new()).await.expect("good rows").data;
    assert_eq!(json.matches("\"orderId\"").count(), 2);
    assert_eq!(*said.lock().expect("not poisoned"), typed);
}

#[tokio::test]
async fn a_client_that_refuses_drift_says_what_is_new() {
    let (client, _) = server(&mixed_reply()).await;
    let strict = builder(client.base_url()).lenient(|_| {}).refuse_drift().build().expect("a client");
    let error = strict.send(&um::ForceOrders::new()).await.expect_err("new things");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("unknown field at [1].brandNew: 7 (and 1 more)"), "{error}");
}

#[tokio::test]
async fn an_accepted_order_is_accepted_whatever_is_new_in_its_reply() {
    let placed = um::NewOrder::INFO.examples[0].replacen('{', "{\"brandNew\":7,", 1);
    let (client, _) = server(&http("200 OK", "", &placed)).await;
    let strict = builder(client.base_url()).refuse_drift().build().expect("a client");
    let order = um::NewOrder::market("BTCUSDT", Side::Buy, "1".parse::<Quantity>().expect("decimal"));
    assert_eq!(strict.send(&order).await.expect("placed").data.client_order_id, "testOrder");
}

#[tokio::test]
async fn waits_without_end_are_no_panic() {
    let forever = format!("retry-after: {}\r\n", u64::MAX);
    let (client, seen) = server(&http("429 Too Many Requests", &forever, "")).await;
    let endless = Call { deadline: Duration::MAX, recv_window: Duration::from_secs(5), ..Call::default() };
    let error = order(&client.with(endless)).await;
    assert_eq!((error.kind(), seen.load(Ordering::SeqCst)), (ErrorKind::Throttled, 1), "{error}");
    let next = order(&client.with(endless)).await;
    assert_eq!((next.kind(), seen.load(Ordering::SeqCst)), (ErrorKind::Throttled, 1), "{next}");
}

/// Answers requests one after the other, each with its own bytes, and then closes the door.
async fn server_of(answers: &[String]) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let answers = answers.to_vec();
    tokio::spawn(async move {
        for answer in answers {
            let Ok((mut socket, _)) = listener.accept().await else { return };
            let mut request = vec![0; 8_192];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(answer.as_bytes()).await;
            let _ = socket.shutdown().await;
        }
    });
    client(&format!("http://{address}"))
}

#[tokio::test]
async fn after_a_lost_attempt_nothing_proves_that_a_cancel_did_not_act() {
    let lost = String::new();
    let gone = http("400 Bad Request", "", r#"{"code":-2011,"msg":"Unknown order sent."}"#);
    let closed = http("429 Too Many Requests", "retry-after: 60\r\n", "");
    let cancel = um::CancelOrder::new("BTCUSDT").orig_client_order_id("desk-1");
    for (last, code) in [(Some(gone.clone()), Some(ErrorCode::CANCEL_REJECTED)), (Some(closed), None), (None, None)] {
        let answers: Vec<String> = [lost.clone()].into_iter().chain(last).collect();
        let error = server_of(&answers).await.send(&cancel).await.expect_err("no usable answer");
        assert_eq!((error.kind(), error.code(), error.attempts()), (ErrorKind::Unknown, code, 2), "{error}");
        assert!(error.to_string().contains("may have acted"), "{error}");
    }
    let first = server_of(&[gone]).await.send(&cancel).await.expect_err("refused");
    assert_eq!(first.kind(), ErrorKind::Rejected, "{first}");
}

#[test]
fn a_proxys_password_is_not_shown() {
    let shown = format!("{:?}", Client::builder().proxy("http://user:hunter2@10.0.0.1:3128"));
    assert!(!shown.contains("hunter2"), "{shown}");
    let error = Client::builder().base_url("//user:hunter2@host").build().expect_err("no address");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

#[tokio::test]
async fn of_an_endless_page_only_the_beginning_is_kept() {
    let (client, _) = server(&http("404 Not Found", "", &format!("<html>{}", "x".repeat(1 << 20)))).await;
    let error = read(&client).await;
    assert_eq!(error.body().map(bytes::Bytes::len), Some(64 * 1_024));
    assert!(error.to_string().len() < 1_000, "{error}");
}

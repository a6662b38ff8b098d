//! What a server sends is bounded: the size of a reply, and size, status and plausibility of the exchange's time.

mod support;

use papi_runtime::{Client, ErrorKind, Notice};
use papi_types::{Quantity, Side, um};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{builder, http, server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn market_order() -> um::NewOrder {
    um::NewOrder::market("BTCUSDT", Side::Buy, "1".parse::<Quantity>().expect("decimal"))
}

/// An empty list, as long as it is wanted.
fn list_of(bytes: usize) -> String {
    format!("[{}]", " ".repeat(bytes - 2))
}

fn chunked(body: &str) -> String {
    let half = body.len() / 2;
    let chunk = |part: &str| format!("{:x}\r\n{part}\r\n", part.len());
    let (first, second) = (chunk(&body[..half]), chunk(&body[half..]));
    format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n{first}{second}0\r\n\r\n")
}

fn until_closed(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}")
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_one_that_was_cut() {
    let with_length = |body: &str| http("200 OK", "", body);
    let ways: [&dyn Fn(&str) -> String; 3] = [&with_length, &chunked, &until_closed];
    for written in ways {
        let (longest, _) = server(&written(&list_of(1_000))).await;
        let client = builder(longest.base_url()).largest_reply(1_000).build().expect("a client");
        assert!(client.send(&um::ForceOrders::new()).await.is_ok());

        let (longer, seen) = server(&written(&list_of(1_001))).await;
        let client = builder(longer.base_url()).largest_reply(1_000).build().expect("a client");
        let error = client.send(&um::ForceOrders::new()).await.expect_err("too long");
        assert_eq!((error.kind(), seen.swap(0, Ordering::SeqCst)), (ErrorKind::Unknown, 2), "{error}");
        assert!(error.to_string().contains("longer than 1000 bytes"), "{error}");
        let error = client.send(&market_order()).await.expect_err("too long");
        assert_eq!((error.kind(), seen.load(Ordering::SeqCst)), (ErrorKind::Unknown, 1), "{error}");
        assert!(error.pending().is_some(), "{error}");
    }
}

#[tokio::test]
async fn a_reply_of_some_megabytes_is_read_and_a_gigabyte_is_not_waited_for() {
    let (client, _) = server(&until_closed(&list_of(8 << 20))).await;
    assert!(client.send(&um::ForceOrders::new()).await.is_ok());
    let (client, _) = server("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n[").await;
    let error = client.send(&market_order()).await.expect_err("too long");
    assert!(error.is_unknown() && error.to_string().contains("longer than 67108864 bytes"), "{error}");
}

/// Sends spaces for as long as anybody reads them; counts them.
async fn endless() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let counter = counter.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 8_192];
                let _ = socket.read(&mut request).await;
                let _ = socket.write_all(until_closed("").as_bytes()).await;
                while socket.write_all(&vec![b' '; 1 << 16]).await.is_ok() {
                    counter.fetch_add(1 << 16, Ordering::SeqCst);
                }
            });
        }
    });
    (url, sent)
}

#[tokio::test]
async fn an_endless_answer_is_read_no_further_than_the_limit() {
    let (url, sent) = endless().await;
    let client = builder(&url).largest_reply(1 << 20).build().expect("a client");
    let error = client.send(&market_order()).await.expect_err("too long");
    assert!(error.is_unknown() && error.to_string().contains("longer than"), "{error}");
    tokio::time::sleep(Duration::from_millis(50)).await;
    let once = sent.load(Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(sent.load(Ordering::SeqCst), once, "the connection is closed");
    // What lies in the buffers of the sockets was sent as well.
    assert!(once < 32 << 20, "{once}");
}

/// A client that asks this address for the time, and what it noticed.
fn asking(url: &str) -> (Client, Arc<Mutex<Vec<String>>>) {
    let notices = Arc::new(Mutex::new(Vec::new()));
    let told = notices.clone();
    let builder = builder(url).time_url(format!("{url}/fapi/v1/time"));
    let client = builder.on_notice(move |notice| {
        assert!(matches!(notice, Notice::ClockUnreachable { .. }), "{notice}");
        told.lock().expect("not poisoned").push(notice.to_string());
    });
    (client.build().expect("a client"), notices)
}

#[tokio::test]
async fn a_time_that_cannot_be_is_refused_with_a_notice() {
    let time = |millis: &str| format!("{{\"serverTime\":{millis}}}");
    let now = time("1792000000000");
    let padded = format!("{now}{}", " ".repeat(1 << 15));
    for (answer, reason) in [
        (http("200 OK", "", &time("0")), "0 cannot be the exchange's time"),
        (http("200 OK", "", &time("-1")), "-1 cannot be"),
        (http("200 OK", "", &time("1792000000")), "1792000000 cannot be"),
        (http("200 OK", "", &time("32503680000000")), "32503680000000 cannot be"),
        (http("200 OK", "", &time("9223372036854775807")), "9223372036854775807 cannot be"),
        (http("500 Internal Server Error", "", &now), "HTTP 500"),
        (http("404 Not Found", "", &now), "HTTP 404"),
        (http("302 Found", "location: /elsewhere\r\n", &now), "HTTP 302"),
        (http("200 OK", "", "{}"), "HTTP 200 without a `serverTime`"),
        (http("200 OK", "", &padded), "an answer of more than 16384 bytes"),
        (until_closed(&padded), "an answer of more than 16384 bytes"),
    ] {
        let (server, _) = server(&answer).await;
        let (client, notices) = asking(server.base_url());
        for _ in 0..2 {
            let error = client.sync_clock().await.expect_err("no time");
            assert!(error.is_not_sent() && error.to_string().contains(reason), "{error}");
        }
        assert_eq!(client.clock_offset(), None, "{reason}");
        let notices = notices.lock().expect("not poisoned").clone();
        assert!(notices.len() == 1 && notices[0].contains(reason), "{notices:?}");
    }
    let (server, _) = server(&http("200 OK", "", &now)).await;
    let (client, notices) = asking(server.base_url());
    assert!(client.sync_clock().await.is_ok() && notices.lock().expect("not poisoned").is_empty());
}

#[tokio::test]
async fn an_endless_time_is_read_no_further_than_its_limit() {
    let (url, sent) = endless().await;
    let (client, _) = asking(&url);
    let error = client.sync_clock().await.expect_err("no time");
    assert!(error.to_string().contains("more than 16384 bytes"), "{error}");
    assert!(sent.load(Ordering::SeqCst) < 32 << 20);
}

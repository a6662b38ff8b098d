//! A call that is polled where no tokio runtime with timers and IO runs is refused with words, and nothing is sent or
//! reserved.

mod support;

use papi_runtime::history::{Period, RowError};
use papi_runtime::{Call, Client, Error, Limits, Patience, Pending, RawCall};
use papi_types::{Method, Quantity, Side, Timestamp, um};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use support::{builder, http};
use tokio::runtime::Builder;

/// All that sends.
const VERBS: [&str; 8] =
    ["send", "send_unchecked", "send_dyn", "send_raw", "settle", "sync_clock", "history", "batches"];

/// The error of a verb; none when it succeeds.
async fn error_of(client: &Client, verb: &str) -> Option<Error> {
    let request = um::ForceOrders::new().symbol("BTCUSDT");
    let history = || client.history(&request, Period::last(Duration::from_secs(60))).expect("a history");
    match verb {
        "send" => client.send(&request).await.err(),
        "send_unchecked" => client.send_unchecked(&request).await.err(),
        "send_dyn" => client.send_dyn(&request).await.err(),
        "send_raw" => client.send_raw(&RawCall::new(Method::Get, "/papi/v1/um/account")).await.err(),
        "settle" => {
            let quantity: Quantity = "0.01".parse().expect("a decimal");
            let order = um::NewOrder::market("BTCUSDT", Side::Buy, quantity).new_client_order_id("mine");
            let pending = Pending::new(&order, Timestamp::from_millis(1_792_000_000_000));
            client.settle(&pending, Patience::default()).await.err()
        }
        "sync_clock" => client.sync_clock().await.err(),
        "history" => match history().next().await? {
            Err(RowError::Ended(error)) => Some(error),
            other => panic!("{other:?}"),
        },
        "batches" => history().into_batches().next().await?.err(),
        other => panic!("no verb {other}"),
    }
}

/// Polls once, as an executor of another kind does.
fn without_tokio<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits, although nothing will wake it"),
    }
}

#[test]
fn every_verb_says_what_is_missing_and_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let time = format!("{url}/fapi/v1/time");
    // There is room for one request and no more.
    let limits = Limits { weight: 20, order_share: Some(0), ..Limits::default() };
    let call = Call { deadline: Duration::ZERO, ..Call::default() };
    let client = builder(&url).time_url(time).limits(limits).defaults(call).build().expect("a client");

    let build = |mut builder: Builder| builder.build().expect("a runtime");
    let bare = build(Builder::new_current_thread());
    let mut with_io = Builder::new_current_thread();
    with_io.enable_io();
    let with_io = build(with_io);
    let mut with_time = Builder::new_current_thread();
    with_time.enable_time();
    let with_time = build(with_time);
    for verb in VERBS {
        let found = [
            ("no tokio runtime", without_tokio(error_of(&client, verb))),
            ("no timers", bare.block_on(error_of(&client, verb))),
            ("no timers", with_io.block_on(error_of(&client, verb))),
            ("no IO", with_time.block_on(error_of(&client, verb))),
        ];
        for (missing, error) in found {
            let error = error.unwrap_or_else(|| panic!("{verb} succeeds with {missing}"));
            let text = error.to_string();
            assert!(error.is_invalid() && error.attempts() == 0, "{verb}: {text}");
            assert!(text.contains(missing) && text.contains("`enable_all`") && text.contains("`blocking`"), "{text}");
        }
    }

    listener.set_nonblocking(true).expect("a listener");
    assert_eq!(listener.accept().expect_err("nobody connected").kind(), ErrorKind::WouldBlock);
    listener.set_nonblocking(false).expect("a listener");
    let server = std::thread::spawn(move || {
        for body in [r#"{"serverTime":1}"#, "[]"] {
            let (mut socket, _) = listener.accept().expect("a connection");
            let _ = socket.read(&mut [0; 8_192]);
            socket.write_all(http("200 OK", "", body).as_bytes()).expect("answered");
        }
    });
    let fit = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let patient = client.with(Call { deadline: Duration::from_secs(5), ..call });
    assert_eq!(fit.block_on(error_of(&patient, "send")).map(|error| error.to_string()), None);
    server.join().expect("a server");
}

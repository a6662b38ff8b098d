//! The sandbox over real sockets: it starts, answers, keeps to loopback, and stops.

#![allow(clippy::unwrap_used)]

mod support;

use papi_sandbox::{Limits, Metering, Sandbox, StartError};
use papi_types::Clock as _;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;
use support::{HandClock, Until, request, send, signed, talk};
use tokio::net::TcpStream;

const NOW: i64 = 1_790_000_012_345;

#[tokio::test]
async fn it_answers_and_remembers_what_it_was_asked() {
    let clock = Arc::new(HandClock::at(NOW));
    let sandbox = Sandbox::builder().clock(clock.clone()).seed(3).start().await.unwrap();
    assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));

    let time = send(sandbox.addr(), "GET", "/fapi/v1/time", "").await;
    assert_eq!((time.status, time.body.as_str()), (200, r#"{"serverTime":1790000012345}"#));
    assert_eq!(time.header("X-MBX-USED-WEIGHT-1M"), Some("0"));

    let target = signed("/papi/v1/um/forceOrders", "symbol=BTCUSDT", clock.now());
    let rows = send(sandbox.addr(), "GET", &target, "").await;
    assert_eq!(rows.status, 200, "{}", rows.body);
    assert!(rows.body.starts_with(r#"[{"orderId":"#) && rows.body.contains(r#""symbol":"BTCUSDT""#), "{}", rows.body);
    assert_eq!(rows.header("x-mbx-used-weight-1m"), Some("20"));
    assert!(rows.header("content-type").unwrap().starts_with("application/json"));

    let requests = sandbox.requests();
    assert_eq!((requests.total(), requests.count("GET", "/fapi/v1/time")), (1, 1));
    assert_eq!(requests.count("GET", "/papi/v1/um/forceOrders"), 1);
    let last = requests.seen().next_back().unwrap();
    assert!(target.ends_with(last.query()));
    sandbox.shutdown().await;
}

#[tokio::test]
async fn orders_are_accepted_over_the_wire() {
    let clock = Arc::new(HandClock::at(NOW));
    let sandbox = Sandbox::builder().clock(clock.clone()).start().await.unwrap();
    let params = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.5&newClientOrderId=one";
    let placed = send(sandbox.addr(), "POST", &signed("/papi/v1/um/order", params, clock.now()), "").await;
    assert_eq!(placed.status, 200, "{}", placed.body);
    assert_eq!(placed.header("x-mbx-order-count-1m"), Some("1"));
    assert_eq!(sandbox.orders()[0].client_order_id, "one");
    assert_eq!(sandbox.executions()["one"], 1);

    // The same request, later: its stamp is too old by then, and the signature does not save it.
    let stale = signed("/papi/v1/um/order", params, clock.now());
    clock.advance(5_001);
    let refused = send(sandbox.addr(), "POST", &stale, "").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.body, r#"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#);
}

#[tokio::test]
async fn limits_hold_over_the_wire() {
    let clock = Arc::new(HandClock::at(NOW));
    let limits = Limits { weight: 50, ..Limits::default() };
    let sandbox = Sandbox::builder().clock(clock.clone()).limits(limits).start().await.unwrap();
    let ask = || signed("/papi/v1/um/forceOrders", "", clock.now());
    assert_eq!(send(sandbox.addr(), "GET", &ask(), "").await.status, 200);
    let refused = send(sandbox.addr(), "GET", &ask(), "").await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    clock.advance(wait * 1_000);
    assert_eq!(send(sandbox.addr(), "GET", &ask(), "").await.status, 200);
}

#[tokio::test]
async fn the_exchange_has_a_clock_that_may_be_wrong() {
    let clock = Arc::new(HandClock::at(NOW));
    let sandbox = Sandbox::builder().clock(clock.clone()).skew(-1_500).start().await.unwrap();
    let time = send(sandbox.addr(), "GET", "/fapi/v1/time", "").await;
    assert_eq!(time.body, r#"{"serverTime":1790000010845}"#);
    let ahead = send(sandbox.addr(), "GET", &signed("/papi/v1/balance", "", clock.now()), "").await;
    assert_eq!((ahead.status, ahead.body.contains("ahead of the server's time")), (400, true), "{}", ahead.body);
    let then = papi_types::Timestamp::from_millis(NOW - 1_500);
    assert_eq!(send(sandbox.addr(), "GET", &signed("/papi/v1/balance", "", then), "").await.status, 200);
}

#[tokio::test]
async fn a_rolling_window_of_any_length_is_metered() {
    let clock = Arc::new(HandClock::at(NOW));
    let window = Duration::from_secs(6);
    let limits = Limits { weight: 100, window, metering: Metering::Rolling, ..Limits::default() };
    let sandbox = Sandbox::builder().clock(clock.clone()).limits(limits).start().await.unwrap();
    let mut statuses = Vec::new();
    for step in [0, 2_500, 2_500, 4_000] {
        clock.advance(step);
        let answer = send(sandbox.addr(), "GET", &signed("/papi/v1/um/forceOrders", "", clock.now()), "").await;
        statuses.push((answer.status, answer.header("retry-after").map(str::to_owned)));
    }
    // What was refused counts as well, so both others must go.
    assert_eq!(statuses, [(200, None), (200, None), (429, Some("4".to_owned())), (200, None)]);
    assert_eq!((sandbox.usage().peak_weight, sandbox.usage().throttled), (150, 1));
}

#[tokio::test]
async fn addresses_that_others_can_reach_are_refused() {
    for addr in ["0.0.0.0:0", "192.168.1.2:8080", "[::]:0"] {
        let error = Sandbox::builder().addr(addr.parse().unwrap()).start().await.unwrap_err();
        assert!(matches!(error, StartError::NotLoopback(_)), "{addr}: {error}");
        assert!(error.to_string().contains("loopback"), "{error}");
    }
}

#[tokio::test]
async fn a_taken_port_and_an_impossible_key_are_told() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let taken = Sandbox::builder().addr(sandbox.addr()).start().await.unwrap_err();
    assert!(matches!(taken, StartError::Bind { .. }) && taken.source().is_some());
    let key = Sandbox::builder().credentials("short", "secret").start().await.unwrap_err();
    assert!(matches!(key, StartError::KeyFormat));
}

#[tokio::test]
async fn it_stops_when_told_and_when_dropped() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let addr = sandbox.addr();
    // A connection that is merely open must not hold it up.
    let _idle = TcpStream::connect(addr).await.unwrap();
    sandbox.shutdown().await;
    assert!(TcpStream::connect(addr).await.is_err());

    let sandbox = Sandbox::builder().start().await.unwrap();
    let addr = sandbox.addr();
    drop(sandbox);
    let mut tries = 0;
    while TcpStream::connect(addr).await.is_ok() {
        tries += 1;
        assert!(tries < 500, "still listening");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn it_tells_of_itself_only_under_the_name_of_this_machine() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let ask = async |method: &str, path: &str, host: &str| {
        let body = if method == "POST" { r#""lost""# } else { "" };
        let text = request(method, path, "connection: close\r\n", body).replace("host: localhost\r\n", host);
        talk(sandbox.addr(), &text, Until::End).await.0.unwrap().status
    };
    for host in [
        "host: evil.example\r\n",
        "host: localhost.evil.example:80\r\n",
        "host: 10.0.0.1\r\n",
        "host: \r\n",
        "host: sandbox\r\n",
    ] {
        for (method, path) in [("GET", "/sandbox/journal"), ("POST", "/sandbox/faults"), ("DELETE", "/sandbox/faults")]
        {
            assert_eq!(ask(method, path, host).await, 403, "{method} {path} {host}");
        }
        assert_eq!(ask("GET", "/fapi/v1/time", host).await, 200, "the exchange itself is open to all names");
    }
    for host in ["host: localhost\r\n", "host: 127.0.0.1:8080\r\n", "host: [::1]:8080\r\n"] {
        assert_eq!(ask("GET", "/sandbox/journal", host).await, 200, "{host}");
    }
}

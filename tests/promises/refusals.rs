//! Every refusal of the exchange reaches the caller with its code and message, and with what to check.

use binance_papi::{Access, Client, Effect, Error, ErrorCode, ErrorKind, Limits, Method, RawCall, Timestamp, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox, StartError};
use papi_tests::{HandClock, NOON, World};
use std::time::Duration;

async fn refused(client: &Client, params: &[(&str, &str)]) -> Error {
    let mut call = RawCall::new(Method::Get, "/papi/v1/um/forceOrders").access(Access::UserData).effect(Effect::Read);
    for (name, value) in params {
        call = call.param(name, value);
    }
    let error = client.send_raw(&call).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    error
}

#[tokio::test]
async fn key_secret_and_clock() {
    let world = World::new().await;
    let request = um::ForceOrders::new();
    let of = |client: Client| async move { client.send(&um::ForceOrders::new()).await.expect_err("refused") };

    let unknown_key = of(world.client_as(&"a".repeat(64), DEMO_SECRET)).await;
    assert_eq!((unknown_key.status(), unknown_key.code()), (Some(401), Some(ErrorCode::REJECTED_MBX_KEY)));
    assert!(unknown_key.advice().is_some_and(|advice| advice.contains("Portfolio Margin permission")));
    let malformed_key = of(world.client_as("short", DEMO_SECRET)).await;
    assert_eq!((malformed_key.status(), malformed_key.code()), (Some(401), Some(ErrorCode::BAD_API_KEY_FMT)));
    let wrong_secret = of(world.client_as(DEMO_KEY, "not-the-secret")).await;
    assert_eq!((wrong_secret.status(), wrong_secret.code()), (Some(400), Some(ErrorCode::INVALID_SIGNATURE)));
    assert_eq!(wrong_secret.message(), Some("Signature for this request is not valid."));
    assert!(wrong_secret.advice().is_some());

    for (offset, message) in [(-10_000, "outside of the recvWindow"), (10_000, "ahead of the server's time")] {
        let clock = HandClock::at(Timestamp::from_millis(NOON.as_millis() + offset));
        let credentials = binance_papi::Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
        let client = Client::builder().base_url(world.sandbox.base_url()).credentials(credentials).clock(clock);
        let error = client.trust_clock().build().expect("a client").send(&request).await.expect_err("refused");
        assert_eq!(error.code(), Some(ErrorCode::INVALID_TIMESTAMP), "{error}");
        assert!(error.message().is_some_and(|text| text.contains(message)), "{error}");
        assert!(error.advice().is_some_and(|advice| advice.contains("clock")));
    }
}

#[tokio::test]
async fn parameters() {
    let world = World::new().await;
    let client = world.client();
    let ago = [1, 2, 9, 91, 92].map(|days: i64| (NOON.as_millis() - days * 86_400_000).to_string());
    let [yesterday, the_day_before, long_ago, too_old, ancient] = &ago;
    let cases: [(&[(&str, &str)], i64); 8] = [
        (&[("limit", "101")], -1130),
        (&[("limit", "many")], -1130),
        (&[("symbol", "")], -1105),
        (&[("colour", "red")], -1104),
        (&[("symbol", "BTCUSDT"), ("symbol", "ETHUSDT")], -1101),
        (&[("startTime", yesterday), ("endTime", the_day_before)], -1023),
        (&[("startTime", long_ago), ("endTime", yesterday)], -1127),
        (&[("startTime", ancient), ("endTime", too_old)], -4165),
    ];
    for (params, code) in cases {
        assert_eq!(refused(&client, params).await.code(), Some(ErrorCode::new(code)), "{params:?}");
    }
    let order = RawCall::new(Method::Post, "/papi/v1/um/order").access(Access::Trade).param("symbol", "BTCUSDT");
    let error = client.send_raw(&order.param("type", "MARKET").param("quantity", "1")).await.expect_err("no side");
    assert_eq!(error.code(), Some(ErrorCode::MANDATORY_PARAM_EMPTY_OR_MALFORMED), "{error}");
    assert!(error.message().is_some_and(|text| text.contains("'side'")), "{error}");
}

#[tokio::test]
async fn unknown_paths_are_rejected() {
    let world = World::new().await;
    let call = RawCall::new(Method::Get, "/papi/v1/um/conditional/openOrders").effect(Effect::Read);
    let error = world.client().send_raw(&call).await.expect_err("gone");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Rejected, Some(404)));
}

#[tokio::test]
async fn too_much_weight_is_429_and_going_on_is_418() {
    let limits = papi_sandbox::Limits { weight: 100, ..papi_sandbox::Limits::default() };
    let world = World::with_limits(limits).await;
    let credentials = || binance_papi::Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    // A client that believes in the documented limit, and asks once.
    let stubborn = || {
        let call = binance_papi::Call { attempts: 1, ..binance_papi::Call::default() };
        let builder = Client::builder().base_url(world.sandbox.base_url()).clock(world.clock.clone());
        builder.credentials(credentials()).defaults(call).limits(Limits::default()).build().expect("a client")
    };
    for _ in 0..2 {
        stubborn().send(&um::ForceOrders::new()).await.expect("50 each");
    }
    let error = stubborn().send(&um::ForceOrders::new()).await.expect_err("over the limit");
    assert_eq!(error.code(), Some(ErrorCode::TOO_MANY_REQUESTS));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Throttled, Some(429)));
    assert!(error.retry_after().is_some_and(|until| until.since(NOON) <= Duration::from_secs(60)));
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.extend(stubborn().send(&um::ForceOrders::new()).await.expect_err("closed").status());
    }
    assert_eq!((statuses.first(), statuses.last()), (Some(&429), Some(&418)));
    let banned = stubborn().send(&um::ForceOrders::new()).await.expect_err("banned");
    assert!(banned.retry_after().is_some_and(|until| until.since(NOON) >= Duration::from_secs(120)), "{banned}");
}

#[tokio::test]
async fn a_public_address_is_refused() {
    let error = Sandbox::builder().addr(([0, 0, 0, 0], 0).into()).start().await.expect_err("public");
    assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
}

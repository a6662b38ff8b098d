//! Pins what goes over the wire: request line, headers, body, for signed, keyed, bare and raw calls.

use papi_runtime::{Call, Client, Credentials, RawCall};
use papi_types::{
    Access, Clock, Effect, Method, Price, Quantity, Side, TimeInForce, Timestamp, cm, margin, market, um,
};
use std::sync::Arc;
use std::time::Duration;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const KEY: &str = "22BjeOROKiXJ3NxbR3zjh3uoGcaflPu3VMyBXAg8Jj2J1xVSnY0eB4dzacdE9IWn";
const SECRET: &str = "YtP1BudNOWZE1ag5uzCkh4hIC7qSmQOu797r5EJBFGhxBYivjj8HIX0iiiPof5yG";

#[derive(Debug)]
struct SetClock;

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_792_000_000_000)
    }
}

async fn server(body: &str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let reply =
        ResponseTemplate::new(200).set_body_raw(body, "application/json").insert_header("X-MBX-USED-WEIGHT-1M", "321");
    Mock::given(any()).respond_with(reply).mount(&server).await;
    let credentials = Credentials::new(KEY, SECRET).expect("plain text");
    let client = Client::builder()
        .base_url(server.uri())
        .credentials(credentials)
        .clock(Arc::new(SetClock))
        .trust_clock()
        .build();
    (server, client.expect("a client"))
}

/// Request line and our headers, one a line; the signature's digits replaced, because its value has tests of its own.
fn wire(request: &Request) -> String {
    let mut line = format!("{} {}", request.method, request.url.path());
    if let Some(query) = request.url.query() {
        line.push('?');
        match query.split_once("&signature=") {
            Some((before, signature)) => {
                let digits = signature.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(signature.len() == 64 && digits, "64 hex digits, and nothing after them: {signature}");
                line.push_str(before);
                line.push_str("&signature=64-hex");
            }
            None => line.push_str(query),
        }
    }
    assert!(request.body.is_empty(), "parameters go into the query, always");
    for name in ["x-mbx-apikey", "content-type", "content-length", "authorization", "cookie"] {
        if let Some(value) = request.headers.get(name) {
            line.push_str(&format!("\n{name}: {}", value.to_str().expect("text")));
        }
    }
    line
}

async fn only_request(server: &MockServer) -> String {
    let requests = server.received_requests().await.expect("recording");
    assert_eq!(requests.len(), 1);
    wire(&requests[0])
}

#[tokio::test]
async fn a_signed_read() {
    let (server, client) = server("[]").await;
    let request = um::ForceOrders::new().symbol("币安人生USDT").start_time(client.now()).limit(5);
    let reply = client.send(&request).await.expect("an answer");
    assert_eq!((reply.meta.status, reply.meta.used_weight, reply.meta.attempts), (200, Some(321), 1));
    assert_eq!(
        only_request(&server).await,
        format!(
            "GET /papi/v1/um/forceOrders?symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&startTime=1792000000000&limit=5\
             &recvWindow=5000&timestamp=1792000000000&signature=64-hex\nx-mbx-apikey: {KEY}"
        )
    );
}

#[tokio::test]
async fn an_order_goes_in_the_query_of_a_post() {
    let (server, client) = server(um::NewOrder::INFO.examples[0]).await;
    let (quantity, price): (Quantity, Price) =
        ("0.010".parse().expect("decimal"), "20000.10".parse().expect("decimal"));
    let order =
        um::NewOrder::limit("BTCUSDT", Side::Buy, quantity, price, TimeInForce::Gtc).new_client_order_id("desk:7/a");
    let call = Call { recv_window: Duration::from_millis(2_500), ..Call::default() };
    let reply = client.with(call).send(&order).await.expect("an answer");
    assert_eq!(reply.data.client_order_id, "testOrder");
    assert_eq!(
        only_request(&server).await,
        format!(
            "POST /papi/v1/um/order?symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=20000.10\
             &newClientOrderId=desk%3A7%2Fa&recvWindow=2500&timestamp=1792000000000&signature=64-hex\
             \nx-mbx-apikey: {KEY}\ncontent-length: 0"
        )
    );
}

#[tokio::test]
async fn every_time_goes_out_in_milliseconds() {
    let (server, client) = server("[]").await;
    let start = Timestamp::from_millis(1_791_999_999_999);
    let request = um::AllOrders::new("BTCUSDT").start_time(start).end_time(client.now());
    client.send(&request).await.expect("an answer");
    assert_eq!(
        only_request(&server).await,
        format!(
            "GET /papi/v1/um/allOrders?symbol=BTCUSDT&startTime=1791999999999&endTime=1792000000000\
             &recvWindow=5000&timestamp=1792000000000&signature=64-hex\nx-mbx-apikey: {KEY}"
        )
    );
}

#[tokio::test]
async fn siblings_differ_by_their_specs_only() {
    let (server, client) = server("[]").await;
    client.send(&cm::ForceOrders::new().symbol("BTCUSD_PERP").auto_close_type("ADL")).await.expect("an answer");
    let expected = "GET /papi/v1/cm/forceOrders?symbol=BTCUSD_PERP&autoCloseType=ADL&recvWindow=5000";
    assert!(only_request(&server).await.starts_with(expected));
    let (server, client) = self::server(r#"{"rows":[],"total":0}"#).await;
    client.send(&margin::ForceOrders::new().current(2).size(100)).await.expect("an answer");
    let expected = "GET /papi/v1/margin/forceOrders?current=2&size=100&recvWindow=5000";
    assert!(only_request(&server).await.starts_with(expected));
}

#[tokio::test]
async fn raw_calls_by_access() {
    let cases = [
        (Access::None, "PUT /papi/v1/new?a=b%20c\ncontent-length: 0".to_owned()),
        (Access::UserStream, format!("PUT /papi/v1/new?a=b%20c\nx-mbx-apikey: {KEY}\ncontent-length: 0")),
        (
            Access::Trade,
            format!(
                "PUT /papi/v1/new?a=b%20c&recvWindow=5000&timestamp=1792000000000&signature=64-hex\
                 \nx-mbx-apikey: {KEY}\ncontent-length: 0"
            ),
        ),
    ];
    for (access, expected) in cases {
        let (server, client) = server("whatever").await;
        let call = RawCall::new(Method::Put, "/papi/v1/new").param("a", "b c").access(access).effect(Effect::Once);
        assert_eq!(&client.send_raw(&call).await.expect("an answer").data[..], b"whatever");
        assert_eq!(only_request(&server).await, expected);
    }
}

#[tokio::test]
async fn what_was_signed_is_what_was_sent() {
    let (server, client) = server("[]").await;
    client.send(&um::ForceOrders::new().symbol("A+B /?&=#%~ü")).await.expect("an answer");
    let requests = server.received_requests().await.expect("recording");
    let query = requests[0].url.query().expect("a query");
    let (payload, signature) = query.split_once("&signature=").expect("signed");
    assert!(payload.starts_with("symbol=A%2BB%20%2F%3F%26%3D%23%25~%C3%BC&recvWindow="), "{payload}");
    let mut mac = <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(SECRET.as_bytes()).expect("any length");
    hmac::Mac::update(&mut mac, payload.as_bytes());
    let expected: String = hmac::Mac::finalize(mac).into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(signature, expected);
}

#[tokio::test]
async fn the_user_agent_says_who_calls() {
    let (server, client) = server("{}").await;
    client.send(&market::Ping::new()).await.expect("an answer");
    let named = Client::builder().base_url(server.uri()).user_agent("my-bot/1.0").build().expect("a client");
    named.send(&market::Ping::new()).await.expect("an answer");
    let requests = server.received_requests().await.expect("recording");
    let said: Vec<_> = requests.iter().map(|request| request.headers["user-agent"].to_str().expect("text")).collect();
    assert_eq!(said, [concat!("binance-papi/", env!("CARGO_PKG_VERSION")), "my-bot/1.0"]);
}

#[tokio::test]
async fn a_call_has_the_options_of_the_builder_unless_it_has_its_own() {
    let (server, client) = server("[]").await;
    let seconds = |seconds| Call { recv_window: Duration::from_secs(seconds), ..Call::default() };
    let credentials = Credentials::new(KEY, SECRET).expect("plain text");
    let builder = Client::builder().base_url(server.uri()).credentials(credentials).trust_clock();
    let strict = builder.defaults(seconds(1)).build().expect("a client");
    for client in [&client, &strict, &strict.with(seconds(2))] {
        client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await.expect("an answer");
    }
    let requests = server.received_requests().await.expect("recording");
    let sent = |request: &Request| wire(request).split('&').nth(1).map(str::to_owned);
    assert_eq!(
        requests.iter().filter_map(sent).collect::<Vec<_>>(),
        ["recvWindow=5000", "recvWindow=1000", "recvWindow=2000"]
    );
}

//! What the exchange counts: requests, executions, weight, and what it counts apart.

use super::*;

const MARKET: &str = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1";
const LIMIT: &str = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC";

#[test]
fn asking_for_the_time_is_counted_apart() {
    let mut exchange = exchange(Limits::default());
    for _ in 0..3 {
        ask(&mut exchange, "GET", "/fapi/v1/time", "");
    }
    ask(&mut exchange, "GET", "/papi/v1/ping", "");
    assert_eq!((exchange.requests.count("GET", "/fapi/v1/time"), exchange.requests.total()), (3, 1));
    assert_eq!(exchange.requests.seen().map(SeenRequest::path).collect::<Vec<_>>(), ["/papi/v1/ping"]);
    assert_eq!(exchange.meter.usage.total_weight, 1);
}

#[test]
fn requests_are_counted_by_the_client_id_they_would_place_something_under() {
    let mut exchange = exchange(Limits::default());
    for quantity in ["1", "0"] {
        ask(&mut exchange, "POST", UM_ORDER, &format!("{MARKET}&newClientOrderId=a&quantity={quantity}"));
    }
    ask(&mut exchange, "GET", UM_ORDER, "symbol=BTCUSDT&origClientOrderId=a");
    let oco = "symbol=BTCUSDT&side=SELL&quantity=1&price=3&stopPrice=2&listClientOrderId=b&limitClientOrderId=c";
    ask(&mut exchange, "POST", "/papi/v1/margin/order/oco", oco);
    let algo = "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1&triggerPrice=2&clientAlgoId=d";
    ask(&mut exchange, "POST", "/papi/v1/um/algo/order", algo);
    let of = ["a", "b", "c", "d", "e"].map(|client_id| exchange.requests.of_client_id(client_id));
    assert_eq!(of, [2, 1, 1, 1, 0]);
}

#[test]
fn what_changed_something_is_counted_and_what_was_refused_or_read_is_not() {
    let mut exchange = exchange(Limits::default());
    for (method, path, params) in [
        ("POST", UM_ORDER, &*format!("{LIMIT}&newClientOrderId=a")),
        ("POST", UM_ORDER, &*format!("{LIMIT}&newClientOrderId=a")),
        ("GET", UM_ORDER, "symbol=BTCUSDT&origClientOrderId=a"),
        ("DELETE", UM_ORDER, "symbol=BTCUSDT&origClientOrderId=a"),
        ("DELETE", UM_ORDER, "symbol=BTCUSDT&origClientOrderId=a"),
        ("POST", "/papi/v1/um/leverage", "symbol=BTCUSDT&leverage=3"),
        ("POST", "/papi/v1/marginLoan", "asset=USDT&amount=1"),
        ("POST", "/papi/v1/marginLoan", "asset=USDT&amount=1"),
    ] {
        ask(&mut exchange, method, path, params);
    }
    let counted = |method, path| (exchange.requests.count(method, path), exchange.requests.executed(method, path));
    assert_eq!(counted("POST", UM_ORDER), (2, 1));
    assert_eq!(counted("GET", UM_ORDER), (1, 0));
    assert_eq!(counted("DELETE", UM_ORDER), (2, 1));
    assert_eq!(counted("POST", "/papi/v1/um/leverage"), (1, 1));
    assert_eq!(counted("POST", "/papi/v1/marginLoan"), (2, 2));
}

#[test]
fn answers_that_slow_down_are_counted() {
    let mut exchange = exchange(Limits { weight: 5, ..Limits::default() });
    for _ in 0..17 {
        ask(&mut exchange, "GET", "/papi/v1/ping", "");
    }
    let usage = exchange.meter.usage;
    assert_eq!((usage.throttled, usage.banned, usage.peak_weight, usage.total_weight), (10, 2, 17, 17));
}

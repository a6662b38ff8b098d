//! What the sandbox answers about itself.

use super::*;

fn control(exchange: &mut Exchange, method: &str, path: &str, body: &str) -> (u16, Value) {
    let raw = RawRequest { method: method.into(), path: path.into(), body: body.into(), ..RawRequest::default() };
    let answer = crate::control::answer(exchange, &raw, Timestamp::from_millis(NOW));
    assert_eq!(answer.headers, [], "no weight is told");
    (answer.status, super::body(&answer))
}

#[test]
fn faults_are_added_listed_and_cleared() {
    let mut exchange = exchange(Limits::default());
    let mut ask = |method, body| control(&mut exchange, method, "/sandbox/faults", body);
    let (status, listed) = ask("POST", r#"["bad-json", {"fault": "429", "method": "get", "times": "always"}]"#);
    let expected =
        serde_json::json!([{"fault": "bad-json", "times": 1}, {"fault": "429", "method": "GET", "times": "always"}]);
    assert_eq!((status, &listed), (200, &expected));
    assert_eq!(ask("POST", r#""lost""#).1.as_array().map(Vec::len), Some(3));
    let (status, wrong) = ask("POST", r#"["lost", "no such"]"#);
    assert_eq!(status, 400);
    assert!(wrong["error"].as_str().unwrap().starts_with("fault 2 of the list: no fault is named"), "{wrong}");
    assert_eq!(ask("GET", "").1.as_array().map(Vec::len), Some(3), "of a script with a mistake nothing is added");
    assert_eq!(ask("DELETE", "").1, serde_json::json!([]));
    assert_eq!(ask("PUT", "").0, 405);
    assert_eq!(control(&mut exchange, "GET", "/sandbox/nothing", "").0, 404);
    assert_eq!((exchange.requests.total(), exchange.meter.usage.total_weight), (0, 0));
}

#[test]
fn the_journal_tells_requests_and_executions() {
    let mut exchange = exchange(Limits::default());
    let order = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=GTC&newClientOrderId=a";
    control(&mut exchange, "POST", "/sandbox/faults", r#"{"fault": "503-unavailable", "times": 2}"#);
    for _ in 0..3 {
        ask(&mut exchange, "POST", UM_ORDER, order);
    }
    ask(&mut exchange, "GET", "/fapi/v1/time", "");
    let (status, journal) = control(&mut exchange, "GET", "/sandbox/journal", "");
    let expected = serde_json::json!({
        "total": 3,
        "calls": [
            {"method": "GET", "path": "/fapi/v1/time", "requests": 1, "executed": 0},
            {"method": "POST", "path": UM_ORDER, "requests": 3, "executed": 1},
        ],
        "client_order_ids": {"a": {"requests": 3, "executions": 1}},
        "usage": {"peak_weight": 1, "peak_orders": 1, "total_weight": 1, "throttled": 0, "banned": 0},
    });
    assert_eq!((status, journal), (200, expected));
}

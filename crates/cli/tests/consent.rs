//! What changes something on a real exchange is shown first and needs a yes; the addresses here lead nowhere.

mod common;

use common::{Canned, papi, papi_with_key};

const ORDER: &[&str] =
    &["um", "new-order", "--symbol", "BTCUSDT", "--side", "BUY", "--type", "MARKET", "--quantity", "1"];

/// This machine, under a name that is no loopback address; no program listens on that port.
const ELSEWHERE: &str = "https://0.0.0.0:1";

#[test]
fn without_a_yes_it_is_shown_and_refused() {
    let shown = [
        "POST /papi/v1/um/order at example.invalid",
        "symbol            BTCUSDT",
        "quantity          1",
        "newClientOrderId",
        "--yes",
    ];
    let run = papi_with_key(&[ORDER, &["--base-url", "https://example.invalid"]].concat()).expect(2, &shown);
    assert_eq!(run.stdout, "");
    let call = ["call", "POST", "um/order", "symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=1"];
    papi_with_key(&[&call[..], &["--base-url", "https://example.invalid"]].concat()).expect(2, &shown);
}

#[test]
fn a_raw_call_acts_until_told_otherwise() {
    let raw = ["call", "GET", "um/something", "--raw", "--attempts", "1", "--base-url", ELSEWHERE];
    papi_with_key(&raw).expect(2, &["GET /papi/v1/um/something at 0.0.0.0", "effect once", "--yes"]);
    papi_with_key(&[&raw[..], &["--effect", "read"]].concat()).expect(3, &["no connection"]);
}

#[test]
fn with_a_yes_it_is_shown_and_leaves() {
    let run = papi_with_key(&[ORDER, &["--base-url", ELSEWHERE, "--yes", "--attempts", "1"]].concat());
    run.expect(3, &["POST /papi/v1/um/order at 0.0.0.0", "symbol            BTCUSDT", "no connection to the exchange"]);
}

#[test]
fn reading_needs_no_yes() {
    let run = papi_with_key(&["um", "force-orders", "--base-url", ELSEWHERE, "--attempts", "1"]);
    run.expect(3, &["no connection to the exchange"]);
}

#[test]
fn loopback_needs_no_yes() {
    papi(&[ORDER, &["--sandbox"]].concat()).expect(0, &[]);
    let server = Canned::answering("400 Bad Request", r#"{"code":-2010,"msg":"NEW_ORDER_REJECTED"}"#);
    papi_with_key(&[ORDER, &["--base-url", &server.url]].concat()).expect(4, &["-2010"]);
    assert_eq!(server.requests(), 1);
}

#[test]
fn unchecked_is_confirmed_as_ever() {
    let run = papi_with_key(&[ORDER, &["--unchecked", "--base-url", "https://example.invalid"]].concat());
    run.expect(2, &["POST /papi/v1/um/order at example.invalid", "changes something", "--yes"]);
}

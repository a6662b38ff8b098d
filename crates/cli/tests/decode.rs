//! `papi decode`: what it prints comes from the typed value, what it cannot read it says.

mod common;

use common::{command, end_of, papi};
use std::io::Write as _;
use std::process::Stdio;

const ROW: &str = r#"{"orderId":1,"symbol":"BTCUSDT","status":"FILLED","clientOrderId":"autoclose-1","price":"1.10","avgPrice":"1.10000","origQty":"1","executedQty":"1","cumQuote":"1.1","timeInForce":"IOC","type":"LIMIT","reduceOnly":false,"side":"SELL","positionSide":"BOTH","origType":"LIMIT","time":1,"updateTime":2}"#;

fn decode(body: &str, more: &[&str]) -> common::Run {
    let args = [&["decode", "GET", "um/forceOrders"], more].concat();
    let mut child = command(&args).stdin(Stdio::piped()).spawn().expect("the program starts");
    child.stdin.take().expect("piped").write_all(body.as_bytes()).expect("written");
    end_of(child)
}

#[test]
fn a_reply_is_printed_from_its_typed_value() {
    let lenient =
        ROW.replace("\"orderId\":1", "\"orderId\":\"1\"").replace("\"reduceOnly\":false", "\"reduceOnly\":\"false\"");
    let run = decode(&format!("[{lenient}]"), &[]).expect(0, &[]);
    assert_eq!(run.stdout, format!("[{ROW}]\n"));
    decode("[]", &["--format", "csv"]).expect(0, &["no rows"]);
}

#[test]
fn good_rows_are_printed_and_bad_ones_said() {
    let bad = ROW.replace("\"1.10\"", "\"much\"");
    let run = decode(&format!("[{ROW},{bad},{ROW}]"), &[]);
    let run = run.expect(
        7,
        &["bad row: 1 at [1].price: expected a decimal number, found \"much\"", "1 of the rows do not read"],
    );
    assert_eq!(run.stdout, format!("[{ROW},{ROW}]\n"));
}

#[test]
fn what_is_no_reply_is_said_with_its_place() {
    decode("<html>", &[]).expect(7, &["not what the endpoint is documented to answer: at .: expected value"]);
    decode("", &[]).expect(7, &["at .: EOF"]);
    papi(&["decode", "GET", "um/forceOrders", "no-such-file.json"]).expect(2, &["no-such-file.json cannot be read"]);
    papi(&["decode", "GET", "um/nothing"]).expect(2, &["is not an endpoint that this version knows"]);
}

#[test]
fn strict_tells_what_is_new() {
    let new = ROW.replace("\"FILLED\"", "\"HALF\"").replacen('{', "{\"brandNew\":7,", 1);
    let body = format!("[{new}]");
    decode(&body, &[]).expect(0, &[]);
    let said =
        ["unknown field at [0].brandNew: 7", "unknown word at [0].status: \"HALF\"", "2 fields or words are unknown"];
    decode(&body, &["--strict"]).expect(7, &said);
    decode(&format!("[{ROW}]"), &["--strict"]).expect(0, &[]);
}

#[test]
fn a_call_that_is_gone_names_its_replacement() {
    let said = [
        "took GET /papi/v1/um/conditional/openOrders away on 2026-04-28",
        "call GET /papi/v1/um/algo/openAlgoOrders instead",
    ];
    papi(&["call", "GET", "um/conditional/openOrders"]).expect(2, &said);
    let run = papi(&["endpoints", "conditional/openOrders", "--format", "json"]).expect(0, &[]);
    assert!(
        run.stdout.contains(r#""retired":{"since":"2026-04-28","instead":"GET /papi/v1/um/algo/openAlgoOrders"}"#),
        "{}",
        run.stdout
    );
}

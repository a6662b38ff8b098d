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

fn decode_event(json: &str, more: &[&str]) -> common::Run {
    let mut child = command(&[&["decode", "event"], more].concat()).stdin(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("piped").write_all(json.as_bytes()).expect("written");
    end_of(child)
}

const EVENT: &str = r#"{"e":"ACCOUNT_UPDATE","T":1727308800658,"E":1727308800841,"fs":"UM","a":{"B":[{"a":"USDT","wb":"1","cw":"1","bc":"0"}],"P":[],"m":"ORDER"}}"#;

#[test]
fn an_event_is_printed_from_its_typed_value() {
    let lenient = EVENT.replace("\"E\":1727308800841", "\"E\":\"1727308800841\"").replace("\"wb\":\"1\"", "\"wb\":1");
    let run = decode_event(&lenient, &[]).expect(0, &[]);
    assert_eq!(run.stdout, format!("{EVENT}\n"));
    assert_eq!(run.stderr, "");
    let run = decode_event(EVENT, &["-", "--format", "records"]).expect(0, &[]);
    assert!(run.stdout.contains("2024-09-26T00:00:00.841Z"), "{}", run.stdout);
    decode_event(EVENT, &["--columns", "e,nothing"]).expect(2, &["nothing"]);
}

#[test]
fn an_event_that_nobody_knows_is_printed_with_a_note() {
    let json = r#"{"e":"uniMMRDrop","E":1792000000001,"level":[1.50]}"#;
    let run = decode_event(json, &[]).expect(0, &["note: this version does not know the event \"uniMMRDrop\""]);
    assert_eq!(run.stdout, format!("{json}\n"));
    decode_event(json, &["--strict"]).expect(7, &["unknown word at e: \"uniMMRDrop\""]);
}

#[test]
fn a_malformed_event_says_where() {
    let misfit = "the event is not what its page says: at ";
    decode_event(&EVENT.replace("\"bc\":\"0\"", "\"bc\":\"much\""), &[]).expect(7, &["at a.B[0].bc", "do not read"]);
    decode_event(&EVENT.replace("\"fs\":\"UM\"", "\"fs\":{}"), &[]).expect(7, &[misfit, "fs: expected a text"]);
    decode_event("{\"E\":1}", &[]).expect(7, &[misfit, "missing field `e`"]);
    decode_event("", &[]).expect(7, &[misfit, "EOF"]);
    papi(&["decode", "event", "no-such-file.json"]).expect(2, &["no-such-file.json cannot be read"]);
    papi(&["decode", "GET"]).expect(2, &["<PATH>"]);
}

#[test]
fn strict_tells_what_is_new_in_an_event() {
    let new = EVENT.replace("\"ORDER\"", "\"GIFT\",\"x\":7");
    decode_event(&new, &[]).expect(0, &[]);
    let said = ["unknown word at a.m: \"GIFT\"", "unknown field at a.x: 7", "2 fields or words are unknown"];
    decode_event(&new, &["--strict"]).expect(7, &said);
    decode_event(EVENT, &["--strict"]).expect(0, &[]);
}

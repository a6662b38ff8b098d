//! What a call prints: the reply in four formats, nothing but data on stdout, and what a dry run shows.

mod common;

use common::exchange::{Exchange, folder};
use common::{Canned, command, finish, papi, papi_with_key};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use serde_json::Value;
use std::process::Stdio;

const FIRST_FIVE: &[&str] = &["um", "force-orders", "--symbol", "BTCUSDT", "--limit", "5", "--sandbox"];

fn printed(format: &str) -> String {
    let run = papi(&[FIRST_FIVE, &["--format", format]].concat());
    run.expect(0, &["sandbox exchange on http://127.0.0.1:", "demo account (seed 1)"]).stdout
}

#[test]
fn json_is_what_a_pipe_gets() {
    let in_pipe = papi(FIRST_FIVE).expect(0, &[]).stdout;
    let rows: Vec<Value> = serde_json::from_str(&in_pipe).expect("an array");
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row["symbol"] == "BTCUSDT" && row["price"].is_string()), "{in_pipe}");
    assert!(in_pipe.starts_with(r#"[{"orderId":"#), "{in_pipe}");
}

#[test]
fn all_formats_have_the_same_rows() {
    let rows: Vec<Value> = serde_json::from_str(&printed("json")).expect("an array");
    let ids: Vec<String> = rows.iter().map(|row| row["orderId"].to_string()).collect();

    let lines = printed("jsonl");
    let jsonl: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(jsonl, rows);

    let text = printed("csv");
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let header = csv.headers().expect("a header").clone();
    assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["orderId", "symbol", "status", "clientOrderId"]);
    assert_eq!(header.len(), rows[0].as_object().expect("an object").len());
    let csv_ids: Vec<String> = csv.records().map(|record| record.expect("a record")[0].to_owned()).collect();
    assert_eq!(csv_ids, ids);

    let table = printed("table");
    let mut table = table.lines();
    assert!(table.next().is_some_and(|header| header.starts_with("orderId ") && header.contains(" clientOrderId ")));
    let table_ids: Vec<_> = table.map(|line| line.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(table_ids, ids);
}

#[test]
fn a_call_by_path_answers_like_the_command() {
    let command = ["um", "force-orders", "--symbol", "BTCUSDT", "--start-time", "2d", "--sandbox"];
    let call = ["call", "get", "um/forceOrders", "symbol=BTCUSDT", "startTime=2d", "--sandbox"];
    let raw = ["call", "GET", "/papi/v1/um/forceOrders", "symbol=BTCUSDT", "limit=1", "--raw", "--sandbox"];
    assert_eq!(papi(&command).expect(0, &[]).stdout, papi(&call).expect(0, &[]).stdout);
    let raw: Vec<Value> = serde_json::from_str(&papi(&raw).expect(0, &[]).stdout).expect("an array");
    assert_eq!(raw.len(), 1);
}

#[test]
fn times_are_taken_as_people_write_them() {
    for range in [["--start-time", "90d", "--end-time", "85d"], ["--start-time", "7d", "--end-time", "now"]] {
        papi(&[&["um", "force-orders", "--sandbox"][..], &range].concat()).expect(0, &[]);
    }
    let dry = ["call", "GET", "margin/forceOrders", "startTime=2026-10-23T10:00:00+02:00", "--dry-run"];
    assert!(papi(&dry).expect(0, &[]).stdout.contains("startTime=1792742400000"));
}

#[test]
fn one_object_is_a_list_of_fields() {
    let order = ["um", "new-order", "--symbol", "BTCUSDT", "--side", "BUY", "--type", "MARKET", "--quantity", "1.50"];
    let table = papi(&[&order[..], &["--sandbox", "--format", "table"]].concat()).expect(0, &[]).stdout;
    assert!(table.starts_with("field "), "{table}");
    assert!(table.lines().any(|line| line.split_whitespace().eq(["origQty", "1.50"])), "{table}");
    let json = papi(&[&order[..], &["--sandbox"]].concat()).expect(0, &[]).stdout;
    assert!(serde_json::from_str::<Value>(&json).expect("an object").is_object());
}

#[test]
fn a_list_inside_an_object_is_its_rows() {
    let margin = ["margin", "force-orders", "--sandbox"];
    let json = papi(&margin).expect(0, &[]).stdout;
    let reply: Value = serde_json::from_str(&json).expect("an object");
    let rows = reply["rows"].as_array().expect("rows").len();
    let jsonl = papi(&[&margin[..], &["--format", "jsonl"]].concat()).expect(0, &["total: "]);
    assert_eq!(jsonl.stdout.lines().count(), rows);
}

#[test]
fn an_empty_list_says_so() {
    let nothing = ["um", "open-orders", "--symbol", "ETHUSDT", "--sandbox", "--format"];
    let table = papi(&[&nothing[..], &["table"]].concat()).expect(0, &["no rows"]);
    assert_eq!(table.stdout, "");
    assert_eq!(papi(&[&nothing[..], &["json"]].concat()).expect(0, &[]).stdout, "[]\n");
    assert_eq!(papi(&[&nothing[..], &["jsonl"]].concat()).expect(0, &[]).stdout, "");
}

#[test]
fn a_dry_run_shows_the_call_and_sends_nothing() {
    let server = Canned::answering("200 OK", "[]");
    let dry = ["call", "GET", "um/forceOrders", "symbol=BTCUSDT", "limit=5", "--dry-run"];
    let shown = papi(&dry).expect(0, &["nothing was sent"]).stdout;
    let shown: Value = serde_json::from_str(&shown).expect("an object");
    assert_eq!(shown["method"], "GET");
    assert_eq!(shown["host"], "papi.binance.com");
    assert_eq!(shown["path"], "/papi/v1/um/forceOrders");
    assert_eq!(shown["query"], "symbol=BTCUSDT&limit=5");
    assert_eq!(shown["weight"], 20);

    let order = ["um", "new-order", "--symbol", "币USDT", "--side", "BUY", "--type", "MARKET", "--quantity", "1"];
    let dry = [&order[..], &["--dry-run", "--format", "table", "--base-url", &server.url]].concat();
    let shown = papi_with_key(&dry).expect(0, &[]).stdout;
    assert!(shown.contains("symbol=%E5%B8%81USDT&side=BUY&type=MARKET&quantity=1"), "{shown}");
    assert!(!shown.contains("signature") && !shown.contains("timestamp="), "{shown}");
    assert_eq!(server.requests(), 0);
    papi(&["call", "GET", "um/forceOrders", "limit=101", "--dry-run"]).expect(2, &["`limit`"]);
}

#[test]
fn an_unknown_word_is_sent_with_a_note() {
    let server = Canned::answering("200 OK", "[]");
    let line = ["um", "force-orders", "--auto-close-type", "BRANDNEW", "--base-url", &server.url];
    papi_with_key(&line).expect(0, &["note: `autoCloseType` is BRANDNEW", "LIQUIDATION, ADL"]);
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_word_may_have_any_case_and_a_slip_is_refused_before_sending() {
    let server = Canned::answering("200 OK", "[]");
    let order =
        |side: &str| ["symbol=BTCUSDT".to_owned(), format!("side={side}"), "type=market".into(), "quantity=1".into()];
    let call = |side: &str, more: &[&str]| {
        let params = order(side);
        let params: Vec<_> = params.iter().map(String::as_str).collect();
        papi_with_key(&[&["call", "POST", "um/order", "--base-url", &server.url][..], &params, more].concat())
    };
    let shown = call("buy", &["--dry-run"]).expect(0, &[]).stdout;
    assert!(shown.contains("side=BUY&type=MARKET"), "{shown}");
    let said = ["not sent, invalid: `side` is \"SEL\", did you mean SELL?", "hint: --unchecked"];
    assert_eq!(call("SEL", &[]).expect(2, &said).stdout, "");
    papi_with_key(&["um", "force-orders", "--auto-close-type", "LIQUIDATON", "--base-url", &server.url])
        .expect(2, &["did you mean LIQUIDATION?"]);
    assert_eq!(server.requests(), 0);
}

#[test]
fn unchecked_sends_words_and_broken_constraints_as_they_are() {
    let dry = ["call", "GET", "um/forceOrders", "limit=101", "autoCloseType=adl", "--unchecked", "--dry-run"];
    let shown = papi(&dry).expect(0, &["note: `autoCloseType` is adl"]).stdout;
    assert!(shown.contains("autoCloseType=adl&limit=101"), "{shown}");
    let server = Canned::answering("200 OK", "[]");
    let line = ["um", "force-orders", "--limit", "101", "--unchecked", "--base-url", &server.url];
    papi_with_key(&line).expect(0, &[]);
    assert_eq!(server.requests(), 1);
    papi(&["call", "GET", "um/x", "--raw", "--unchecked"]).expect(2, &["cannot be used with"]);
}

#[test]
fn a_full_page_says_so_and_names_the_export() {
    let said = "the page is full: 5 rows are all that `limit` allows, and there may be more; this gets every row: \
                papi export um-force-orders --symbol BTCUSDT --out um-force-orders.csv --sandbox";
    let full = papi(FIRST_FIVE).expect(0, &[said]);
    assert!(!full.stdout.contains("page is full"));
    let most = papi(&["um", "force-orders", "--symbol", "BTCUSDT", "--limit", "100", "--sandbox"]).expect(0, &[]);
    assert!(!most.stderr.contains("papi export"), "{}", most.stderr);
}

#[test]
fn columns_choose_fields_in_every_format_and_an_unknown_one_is_refused_before_sending() {
    let chosen = [FIRST_FIVE, &["--limit", "1", "--columns", "side,orderId"]].concat();
    let chosen: Vec<_> =
        chosen.iter().enumerate().filter(|(index, _)| !(4..6).contains(index)).map(|(_, word)| *word).collect();
    let with = |format: &str| papi(&[&chosen[..], &["--format", format]].concat()).expect(0, &[]).stdout;
    assert!(with("csv").starts_with("side,orderId\n"));
    assert!(with("table").starts_with("side  orderId"));
    assert!(with("json").starts_with(r#"[{"side":"#));
    assert!(with("records").contains("\nside     "));
    let server = Canned::answering("200 OK", "[]");
    let unknown = ["um", "force-orders", "--columns", "time,symbl", "--base-url", &server.url];
    papi_with_key(&unknown)
        .expect(2, &["there is no column \"symbl\"", "did you mean symbol?", "the columns are orderId"]);
    assert_eq!(server.requests(), 0);
    papi(&["endpoints", "--columns", "weigth", "--format", "table"]).expect(2, &["did you mean weight?"]);
}

#[test]
fn what_came_with_the_answer_is_told_on_request() {
    papi(&[FIRST_FIVE, &["--show-meta"]].concat()).expect(0, &["status 200", "used weight 20"]);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    for line in [FIRST_FIVE, &["endpoints"]] {
        let mut child = command(line).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !stderr.contains("panicked"), "{stderr}");
    }
}

#[test]
fn a_profile_chooses_columns_for_people_and_is_named_with_the_export() {
    let (exchange, folder) = (Exchange::start(), folder());
    let config = folder.path().join("config.toml");
    let text = format!(
        "[profile.main]\nbase_url = \"{}\"\ncolumns = {{ \"um force-orders\" = [\"side\", \"symbol\"] }}\n",
        exchange.url
    );
    std::fs::write(&config, text).expect("written");
    let run = |format: &[&str]| {
        let args =
            [&["--profile", "main", "um", "force-orders", "--symbol", "BTCUSDT", "--limit", "2"], format].concat();
        let mut papi = command(&args);
        papi.env("PAPI_CONFIG", &config).env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
        finish(papi)
    };
    let flags = format!("--out um-force-orders.csv --profile main --base-url {}", exchange.url);
    let table = run(&["--format", "table"]).expect(0, &[&flags]);
    assert!(table.stdout.starts_with("side  symbol\n"), "{}", table.stdout);
    // Programs get the whole reply.
    assert!(run(&["--format", "json"]).expect(0, &[]).stdout.starts_with("[{\"orderId\""));
    let chosen = run(&["--format", "table", "--columns", "symbol"]).expect(0, &[]);
    assert!(chosen.stdout.starts_with("symbol \n") || chosen.stdout.starts_with("symbol\n"), "{}", chosen.stdout);
}

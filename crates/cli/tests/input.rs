//! Bad input is refused before anything is sent, in clear words and with the exit code for it.

mod common;

use common::{Canned, papi, papi_as, papi_with_key};

/// Arguments after `call GET um/forceOrders`, and what is said about them.
const REFUSED: &[(&[&str], &str)] = &[
    (&["limit=101"], "`limit` must be at most 100, not 101"),
    (&["limit=0"], "`limit` must be at least 1"),
    (&["limit=ten"], "`limit` must be a whole number"),
    (&["symbol="], "`symbol` must not be empty"),
    (&["startTime=1h", "endTime=2h"], "must not be after `endTime`"),
    (&["startTime=91d", "endTime=89d"], "must not be older than 90 days"),
    (&["startTime=2020-01-01"], "must not be older than 90 days"),
    (&["startTime=20d", "endTime=1d"], "must span at most 7 days"),
    (&["startTime=yesterday"], "`startTime` must be milliseconds since 1970"),
    (&["symbl=BTCUSDT"], "did you mean `symbol`?"),
    (&["symbol=A", "symbol=B"], "given twice"),
    (&["symbol"], "NAME=VALUE"),
    (&["timestamp=1"], "not a parameter"),
];

#[test]
fn bad_parameters_are_refused_and_nothing_is_sent() {
    let server = Canned::answering("200 OK", "[]");
    for (params, text) in REFUSED {
        let line = [&["call", "GET", "um/forceOrders", "--base-url", &server.url], *params].concat();
        let run = papi_with_key(&line).expect(2, &["error: ", text]);
        assert_eq!(run.stdout, "", "{params:?}");
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn a_command_refuses_what_a_call_refuses() {
    for (flags, text) in [
        (&["--limit", "101"][..], "`limit` must be at most 100, not 101"),
        (&["--symbol", ""], "`symbol` must not be empty"),
        (&["--limit", "-1"], "`limit` must be a whole number"),
        (&["--start-time", "1h", "--end-time", "2h"], "must not be after"),
        (&["--symbl", "BTCUSDT"], "--symbol"),
        (&["--symbol", "A", "--symbol", "B"], "multiple times"),
    ] {
        papi(&[&["um", "force-orders", "--sandbox"], flags].concat()).expect(2, &[text]);
    }
    papi(&["um", "new-order", "--sandbox", "--side", "BUY"]).expect(2, &["--symbol", "--type"]);
}

#[test]
fn commands_and_paths_that_do_not_exist_are_answered_with_the_nearest() {
    papi(&["um", "force-order"]).expect(2, &["force-orders"]);
    papi(&["umm"]).expect(2, &["similar", "um"]);
    papi(&["call", "GET", "um/forceOrder"]).expect(2, &["did you mean GET /papi/v1/um/forceOrders?", "--raw"]);
    papi(&["call", "POST", "um/forceOrders"]).expect(2, &["takes GET, not POST"]);
    papi(&["call", "FETCH", "um/forceOrders"]).expect(2, &["GET, POST, PUT or DELETE"]);
    papi(&["call", "GET", "um/forceOrders?limit=5"]).expect(2, &["parameters follow the path"]);
}

#[test]
fn without_credentials_it_says_what_to_set_and_sends_nothing() {
    let server = Canned::answering("200 OK", "[]");
    let hints = ["BINANCE_API_KEY", "BINANCE_API_SECRET", "--sandbox"];
    papi(&["um", "force-orders", "--base-url", &server.url]).expect(2, &hints);
    papi(&["call", "GET", "um/forceOrders", "--base-url", &server.url]).expect(2, &hints);
    papi_as("", "", &["um", "force-orders", "--base-url", &server.url]).expect(2, &hints);
    let half = papi_as("", "secret", &["um", "force-orders", "--base-url", &server.url]);
    half.expect(2, &["BINANCE_API_SECRET is set, but BINANCE_API_KEY is not"]);
    assert_eq!(server.requests(), 0);
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    papi_with_key(&["um", "force-orders", "--base-url", "http://192.0.2.1"]).expect(2, &["plain HTTP"]);
    papi_with_key(&["um", "force-orders", "--base-url", "nowhere"]).expect(2, &["base URL"]);
    papi(&["um", "force-orders", "--sandbox", "--base-url", "http://127.0.0.1:1"])
        .expect(2, &["cannot be given together"]);
    papi(&["um", "force-orders", "--sandbox", "--recv-window", "60001"]).expect(2, &["60001"]);
    papi(&["um", "force-orders", "--sandbox", "--weight-limit", "0"]).expect(2, &["--weight-limit"]);
    papi(&["um", "force-orders", "--sandbox", "--format", "xml"]).expect(2, &["jsonl"]);
}

#[test]
fn the_address_may_come_from_the_environment() {
    let run = |args: &[&str]| {
        let mut papi = common::command(args);
        papi.env("PAPI_BASE_URL", "https://from.environment.invalid");
        common::finish(papi)
    };
    let dry = ["call", "GET", "um/forceOrders", "--dry-run"];
    assert!(run(&dry).expect(0, &[]).stdout.contains(r#""host":"from.environment.invalid""#));
    let given = [&dry[..], &["--base-url", "https://given.invalid"]].concat();
    assert!(run(&given).expect(0, &[]).stdout.contains(r#""host":"given.invalid""#));
    assert!(run(&[&dry[..], &["--sandbox"]].concat()).expect(0, &[]).stdout.contains(r#""host":"127.0.0.1""#));
}

#[test]
fn a_raw_call_takes_what_a_type_would_refuse_but_nothing_that_breaks_the_query() {
    papi(&["call", "GET", "um/forceOrders", "a&b=1", "--raw", "--sandbox"]).expect(2, &["a&b"]);
    papi(&["call", "GET", "um/forceOrders", "timestamp=1", "--raw", "--sandbox"]).expect(2, &["`timestamp`"]);
    papi(&["call", "GET", "um/forceOrders", "limit=101", "--raw", "--sandbox"]).expect(4, &["-1130"]);
    papi(&["call", "GET", "um/nothing", "--raw", "--sandbox"]).expect(6, &["404"]);
    papi(&["call", "GET", "um/nothing", "--raw", "--effect", "read", "--sandbox"]).expect(4, &["404"]);
    papi(&["call", "GET", "um/forceOrders", "--effect", "read", "--sandbox"]).expect(2, &["--raw"]);
}

#[test]
fn a_ledger_that_cannot_be_used_is_bad_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let foreign = folder.path().join("foreign");
    std::fs::write(&foreign, "something else").expect("room on the disk");
    let missing = folder.path().join("missing/ledger");
    for (path, said) in
        [(folder.path(), "it is not a file"), (&*missing, "its folder does not exist"), (&*foreign, "it is no ledger")]
    {
        let path = path.to_str().expect("text");
        let line = ["um", "force-orders", "--base-url", "http://127.0.0.1:1", "--ledger", path];
        papi_with_key(&line).expect(2, &["the shared ledger", path, said]);
    }
}

#[test]
fn a_parameter_that_the_exchange_took_away_is_refused_with_the_reason() {
    let server = Canned::answering("200 OK", "[]");
    let reason = "`page` was taken away on 2026-10-28: ";
    for line in [&["um", "income-history", "--page", "2"][..], &["call", "GET", "cm/income", "page=2"]] {
        papi_with_key(&[line, &["--base-url", &server.url]].concat()).expect(2, &[reason]);
    }
    assert_eq!(server.requests(), 0);
    let help = papi(&["um", "income-history", "--help"]).expect(0, &[]).stdout;
    assert!(help.contains(&format!("Removed parameters:\n- {reason}")), "{help}");
    assert!(!help.contains("--page"), "it is not offered");
}

//! Answers that are no reply: each ends the run with its own exit code, names the phase, and never panics.

mod common;

use common::{Canned, SOME_SECRET, papi_as, papi_with_key};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::time::Duration;

fn read(server: &Canned) -> common::Run {
    papi_with_key(&["um", "force-orders", "--base-url", &server.url, "--attempts", "2"])
}

fn order(server: &Canned) -> common::Run {
    papi_with_key(&[
        "um",
        "new-order",
        "--symbol",
        "BTCUSDT",
        "--side",
        "BUY",
        "--type",
        "MARKET",
        "--quantity",
        "1",
        "--new-client-order-id",
        "mine-1",
        "--base-url",
        &server.url,
    ])
}

#[test]
fn a_reply_that_cannot_be_read_names_the_phase_with_an_excerpt() {
    let page = format!("<html>{}</html>", "x".repeat(100_000));
    for (body, said) in [
        (page.as_str(), "`<html>xxx"),
        ("", "an empty body"),
        (r#"[{"orderId":6071832819,"symb"#, "`[{\"orderId\":6071832819,\"symb`"),
        (r#"{"unexpected":true}"#, "unexpected"),
        ("\u{1b}[2J", "answer not readable"),
    ] {
        let run = read(&Canned::answering("200 OK", body)).expect(7, &["answer not readable", said]);
        assert!(run.stdout.is_empty() && run.stderr.len() < 1_500 && !run.stderr.contains('\u{1b}'), "{run:#?}");
    }
}

#[test]
fn a_raw_reply_that_is_no_json_is_not_readable_either() {
    for body in ["<html>", "", "[1,"] {
        let server = Canned::answering("200 OK", body);
        let raw = ["call", "GET", "um/x", "--raw", "--effect", "read", "--base-url", &server.url];
        papi_with_key(&raw).expect(7, &["answer not readable"]);
        papi_with_key(&[&raw[..3], &["--raw", "--base-url", &server.url]].concat()).expect(6, &["outcome unknown"]);
    }
}

#[test]
fn an_order_without_a_whole_answer_is_of_unknown_outcome_and_sent_once() {
    for server in [
        Canned::sending(String::new()),
        Canned::sending("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"orderId\":1".to_owned()),
        Canned::answering("200 OK", "<html>"),
        Canned::answering("503 Service Unavailable", r#"{"code":-1001,"msg":"Internal error"}"#),
    ] {
        order(&server).expect(
            6,
            &[
                "outcome unknown",
                "hint: it may have been executed",
                "papi settle mine-1 POST um/order symbol=BTCUSDT --sent-at",
            ],
        );
        assert_eq!(server.requests(), 1);
    }
}

#[test]
fn a_read_without_a_whole_answer_is_repeated() {
    let server = Canned::sending("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{".to_owned());
    read(&server).expect(6, &["no usable answer", "sent 2 times"]);
    assert_eq!(server.requests(), 2);
}

#[test]
fn refusals_come_with_code_message_and_advice() {
    for (status, body, code, said) in [
        (
            "400 Bad Request",
            r#"{"code":-1121,"msg":"Invalid symbol."}"#,
            4,
            ["-1121: Invalid symbol.", "hint: symbols"],
        ),
        ("429 Too Many Requests", r#"{"code":-1003,"msg":"Too many requests."}"#, 5, ["-1003", "try again after"]),
        ("404 Not Found", "<html>not here</html>", 4, ["HTTP 404", "not here"]),
    ] {
        let server = Canned::answering(status, body);
        papi_with_key(&["um", "force-orders", "--base-url", &server.url, "--attempts", "1"]).expect(code, &said);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_an_order_leaves_its_outcome_unknown() {
    let server = Canned::silent();
    for (line, code, said) in [
        (
            &["call", "POST", "um/order", "symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=1"][..],
            6,
            "outcome unknown",
        ),
        (&["um", "force-orders"], 1, "interrupted"),
    ] {
        let before = server.requests();
        let mut papi = common::command(&[line, &["--base-url", &server.url]].concat());
        let papi = papi.env("BINANCE_API_KEY", common::SOME_KEY).env("BINANCE_API_SECRET", SOME_SECRET);
        let child = papi.spawn().expect("the program starts");
        while server.requests() == before {
            std::thread::sleep(Duration::from_millis(5));
        }
        let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.is_ok_and(|status| status.success()));
        common::end_of(child).expect(code, &[said]);
    }
}

#[test]
fn no_program_at_the_address_is_not_sent() {
    let run = papi_with_key(&["um", "force-orders", "--base-url", "http://127.0.0.1:1", "--attempts", "1"]);
    run.expect(3, &["not sent: no connection to the exchange"]);
}

#[test]
fn a_call_that_never_fits_the_limit_is_refused_before_sending() {
    let server = Canned::answering("200 OK", "[]");
    let line = ["um", "force-orders", "--weight-limit", "10", "--base-url", &server.url];
    papi_with_key(&line).expect(2, &["one call costs a weight of 50"]);
    assert_eq!(server.requests(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn wrong_credentials_are_told_with_what_to_check() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    for (key, secret, said) in [
        (DEMO_KEY, SOME_SECRET, ["code -1022", "hint: the secret does not belong to the API key"]),
        (common::SOME_KEY, DEMO_SECRET, ["code -2015", "hint: the exchange does not know the key"]),
        ("short", DEMO_SECRET, ["code -2014", "hint: the API key is not one"]),
    ] {
        let line = ["um", "force-orders", "--base-url", sandbox.base_url()];
        let run = papi_as(key, secret, &line).expect(4, &said);
        assert!(run.stdout.is_empty() && !run.stderr.contains(DEMO_SECRET), "{run:#?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_clock_that_is_off_is_put_right_by_asking_the_exchange() {
    for skew in [-3_600_000, 60_000] {
        let sandbox = Sandbox::builder().skew(skew).start().await.expect("a sandbox");
        papi_as(DEMO_KEY, DEMO_SECRET, &["um", "force-orders", "--base-url", sandbox.base_url()]).expect(0, &[]);
    }
}

#[test]
fn runs_that_name_the_same_ledger_keep_to_one_limit() {
    let server = Canned::answering("200 OK", "[]");
    let ledger = format!("{}/runs_that_name_the_same_ledger", env!("CARGO_TARGET_TMPDIR"));
    let _ = std::fs::remove_file(&ledger);
    let line = ["um", "force-orders", "--weight-limit", "50", "--base-url", &server.url];
    let waiting = [&line[..], &["--ledger", &ledger, "--timeout", "1"]].concat();
    papi_with_key(&[&line[..], &["--ledger", &ledger]].concat()).expect(0, &[]);
    papi_with_key(&waiting).expect(5, &["throttled"]);
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_success_without_json_leaves_every_write_unknown() {
    for body in ["", "<html>Please log in</html>"] {
        let server = Canned::answering("200 OK", body);
        let params = ["symbol=BTCUSDT", "orderId=5", "--attempts", "1", "--base-url", &server.url];
        for call in [&["call", "DELETE", "um/order"][..], &["call", "--raw", "DELETE", "um/order"]] {
            papi_with_key(&[call, &params].concat()).expect(6, &["outcome unknown"]);
        }
    }
}

#[test]
fn an_accepted_order_says_so_and_names_its_id() {
    let server = Canned::answering("200 OK", r#"{"orderId":22542179}"#);
    let order = ["symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=1", "--base-url", &server.url];
    let run = papi_with_key(&[&["call", "POST", "um/order"][..], &order].concat());
    run.expect(7, &["it was accepted (orderId 22542179)", "do not send it again"]);
    assert_eq!(server.requests(), 1);
}

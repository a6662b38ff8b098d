//! `papi doctor`: what it says in every situation that the sandbox knows, how it ends, and what it never does.

mod common;

use common::{Canned, Run, SOME_KEY, SOME_SECRET, command, finish};
use papi_sandbox::{CannedAnswer, DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox, SandboxBuilder, Scenario};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;

const LIGHTEST: &str = "/papi/v1/rateLimit/order";
const ACCOUNT: &str = "/papi/v1/account";

/// Asks a host with the sandbox's key and these variables besides. Nothing secret may show in any case.
fn doctor(base_url: &str, variables: &[(&str, &str)], args: &[&str]) -> Run {
    let mut papi = command(&[&["doctor"], args].concat());
    papi.env("PAPI_BASE_URL", base_url).env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    papi.envs(variables.iter().copied());
    let run = finish(papi);
    for secret in [DEMO_KEY, DEMO_SECRET, SOME_KEY, SOME_SECRET, "signature=", "hunter2"] {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{secret}: {run:#?}");
    }
    run
}

/// Checks the exit code and that the report has each of the texts, wherever its lines are broken.
#[track_caller]
fn expect(run: Run, code: i32, said: &[&str]) {
    let run = run.expect(code, &[]);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let report = words(&run.stdout);
    for text in said {
        assert!(report.contains(text), "lacks {text:?}: {}\n{}", run.stdout, run.stderr);
    }
}

async fn start(builder: SandboxBuilder) -> Sandbox {
    builder.start().await.expect("a free port")
}

#[test]
fn the_sandbox_is_well() {
    let run = finish(command(&["doctor", "--sandbox"])).expect(0, &[]);
    let verdicts: Vec<_> = run.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(verdicts, ["ok"; 7], "{run:#?}");
    assert_eq!(run.stderr, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_situation_is_told() {
    let refused = [
        "problem access The exchange refuses the key (code -2015)",
        "It saw the address 127.0.0.1.",
        "1. The key may lack the permission",
        "2. 127.0.0.1 may not be on the key's list",
        "skipped account",
    ];
    let rows: [(Scenario, i32, &[&str]); 9] = [
        (Scenario::UnknownKey, 4, &refused),
        (Scenario::NoPortfolioMargin, 4, &refused),
        (Scenario::IpNotAllowed, 4, &refused),
        (Scenario::ReadOnlyKey, 0, &["ok access", "Only reads were tried, no orders."]),
        (Scenario::TestHost, 7, &["problem host", "its answers are empty (HTTP 202)", "`unset PAPI_BASE_URL`"]),
        (Scenario::OtherHost, 4, &["problem host", "(HTTP 404 for a ping)", "`unset PAPI_BASE_URL`"]),
        (Scenario::SkewedClock, 0, &["warning clock", "s behind the exchange's", "ok access"]),
        (Scenario::Banned, 5, &["problem host The exchange has banned this address", "in 10 min", "skipped clock"]),
        (Scenario::NearWeightLimit, 0, &["warning weight 57", "of 6000 used in this minute", "ok account"]),
    ];
    assert!(Scenario::all().eq(rows.iter().map(|row| row.0)), "every scenario has its row");
    for (scenario, code, said) in rows {
        let sandbox = start(Sandbox::builder().scenario(scenario)).await;
        expect(doctor(sandbox.base_url(), &[], &[]), code, said);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_key_signature_and_account_are_told_apart() {
    let refusing = |path, status, code| Fault::answering(CannedAnswer::refusal(status, code, "No.")).path(path);
    for (fault, code, said) in [
        (refusing(LIGHTEST, 401, -2014), 4, "problem access The exchange says that the API key is no key (code -2014)"),
        (Fault::new(FaultKind::OutsideRecvWindow), 4, "problem access The exchange refuses the timestamp (code -1021)"),
        (refusing(LIGHTEST, 400, -1003), 5, "problem access Too much was asked from this address"),
        (refusing(ACCOUNT, 401, -2015), 4, "problem account The exchange knows the key, and does not let it read"),
        (refusing(ACCOUNT, 400, -21_001), 4, "problem account The account does not have Portfolio Margin"),
        (Fault::new(FaultKind::Html403).path(LIGHTEST), 4, "problem access A firewall before 127.0.0.1"),
    ] {
        // The ping passes.
        let fault = if fault.kind() == FaultKind::OutsideRecvWindow { fault.path(LIGHTEST) } else { fault };
        let sandbox = start(Sandbox::builder().faults([fault])).await;
        expect(doctor(sandbox.base_url(), &[], &[]), code, &[said, "ok host"]);
    }
    let stream = [
        (refusing("/papi/v1/listenKey", 401, -2015), 4, "problem stream The exchange gives no listen key (code -2015"),
        (Fault::new(FaultKind::Html502).path("/pm/ws"), 4, "the websocket was answered with HTTP 502"),
    ];
    for (fault, code, said) in stream {
        let sandbox = start(Sandbox::builder().faults([fault])).await;
        expect(doctor(sandbox.base_url(), &[], &[]), code, &[said, "ok account"]);
    }
    let sandbox = start(Sandbox::builder()).await;
    let with = |name, value| doctor(sandbox.base_url(), &[(name, value)], &[]);
    expect(with("BINANCE_API_SECRET", SOME_SECRET), 4, &["The secret does not belong to the API key (code -1022)"]);
    expect(with("BINANCE_API_KEY", SOME_KEY), 4, &["This machine's address may not be on the key's list"]);
    let other_key = format!("{}/../runtime/tests/test_keys/ed25519.pem", env!("CARGO_MANIFEST_DIR"));
    let run = doctor(sandbox.base_url(), &[("BINANCE_API_SECRET", ""), ("BINANCE_PRIVATE_KEY", &other_key)], &[]);
    expect(run, 4, &["The private key does not belong to the API key (code -1022)", "ok key Ed25519"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_key_is_told_before_it_is_sent() {
    let sandbox = start(Sandbox::builder()).await;
    let (key, secret, private_key) = ("BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_PRIVATE_KEY");
    let rows: [(&[(&str, &str)], &str); 8] = [
        (&[(key, ""), (secret, "")], "No key is set"),
        (&[(secret, "")], "BINANCE_API_KEY is set, but neither BINANCE_API_SECRET nor BINANCE_PRIVATE_KEY is"),
        (&[(key, "")], "BINANCE_API_SECRET is set, but BINANCE_API_KEY is not"),
        (&[(private_key, "some.pem")], "are both set"),
        (&[(secret, ""), (private_key, "no/such.pem")], "no/such.pem: No such file"),
        (&[(secret, ""), (private_key, "-----BEGIN PRIVATE KEY-----\nhunter2")], "its `-----END` line is missing"),
        (&[(key, &DEMO_KEY[1..])], "BINANCE_API_KEY is no key: it has 63 characters, and 64 are usual"),
        (&[(key, "hunter2 ")], "contains white space"),
    ];
    for (variables, said) in rows {
        expect(doctor(sandbox.base_url(), variables, &[]), 2, &["ok host", "problem key", said, "skipped access"]);
    }
    assert_eq!(sandbox.requests().count("GET", LIGHTEST), 0);
}

#[test]
fn an_address_that_cannot_be_used_is_told() {
    for (base_url, said) in [
        ("", "PAPI_BASE_URL is empty"),
        ("http://10.0.0.1", "PAPI_BASE_URL is an http:// address of another machine"),
        ("papi.binance.com", "PAPI_BASE_URL cannot be used"),
        ("https://me:hunter2@papi.binance.com", "must have no user"),
    ] {
        expect(doctor(base_url, &[], &[]), 2, &["problem host", said, "`unset PAPI_BASE_URL`", "skipped access"]);
    }
    finish(command(&["doctor", "--sandbox", "--base-url", "http://127.0.0.1:1"]))
        .expect(2, &["cannot be given together"]);
}

/// The address of a server that answers every request in plain HTTP.
fn no_tls() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    // It ends with the test.
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4_096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        }
    });
    address
}

#[test]
fn what_stands_in_the_way_is_told() {
    let plain = no_tls();
    let fix = format!("-> `papi doctor --base-url http://{plain}`");
    expect(doctor(&format!("https://{plain}"), &[], &[]), 3, &["problem host", "does not speak TLS", &fix]);
    expect(doctor("http://127.0.0.1:1", &[], &[]), 3, &["problem host No program listens at http://127.0.0.1:1."]);
    let silent = Canned::silent();
    expect(doctor(&silent.url, &[], &[]), 6, &["problem host", "does not answer in time", "ok clock"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_set_is_told_and_not_shown() {
    let sandbox = start(Sandbox::builder()).await;
    let run = doctor(sandbox.base_url(), &[("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:1")], &[]);
    expect(run, 0, &["ok proxy HTTPS_PROXY is set and not used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_only_reads_and_listens_and_shows_the_key_to_no_other_host() {
    let well = start(Sandbox::builder()).await;
    doctor(well.base_url(), &[], &[]).expect(0, &[]);
    let calls: Vec<_> = well.requests().seen().map(|seen| format!("{} {}", seen.method(), seen.path())).collect();
    assert_eq!(
        calls,
        ["GET /papi/v1/ping", "GET /papi/v1/rateLimit/order", "GET /papi/v1/account", "POST /papi/v1/listenKey"]
    );
    for scenario in [Scenario::TestHost, Scenario::OtherHost, Scenario::Banned] {
        let host = start(Sandbox::builder().scenario(scenario)).await;
        doctor(host.base_url(), &[], &[]);
        assert!(host.requests().seen().all(|seen| seen.path() == "/papi/v1/ping"), "{scenario:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_for_programs() {
    let sandbox = start(Sandbox::builder().scenario(Scenario::NoPortfolioMargin)).await;
    let run = doctor(sandbox.base_url(), &[], &["--format", "json"]).expect(4, &["one problem was found"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((&report["verdict"], &report["keyType"]), (&"problem".into(), &"HMAC".into()));
    assert!(report["clockOffsetMillis"].is_i64() && report["clockBoundMillis"].is_u64(), "{report}");
    let first = &report["findings"][0];
    assert_eq!((&first["check"], &first["verdict"]), (&"access".into(), &"problem".into()));
    assert_eq!(first["next"].as_array().map(Vec::len), Some(4));
    let rows = doctor(sandbox.base_url(), &[], &["--format", "jsonl"]).expect(4, &[]).stdout;
    assert_eq!(rows.lines().count(), 7, "{rows}");
}

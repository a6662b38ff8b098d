//! Wrong input to every command, as one table: exit code, message and hint; nothing is sent, printed or written.

mod common;

use common::{Canned, SOME_KEY, SOME_SECRET, command, finish};

/// Stands for the address of a server that counts requests.
const SERVER: &str = "SERVER";

/// Command lines without `papi`, by command.
const LINES: &[&[&str]] = &[
    // The command line as a whole.
    &["umm"],
    &["um"],
    &["um", "force-ordrs"],
    &["--format", "xml", "um", "force-orders"],
    &["--weight-limit", "0", "um", "force-orders"],
    &["um", "force-orders", "--format", "parquet", "--base-url", SERVER],
    &["um", "force-orders", "--sandbox", "--base-url", SERVER],
    &["um", "force-orders", "--base-url", "http://192.0.2.1"],
    &["um", "force-orders", "--base-url", "nowhere"],
    // A command of an endpoint.
    &["um", "force-orders", "--symbl", "BTCUSDT"],
    &["um", "force-orders", "--limit", "101", "--base-url", SERVER],
    &["um", "force-orders", "--limit", "ten", "--base-url", SERVER],
    &["um", "force-orders", "--symbol", "", "--base-url", SERVER],
    &["um", "force-orders", "--start-time", "yesterday", "--base-url", SERVER],
    &["um", "force-orders", "--auto-close-type", "LIQUIDATON", "--base-url", SERVER],
    &["um", "force-orders", "--columns", "symbol,tme", "--base-url", SERVER],
    &["um", "force-orders", "--columns", "nothing-like-it", "--base-url", SERVER],
    &["um", "force-orders", "--recv-window", "60001", "--base-url", SERVER],
    &["um", "force-orders", "--attempts", "0", "--base-url", SERVER],
    &["um", "new-order", "--base-url", SERVER],
    &[
        "um",
        "new-order",
        "--symbol",
        "BTCUSDT",
        "--side",
        "SEL",
        "--type",
        "MARKT",
        "--quantity",
        "1",
        "--base-url",
        SERVER,
    ],
    &[
        "um",
        "new-order",
        "--symbol",
        "BTCUSDT",
        "--side",
        "BUY",
        "--type",
        "LIMIT",
        "--quantity",
        "1",
        "--base-url",
        SERVER,
    ],
    // `call`.
    &["call"],
    &["call", "FETCH", "um/forceOrders"],
    &["call", "GET", "um/forceOrdrs"],
    &["call", "GET", "nothing"],
    &["call", "POST", "um/forceOrders"],
    &["call", "GET", "um/forceOrders?limit=5"],
    &["call", "GET", "um/conditional/openOrders"],
    &["call", "GET", "um/forceOrders", "symbol", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "symbl=BTCUSDT", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "symbol=A", "symbol=B", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "autoCloseType=ADLL", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "--effect", "read", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "--raw", "--effect", "maybe", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "--raw", "--unchecked", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "--raw", "timestamp=1", "--base-url", SERVER],
    &["call", "GET", "um/forceOrders", "--raw", "a&b=1", "--base-url", SERVER],
    &[
        "call",
        "POST",
        "um/order",
        "symbol=BTCUSDT",
        "side=BUY",
        "type=MARKET",
        "quantity=1",
        "newClientOrderId=mine-1",
        "--base-url",
        "https://example.invalid",
    ],
    // `endpoints`.
    &["endpoints", "force-ordrs"],
    &["endpoints", "no such thing"],
    &["endpoints", "um", "force"],
    &["endpoints", "--columns", "weigth", "--format", "table"],
    &["endpoints", "--format", "parquet"],
    // `decode`.
    &["decode"],
    &["decode", "GET"],
    &["decode", "GET", "um/nothing"],
    &["decode", "GET", "um/forceOrders", "no-such-file.json"],
    &["decode", "GET", "um/forceOrders", "--columns", "symbl"],
    &["decode", "GET", "um/forceOrders"],
    // `settle`.
    &["settle"],
    &["settle", "some-id", "--sent-at", "2m"],
    &["settle", "some-id", "POST", "um/order", "--sent-at", "2m"],
    &["settle", "some-id", "POST", "um/order", "symbol=BTCUSDT"],
    &["settle", "some-id", "POST", "um/order", "symbol=BTCUSDT", "--sent-at", "soon"],
    &["settle", "some-id", "DELETE", "um/order", "symbol=BTCUSDT", "--sent-at", "2m"],
    &["settle", "DELETE", "um/order", "symbol=BTCUSDT", "--sent-at", "2m"],
    &["settle", "some-id", "POST", "um/ordr", "symbol=BTCUSDT", "--sent-at", "2m"],
    &["settle", "some-id", "POST", "um/order", "symbl=BTCUSDT", "--sent-at", "2m"],
    // `intents`.
    &["intents"],
    &["intents", "lst"],
    &["intents", "list"],
    &["intents", "list", "--intents", "no-such-file"],
    &["intents", "list", "--intents", "."],
    &["intents", "settle", "--base-url", SERVER],
    &["intents", "settle", "--sandbox"],
    &["intents", "settle", "--intents", "no-such-file", "--timeout", "0"],
    &["intents", "settle", "--intents", "no-such-file", "--base-url", SERVER],
    &["intents", "forget", "--intents", "no-such-file"],
    &["intents", "forget", "seven", "--intents", "no-such-file"],
    &["intents", "forget", "7", "--intents", "no-such-file"],
    &[
        "--intents",
        "missing/intents",
        "call",
        "POST",
        "margin/repay-debt",
        "asset=USDT",
        "amount=1",
        "--base-url",
        SERVER,
    ],
    &["--intents", "", "intents", "list"],
    // `sandbox`.
    &["sandbox", "--addr", "0.0.0.0"],
    &["sandbox", "--scenario", "rain"],
    &["sandbox", "--window", "0"],
    &["sandbox", "--faults", "no-such-file.json"],
    // `doctor`.
    &["doctor", "--deep"],
    &["doctor", "--sandbox", "--base-url", SERVER],
    // `export`: what its range and its files refuse stands with its own tests.
    &["export", "--verify", "a.csv", "--out", "b.csv"],
    &["export", "um-force-orders", "--concurrency", "0", "--out", "a.csv"],
    &["export", "um-force-orders", "--param", "asset", "--out", "a.csv"],
    &["export", "um-force-order"],
    &["export", "um-force-orders"],
    &["export", "um-force-orders", "--out", "a"],
    &["export", "um-force-orders", "--out", "a.csv", "--format", "parquet"],
    &["export", "--verify", "no-such-file.csv"],
    &["liquidations"],
    // `profile`.
    &["profile"],
    &["profile", "shw"],
    &["profile", "show", "no-such-profile"],
    &["profile", "check", "--sandbox"],
    &["--profile", "no-such-profile", "um", "force-orders", "--base-url", SERVER],
    // `completions`.
    &["completions"],
    &["completions", "tcsh"],
];

#[test]
fn every_command_refuses_wrong_input_in_clear_words_and_does_nothing() {
    let server = Canned::answering("200 OK", "[]");
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut table = String::new();
    for line in LINES {
        let args: Vec<_> = line.iter().map(|word| if *word == SERVER { server.url.as_str() } else { word }).collect();
        let mut papi = command(&args);
        papi.current_dir(folder.path()).env("BINANCE_API_KEY", SOME_KEY).env("BINANCE_API_SECRET", SOME_SECRET);
        let run = finish(papi);
        let code = run.code.expect("it ends by itself");
        let run = run.expect(code, &[]);
        assert!(code != 0 && run.stdout.is_empty(), "{line:?}: {run:#?}");
        let words: Vec<_> = line
            .iter()
            .map(|word| if word.is_empty() || word.contains(' ') { format!("{word:?}") } else { (*word).to_owned() })
            .collect();
        let stderr = run.stderr.replace(&server.url, SERVER);
        table.push_str(&format!("$ papi {}\n[{code}] {}\n\n", words.join(" "), without_usage(&stderr)));
    }
    assert_eq!(server.requests(), 0);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "something was written");
    insta::assert_snapshot!("wrong_input", table);
}

#[test]
fn every_command_of_an_endpoint_refuses_an_unknown_flag() {
    let all = common::papi(&["endpoints", "--format", "csv", "--columns", "command"]).expect(0, &[]).stdout;
    let commands: Vec<_> = all.lines().skip(1).filter(|line| line.contains(' ')).collect();
    assert!(commands.len() > 90, "{all}");
    for command in commands {
        let words: Vec<_> = command.split(' ').collect();
        let run = common::papi(&[&words[..], &["--no-such-flag"]].concat()).expect(2, &["--no-such-flag"]);
        assert_eq!(run.stdout, "", "{command}");
    }
}

/// Leaves out the parts of clap's messages that only repeat the grammar.
fn without_usage(stderr: &str) -> String {
    let is_grammar = |line: &&str| !line.is_empty() && !line.starts_with("For more information");
    let (message, _) = stderr.split_once("\nUsage: ").unwrap_or((stderr, ""));
    message.lines().filter(is_grammar).collect::<Vec<_>>().join("\n    ")
}

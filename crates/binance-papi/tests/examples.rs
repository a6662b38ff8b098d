//! Each example runs as its first lines say, needs neither account nor network, and prints what it promises.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Each example, and texts that its output has, in this order.
const EXAMPLES: [(&str, &[&str]); 9] = [
    (
        "account_stream",
        &[
            "BTCUSDT BUY 0 of 0.01",
            ": NEW",
            "ACCOUNT_UPDATE",
            ": FILLED",
            "events may be missing from here on: the connection broke",
            "all events come again",
        ],
    ),
    (
        "durable_intents",
        &[
            "outcome unknown",
            "without an end: intent 1, POST /papi/v1/um/order with symbol=BTCUSDT",
            "it was executed: order ",
            "0 calls are without an end",
            "microseconds an order without intents",
            "with intents",
        ],
    ),
    (
        "errors_by_phase",
        &[
            "Invalid: GET /papi/v1/um/forceOrders: not sent, invalid: `limit` must be",
            "-> nothing was sent",
            "NotSent: GET",
            "-> nothing arrived",
            "Rejected: DELETE /papi/v1/um/order: rejected: code -2011",
            "Throttled: GET",
            "-> nothing was executed: wait",
            "Unknown: POST /papi/v1/um/order: outcome unknown",
            "-> it may have been executed",
            "Decode: GET",
            "-> the exchange did it",
        ],
    ),
    ("force_orders", &[" BTCUSDT at ", "5 orders; the exchange has counted a weight of 20"]),
    ("many_tasks", &["BTCUSDT: ", "ETHUSDT: ", "SOLUSDT: ", "30 calls through one client: Client {"]),
    (
        "own_endpoint",
        &[
            "0.02750000 of BTCUSDT",
            "-0.01300000 of BTCUSDT",
            "together 0.01450000",
            "GET /papi/v1/um/fundingPaid: not sent, invalid: `limit` must be",
        ],
    ),
    ("place_and_settle", &["outcome unknown", "it was executed: order ", " is FILLED"]),
    (
        "shared_ledger",
        &[
            "the export has sent",
            "the export has sent",
            "the monitor must wait, and has sent nothing",
            "the exchange has seen 2 requests",
        ],
    ),
    ("whole_history", &["at least 13 requests", "BTCUSDT: ", " rows in ", "complete: true"]),
];

/// Returns the options with which an example is built.
fn options(name: &str) -> &'static str {
    if name == "account_stream" { " --features account-stream" } else { "" }
}

/// Waits for a machine that is busy, not for the examples: each takes less than a second.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn every_example_runs_and_prints_what_it_promises() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = std::fs::read_dir(&folder).expect("the examples").map(|file| file.expect("a file").path());
    let mut names: Vec<_> =
        files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, EXAMPLES.map(|(name, _)| name), "each example is run here");
    for (name, texts) in EXAMPLES {
        let source = std::fs::read_to_string(folder.join(name).with_extension("rs")).expect("an example");
        let command = format!("cargo run -p binance-papi{} --example {name}", options(name));
        assert!(source.contains(&format!("//! `{command}`")), "{name} says how to run it");
        let (tell, told) = channel();
        std::thread::spawn(move || tell.send(run(name)));
        let output = told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{name} does not end"));
        let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{name}: {errors}");
        let mut rest = &*printed;
        for text in texts {
            let found =
                rest.split_once(text).unwrap_or_else(|| panic!("{name} does not print {text:?} there: {printed}"));
            rest = found.1;
        }
    }
}

/// Runs the program that was built together with this test; where only the test was asked for, it is built now.
fn run(name: &str) -> Output {
    let this = std::env::current_exe().expect("a path");
    let built = this.parent().and_then(Path::parent).expect("a target folder").join("examples").join(name);
    let mut command = match built.with_extension(std::env::consts::EXE_EXTENSION) {
        program if program.exists() => Command::new(program),
        _ => {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["run", "--quiet", "--offline", "-p", "binance-papi"]);
            cargo.args(options(name).split_whitespace()).args(["--example", name]);
            cargo
        }
    };
    // No account, and nobody to ask.
    for variable in ["BINANCE_API_KEY", "BINANCE_API_SECRET", "BINANCE_PRIVATE_KEY", "BINANCE_PRIVATE_KEY_PASSPHRASE"] {
        command.env_remove(variable);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).output().expect("it starts")
}

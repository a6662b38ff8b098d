//! `papi` prints neither the key nor the secret nor a signature.

mod common;

use common::papi_as;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};

const ORDER: &[&str] =
    &["um", "new-order", "--symbol", "BTCUSDT", "--side", "BUY", "--type", "MARKET", "--quantity", "1"];

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_secret_on_stdout_and_stderr() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let settle = ["settle", "no-such-order", "POST", "um/order", "symbol=BTCUSDT", "--sent-at", "1d", "--timeout", "1"];
    let calls: [&[&str]; 7] = [
        ORDER,
        &["um", "force-orders", "--show-meta"],
        &["um", "force-orders", "--limit", "1000"],
        &["call", "GET", "um/forceOrders", "--raw", "--effect", "read"],
        &["call", "POST", "um/order", "symbol=BTCUSDT", "side=BUY", "type=MARKET", "quantity=1", "--dry-run"],
        &settle,
        &["doctor"],
    ];
    let faults =
        [None, Some(FaultKind::Lost), Some(FaultKind::CutBody), Some(FaultKind::Html502), Some(FaultKind::Banned418)];
    for fault in faults {
        if let Some(kind) = fault {
            sandbox.inject(Fault::new(kind).always().retry_after(1));
        }
        for call in calls {
            let line = [call, &["--base-url", sandbox.base_url()]].concat();
            for (key, secret) in [(DEMO_KEY, DEMO_SECRET), (DEMO_KEY, common::SOME_SECRET), ("short", DEMO_SECRET)] {
                let run = papi_as(key, secret, &[&line[..], attempts(call)].concat());
                let printed = format!("{}\n{}", run.stdout, run.stderr);
                assert!(!printed.contains("panicked") && !printed.contains("signature="), "{call:?}: {printed}");
                let requests = sandbox.requests();
                let signatures =
                    requests.seen().filter_map(|seen| seen.query().split_once("signature=").map(|(_, rest)| rest));
                let secrets = [DEMO_KEY, DEMO_SECRET, common::SOME_SECRET];
                for secret in secrets.into_iter().chain(signatures.filter(|signature| !signature.is_empty())) {
                    assert!(!printed.contains(secret), "{call:?} prints a secret: {printed}");
                }
            }
        }
        sandbox.clear_faults();
    }
}

/// Once is enough; not every command has the option.
fn attempts(call: &[&str]) -> &'static [&'static str] {
    if matches!(call[0], "settle" | "doctor") { &[] } else { &["--attempts", "1"] }
}

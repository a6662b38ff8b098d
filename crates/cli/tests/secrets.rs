//! `papi` prints neither the key nor the secret nor a signature.

mod common;

use common::{command, finish, papi_as};
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

/// Forms of a secret that was put where it does not belong.
fn misplaced() -> [String; 6] {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";
    let pem = include_str!("../../runtime/tests/test_keys/ed25519.pem");
    [
        letters.to_owned(),
        format!("/{}", &letters[1..]),
        format!("{}/{}", &letters[..20], &letters[20..]),
        format!("{letters}:x"),
        format!("http://user:{letters}@10.0.0.1:3128"),
        pem.to_owned(),
    ]
}

/// A part of each of them that must not show, also not in small letters.
const PARTS: [&str; 4] = ["bcdefgh", "klmnopq", "uvwxyz0", "MC4CAQAw"];

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_secret_in_the_wrong_variable_is_neither_printed_nor_made_a_file() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let folder = tempfile::tempdir().expect("a folder");
    let pem = include_str!("../../runtime/tests/test_keys/ed25519.pem");
    assert!(pem.contains(PARTS[3]), "{pem}");
    for variable in [
        "BINANCE_API_KEY",
        "BINANCE_API_SECRET",
        "BINANCE_PRIVATE_KEY",
        "BINANCE_PRIVATE_KEY_PASSPHRASE",
        "PAPI_BASE_URL",
        "PAPI_INTENTS",
        "PAPI_LEDGER",
        "PAPI_TIME_URL",
        "PAPI_PROFILE",
        "PAPI_CONFIG",
    ] {
        for secret in misplaced() {
            for line in [
                &["um", "force-orders"][..],
                &["doctor"],
                &["--help"],
                &["um", "force-orders", "--help"],
                &["profile", "list"],
                &["profile", "show"],
                &["profile", "check"],
                &["intents", "list"],
                ORDER,
            ] {
                let mut papi = command(line);
                papi.current_dir(folder.path()).env("BINANCE_API_KEY", DEMO_KEY);
                papi.env("PAPI_BASE_URL", sandbox.base_url());
                if variable != "BINANCE_PRIVATE_KEY" {
                    papi.env("BINANCE_API_SECRET", DEMO_SECRET);
                }
                let run = finish({
                    papi.env(variable, &secret);
                    papi
                });
                let printed = format!("{}\n{}", run.stdout, run.stderr);
                assert!(!printed.contains("panicked"), "{variable} {line:?}: {printed}");
                for part in PARTS {
                    let shows = printed.to_lowercase().contains(&part.to_lowercase());
                    assert!(!shows, "{variable}={secret} {line:?} prints it: {printed}");
                }
                let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
                assert!(files.is_empty(), "{variable}={secret} {line:?} makes {files:?}");
            }
        }
    }
}

#[test]
fn a_secret_anywhere_in_the_file_of_profiles_is_neither_printed_nor_made_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    let places = [
        "SECRET",
        "SECRET = 1",
        "default_profile = SECRET",
        "[profile.SECRET]",
        "[profile.main]\nbase_url = SECRET",
        "[profile.main]\ntime_url = SECRET",
        "[profile.main]\nledger = SECRET",
        "[profile.main]\nintents = SECRET",
        "[profile.main]\nlimits = SECRET",
        "[profile.main]\ncolumns = { SECRET = [\"time\"] }",
        "[profile.main]\ncolumns = { \"um trades\" = [SECRET] }",
        "[profile.main]\nkey = SECRET",
        "[profile.main.key]\napi_key = SECRET",
        "[profile.main.key]\napi_key = { env = SECRET }\napi_secret = { env = \"S\" }",
        "[profile.main.key]\napi_key = { file = SECRET }\napi_secret = { env = \"S\" }",
        "[profile.main.key]\napi_key = { command = [SECRET] }\napi_secret = { env = \"S\" }",
        "[profile.main.key]\napi_key = { command = [\"cat\", SECRET] }\napi_secret = { env = \"S\" }",
    ];
    for place in places {
        for secret in misplaced() {
            std::fs::write(&config, place.replace("SECRET", &format!("\"\"\"{secret}\"\"\""))).expect("written");
            if place.starts_with("SECRET") || place.contains(".SECRET") || place.contains("{ SECRET") {
                let key = secret.replace('\n', " ");
                std::fs::write(&config, place.replace("SECRET", &format!("\"{key}\""))).expect("written");
            }
            for line in [&["profile", "show", "main"][..], &["profile", "check", "main"], &["doctor"]] {
                let mut papi = command(&[line, &["--base-url", "http://127.0.0.1:1"]].concat());
                papi.current_dir(folder.path()).env("PAPI_CONFIG", &config);
                let run = finish(papi);
                let printed = format!("{}\n{}", run.stdout, run.stderr).to_lowercase();
                assert!(!printed.contains("panicked"), "{place} {line:?}: {printed}");
                for part in PARTS {
                    assert!(!printed.contains(&part.to_lowercase()), "{place} {line:?} prints {secret}: {printed}");
                }
                assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "{place} makes a file");
            }
        }
    }
}

#[test]
fn a_passphrase_in_the_place_of_a_key_is_not_printed() {
    for passphrase in ["hunter2", "/hunter2", "seven words, hunter2 is one"] {
        let mut papi = command(&["um", "force-orders", "--base-url", "http://127.0.0.1:1"]);
        papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_PRIVATE_KEY", passphrase);
        let run = finish(papi).expect(2, &["BINANCE_PRIVATE_KEY is neither a PEM"]);
        assert!(!run.stderr.contains("hunter2"), "{run:?}");
    }
}

#[test]
fn help_names_variables_and_shows_no_values() {
    for line in [&["--help"][..], &["-h"], &["um", "force-orders", "--help"], &["doctor", "--help"]] {
        let mut papi = command(line);
        papi.env("PAPI_TIME_URL", "https://user:hunter2@clock").env("PAPI_LEDGER", "/nowhere/hunter2");
        papi.env("PAPI_INTENTS", "/nowhere/hunter2");
        papi.env("PAPI_BASE_URL", "https://user:hunter2@host").env("BINANCE_PRIVATE_KEY_PASSPHRASE", "hunter2");
        let run = finish(papi).expect(0, &[]);
        assert!(run.stdout.contains("[env: PAPI_TIME_URL]") && run.stdout.contains("[env: PAPI_LEDGER]"), "{run:?}");
        assert!(run.stdout.contains("[env: PAPI_INTENTS]"), "{run:?}");
        assert!(!run.stdout.contains("hunter2"), "{run:?}");
    }
}

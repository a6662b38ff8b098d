//! `Client::from_env` reads credentials from the environment of the process and nothing else.

#![expect(clippy::disallowed_methods, reason = "the test is about the environment")]

use papi_runtime::{Client, PRODUCTION_URL};
use std::process::Command;

/// Tells this test that it is the process whose environment is read.
const PRINT: &str = "PRINT_THE_CLIENT";

const THIS_TEST: &str = "a_client_of_the_exchange_comes_from_the_environment";

/// What a process with these variables alone makes of them.
fn client(variables: &[(&str, &str)]) -> String {
    let this = std::env::current_exe().expect("a path");
    let mut run = Command::new(this);
    run.args(["--exact", THIS_TEST, "--nocapture"]).env_clear().env(PRINT, "").envs(variables.iter().copied());
    String::from_utf8(run.output().expect("it runs").stdout).expect("text")
}

#[test]
fn a_client_of_the_exchange_comes_from_the_environment() {
    if std::env::var_os(PRINT).is_some() {
        match Client::from_env() {
            Ok(client) => println!("{client:?}"),
            Err(error) => println!("{error}"),
        }
        return;
    }
    let key = [("BINANCE_API_KEY", "the-key"), ("BINANCE_API_SECRET", "the-secret")];
    let elsewhere = [&key[..], &[("PAPI_BASE_URL", "http://127.0.0.1:1")]].concat();
    for variables in [&key[..], &elsewhere] {
        let printed = client(variables);
        assert!(printed.contains(PRODUCTION_URL) && printed.contains("key_type: Hmac"), "{printed}");
        assert!(!printed.contains("the-key") && !printed.contains("the-secret"), "{printed}");
    }
    let printed = client(&[]);
    assert!(printed.contains("set BINANCE_API_KEY, and either"), "{printed}");
}

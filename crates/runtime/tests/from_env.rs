//! `Client::from_env` reads credentials from the environment of the process and nothing else.

use papi_runtime::{Client, PRODUCTION_URL};
use std::process::Command;

/// What a process with these variables alone makes of them.
fn client(variables: &[(&str, &str)]) -> String {
    let this = std::env::current_exe().expect("a path");
    let arguments = ["--ignored", "--exact", "prints_the_client", "--nocapture"];
    let run = Command::new(this).args(arguments).env_clear().envs(variables.iter().copied()).output().expect("it runs");
    String::from_utf8(run.stdout).expect("text")
}

#[test]
#[ignore = "run by the other test, in an environment of its own"]
fn prints_the_client() {
    match Client::from_env() {
        Ok(client) => println!("{client:?}"),
        Err(error) => println!("{error}"),
    }
}

#[test]
fn a_client_of_the_exchange_comes_from_the_environment() {
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

//! Everything that can be wrong before the first call, in one table: each mistake has one message, which says what to do.

use crate::environment::{credentials, required};
use crate::{Client, Credentials, Error};
use papi_types::{market, um};
use std::ffi::OsString;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The client of `Client::from_env`, with these variables in the environment.
fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let variable = |name: &str| {
        let (_, value) = variables.iter().find(|(each, _)| *each == name)?;
        Some(OsString::from(value))
    };
    Client::builder().credentials(required(credentials(variable)?)?).build()
}

/// A call where no runtime runs.
fn without_tokio(client: &Client) -> Result<(), Error> {
    let request = market::Ping::new();
    let call = pin!(client.send(&request));
    match call.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(reply) => reply.map(drop),
        Poll::Pending => panic!("it waits, although nothing will wake it"),
    }
}

#[test]
fn each_mistake_has_one_message_that_says_what_to_do() {
    const KEY: &str = "BINANCE_API_KEY";
    const SECRET: &str = "BINANCE_API_SECRET";
    const PRIVATE_KEY: &str = "BINANCE_PRIVATE_KEY";
    let client = Client::builder().build().expect("a client");
    let base_url = |url| Client::builder().base_url(url).build().map(drop);
    let user_agent = |name| Client::builder().user_agent(name).build().map(drop);
    let variables = |variables| from_variables(variables).map(drop);
    let mistakes = [
        ("no key", variables(&[])),
        ("a key without a secret", variables(&[(KEY, "k")])),
        ("a secret without a key", variables(&[(SECRET, "s")])),
        ("a private key without a key", variables(&[(PRIVATE_KEY, "private.pem")])),
        ("a key with a line break", variables(&[(KEY, "k\n"), (SECRET, "s")])),
        ("a secret with a line break", Credentials::new("k", "s\r\n").map(drop)),
        ("an empty key", Credentials::new("", "s").map(drop)),
        ("a key file that is not there", variables(&[(KEY, "k"), (PRIVATE_KEY, "missing.pem")])),
        ("a key file that is a folder", variables(&[(KEY, "k"), (PRIVATE_KEY, "src")])),
        ("a key file that is no key", variables(&[(KEY, "k"), (PRIVATE_KEY, "Cargo.toml")])),
        ("base URL: nothing", base_url("")),
        ("base URL: no scheme", base_url("papi.binance.com")),
        ("base URL: a port and no scheme", base_url("localhost:8080")),
        ("base URL: another scheme", base_url("ftp://127.0.0.1")),
        ("base URL: plain HTTP", base_url("http://papi.binance.com")),
        ("base URL: with a password", base_url("https://user:secret@papi.binance.com")),
        ("base URL: with a query", base_url("https://papi.binance.com?a=b")),
        ("base URL: no host", base_url("https://")),
        ("user agent: a line break", user_agent("my-bot\r\nX-Other: 1")),
        ("user agent: beyond ASCII", user_agent("mein-Bär/1.0")),
        ("a missing runtime", without_tokio(&client)),
        ("a missing key", Client::builder().build().and_then(|client| needs_key(&client))),
    ];
    let line = |(mistake, result): (&str, Result<(), Error>)| {
        let error = result.err().unwrap_or_else(|| panic!("{mistake} is accepted"));
        assert!(error.is_invalid() && !error.to_string().contains('\n'), "{mistake}: {error}");
        format!("{mistake:<32}{error}\n")
    };
    insta::assert_snapshot!(mistakes.into_iter().map(line).collect::<String>());
}

/// A signed call of a client without credentials.
fn needs_key(client: &Client) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(client.send(&um::PositionMode::new())).map(drop)
}

//! What is wrong when a stream is opened is said at once, and without the listen key.

use crate::server::{KEY, Server};
use crate::support;
use papi_runtime::account_stream::StreamOptions;
use papi_runtime::{Client, Error, ErrorKind, with_causes};

/// The error of opening a stream, which holds nothing secret.
async fn refusal(client: Client) -> Error {
    let error = client.account_stream().open().await.expect_err("no stream");
    let shown = format!("{error} {error:?} {} {client:?}", with_causes(&error));
    assert!(!shown.contains(KEY) && !shown.contains("must-not-show"), "{shown}");
    error
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::start().await;
    let client = Client::builder().base_url(&server.url).trust_clock().build().expect("a client");
    assert_eq!(refusal(client).await.kind(), ErrorKind::Invalid);
}

#[tokio::test]
async fn credentials_without_the_right_to_a_stream_are_refused() {
    let server = Server::start().await;
    server.answers().open =
        (401, r#"{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"#.to_owned());
    let error = refusal(server.builder().build().expect("a client")).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Rejected, 1));
    assert!(error.advice().is_some());
}

#[tokio::test]
async fn a_closed_port_is_named() {
    let server = Server::start().await;
    let client = server.builder().stream_url("ws://127.0.0.1:9/pm").build().expect("a client");
    let error = refusal(client).await;
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_eq!(error.to_string(), "not sent: no connection to the stream at 127.0.0.1:9: TCP failed");
}

#[tokio::test]
async fn a_handshake_that_is_refused_has_its_status() {
    let server = Server::start().await;
    server.answers().handshake = 403;
    let error = refusal(server.builder().build().expect("a client")).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Rejected, Some(403)));
}

#[tokio::test]
async fn what_does_not_answer_in_time_is_given_up() {
    let server = Server::start().await;
    // It accepts, and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("ws://{}/pm", silent.local_addr().expect("an address"));
    let client = support::builder(&server.url).stream_url(url).build().expect("a client");
    let options = StreamOptions { connect_timeout: std::time::Duration::from_millis(100), ..StreamOptions::default() };
    let error = client.account_stream().options(options).open().await.expect_err("no stream");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(with_causes(&error).contains("the websocket handshake failed"), "{}", with_causes(&error));
}

#[tokio::test]
async fn a_stream_url_that_is_none_is_refused_when_the_client_is_built() {
    let error = Client::builder().stream_url("ws://fstream.binance.com/pm").build().expect_err("no client");
    assert!(error.is_invalid());
}

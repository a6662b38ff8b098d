//! One HTTP exchange: what went out is given, what came back is told apart by how far it got.

use crate::settings::Transport;
use bytes::Bytes;
use papi_types::Method;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use std::time::Duration;

/// One attempt, ready to leave.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    /// The sealed query; the body is always empty.
    pub(crate) query: &'a str,
    pub(crate) key: Option<&'a HeaderValue>,
    pub(crate) timeout: Duration,
}

/// What became of an attempt.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The exchange, or something before it, answered.
    Answered(Answer),
    /// It failed before a connection stood, so nothing reached the exchange.
    NeverSent(reqwest::Error),
    /// It failed later: the exchange may or may not have acted.
    Lost(reqwest::Error),
}

/// A complete answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Sends the attempt once. Errors lose their address, which holds the signature.
pub(crate) async fn exchange(transport: &Transport, attempt: &Attempt<'_>) -> Outcome {
    let method = match attempt.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request =
        transport.http.request(method, transport.url(attempt.path, attempt.query)).timeout(attempt.timeout);
    if attempt.method != Method::Get && attempt.method != Method::Delete {
        // Some gateways refuse a POST that does not say that it has no body.
        request = request.header(CONTENT_LENGTH, 0);
    }
    if let Some(key) = attempt.key {
        request = request.header("X-MBX-APIKEY", key);
    }
    let request = match request.build() {
        Ok(request) => request,
        Err(error) => return Outcome::NeverSent(error.without_url()),
    };
    let response = match transport.http.execute(request).await {
        Ok(response) => response,
        // Only the connect phase. An error of the builder's kind proves nothing here: the HTTP library gives one after
        // the answer to a redirect whose address it cannot read.
        Err(error) if error.is_connect() => return Outcome::NeverSent(error.without_url()),
        Err(error) => return Outcome::Lost(error.without_url()),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    match response.bytes().await {
        Ok(body) => Outcome::Answered(Answer { status, headers, body }),
        Err(error) => Outcome::Lost(error.without_url()),
    }
}

//! One HTTP exchange: what went out is given, what came back is told apart by how far it got.

use crate::answer::{Answer, Loss, Outcome, Usage};
use crate::connection::Connection;
use bytes::Bytes;
use papi_types::Method;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::{Request, Response, Url};
use std::time::Duration;

/// One attempt, ready to leave.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    /// With the sealed query; the body is always empty.
    pub(crate) url: Url,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) timeout: Duration,
    /// How many bytes the body of the answer may have.
    pub(crate) largest_body: usize,
}

/// Sends the attempt once. Errors lose their address, which holds the signature.
pub(crate) async fn exchange(connection: &Connection, attempt: Attempt<'_>) -> Outcome {
    let method = match attempt.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request = Request::new(method, attempt.url);
    *request.timeout_mut() = Some(attempt.timeout);
    *request.headers_mut() = attempt.headers.clone();
    if attempt.method != Method::Get && attempt.method != Method::Delete {
        // Some gateways refuse a POST that does not say that it has no body.
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let response = match connection.send(request).await {
        Ok(response) => response,
        Err(outcome) => return outcome,
    };
    let (status, usage) = (response.status(), Usage::read(response.headers()));
    match read_body(response, attempt.largest_body).await {
        Ok(body) => Outcome::Answered(Answer::new(status, usage, body)),
        Err(loss) => Outcome::Lost(loss),
    }
}

/// Reads a body to its end, and no further than the limit: a server may send without end.
async fn read_body(mut response: Response, limit: usize) -> Result<Bytes, Loss> {
    let broken = |error: reqwest::Error| Loss::Broken(error.without_url());
    let announced = response.content_length().map_or(Ok(0), usize::try_from).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Loss::TooLong(limit));
    }
    let mut body = Vec::with_capacity(announced);
    while body.len() <= limit {
        match response.chunk().await.map_err(broken)? {
            Some(more) => body.extend_from_slice(&more),
            None => return Ok(body.into()),
        }
    }
    Err(Loss::TooLong(limit))
}

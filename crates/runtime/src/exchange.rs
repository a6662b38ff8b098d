//! One HTTP exchange: what went out is given, what came back is told apart by how far it got.

use crate::answer::{Answer, Loss, Outcome};
use bytes::Bytes;
use papi_types::Method;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Response, Url};
use std::time::Duration;

/// One attempt, ready to leave.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    /// With the sealed query; the body is always empty.
    pub(crate) url: Url,
    pub(crate) key: Option<&'a HeaderValue>,
    pub(crate) timeout: Duration,
    /// How many bytes the body of the answer may have.
    pub(crate) largest_body: usize,
}

/// Sends the attempt once. Errors lose their address, which holds the signature.
pub(crate) async fn exchange(http: &reqwest::Client, attempt: Attempt<'_>) -> Outcome {
    let method = match attempt.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    let mut request = http.request(method, attempt.url).timeout(attempt.timeout);
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
    let response = match http.execute(request).await {
        Ok(response) => response,
        // Only the connect phase. An error of the builder's kind proves nothing here: the HTTP library gives one after
        // the answer to a redirect whose address it cannot read.
        Err(error) if error.is_connect() => return Outcome::NeverSent(error.without_url()),
        Err(error) => return Outcome::Lost(Loss::Broken(error.without_url())),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    match read_body(response, attempt.largest_body).await {
        Ok(body) => Outcome::Answered(Answer::new(status, &headers, body)),
        Err(loss) => Outcome::Lost(loss),
    }
}

/// Reads a body to its end, and no further than the limit: a server may send without end.
async fn read_body(mut response: Response, limit: usize) -> Result<Bytes, Loss> {
    let broken = |error: reqwest::Error| Loss::Broken(error.without_url());
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(Loss::TooLong(limit));
    }
    let mut body = Vec::new();
    while body.len() <= limit {
        match response.chunk().await.map_err(broken)? {
            Some(more) => body.extend_from_slice(&more),
            None => return Ok(body.into()),
        }
    }
    Err(Loss::TooLong(limit))
}

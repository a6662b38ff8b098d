//! One HTTP exchange: what went out is given, what came back is told apart by how far it got.

use crate::answer::{Answer, Outcome};
use papi_types::Method;
use reqwest::Url;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use std::time::Duration;

/// One attempt, ready to leave.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    /// With the sealed query; the body is always empty.
    pub(crate) url: Url,
    pub(crate) key: Option<&'a HeaderValue>,
    pub(crate) timeout: Duration,
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
        Err(error) => return Outcome::Lost(error.without_url()),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    match response.bytes().await {
        Ok(body) => Outcome::Answered(Answer::new(status, &headers, body)),
        Err(error) => Outcome::Lost(error.without_url()),
    }
}

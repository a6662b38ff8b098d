//! What goes back over the wire, and how it is delivered. The exchange decides both; `serve` only carries it out.

use crate::refusal::Refusal;
use serde_json::json;
use std::borrow::Cow;
use std::time::Duration;

pub(crate) const CONTENT_TYPE: &str = "content-type";
pub(crate) const JSON: &str = "application/json;charset=UTF-8";
pub(crate) const USED_WEIGHT: &str = "x-mbx-used-weight-1m";
pub(crate) const ORDER_COUNT: &str = "x-mbx-order-count-1m";
pub(crate) const RETRY_AFTER: &str = "retry-after";

const NOT_FOUND: u16 = 404;

/// What goes back over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case. Without a content type it is JSON.
    pub(crate) headers: Vec<(Cow<'static, str>, String)>,
    pub(crate) body: String,
    pub(crate) delivery: Delivery,
}

/// How an answer is delivered. The durations are the longest that a stalled connection is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// As it is.
    Whole,
    /// As it is, after a pause.
    Late(Duration),
    /// Not at all: the connection is reset.
    Reset,
    /// Not at all: nothing happens.
    StallBeforeHeaders(Duration),
    /// Without its body, which never comes.
    StallAfterHeaders(Duration),
    /// With half of its body; the rest never comes.
    StallMidBody(Duration),
    /// With half of its body; then the connection is closed.
    Cut,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), delivery: Delivery::Whole }
    }

    pub(crate) fn ok(body: String) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn refused(refusal: &Refusal) -> Self {
        let answer = Self::new(refusal.status, json!({ "code": refusal.code, "msg": refusal.message }).to_string());
        match refusal.retry_after {
            Some(seconds) => answer.with(RETRY_AFTER, seconds.to_string()),
            None => answer,
        }
    }

    /// Returns the answer to an unknown path. Its body is not documented; this one has neither `code` nor `msg`,
    /// because the exchange's own error codes are about calls that exist.
    pub(crate) fn not_found(path: &str) -> Self {
        let body = json!({ "status": NOT_FOUND, "error": "Not Found", "path": path }).to_string();
        Self::new(NOT_FOUND, body)
    }

    /// Returns the answer of the sandbox itself to a request that it does not understand.
    pub(crate) fn not_understood(status: u16, text: &str) -> Self {
        Self::new(status, json!({ "error": text }).to_string())
    }

    /// Returns the answer with one more header.
    pub(crate) fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the answer, delivered in another way.
    pub(crate) fn delivered(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }
}

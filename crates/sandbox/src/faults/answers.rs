//! What is answered to a request that meets a fault.

use super::canned::page;
use super::{CannedAnswer, Fault, FaultKind};
use crate::answer::{Answer, Delivery, RETRY_AFTER};
use crate::meter::banned;
use crate::refusal::{
    BACKEND_TIMEOUT, ErrorTemplate, INTERNAL_ERROR, NO_STREAM, OUTSIDE_RECV_WINDOW, THROTTLED, THROTTLED_OTHERWISE,
    TOO_MANY_REQUESTS, UNEXPECTED_RESPONSE, UNKNOWN,
};
use papi_types::Timestamp;
use serde_json::json;
use std::time::Duration;

/// The limit that made-up answers name.
const SOME_LIMIT: &str = "6000";

/// How many seconds a 429 asks to wait, and below it a 418, where the fault names no other time.
const PAUSE: u64 = 1;
const BAN: u64 = 120;

/// The body that is delivered in parts where there is no answer to the request.
const MADE_UP_BODY: &str = r#"{"orderId":4611875134427365377,"status":"NEW"}"#;

/// Where a redirect points to. Nothing is there; the log of requests shows a client that follows it.
const REDIRECT_TARGET: &str = "/redirected";

impl Fault {
    /// Returns the answer that goes out: that to the request, if it was executed, or one that follows from the fault
    /// alone.
    pub(crate) fn apply(&self, served: Option<Answer>, path: &str, now: Timestamp) -> Answer {
        use FaultKind as K;
        let in_parts = |delivery| some_body(served.clone()).delivered(delivery);
        match self.kind {
            // These leave the answer as it is.
            K::Refuse
            | K::LateReveal
            | K::EventsFirst
            | K::EventsLate
            | K::EventCut
            | K::HalfOpen
            | K::StreamCut
            | K::ServerShutdown
            | K::UnknownEvent
            | K::MalformedEvent
            | K::EventBurst
            | K::KeyExpires
            | K::KeyExpiresSilently
            | K::KeyExpiresTwice
            | K::KeyDeleted => served.unwrap_or_else(|| some_body(None)),
            K::ResetBeforeRead | K::ResetAfterRead | K::Lost => in_parts(Delivery::Reset),
            K::StallBeforeHeaders => in_parts(Delivery::StallBeforeHeaders(self.hold())),
            K::StallAfterHeaders => in_parts(Delivery::StallAfterHeaders(self.hold())),
            K::StallMidBody => in_parts(Delivery::StallMidBody(self.hold())),
            K::CutBody => in_parts(Delivery::Cut),
            K::BadJson => {
                let mut answer = some_body(served);
                let half = (0..=answer.body.len() / 2).rev().find(|at| answer.body.is_char_boundary(*at));
                answer.body.truncate(half.unwrap_or_default());
                Answer { status: 200, ..answer }
            }
            K::Html404 => web_page(404, "Not Found"),
            K::Html403 => web_page(403, "Request blocked"),
            K::Html502 => web_page(502, "Bad Gateway"),
            K::Html504 => web_page(504, "Gateway Time-out"),
            K::Redirect => Answer::new(302, "").with("location", REDIRECT_TARGET),
            K::UnknownError503 => {
                without_code(path, now, "Unknown error, please check your request or try again later.")
            }
            K::Unavailable503 => without_code(path, now, "Service Unavailable."),
            K::Throttled503 => refused(THROTTLED),
            K::ThrottledOtherwise503 => refused(THROTTLED_OTHERWISE),
            K::InternalError503 => refused(INTERNAL_ERROR),
            K::Unknown500 => refused(UNKNOWN),
            K::Timeout408 => Answer { status: 408, ..refused(BACKEND_TIMEOUT) },
            K::UnexpectedResponse => refused(UNEXPECTED_RESPONSE),
            K::BackendTimeout => refused(BACKEND_TIMEOUT),
            K::TooManyRequests429 => too_many(429).with(RETRY_AFTER, self.seconds(PAUSE).to_string()),
            K::TooManyRequests429Bare => too_many(429),
            K::Banned418 => too_many(418).with(RETRY_AFTER, self.seconds(BAN).to_string()),
            K::Banned418Bare => too_many(418),
            K::Banned418Until => {
                let end = now.plus(Duration::from_secs(self.seconds(BAN)));
                Answer { headers: Vec::new(), ..Answer::refused(&banned(end, now)) }
            }
            K::TooManyRequests400 => too_many(400),
            K::OutsideRecvWindow => refused(OUTSIDE_RECV_WINDOW),
            K::NoListenKey => refused(NO_STREAM),
            K::Answer => self.answer.as_ref().map_or_else(|| some_body(None), CannedAnswer::answer),
        }
    }

    fn seconds(&self, otherwise: u64) -> u64 {
        self.retry_after.unwrap_or(otherwise)
    }
}

/// Returns the answer to the request, or a made-up one if its body is too short to be halved.
fn some_body(served: Option<Answer>) -> Answer {
    served.filter(|answer| answer.body.len() > 1).unwrap_or_else(|| Answer::ok(MADE_UP_BODY.to_owned()))
}

fn refused(known: ErrorTemplate) -> Answer {
    Answer::refused(&known.plain())
}

fn too_many(status: u16) -> Answer {
    Answer { status, ..Answer::refused(&TOO_MANY_REQUESTS.with(&[SOME_LIMIT])) }
}

/// Returns what a gateway answers when its backend does not: a body without a code, as seen on the futures hosts.
fn without_code(path: &str, now: Timestamp, message: &str) -> Answer {
    Answer::new(503, json!({ "timestamp": now.as_millis(), "path": path, "msg": message }).to_string())
}

fn web_page(status: u16, title: &str) -> Answer {
    let title = format!("{status} {title}");
    page(status, format!("<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"))
}

//! Answers that have nothing to do with what was asked: those of each kind of fault, and any other.

use super::{Fault, FaultKind};
use crate::answer::{Answer, CONTENT_TYPE, Carriage};
use crate::meter::banned;
use crate::refusal::{
    BACKEND_TIMEOUT, INTERNAL_ERROR, Known, OUTSIDE_RECV_WINDOW, THROTTLED, THROTTLED_OTHERWISE, TOO_MANY_REQUESTS,
    UNEXPECTED_RESPONSE, UNKNOWN,
};
use papi_types::Timestamp;
use serde_json::json;
use std::time::Duration;

/// The limit that made-up answers name.
const SOME_LIMIT: &str = "6000";

/// How long a 429 and a 418 say to wait unless told otherwise, in seconds.
const PAUSE: u64 = 1;
const BAN: u64 = 120;

/// What is carried in parts where there is no answer to the request.
const STAND_IN: &str = r#"{"orderId":4611875134427365377,"status":"NEW"}"#;

/// Where a redirect points to. Nothing is there; whoever follows is seen asking for it.
const ELSEWHERE: &str = "/redirected";

/// An answer of one's own choosing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedAnswer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: CannedBody,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CannedBody {
    Refusal { code: i64, message: String },
    Text(String),
}

impl CannedAnswer {
    /// A refusal in the exchange's form.
    pub fn refusal(status: u16, code: i64, message: &str) -> Self {
        Self { status, headers: Vec::new(), body: CannedBody::Refusal { code, message: message.to_owned() } }
    }

    /// A status with a text; HTML when the text begins with `<`, JSON otherwise.
    pub fn text(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: CannedBody::Text(body.to_owned()) }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    fn answer(&self) -> Answer {
        let body = match &self.body {
            CannedBody::Refusal { code, message } => json!({ "code": code, "msg": message }).to_string(),
            CannedBody::Text(text) => text.clone(),
        };
        let mut answer = if body.starts_with('<') { page(self.status, body) } else { Answer::new(self.status, body) };
        // A header of one's own takes the place of one that is there anyway.
        for (name, value) in &self.headers {
            answer = answer.with(name.clone(), value);
        }
        answer
    }
}

impl Fault {
    /// The answer that goes out: that to the request, if it was executed, or one that knows nothing of it.
    pub(crate) fn spoil(&self, served: Option<Answer>, path: &str, now: Timestamp) -> Answer {
        use FaultKind as K;
        let in_parts = |carriage| some_body(served.clone()).carried(carriage);
        match self.kind {
            K::Refuse | K::LateReveal => served.unwrap_or_else(|| some_body(None)),
            K::ResetBeforeRead | K::ResetAfterRead | K::Lost => in_parts(Carriage::Reset),
            K::StallBeforeHeaders => in_parts(Carriage::StallBeforeHeaders(self.hold())),
            K::StallAfterHeaders => in_parts(Carriage::StallAfterHeaders(self.hold())),
            K::StallMidBody => in_parts(Carriage::StallMidBody(self.hold())),
            K::CutBody => in_parts(Carriage::Cut),
            K::BadJson => {
                let mut answer = some_body(served);
                answer.body.truncate(answer.body.floor_char_boundary(answer.body.len() / 2));
                Answer { status: 200, ..answer }
            }
            K::Html404 => web_page(404, "Not Found"),
            K::Html403 => web_page(403, "Request blocked"),
            K::Html502 => web_page(502, "Bad Gateway"),
            K::Html504 => web_page(504, "Gateway Time-out"),
            K::Redirect => Answer::new(302, "").with("location", ELSEWHERE),
            K::UnknownError503 => unlettered(path, now, "Unknown error, please check your request or try again later."),
            K::Unavailable503 => unlettered(path, now, "Service Unavailable."),
            K::Throttled503 => refused(THROTTLED),
            K::ThrottledOtherwise503 => refused(THROTTLED_OTHERWISE),
            K::InternalError503 => refused(INTERNAL_ERROR),
            K::Unknown500 => refused(UNKNOWN),
            K::Timeout408 => Answer { status: 408, ..refused(BACKEND_TIMEOUT) },
            K::UnexpectedResponse => refused(UNEXPECTED_RESPONSE),
            K::BackendTimeout => refused(BACKEND_TIMEOUT),
            K::TooManyRequests429 => self.told_to_wait(429),
            K::TooManyRequests429Bare => too_many(429),
            K::Banned418 => self.told_to_wait(418),
            K::Banned418Bare => too_many(418),
            K::Banned418Until => {
                let end = now.plus(Duration::from_secs(self.seconds(BAN)));
                Answer { headers: Vec::new(), ..Answer::refused(&banned(end, now)) }
            }
            K::TooManyRequests400 => too_many(400),
            K::OutsideRecvWindow => refused(OUTSIDE_RECV_WINDOW),
            K::Answer => self.answer.as_ref().map_or_else(|| some_body(None), CannedAnswer::answer),
        }
    }

    fn told_to_wait(&self, status: u16) -> Answer {
        let otherwise = if status == 429 { PAUSE } else { BAN };
        let refusal = TOO_MANY_REQUESTS.with(&[SOME_LIMIT]).retry_after(self.seconds(otherwise));
        Answer { status, ..Answer::refused(&refusal) }
    }

    fn seconds(&self, otherwise: u64) -> u64 {
        self.retry_after.unwrap_or(otherwise)
    }
}

/// An answer with a body that has two halves.
fn some_body(served: Option<Answer>) -> Answer {
    served.filter(|answer| answer.body.len() > 1).unwrap_or_else(|| Answer::ok(STAND_IN.to_owned()))
}

fn refused(known: Known) -> Answer {
    Answer::refused(&known.plain())
}

fn too_many(status: u16) -> Answer {
    Answer { status, ..Answer::refused(&TOO_MANY_REQUESTS.with(&[SOME_LIMIT])) }
}

/// What answers for a backend that does not: no code, as it was seen on the futures hosts.
fn unlettered(path: &str, now: Timestamp, message: &str) -> Answer {
    Answer::new(503, json!({ "timestamp": now.as_millis(), "path": path, "msg": message }).to_string())
}

fn web_page(status: u16, title: &str) -> Answer {
    let title = format!("{status} {title}");
    page(status, format!("<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"))
}

fn page(status: u16, body: String) -> Answer {
    Answer::new(status, body).with(CONTENT_TYPE, "text/html")
}

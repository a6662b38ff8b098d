//! An answer that has nothing to do with what was asked.

use crate::answer::{Answer, CONTENT_TYPE};
use serde_json::json;

/// An answer that a test chooses.
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
    /// Returns a refusal in the exchange's form.
    pub fn refusal(status: u16, code: i64, message: &str) -> Self {
        Self { status, headers: Vec::new(), body: CannedBody::Refusal { code, message: message.to_owned() } }
    }

    /// Returns a status with a text; HTML when the text begins with `<`, JSON otherwise.
    pub fn text(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: CannedBody::Text(body.to_owned()) }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    pub(super) fn answer(&self) -> Answer {
        let body = match &self.body {
            CannedBody::Refusal { code, message } => json!({ "code": code, "msg": message }).to_string(),
            CannedBody::Text(text) => text.clone(),
        };
        let mut answer = if body.starts_with('<') { page(self.status, body) } else { Answer::new(self.status, body) };
        // A chosen header takes the place of a usual one.
        for (name, value) in &self.headers {
            answer = answer.with(name.clone(), value);
        }
        answer
    }
}

/// Returns an answer with a web page.
pub(super) fn page(status: u16, body: String) -> Answer {
    Answer::new(status, body).with(CONTENT_TYPE, "text/html")
}

//! What came of one attempt. An answer is read once, here: no other file looks at headers or at the text of a refusal.

use bytes::Bytes;
use papi_types::ErrorCode;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::time::Duration;

/// What came of an attempt.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The exchange, or something before it, answered.
    Answered(Answer),
    /// It failed before a connection stood, so nothing reached the exchange.
    NeverSent(reqwest::Error),
    /// It failed later: the exchange may or may not have acted.
    Lost(Loss),
}

/// Why an answer is lost.
#[derive(Debug)]
pub(crate) enum Loss {
    /// The connection broke, or it took too long.
    Broken(reqwest::Error),
    /// Its body is longer than this many bytes, and was not read to its end.
    TooLong(usize),
}

/// A complete answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    /// None when it is no refusal, or one without a code or text that can be read.
    pub(crate) refusal: Option<Refusal>,
    pub(crate) usage: Usage,
}

/// A refusal as the exchange writes it: `{"code": -1121, "msg": "Invalid symbol."}`. Some refusals have a text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Option<ErrorCode>,
    pub(crate) message: String,
}

/// What an answer says about the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Usage {
    /// The exchange's count of used weight.
    pub(crate) weight: Option<u32>,
    /// The exchange's count of orders.
    pub(crate) orders: Option<u32>,
    /// How long to stay away.
    pub(crate) retry_after: Option<Duration>,
}

impl Answer {
    pub(crate) fn new(status: StatusCode, usage: Usage, body: Bytes) -> Self {
        let refusal = if status.is_success() { Refusal::in_success(&body) } else { Refusal::read(&body) };
        Self { status, body, refusal, usage }
    }

    /// The code of a refusal.
    pub(crate) fn code(&self) -> Option<ErrorCode> {
        self.refusal.as_ref()?.code
    }

    /// The text of a refusal.
    pub(crate) fn message(&self) -> Option<&str> {
        Some(&self.refusal.as_ref()?.message)
    }

    /// Whether the body is a page for people, such as the one of a firewall.
    pub(crate) fn is_web_page(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"<")
    }

    /// Whether the body is JSON at all. If it is not, the exchange did not write it.
    pub(crate) fn is_json(&self) -> bool {
        serde_json::from_slice::<IgnoredAny>(&self.body).is_ok()
    }
}

impl Refusal {
    /// Reads what came with a status of success: a refusal there is an object with a code other than 0. Everything else is a
    /// reply, which its own type reads.
    fn in_success(body: &[u8]) -> Option<Self> {
        let has_code = || body.split(|byte| *byte == b'"').any(|part| part == b"code");
        let may_be = body.trim_ascii_start().starts_with(b"{") && has_code();
        may_be.then(|| Self::read(body)).flatten().filter(|refusal| refusal.code.is_some_and(|code| code.get() != 0))
    }

    /// Reads a refusal. The code 200 is the exchange's way to say that all is well, and no refusal.
    fn read(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Fields<'a> {
            #[serde(borrow)]
            code: Option<&'a RawValue>,
            msg: Option<String>,
        }
        let body = body.trim_ascii_start();
        if body.first() != Some(&b'{') {
            let text = std::str::from_utf8(body).ok()?.trim();
            let is_plain = !text.is_empty() && text.len() < 200 && !text.starts_with(['<', '[', '"']);
            return is_plain.then(|| Self { code: None, message: text.to_owned() });
        }
        let fields: Fields<'_> = serde_json::from_slice(body).ok()?;
        let code = fields.code.and_then(|raw| raw.get().trim_matches('"').parse().ok());
        match (code, fields.msg) {
            (Some(200), _) | (None, None) => None,
            (code, message) => Some(Self { code: code.map(ErrorCode::new), message: message.unwrap_or_default() }),
        }
    }
}

impl Usage {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
            headers.get(name)?.to_str().ok()?.trim().parse().ok()
        }
        Self {
            weight: number(headers, "x-mbx-used-weight-1m"),
            orders: number(headers, "x-mbx-order-count-1m"),
            retry_after: number(headers, "retry-after").map(Duration::from_secs),
        }
    }
}

#[cfg(test)]
impl Answer {
    /// An answer as it comes from a server, with `retry-after` where it is given.
    pub(crate) fn of(status: u16, retry_after: Option<&str>, body: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|value| (reqwest::header::RETRY_AFTER, value.parse().expect("a header"))));
        let status = StatusCode::from_u16(status).expect("a status");
        Self::new(status, Usage::read(&headers), Bytes::copy_from_slice(body.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_from_a_reply() {
        let read = |body: &str| {
            Refusal::read(body.as_bytes()).map(|refusal| (refusal.code.map(ErrorCode::get), refusal.message))
        };
        assert_eq!(read(r#"{"code":-1121,"msg":"Invalid symbol."}"#), Some((Some(-1121), "Invalid symbol.".into())));
        assert_eq!(read(r#"{"code":"51061","msg":"x"}"#), Some((Some(51061), "x".into())));
        assert_eq!(read(r#"{"msg":"Service Unavailable."}"#), Some((None, "Service Unavailable.".into())));
        assert_eq!(read("Service Unavailable."), Some((None, "Service Unavailable.".into())));
        assert_eq!(read("\n {\"code\":-1007,\"msg\":\"x\"}"), Some((Some(-1007), "x".into())));
        for reply in [
            r#"{"code":200,"msg":"success"}"#,
            r#"{"code":"200","msg":"x"}"#,
            r#"{"total":1}"#,
            "[]",
            "",
            "<html>",
            "{",
        ] {
            assert_eq!(read(reply), None, "{reply}");
        }
    }

    #[test]
    fn in_a_success_only_a_code_is_a_refusal() {
        let refusal = |body| Answer::of(200, None, body).refusal;
        assert!(refusal(r#"{"code":-2019,"msg":"Margin is insufficient."}"#).is_some());
        for reply in [
            r#"{"msg":"success"}"#,
            r#"{"code":200,"msg":"success"}"#,
            r#"{"code":0,"msg":"success"}"#,
            "plain text",
            r#"[{"code":-1}]"#,
        ] {
            assert_eq!(refusal(reply), None, "{reply}");
        }
    }
}

//! What a call gives back: the typed reply with what the exchange said around it, and the shape of its refusals.

use papi_types::{ClientOrderId, Timestamp};
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// What was asked for.
    pub data: T,
    /// What came with it.
    pub meta: Meta,
}

/// What comes with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meta {
    /// The HTTP status.
    pub status: u16,
    /// Weight used in the running minute by everyone at this IP address, in the exchange's count.
    pub used_weight: Option<u32>,
    /// Orders of this account in the running minute, in the exchange's count; on order replies.
    pub order_count: Option<u32>,
    /// How often the call was sent.
    pub attempts: u32,
    /// The timestamp that the last attempt carried.
    pub sent_at: Timestamp,
    /// The caller's id of the order, list, algo or conditional order that the call placed; made by the client when the
    /// request had none.
    pub client_order_id: Option<ClientOrderId>,
}

/// The exchange's count of used weight.
pub(crate) fn used_weight(headers: &HeaderMap) -> Option<u32> {
    count(headers, "x-mbx-used-weight-1m")
}

/// The exchange's count of orders.
pub(crate) fn order_count(headers: &HeaderMap) -> Option<u32> {
    count(headers, "x-mbx-order-count-1m")
}

fn count(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Whether a body is JSON at all, whatever it says. What is none was not written by the exchange.
pub(crate) fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// A refusal as the exchange writes it: `{"code": -1121, "msg": "Invalid symbol."}`. Some refusals have a text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<i64>,
    pub(crate) message: String,
}

impl ErrorBody {
    /// Reads a refusal. The code 200 is the exchange's way to say that all is well, and no refusal.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
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
            (code, message) => Some(Self { code, message: message.unwrap_or_default() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_from_a_reply() {
        let read = |body: &str| ErrorBody::read(body.as_bytes()).map(|error| (error.code, error.message));
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
}

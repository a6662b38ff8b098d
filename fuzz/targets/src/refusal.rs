//! Answers before their reply is read: a refusal is found as `serde_json` finds it, and nothing that may have acted is called
//! refused.

use crate::first_line;
use papi_runtime::__fuzz::{Classified, classify_answer};
use papi_types::ErrorCode;
use serde_json::Value;

/// Reads a status on the first line, and the body of an answer below.
///
/// # Panics
///
/// When the answer is taken for what it is not.
pub fn refusal(data: &[u8]) {
    let (line, body) = first_line(data);
    let status = std::str::from_utf8(line).ok().and_then(|line| line.trim().parse().ok()).unwrap_or(400);
    let Some(found) = classify_answer(status, body) else { return };
    if let Some((code, message)) = in_object(body) {
        let is_success = (200..300).contains(&status);
        let is_refusal = match code {
            None => message.is_some() && !is_success,
            Some(code) => code != 200 && !(is_success && code == 0),
        };
        // The negative spelling of a positive family is the same code.
        let expected = is_refusal.then(|| (code.map(ErrorCode::new), message.unwrap_or_default()));
        let read = found.message.clone().map(|message| (found.code, message));
        assert_eq!(read, expected, "the refusal");
    }
    proves_what_it_says(status, &found);
}

/// The slow way to the code and the text of an object; none when the body is none, or when the two are of other types.
fn in_object(body: &[u8]) -> Option<(Option<i64>, Option<String>)> {
    let Value::Object(fields) = serde_json::from_slice(body).ok()? else { return None };
    let has_twice = |name: &str| {
        let quoted = format!("\"{name}\"");
        String::from_utf8_lossy(body).matches(&quoted).count() > 1
    };
    // Of a field that stands twice, `Value` keeps the last; and a name may be written with escapes.
    if has_twice("code") || has_twice("msg") || body.contains(&b'\\') {
        return None;
    }
    let code = match fields.get("code") {
        None | Some(Value::Null) => None,
        // `Value` does not tell -0 from -0.0.
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) && !number.is_u64() => return None,
        Some(Value::Number(number)) => number.to_string().parse().ok(),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    match fields.get("msg") {
        None | Some(Value::Null) => Some((code, None)),
        Some(Value::String(text)) => Some((code, Some(text.clone()))),
        Some(_) => None,
    }
}

/// What is said about execution has its reason in the answer.
fn proves_what_it_says(status: u16, found: &Classified) {
    let is_refused = match found.execution.as_str() {
        "Done" => {
            assert!((200..300).contains(&status) && found.code.is_none(), "done: {found:?}");
            return;
        }
        "Refused" | "Mistimed" | "ShutDown" => {
            assert!(found.code.is_some(), "refused without a code: {found:?}");
            (200..500).contains(&status)
        }
        "TurnedAway" => found.message.is_some(),
        "Throttled" => matches!(status, 418 | 429) || found.code.is_some(),
        // These prove nothing, and a call that acts is not sent again.
        "NoSuchPath" | "Foreign" | "Unknown" | "Garbled" => return,
        other => panic!("{other} is no result of an answer"),
    };
    assert!(is_refused, "status {status} proves nothing: {found:?}");
}

/// Statuses with bodies that are documented or were observed.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let bodies = [
        r#"{"code":-1121,"msg":"Invalid symbol."}"#,
        r#"{"code":"51061","msg":"x"}"#,
        r#"{"code":200,"msg":"success"}"#,
        r#"{"code":0,"msg":"success"}"#,
        r#"{"msg":"Service Unavailable."}"#,
        "Service Unavailable.",
        r#"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#,
        r#"{"code":-1003,"msg":"Way too many requests; IP banned until 1659146400000."}"#,
        r#"{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."}"#,
        r#"{"code":-1007,"msg":"Timeout waiting for response from backend server."}"#,
        r#"{"code":-1016,"msg":"This service is no longer available."}"#,
        "<html><body>403 Forbidden</body></html>",
        r#"[{"code":-1}]"#,
        "",
    ];
    let statuses = [200, 400, 403, 404, 408, 418, 429, 500, 503, 504];
    let seeds = statuses.iter().flat_map(|status| bodies.map(|body| format!("{status}\n{body}").into_bytes()));
    seeds.collect()
}

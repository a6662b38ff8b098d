//! What an outcome says about execution: one reading for all that send requests.

use crate::answer::{Answer, Outcome};
use papi_types::ErrorCode;

/// How far a call got, seen from whether the exchange may have acted on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExecutionStatus {
    /// Answered with success.
    Done,
    /// Refused; nothing was executed, and the same request will be refused again.
    Refused,
    /// Refused for a moment; nothing was executed.
    TurnedAway,
    /// Refused because the service behind the call is switched off; nothing was executed. It will
    /// stay so for longer than a call may take.
    ShutDown,
    /// Refused because too much was asked; nothing was executed.
    Throttled,
    /// Refused because of its timestamp, which is looked at first; nothing was executed.
    Mistimed,
    /// A server says that there is no such path. It proves nothing about execution, and will not change.
    NoSuchPath,
    /// Refused without a code by something before the exchange, such as a firewall. It proves nothing, because it may as
    /// well stand between the exchange and its answer.
    Foreign,
    /// Answered with success and something that is no JSON, so that the exchange did not write it. It proves nothing.
    Garbled,
    /// Never reached the exchange.
    NeverSent,
    /// Only the exchange knows.
    Unknown,
}

/// The text that goes with -1008 when the exchange turned the request away before it looked at it.
const TURNED_AWAY: &str = "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. \
                           Please try again.";
/// The text of a 503 that says the same.
const UNAVAILABLE: &str = "Service Unavailable.";

/// What an outcome says about execution, before its reply is read.
pub(crate) fn classify(outcome: &Outcome) -> ExecutionStatus {
    match outcome {
        Outcome::NeverSent(_) => ExecutionStatus::NeverSent,
        Outcome::Lost(_) => ExecutionStatus::Unknown,
        Outcome::Answered(answer) => classify_answer(answer),
    }
}

/// A code in an answer of success is a refusal as well.
fn classify_answer(answer: &Answer) -> ExecutionStatus {
    use ErrorCode as C;
    use ExecutionStatus as S;
    match (answer.status.as_u16(), answer.code()) {
        (429 | 418, _) | (_, Some(C::TOO_MANY_REQUESTS)) => S::Throttled,
        (_, Some(C::UNKNOWN | C::DISCONNECTED | C::UNEXPECTED_RESP | C::TIMEOUT)) | (408, _) => S::Unknown,
        (200..=499, Some(C::INVALID_TIMESTAMP)) => S::Mistimed,
        (200..=499, Some(C::SERVICE_SHUTTING_DOWN)) => S::ShutDown,
        (_, Some(C::REQUEST_THROTTLED)) if answer.message() == Some(TURNED_AWAY) => S::TurnedAway,
        (_, Some(C::REQUEST_THROTTLED)) => S::Unknown,
        (200..=299, None) => S::Done,
        (200..=299 | 400..=499, Some(_)) => S::Refused,
        (404, None) if !answer.is_web_page() => S::NoSuchPath,
        (300..=499, _) => S::Foreign,
        (503, _) if answer.message() == Some(UNAVAILABLE) => S::TurnedAway,
        _ => S::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExecutionStatus as S;

    #[test]
    fn an_answer_is_a_refusal_only_when_it_proves_that_nothing_happened() {
        let cases = [
            (200, "{}", S::Done),
            (200, "[]", S::Done),
            (200, r#"{"code":200,"msg":"success"}"#, S::Done),
            (200, r#"{"code":"200","msg":"done"}"#, S::Done),
            (200, r#"{"code":-2011,"msg":"Unknown order sent."}"#, S::Refused),
            (400, r#"{"code":-1121,"msg":"Invalid symbol."}"#, S::Refused),
            (400, r#"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#, S::Mistimed),
            (404, "<html>", S::Foreign),
            (404, r#"{"status":404,"error":"Not Found"}"#, S::NoSuchPath),
            (404, "", S::NoSuchPath),
            (403, "", S::Foreign),
            (302, "", S::Foreign),
            (400, r#"{"msg":"no code"}"#, S::Foreign),
            (400, r#"{"code":-1016,"msg":"This service is no longer available."}"#, S::ShutDown),
            (408, "", S::Unknown),
            (429, "", S::Throttled),
            (418, "", S::Throttled),
            (400, r#"{"code":-1003,"msg":"Too many requests"}"#, S::Throttled),
            (400, r#"{"code":-1006,"msg":"x"}"#, S::Unknown),
            (400, r#"{"code":-1007,"msg":"x"}"#, S::Unknown),
            (500, r#"{"code":-1000,"msg":"x"}"#, S::Unknown),
            (500, "", S::Unknown),
            (502, "<html>", S::Unknown),
            (
                503,
                r#"{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."}"#,
                S::TurnedAway,
            ),
            (503, r#"{"code":-1008,"msg":"Request throttled."}"#, S::Unknown),
            (503, r#"{"msg":"Service Unavailable."}"#, S::TurnedAway),
            (503, "Service Unavailable.", S::TurnedAway),
            (503, r#"{"code":0,"msg":"Unknown error, please check your request or try again later."}"#, S::Unknown),
            (
                503,
                r#"{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}"#,
                S::Unknown,
            ),
            (504, "", S::Unknown),
        ];
        for (status, body, expected) in cases {
            assert_eq!(classify(&Outcome::Answered(Answer::of(status, None, body))), expected, "{status} {body}");
        }
    }
}

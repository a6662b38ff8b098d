//! The whole retry policy, as pure functions of what is known: what the call does and how far it got.

use crate::exchange::{Answer, Outcome};
use crate::reply::ErrorBody;
use papi_types::Effect;
use std::time::Duration;

/// How far a call got, seen from whether the exchange may have acted on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Answered with success.
    Done,
    /// Refused in a way that proves that nothing was executed.
    Failed,
    /// Refused at the door for a moment; nothing was executed.
    TurnedAway,
    /// Refused because too much was asked; nothing was executed.
    Throttled,
    /// Never reached the exchange.
    NeverSent,
    /// Nobody can tell without asking.
    Unknown,
}

/// The text that goes with -1008 when the exchange turned the request away at the door.
const TURNED_AWAY: &str = "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. \
                           Please try again.";

/// What an outcome says about execution.
pub(crate) fn fate(outcome: &Outcome) -> Fate {
    match outcome {
        Outcome::NeverSent(_) => Fate::NeverSent,
        Outcome::Lost(_) => Fate::Unknown,
        Outcome::Answered(answer) => answer_fate(answer, ErrorBody::read(&answer.body).as_ref()),
    }
}

/// The code 200 in a body is success wherever it stands; any other code in a successful answer is a refusal.
fn answer_fate(answer: &Answer, error: Option<&ErrorBody>) -> Fate {
    let status = answer.status.as_u16();
    let code = error.and_then(|error| error.code);
    match (status, code) {
        (429 | 418, _) | (_, Some(-1003)) => Fate::Throttled,
        (_, Some(-1000 | -1001 | -1006 | -1007)) | (408, _) => Fate::Unknown,
        (_, Some(-1008)) if error.is_some_and(|error| error.message == TURNED_AWAY) => Fate::TurnedAway,
        (_, Some(-1008)) => Fate::Unknown,
        (200..=299, None) => Fate::Done,
        (200..=499, _) => Fate::Failed,
        (503, _) if error.is_some_and(|error| error.message == "Service Unavailable.") => Fate::TurnedAway,
        _ => Fate::Unknown,
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Hand the outcome to the caller.
    Stop,
    /// Send again after a pause.
    Again(Duration),
}

/// Decides from the effect of the call, its fate, and how many attempts were made of how many allowed.
///
/// A call with effect `once` is sent again only when it never arrived. A throttled one pauses by itself: the budget is
/// closed by then, and the next attempt waits for it.
pub(crate) fn verdict(effect: Effect, fate: Fate, attempt: u32, attempts: u32) -> Verdict {
    if attempt >= attempts {
        return Verdict::Stop;
    }
    // 200, 400, 800 ms, as the exchange suggests for its own short outages.
    let pause = Duration::from_millis(100 << attempt.min(6));
    match (fate, effect) {
        (Fate::NeverSent, _) => Verdict::Again(pause),
        (Fate::Done | Fate::Failed, _) | (_, Effect::Once) => Verdict::Stop,
        (Fate::Throttled, Effect::Read | Effect::Idempotent) => Verdict::Again(Duration::ZERO),
        (Fate::TurnedAway | Fate::Unknown, Effect::Read | Effect::Idempotent) => Verdict::Again(pause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn fate_of(status: u16, body: &str) -> Fate {
        let status = reqwest::StatusCode::from_u16(status).expect("a status");
        fate(&Outcome::Answered(Answer {
            status,
            headers: reqwest::header::HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
        }))
    }

    #[test]
    fn an_answer_is_failed_only_when_it_proves_that_nothing_happened() {
        let cases = [
            (200, "{}", Fate::Done),
            (200, "[]", Fate::Done),
            (200, r#"{"code":200,"msg":"success"}"#, Fate::Done),
            (200, r#"{"code":"200","msg":"done"}"#, Fate::Done),
            (200, r#"{"code":-2011,"msg":"Unknown order sent."}"#, Fate::Failed),
            (400, r#"{"code":-1121,"msg":"Invalid symbol."}"#, Fate::Failed),
            (404, "<html>", Fate::Failed),
            (403, "", Fate::Failed),
            (302, "", Fate::Failed),
            (408, "", Fate::Unknown),
            (429, "", Fate::Throttled),
            (418, "", Fate::Throttled),
            (400, r#"{"code":-1003,"msg":"Too many requests"}"#, Fate::Throttled),
            (400, r#"{"code":-1006,"msg":"x"}"#, Fate::Unknown),
            (400, r#"{"code":-1007,"msg":"x"}"#, Fate::Unknown),
            (500, r#"{"code":-1000,"msg":"x"}"#, Fate::Unknown),
            (500, "", Fate::Unknown),
            (502, "<html>", Fate::Unknown),
            (
                503,
                r#"{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."}"#,
                Fate::TurnedAway,
            ),
            (503, r#"{"code":-1008,"msg":"Request throttled."}"#, Fate::Unknown),
            (503, r#"{"msg":"Service Unavailable."}"#, Fate::TurnedAway),
            (503, "Service Unavailable.", Fate::TurnedAway),
            (503, r#"{"code":0,"msg":"Unknown error, please check your request or try again later."}"#, Fate::Unknown),
            (
                503,
                r#"{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}"#,
                Fate::Unknown,
            ),
            (504, "", Fate::Unknown),
        ];
        for (status, body, expected) in cases {
            assert_eq!(fate_of(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn once_is_repeated_only_when_it_never_arrived() {
        use Effect::{Idempotent, Once, Read};
        let again = |effect, fate| matches!(verdict(effect, fate, 1, 3), Verdict::Again(_));
        for effect in [Read, Idempotent, Once] {
            assert!(again(effect, Fate::NeverSent));
            for fate in [Fate::Done, Fate::Failed] {
                assert!(!again(effect, fate), "{effect} {fate:?}");
            }
        }
        for fate in [Fate::Unknown, Fate::TurnedAway, Fate::Throttled] {
            assert!(again(Read, fate) && again(Idempotent, fate), "{fate:?}");
            assert!(!again(Once, fate), "{fate:?}");
        }
    }

    #[test]
    fn one_attempt_means_one() {
        for attempts in [0, 1] {
            assert_eq!(verdict(Effect::Read, Fate::NeverSent, 1, attempts), Verdict::Stop);
        }
        assert_eq!(verdict(Effect::Read, Fate::NeverSent, 1, 2), Verdict::Again(Duration::from_millis(200)));
        assert_eq!(verdict(Effect::Read, Fate::NeverSent, 2, 2), Verdict::Stop);
    }
}

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
    /// Refused because of its timestamp, which is looked at first; nothing was executed.
    Mistimed,
    /// Refused without a code: by something before the exchange, such as a firewall or a server that knows no such path.
    /// It proves nothing, because it may as well stand between the exchange and its answer.
    Foreign,
    /// Answered with success and something that is no JSON: whoever wrote it, it says nothing.
    Garbled,
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
        (200..=499, Some(-1021)) => Fate::Mistimed,
        (_, Some(-1008)) if error.is_some_and(|error| error.message == TURNED_AWAY) => Fate::TurnedAway,
        (_, Some(-1008)) => Fate::Unknown,
        (200..=299, None) => Fate::Done,
        (200..=299 | 400..=499, Some(_)) => Fate::Failed,
        (300..=499, _) => Fate::Foreign,
        (503, _) if error.is_some_and(|error| error.message == "Service Unavailable.") => Fate::TurnedAway,
        _ => Fate::Unknown,
    }
}

/// How far the sending of a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How often it was sent.
    pub(crate) attempt: u32,
    /// How often it may be sent.
    pub(crate) attempts: u32,
    /// Whether it was sent again with a mended timestamp already.
    pub(crate) stamp: Stamp,
    /// For how long the exchange said that it stays closed.
    pub(crate) closed_for: Duration,
    /// What is left until the deadline.
    pub(crate) left: Duration,
}

/// Which estimate of the exchange's clock a timestamp comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamp {
    First,
    Mended,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Hand the outcome to the caller.
    Stop,
    /// Send again after a pause.
    Again(Duration),
    /// Ask the exchange for its time, then send again.
    Restamp,
}

/// Decides from the effect of the call, its fate, and how far its sending has come.
///
/// A call with effect `once` is sent again only when it never arrived, or was refused for its timestamp, which proves
/// that nothing was executed. A throttled call waits until the exchange opens again, and not at all if that is after
/// the deadline.
pub(crate) fn verdict(effect: Effect, fate: Fate, progress: &Progress) -> Verdict {
    if progress.attempt >= progress.attempts {
        return Verdict::Stop;
    }
    // 200, 400, 800 ms, as the exchange suggests for its own short outages.
    let pause = Duration::from_millis(100 << progress.attempt.min(6));
    let pause = match (fate, effect) {
        (Fate::Mistimed, _) if progress.stamp == Stamp::First => return Verdict::Restamp,
        (Fate::Mistimed | Fate::Done | Fate::Failed | Fate::Foreign, _) => return Verdict::Stop,
        (Fate::NeverSent, _) => pause,
        (_, Effect::Once) => return Verdict::Stop,
        // The budget is closed by then, and the next attempt waits for it.
        (Fate::Throttled, Effect::Read | Effect::Idempotent) if progress.closed_for < progress.left => Duration::ZERO,
        (Fate::Throttled, _) => return Verdict::Stop,
        (Fate::TurnedAway | Fate::Unknown | Fate::Garbled, Effect::Read | Effect::Idempotent) => pause,
    };
    if pause < progress.left { Verdict::Again(pause) } else { Verdict::Stop }
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
            (400, r#"{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}"#, Fate::Mistimed),
            (404, "<html>", Fate::Foreign),
            (403, "", Fate::Foreign),
            (302, "", Fate::Foreign),
            (400, r#"{"msg":"no code"}"#, Fate::Foreign),
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

    const FRESH: Progress = Progress {
        attempt: 1,
        attempts: 3,
        stamp: Stamp::First,
        closed_for: Duration::from_secs(5),
        left: Duration::from_secs(90),
    };

    /// The whole policy. A reviewer reads the table; the code has to agree with it.
    #[test]
    fn the_table_of_verdicts() {
        use Effect::{Idempotent, Once, Read};
        use std::fmt::Write as _;
        let fates = [
            Fate::Done,
            Fate::Failed,
            Fate::TurnedAway,
            Fate::Throttled,
            Fate::Mistimed,
            Fate::Foreign,
            Fate::Garbled,
            Fate::NeverSent,
            Fate::Unknown,
        ];
        let situations = [
            ("first of three", FRESH),
            ("second of three", Progress { attempt: 2, ..FRESH }),
            ("second, restamped", Progress { attempt: 2, stamp: Stamp::Mended, ..FRESH }),
            ("last", Progress { attempt: 3, ..FRESH }),
            ("only one allowed", Progress { attempts: 1, ..FRESH }),
            ("none allowed", Progress { attempts: 0, ..FRESH }),
            ("100 ms left", Progress { left: Duration::from_millis(100), ..FRESH }),
            ("closed for longer", Progress { closed_for: Duration::from_secs(120), ..FRESH }),
        ];
        let mut table = format!("{:<11} {:<18} {:<16} {:<16} once\n", "fate", "attempt", "read", "idempotent");
        for fate in fates {
            for (name, progress) in &situations {
                let [read, idempotent, once] =
                    [Read, Idempotent, Once].map(|effect| format!("{:?}", verdict(effect, fate, progress)));
                let _ = writeln!(table, "{:<11} {name:<18} {read:<16} {idempotent:<16} {once}", format!("{fate:?}"));
            }
        }
        println!("{table}");
        insta::assert_snapshot!(table);
    }

    #[test]
    fn once_is_repeated_only_when_it_provably_did_nothing() {
        let fates =
            [Fate::Done, Fate::Failed, Fate::TurnedAway, Fate::Throttled, Fate::Foreign, Fate::Garbled, Fate::Unknown];
        for fate in fates {
            assert_eq!(verdict(Effect::Once, fate, &FRESH), Verdict::Stop, "{fate:?}");
        }
    }
}

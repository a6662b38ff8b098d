//! The whole retry policy, as pure functions of what is known: the purpose of the request, how far the attempt got, and how
//! many attempts and how much time are left.

use crate::answer::Answer;
use crate::execution_status::ExecutionStatus;
use crate::rate_limit::CooldownLength;
use papi_types::{Effect, Timestamp};
use std::time::Duration;

/// The purpose of a request: that decides how long it is worth repeating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A call with this effect, until its deadline.
    Call(Effect),
    /// The questions of `Client::settle`, whose rounds have pauses of their own.
    Settle,
    /// A window of a history: without it rows are missing, so it is worth minutes.
    Window,
    /// The names that a history narrows its requests by. It goes on without them, and reports what it could not prove.
    Names,
    /// The question for the exchange's time, which is asked beside the calls.
    Clock,
}

/// How far the sending has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SendProgress {
    /// How often it was sent.
    pub(crate) attempt: u32,
    /// How often it may be sent.
    pub(crate) attempts: u32,
    /// The estimate that its last timestamp came from.
    pub(crate) clock_estimate: ClockEstimate,
    /// For how long the exchange said that it stays closed.
    pub(crate) closed_for: Duration,
    /// What is left of the time that it may take.
    pub(crate) left: Duration,
}

impl SendProgress {
    /// Of what may be repeated for ever.
    pub(crate) const ENDLESS: Self = Self {
        attempt: 1,
        attempts: u32::MAX,
        clock_estimate: ClockEstimate::First,
        closed_for: Duration::ZERO,
        left: Duration::MAX,
    };
}

/// Which estimate of the exchange's clock a timestamp comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockEstimate {
    /// The one that was there.
    First,
    /// One that was made because the exchange refused a timestamp.
    Renewed,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    /// Take the outcome as it is.
    Stop,
    /// Send again after a pause.
    Again(Duration),
    /// Ask the exchange for its time, then send again.
    Restamp,
}

/// The first and the longest pause of a history's questions.
const WALK_PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));
const CLOCK_PAUSE: Duration = Duration::from_secs(60);

/// Decides from the purpose of the request, the status of the attempt, and the attempts and the time that are left.
///
/// What will be refused again is never repeated. A call with effect `once` is sent again only when it never arrived, or
/// was refused for its timestamp, which proves that nothing was executed. A throttled call waits until the exchange opens
/// again, and not at all if that is after the deadline.
pub(crate) fn decide(purpose: Purpose, status: ExecutionStatus, progress: &SendProgress) -> RetryDecision {
    use ExecutionStatus as S;
    use Purpose::{Call, Clock, Names, Settle, Window};
    let SendProgress { attempt, attempts, closed_for, left, .. } = *progress;
    let in_time = |pause| if pause < left { RetryDecision::Again(pause) } else { RetryDecision::Stop };
    let (first_pause, longest_pause) = WALK_PAUSES;
    match (status, purpose) {
        (S::Done | S::Refused | S::NoSuchPath, _) => RetryDecision::Stop,
        // A walk that waits for the exchange to open has not failed: its patience ends the waiting.
        (S::Throttled, Window | Names) => in_time(closed_for.max(first_pause)),
        _ if attempt >= attempts => RetryDecision::Stop,
        (S::Mistimed, Call(_)) => match progress.clock_estimate {
            ClockEstimate::First => RetryDecision::Restamp,
            ClockEstimate::Renewed => RetryDecision::Stop,
        },
        // A firewall may let the next one pass in a minute, which is more than a call has, and more than names are worth.
        // What is switched off stays so for longer than a call lasts.
        (S::Foreign, Call(_) | Names) | (S::ShutDown, Call(_)) => RetryDecision::Stop,
        (status, Call(Effect::Once)) if status != S::NeverSent => RetryDecision::Stop,
        // The limiter knows by then, and the next attempt waits for it.
        (S::Throttled, Call(_)) if closed_for < left => RetryDecision::Again(Duration::ZERO),
        (S::Throttled, Call(_)) => RetryDecision::Stop,
        // 200, 400, 800 ms, as the exchange suggests for its own short outages.
        (_, Call(_)) => in_time(Duration::from_millis(100 << attempt.min(6))),
        (_, Window | Names) => {
            RetryDecision::Again(first_pause.saturating_mul(1 << (attempt.max(1) - 1).min(10)).min(longest_pause))
        }
        (_, Settle) => RetryDecision::Again(Duration::ZERO),
        (_, Clock) => RetryDecision::Again(CLOCK_PAUSE),
    }
}

/// For how long a throttling answer closes the exchange. "banned until" in the text wins, then `Retry-After`. Bans are
/// written in exchange time.
pub(crate) fn cooldown_length(answer: &Answer, exchange_now: Timestamp) -> CooldownLength {
    // A ban that is over already, by a clock or a unit that is off, does not mean that the exchange is open.
    if let Some(until) = banned_until(answer).filter(|until| *until > exchange_now) {
        return CooldownLength::For(until.since(exchange_now));
    }
    match (answer.usage.retry_after, answer.status.as_u16()) {
        (Some(wait), _) => CooldownLength::For(wait),
        (None, 418) => CooldownLength::UnsaidBan,
        (None, _) => CooldownLength::Unsaid,
    }
}

fn banned_until(answer: &Answer) -> Option<Timestamp> {
    let (_, rest) = answer.message()?.split_once("banned until ")?;
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExecutionStatus as S;

    const FRESH: SendProgress = SendProgress {
        attempt: 1,
        attempts: 3,
        clock_estimate: ClockEstimate::First,
        closed_for: Duration::from_secs(5),
        left: Duration::from_secs(90),
    };

    const STATUSES: [S; 11] = [
        S::Done,
        S::Refused,
        S::TurnedAway,
        S::ShutDown,
        S::Throttled,
        S::Mistimed,
        S::NoSuchPath,
        S::Foreign,
        S::Garbled,
        S::NeverSent,
        S::Unknown,
    ];

    /// The whole policy. A reviewer reads the table; the code has to agree with it.
    #[test]
    fn the_table_of_decisions() {
        use Effect::{Idempotent, Once, Read};
        use Purpose::{Call, Clock, Names, Settle, Window};
        use std::fmt::Write as _;
        let purposes = [
            ("read", Call(Read)),
            ("idempotent", Call(Idempotent)),
            ("once", Call(Once)),
            ("settle", Settle),
            ("window", Window),
            ("names", Names),
            ("clock", Clock),
        ];
        let situations = [
            ("first of three", FRESH),
            ("second of three", SendProgress { attempt: 2, ..FRESH }),
            ("second, restamped", SendProgress { attempt: 2, clock_estimate: ClockEstimate::Renewed, ..FRESH }),
            ("last", SendProgress { attempt: 3, ..FRESH }),
            ("only one allowed", SendProgress { attempts: 1, ..FRESH }),
            ("none allowed", SendProgress { attempts: 0, ..FRESH }),
            ("100 ms left", SendProgress { left: Duration::from_millis(100), ..FRESH }),
            ("closed for longer", SendProgress { closed_for: Duration::from_secs(120), ..FRESH }),
        ];
        let mut table = format!("{:<11} {:<18}", "status", "attempt");
        for (name, _) in purposes {
            let _ = write!(table, " {name:<12}");
        }
        for status in STATUSES {
            for (name, progress) in &situations {
                let _ = write!(table, "\n{:<11} {name:<18}", format!("{status:?}"));
                for (_, purpose) in purposes {
                    let _ = write!(table, " {:<12}", format!("{:?}", decide(purpose, status, progress)));
                }
            }
        }
        let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        println!("{table}");
        insta::assert_snapshot!(table);
    }

    #[test]
    fn once_is_repeated_only_when_it_provably_did_nothing() {
        for status in STATUSES.into_iter().filter(|status| !matches!(status, S::NeverSent | S::Mistimed)) {
            assert_eq!(decide(Purpose::Call(Effect::Once), status, &FRESH), RetryDecision::Stop, "{status:?}");
        }
    }

    #[test]
    fn a_pause_that_takes_all_that_is_left_is_too_long() {
        use Purpose::{Call, Window};
        let (attempt, closed_for) = (Duration::from_millis(200), FRESH.closed_for);
        for (status, purpose, wait, pause) in [
            (S::TurnedAway, Call(Effect::Read), attempt, attempt),
            (S::Throttled, Call(Effect::Read), closed_for, Duration::ZERO),
            (S::Throttled, Window, closed_for, closed_for),
        ] {
            let decided = |left| decide(purpose, status, &SendProgress { left, ..FRESH });
            assert_eq!(decided(wait), RetryDecision::Stop, "{status:?}, {purpose:?}");
            assert_eq!(
                decided(wait + Duration::from_millis(1)),
                RetryDecision::Again(pause),
                "{status:?}, {purpose:?}"
            );
        }
    }

    #[test]
    fn pauses_double_up_to_a_longest() {
        let pauses = |purpose| {
            (1..=9).map(move |attempt| {
                let progress = SendProgress { attempt, attempts: u32::MAX, ..FRESH };
                match decide(purpose, S::TurnedAway, &progress) {
                    RetryDecision::Again(pause) => pause.as_millis(),
                    other => panic!("{other:?}"),
                }
            })
        };
        let call: Vec<_> = pauses(Purpose::Call(Effect::Read)).collect();
        assert_eq!(call, [200, 400, 800, 1_600, 3_200, 6_400, 6_400, 6_400, 6_400]);
        let window: Vec<_> = pauses(Purpose::Window).collect();
        assert_eq!(window, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn a_throttling_answer_says_for_how_long_or_not_at_all() {
        let length = |status, retry_after, body| {
            cooldown_length(&Answer::of(status, retry_after, body), Timestamp::from_millis(1_000_000))
        };
        let seconds = |count| CooldownLength::For(Duration::from_secs(count));
        assert_eq!(length(429, Some("7"), ""), seconds(7));
        assert_eq!(length(429, None, ""), CooldownLength::Unsaid);
        assert_eq!(length(429, Some("soon"), ""), CooldownLength::Unsaid);
        assert_eq!(length(400, None, r#"{"code":-1003,"msg":"Too many requests"}"#), CooldownLength::Unsaid);
        assert_eq!(length(418, None, "<html>"), CooldownLength::UnsaidBan);
        assert_eq!(length(418, Some("300"), ""), seconds(300));
        let ban = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 2000000. Please use the websocket."}"#;
        assert_eq!(length(418, Some("5"), ban), seconds(1_000));
        let over = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 999000."}"#;
        assert_eq!(length(418, Some("300"), over), seconds(300), "a ban in the past is a mistake");
        assert_eq!(length(418, None, over), CooldownLength::UnsaidBan);
        let ends_now = over.replace("999000", "1000000");
        assert_eq!(length(418, Some("300"), &ends_now), seconds(300), "a ban of no time is a mistake as well");
    }
}

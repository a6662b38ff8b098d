//! When the exchange lets nobody at this address in: what a throttling answer says about it, and what is kept of that.

use crate::exchange::Answer;
use crate::reply::ErrorBody;
use papi_types::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The shortest ban that is documented.
const SHORTEST_BAN: Duration = Duration::from_secs(2 * 60);
/// The longest ban that is documented: doubling ends here.
const LONGEST_BAN: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// No answer closes the door for longer, whatever it says: a number that makes no sense must not close it for good.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// An answer that names no wait at all, or one of zero, is still an answer to somebody who asked too much.
const SHORTEST: Duration = Duration::from_secs(1);
/// So long after the end of a ban, the next one is a first one again.
const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a throttling answer says about how long to stay away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// So long.
    For(Duration),
    /// It does not say: as long as the window, because nobody knows when the exchange's own window ends.
    Unsaid,
    /// It is a ban and does not say: the shortest ban at first, and twice as long each further time.
    UnsaidBan,
}

impl Closing {
    /// Reads a throttling answer; `exchange_now` is the present moment in exchange time, in which bans are written.
    ///
    /// "banned until" in the text wins, then `Retry-After`.
    pub(crate) fn of(answer: &Answer, exchange_now: Timestamp) -> Self {
        // A ban that is over already, by a clock or a unit that is off, must not be taken for an open door.
        if let Some(until) = banned_until(answer).filter(|until| *until > exchange_now) {
            return Self::For(until.since(exchange_now));
        }
        match (retry_after(answer), answer.status.as_u16()) {
            (Some(wait), _) => Self::For(wait),
            (None, 418) => Self::UnsaidBan,
            (None, _) => Self::Unsaid,
        }
    }
}

fn banned_until(answer: &Answer) -> Option<Timestamp> {
    let error = ErrorBody::read(&answer.body)?;
    let (_, rest) = error.message.split_once("banned until ")?;
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok().map(Timestamp::from_millis)
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds = answer.headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// Until when nobody is let in, in this machine's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Door {
    closed_until: Option<Timestamp>,
    /// The last ban that came without being told how long.
    unsaid_ban: Option<UnsaidBan>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct UnsaidBan {
    until: Timestamp,
    length: Duration,
}

impl Door {
    /// Until when it is closed, if it is.
    pub(super) fn closed_until(&self, now: Timestamp) -> Option<Timestamp> {
        // The clock may have been set back since: then no more than the longest is left.
        self.closed_until.map(|until| until.min(now.plus(LONGEST))).filter(|until| *until > now)
    }

    /// Closes it, never for shorter than it is closed already. Answers until when.
    pub(super) fn close(&mut self, closing: Closing, window: Duration, now: Timestamp) -> Timestamp {
        let until = match closing {
            Closing::For(wait) => now.plus(wait.clamp(SHORTEST, LONGEST)),
            Closing::Unsaid => now.plus(window.clamp(SHORTEST, LONGEST)),
            Closing::UnsaidBan => self.ban(window, now),
        };
        let until = self.closed_until(now).map_or(until, |already| already.max(until));
        self.closed_until = Some(until);
        until
    }

    fn ban(&mut self, window: Duration, now: Timestamp) -> Timestamp {
        let length = match self.unsaid_ban {
            // Another call that was under way when it began tells of the same ban.
            Some(ban) if now < ban.until && ban.until <= now.plus(LONGEST_BAN) => return ban.until,
            Some(ban) if now.since(ban.until) < MEMORY => ban.length.saturating_mul(2).min(LONGEST_BAN),
            _ => SHORTEST_BAN.max(window).min(LONGEST_BAN),
        };
        let until = now.plus(length);
        self.unsaid_ban = Some(UnsaidBan { until, length });
        until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_secs(60);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    fn seconds(count: u64) -> Closing {
        Closing::For(Duration::from_secs(count))
    }

    #[test]
    fn a_throttling_answer_says_for_how_long_or_not_at_all() {
        let closing = |status: u16, retry_after: Option<&str>, body: &'static str| {
            let mut headers = reqwest::header::HeaderMap::new();
            headers
                .extend(retry_after.map(|seconds| (reqwest::header::RETRY_AFTER, seconds.parse().expect("a header"))));
            let status = reqwest::StatusCode::from_u16(status).expect("a status");
            Closing::of(&Answer { status, headers, body: body.into() }, at(1_000))
        };
        assert_eq!(closing(429, Some("7"), ""), seconds(7));
        assert_eq!(closing(429, None, ""), Closing::Unsaid);
        assert_eq!(closing(429, Some("soon"), ""), Closing::Unsaid);
        assert_eq!(closing(400, None, r#"{"code":-1003,"msg":"Too many requests"}"#), Closing::Unsaid);
        assert_eq!(closing(418, None, "<html>"), Closing::UnsaidBan);
        assert_eq!(closing(418, Some("300"), ""), seconds(300));
        let ban = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 2000000. Please use the websocket."}"#;
        assert_eq!(closing(418, Some("5"), ban), seconds(1_000));
        let over = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 999000."}"#;
        assert_eq!(closing(418, Some("300"), over), seconds(300), "a ban in the past is a mistake");
        assert_eq!(closing(418, None, over), Closing::UnsaidBan);
    }

    #[test]
    fn a_door_stays_closed_for_the_longest_that_was_said() {
        let mut door = Door::default();
        assert_eq!(door.closed_until(at(0)), None);
        assert_eq!(door.close(seconds(300), WINDOW, at(0)), at(300));
        assert_eq!(door.close(seconds(5), WINDOW, at(10)), at(300));
        assert_eq!(door.closed_until(at(299)), Some(at(300)));
        assert_eq!(door.closed_until(at(300)), None);
        assert_eq!(door.close(Closing::Unsaid, WINDOW, at(400)), at(460));
    }

    #[test]
    fn no_wait_is_of_no_time_or_for_ever() {
        assert_eq!(Door::default().close(seconds(0), WINDOW, at(0)), at(1));
        let mut door = Door::default();
        assert_eq!(door.close(seconds(u64::MAX), WINDOW, at(0)), at(7 * 86_400));
        assert_eq!(door.closed_until(at(-86_400)), Some(at(6 * 86_400)), "a clock that was set back a day");
    }

    #[test]
    fn each_further_ban_of_unknown_length_is_taken_for_twice_as_long() {
        let mut door = Door::default();
        let mut ban = |now| door.close(Closing::UnsaidBan, WINDOW, at(now));
        assert_eq!(ban(0), at(120));
        assert_eq!(ban(1), at(120), "told again of the same ban");
        assert_eq!(ban(120), at(360));
        assert_eq!(ban(4_000), at(4_480));
        let day_after = 4_480 + 86_400;
        assert_eq!(ban(day_after), at(day_after + 120), "forgotten after a quiet day");
    }

    #[test]
    fn doubling_ends_at_the_longest_ban_that_is_documented() {
        let mut door = Door::default();
        let mut now = at(0);
        for _ in 0..20 {
            now = door.close(Closing::UnsaidBan, WINDOW, now);
        }
        assert_eq!(door.close(Closing::UnsaidBan, WINDOW, now).since(now), LONGEST_BAN);
    }
}

//! Until when the exchange is closed to this address: what a throttling answer says about it, and what is kept of that.

use papi_types::Timestamp;
use std::time::Duration;

/// The shortest ban that is documented.
const SHORTEST_BAN: Duration = Duration::from_secs(2 * 60);
/// The longest ban that is documented: doubling ends here.
const LONGEST_BAN: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// No answer closes the exchange for longer: a number that makes no sense must not close it for ever.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// An answer that names no wait at all, or one of zero, still means that too much was asked.
const SHORTEST: Duration = Duration::from_secs(1);
/// When this time has passed after a ban, the next ban counts as a first one.
const MEMORY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a throttling answer says about how long to stay away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CooldownLength {
    /// For this time.
    For(Duration),
    /// It does not say: as long as the window, because it is not known when the exchange's own window ends.
    Unsaid,
    /// It is a ban and does not say: the shortest ban at first, and twice as long each further time.
    UnsaidBan,
}

/// Until when no call is sent, in this machine's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cooldown {
    pub(super) closed_until: Option<Timestamp>,
    /// The last ban that came without being told how long.
    pub(super) unsaid_ban: Option<UnsaidBan>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnsaidBan {
    pub(super) until: Timestamp,
    pub(super) length: Duration,
}

impl Cooldown {
    /// Until when it is closed, if it is.
    pub(super) fn closed_until(&self, now: Timestamp) -> Option<Timestamp> {
        // The clock may have been set back since: then no more than the longest is left.
        self.closed_until.map(|until| until.min(now.plus(LONGEST))).filter(|until| *until > now)
    }

    /// Starts it, never for shorter than it lasts already. Returns until when.
    pub(super) fn close(&mut self, length: CooldownLength, window: Duration, now: Timestamp) -> Timestamp {
        let until = match length {
            CooldownLength::For(wait) => now.plus(wait.clamp(SHORTEST, LONGEST)),
            CooldownLength::Unsaid => now.plus(window.clamp(SHORTEST, LONGEST)),
            CooldownLength::UnsaidBan => self.ban(window, now),
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

    fn seconds(count: u64) -> CooldownLength {
        CooldownLength::For(Duration::from_secs(count))
    }

    #[test]
    fn the_exchange_stays_closed_for_the_longest_that_was_said() {
        let mut cooldown = Cooldown::default();
        assert_eq!(cooldown.closed_until(at(0)), None);
        assert_eq!(cooldown.close(seconds(300), WINDOW, at(0)), at(300));
        assert_eq!(cooldown.close(seconds(5), WINDOW, at(10)), at(300));
        assert_eq!(cooldown.closed_until(at(299)), Some(at(300)));
        assert_eq!(cooldown.closed_until(at(300)), None);
        assert_eq!(cooldown.close(CooldownLength::Unsaid, WINDOW, at(400)), at(460));
    }

    #[test]
    fn no_wait_is_of_no_time_or_for_ever() {
        assert_eq!(Cooldown::default().close(seconds(0), WINDOW, at(0)), at(1));
        let mut cooldown = Cooldown::default();
        assert_eq!(cooldown.close(seconds(u64::MAX), WINDOW, at(0)), at(7 * 86_400));
        assert_eq!(cooldown.closed_until(at(-86_400)), Some(at(6 * 86_400)), "a clock that was set back a day");
    }

    #[test]
    fn each_further_ban_of_unknown_length_is_taken_for_twice_as_long() {
        let mut cooldown = Cooldown::default();
        let mut ban = |now| cooldown.close(CooldownLength::UnsaidBan, WINDOW, at(now));
        assert_eq!(ban(0), at(120));
        assert_eq!(ban(1), at(120), "told again of the same ban");
        assert_eq!(ban(120), at(360));
        assert_eq!(ban(4_000), at(4_480));
        let day_after = 4_480 + 86_400;
        assert_eq!(ban(day_after), at(day_after + 120), "forgotten after a quiet day");
    }

    #[test]
    fn doubling_ends_at_the_longest_ban_that_is_documented() {
        let mut cooldown = Cooldown::default();
        let mut now = at(0);
        for _ in 0..20 {
            now = cooldown.close(CooldownLength::UnsaidBan, WINDOW, now);
        }
        assert_eq!(cooldown.close(CooldownLength::UnsaidBan, WINDOW, now).since(now), LONGEST_BAN);
    }
}

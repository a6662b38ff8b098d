//! Exchange time: this machine's clock, put right by an offset that is estimated from several questions.
//!
//! A signed request is refused when its timestamp is a second ahead of the exchange or older than the recv window, and
//! Portfolio Margin has no call that tells the time; the futures host has one.

use papi_types::{Clock, Timestamp};
use reqwest::Url;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How far the exchange's clock is from this machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClockOffset {
    /// What has to be added to this machine's time, in milliseconds; the median of the probes.
    pub millis: i64,
    /// How far that may be off: half the round trip of the probe it comes from, and a millisecond of rounding.
    pub bound: Duration,
    /// How many probes were answered.
    pub probes: usize,
}

/// A clock drifts by far less than a second in this time.
const FRESH_FOR: Duration = Duration::from_secs(600);

/// The exchange's clock as far as it is known.
#[derive(Debug)]
pub(crate) struct ExchangeClock {
    local: Arc<dyn Clock>,
    /// Where to ask; none when this machine's clock is to be trusted.
    url: Option<Url>,
    state: Mutex<ClockState>,
    /// Held while probing, so that concurrent calls ask once.
    probing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct ClockState {
    offset: Option<ClockOffset>,
    next_probe: NextProbe,
    /// Counts the estimates that were tried.
    round: u64,
    failure: String,
    warned: bool,
}

/// When the exchange is to be asked again.
#[derive(Debug, Clone, Copy, Default)]
enum NextProbe {
    /// Before anything is signed.
    #[default]
    AtOnce,
    At(Instant),
    /// The question was refused, and will be refused again.
    Never,
}

/// How old the estimate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// There is none: ask before anything is signed.
    Never,
    /// Good enough, but time to ask again beside the calls.
    Old,
    Fresh,
}

impl ExchangeClock {
    pub(crate) fn new(local: Arc<dyn Clock>, url: Option<Url>) -> Self {
        Self { local, url, state: Mutex::default(), probing: tokio::sync::Mutex::default() }
    }

    /// The present moment in exchange time.
    pub(crate) fn now(&self) -> Timestamp {
        let millis = self.state().offset.map_or(0, |offset| offset.millis);
        Timestamp::from_millis(self.local.now().as_millis().saturating_add(millis))
    }

    /// The present moment of this machine.
    pub(crate) fn local_now(&self) -> Timestamp {
        self.local.now()
    }

    /// Where the time is asked for; none when this machine's clock is trusted.
    pub(crate) fn url(&self) -> Option<&Url> {
        self.url.as_ref()
    }

    /// Whether this is the first time that it is asked; a warning is said once.
    pub(crate) fn is_first_failure(&self) -> bool {
        !std::mem::replace(&mut self.state().warned, true)
    }

    /// The estimate, once there is one.
    pub(crate) fn offset(&self) -> Option<ClockOffset> {
        self.state().offset
    }

    /// How old the estimate is. An old one is reported once, to the call that then asks anew.
    pub(crate) fn age(&self) -> Age {
        if self.url.is_none() {
            return Age::Fresh;
        }
        let mut state = self.state();
        match state.next_probe {
            NextProbe::AtOnce => Age::Never,
            NextProbe::At(due) if Instant::now() > due => {
                state.next_probe = NextProbe::At(Instant::now() + FRESH_FOR);
                Age::Old
            }
            NextProbe::At(_) | NextProbe::Never => Age::Fresh,
        }
    }

    /// Waits until no other call asks. None when one has asked meanwhile, so that concurrent calls ask once.
    pub(crate) async fn take_turn(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        let round = self.state().round;
        let turn = self.probing.lock().await;
        (self.state().round == round).then_some(turn)
    }

    /// Estimates from the probes that were answered, and notes when to ask again. A failure comes with the pause after
    /// it; none when asking again does not help.
    pub(crate) fn learn(
        &self,
        mut probes: Vec<Probe>,
        failure: Option<(Option<Duration>, String)>,
    ) -> Result<ClockOffset, String> {
        let mut state = self.state();
        state.round += 1;
        let estimate = estimate(&mut probes);
        let (pause, reason) = failure.unwrap_or((Some(FRESH_FOR), String::new()));
        state.offset = estimate.or(state.offset);
        let pause = pause.map(|pause| if state.offset.is_some() { FRESH_FOR } else { pause });
        state.next_probe = pause.map_or(NextProbe::Never, |pause| NextProbe::At(Instant::now() + pause));
        state.failure.clone_from(&reason);
        estimate.ok_or(reason)
    }

    /// What another call has just found out.
    pub(crate) fn latest(&self) -> Result<ClockOffset, String> {
        let state = self.state();
        state.offset.ok_or_else(|| state.failure.clone())
    }

    fn state(&self) -> MutexGuard<'_, ClockState> {
        // Every change under the lock is a plain assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One answered question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    offset: i64,
    round_trip: Duration,
}

impl Probe {
    /// An answer of this time, to a question that was sent and answered at these moments of this machine.
    pub(crate) fn new(server_time: i64, (sent, received): (Timestamp, Timestamp), round_trip: Duration) -> Self {
        let middle = i64::midpoint(sent.as_millis(), received.as_millis());
        Self { offset: server_time.saturating_sub(middle), round_trip }
    }
}

/// The median of the offsets, which one slow answer cannot move.
fn estimate(probes: &mut [Probe]) -> Option<ClockOffset> {
    probes.sort_by_key(|probe| probe.offset);
    let median = probes.get(probes.len() / 2)?;
    let bound = median.round_trip / 2 + Duration::from_millis(1);
    Some(ClockOffset { millis: median.offset, bound, probes: probes.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_answer_does_not_move_the_estimate() {
        let probe = |offset, millis| Probe { offset, round_trip: Duration::from_millis(millis) };
        let mut probes = [probe(2_900, 6_000), probe(-102, 20), probe(-100, 24), probe(-98, 18), probe(-101, 30)];
        let offset = estimate(&mut probes).expect("five probes");
        assert_eq!((offset.millis, offset.bound, offset.probes), (-100, Duration::from_millis(13), 5));
    }

    #[test]
    fn without_an_answer_there_is_no_estimate() {
        assert_eq!(estimate(&mut []), None);
    }
}

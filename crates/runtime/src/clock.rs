//! Exchange time: this machine's clock, put right by an offset that is estimated from several questions.
//!
//! A signed request is refused when its timestamp is a second ahead of the exchange or older than the recv window, and
//! Portfolio Margin has no call that tells the time; the futures host has one.

use papi_types::{Clock, Timestamp};
use reqwest::Url;
use serde::Deserialize;
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

/// How many times the exchange is asked for one estimate.
const PROBES: usize = 5;
/// All probes together take no longer.
const PATIENCE: Duration = Duration::from_secs(2);
/// A clock drifts by far less than a second in this time.
const FRESH_FOR: Duration = Duration::from_secs(600);
/// After a failure, the next try.
const RETRY_AFTER: Duration = Duration::from_secs(60);

/// The exchange's clock as far as it is known.
#[derive(Debug)]
pub(crate) struct ExchangeClock {
    local: Arc<dyn Clock>,
    /// Where to ask; none when this machine's clock is to be trusted.
    url: Option<Url>,
    state: Mutex<State>,
    /// Held while probing, so that concurrent calls ask once.
    probing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    offset: Option<ClockOffset>,
    /// When the estimate was made, or tried; counts up when it was made anew.
    tried: Option<Instant>,
    round: u64,
    failure: String,
    warned: bool,
}

/// How old the estimate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Nobody asked yet: ask before anything is signed.
    Never,
    /// Good enough, but time to ask again beside the calls.
    Old,
    Fresh,
}

/// What an estimate came to.
#[derive(Debug)]
pub(crate) enum Probed {
    Estimated(ClockOffset),
    /// Nobody answered, and why.
    Unreachable {
        reason: String,
    },
}

impl ExchangeClock {
    pub(crate) fn new(local: Arc<dyn Clock>, url: Option<Url>) -> Self {
        Self { local, url, state: Mutex::default(), probing: tokio::sync::Mutex::default() }
    }

    /// The present moment in exchange time.
    pub(crate) fn now(&self) -> Timestamp {
        self.to_exchange(self.local.now())
    }

    /// An instant of this machine's clock in exchange time.
    pub(crate) fn to_exchange(&self, local: Timestamp) -> Timestamp {
        let millis = self.state().offset.map_or(0, |offset| offset.millis);
        Timestamp::from_millis(local.as_millis().saturating_add(millis))
    }

    /// Where the time is asked for; none when there is nobody to ask.
    pub(crate) fn address(&self) -> Option<&str> {
        self.url.as_ref().map(Url::as_str)
    }

    /// Whether this is the first time that it is asked; a warning is said once.
    pub(crate) fn is_first_failure(&self) -> bool {
        !std::mem::replace(&mut self.state().warned, true)
    }

    /// The estimate, once there is one.
    pub(crate) fn offset(&self) -> Option<ClockOffset> {
        self.state().offset
    }

    /// How old the estimate is. An old one is reported once: whoever hears of it asks anew.
    pub(crate) fn age(&self) -> Age {
        if self.url.is_none() {
            return Age::Fresh;
        }
        let mut state = self.state();
        let good_for = if state.offset.is_some() { FRESH_FOR } else { RETRY_AFTER };
        match state.tried {
            None => Age::Never,
            Some(tried) if tried.elapsed() > good_for => {
                state.tried = Some(Instant::now());
                Age::Old
            }
            Some(_) => Age::Fresh,
        }
    }

    /// Asks the exchange for its time, unless another call has done so since this one began to wait for its turn.
    pub(crate) async fn probe(&self, http: &reqwest::Client) -> Probed {
        let Some(url) = &self.url else { return Probed::Unreachable { reason: "nobody is asked".to_owned() } };
        let round = self.state().round;
        let _turn = self.probing.lock().await;
        if self.state().round != round {
            return self.known();
        }
        let mut probes = Vec::with_capacity(PROBES);
        let mut reason = String::new();
        let deadline = Instant::now() + PATIENCE;
        for _ in 0..PROBES {
            match tokio::time::timeout_at(deadline, probe(http, url, self.local.as_ref())).await {
                Ok(Ok(probe)) => probes.push(probe),
                Ok(Err(error)) => {
                    reason = error;
                    break;
                }
                Err(_) => {
                    "no answer in time".clone_into(&mut reason);
                    break;
                }
            }
        }
        let mut state = self.state();
        state.tried = Some(Instant::now());
        state.round += 1;
        let Some(offset) = estimate(&mut probes) else {
            state.failure.clone_from(&reason);
            return Probed::Unreachable { reason };
        };
        state.offset = Some(offset);
        Probed::Estimated(offset)
    }

    /// What another call has just found out.
    fn known(&self) -> Probed {
        let state = self.state();
        state.offset.map_or_else(|| Probed::Unreachable { reason: state.failure.clone() }, Probed::Estimated)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change under the lock is a plain assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One answered question.
#[derive(Debug, Clone, Copy)]
struct Probe {
    offset: i64,
    round_trip: Duration,
}

async fn probe(http: &reqwest::Client, url: &Url, clock: &dyn Clock) -> Result<Probe, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ServerTime {
        server_time: i64,
    }
    let sent = (clock.now(), Instant::now());
    let response = http.get(url.clone()).send().await.map_err(in_words)?;
    let status = response.status();
    let body = response.bytes().await.map_err(in_words)?;
    let round_trip = sent.1.elapsed();
    let received = clock.now();
    let time: ServerTime =
        serde_json::from_slice(&body).map_err(|_| format!("HTTP {} without a `serverTime`", status.as_u16()))?;
    let middle = i64::midpoint(sent.0.as_millis(), received.as_millis());
    Ok(Probe { offset: time.server_time.saturating_sub(middle), round_trip })
}

/// An error with its causes, without the address.
fn in_words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
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

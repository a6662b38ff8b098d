//! Asks the exchange for its time, some times over, so that the clock can be estimated.

use crate::answer::{Loss, Outcome};
use crate::causes::with_causes;
use crate::clock::{Age, ClockOffset, Probe};
use crate::deadline::left;
use crate::exchange::{Attempt, exchange};
use crate::execution_status::{ExecutionStatus, classify};
use crate::notice::Notice;
use crate::retry::{Purpose, RetryDecision, SendProgress, decide};
use crate::shared::Shared;
use papi_types::Method;
use reqwest::Url;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How many times the exchange is asked for one estimate.
const PROBES: usize = 5;
/// All probes together take no longer.
const PATIENCE: Duration = Duration::from_secs(2);
/// The answer is some tens of bytes.
const LARGEST_ANSWER: usize = 16 << 10;
/// From 2020 to 2100. This machine's clock is no measure: it is off by years where it lost its battery.
const PLAUSIBLE: Range<i64> = 1_577_836_800_000..4_102_444_800_000;

impl Shared {
    /// Knows the exchange's time before the first signature, and learns it anew beside the calls later on.
    pub(crate) async fn know_the_time(self: &Arc<Self>) {
        match self.clock.age() {
            Age::Never => {
                let _ = self.synchronise().await;
            }
            Age::Old => {
                let shared = self.clone();
                tokio::spawn(async move { shared.synchronise().await });
            }
            Age::Fresh => {}
        }
    }

    /// Asks the exchange for its time, unless another call has done so while this one waited for its turn. The error says
    /// why there is no estimate.
    pub(crate) async fn synchronise(&self) -> Result<ClockOffset, String> {
        let Some(url) = self.clock.url() else { return Err("no server is asked".to_owned()) };
        let Some(_turn) = self.clock.take_turn().await else { return self.clock.latest() };
        let deadline = Instant::now() + PATIENCE;
        let (mut probes, mut failure) = (Vec::with_capacity(PROBES), None);
        while probes.len() < PROBES && failure.is_none() {
            match self.probe(url.clone(), deadline).await {
                Ok(probe) => probes.push(probe),
                Err((status, reason)) => failure = Some((pause_after(status), reason)),
            }
        }
        let estimate = self.clock.learn(probes, failure);
        if let Err(reason) = &estimate
            && self.clock.is_first_failure()
        {
            self.on_notice.notify(&Notice::ClockUnreachable { url: url.to_string(), reason: reason.clone() });
        }
        estimate
    }

    async fn probe(&self, url: Url, deadline: Instant) -> Result<Probe, (ExecutionStatus, String)> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct ServerTime {
            server_time: i64,
        }
        let (sent, began) = (self.clock.local_now(), Instant::now());
        let timeout = left(deadline);
        // The time may be told by another host, so these are not the headers of calls.
        let headers = &HeaderMap::new();
        let attempt = Attempt { method: Method::Get, url, headers, timeout, largest_body: LARGEST_ANSWER };
        let outcome = exchange(&self.transport.connection, attempt).await;
        let (received, round_trip) = (self.clock.local_now(), began.elapsed());
        let status = classify(&outcome);
        let reason = match outcome {
            Outcome::NeverSent(error) | Outcome::Lost(Loss::Broken(error)) if error.is_timeout() => {
                "no answer in time".to_owned()
            }
            Outcome::NeverSent(error) | Outcome::Lost(Loss::Broken(error)) => with_causes(&error),
            Outcome::Lost(Loss::TooLong(limit)) => format!("an answer of more than {limit} bytes"),
            Outcome::Answered(answer) => match (status, serde_json::from_slice::<ServerTime>(&answer.body)) {
                (ExecutionStatus::Done, Ok(time)) if PLAUSIBLE.contains(&time.server_time) => {
                    return Ok(Probe::new(time.server_time, (sent, received), round_trip));
                }
                (ExecutionStatus::Done, Ok(time)) => {
                    format!("{} cannot be the exchange's time in milliseconds", time.server_time)
                }
                (ExecutionStatus::Done, Err(_)) => format!("HTTP {} without a `serverTime`", answer.status.as_u16()),
                _ => format!("HTTP {}", answer.status.as_u16()),
            },
        };
        Err((status, reason))
    }
}

/// How long the clock waits after a failure; none when asking again would be refused again.
fn pause_after(status: ExecutionStatus) -> Option<Duration> {
    match decide(Purpose::Clock, status, &SendProgress::ENDLESS) {
        RetryDecision::Again(pause) => Some(pause),
        RetryDecision::Stop | RetryDecision::Restamp => None,
    }
}

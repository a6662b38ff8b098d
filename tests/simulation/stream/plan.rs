//! What a seed decides of a stream before it begins.

use crate::seed::Seed;
use binance_papi::account_stream::StreamOptions;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// What befalls a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Any fault, so many times in a thousand steps.
    Any(u64),
    /// The key expires every hour for a day, then nothing happens for 26 hours, then it expires again: three days, in which
    /// connections reach the age at which the exchange cuts them.
    HourlyExpiries,
}

/// The plan of a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct StreamPlan {
    pub(super) options: StreamOptions,
    pub(super) trouble: Trouble,
    /// For how long there is trouble.
    pub(super) troubled: Duration,
    /// How often in a thousand items the consumer pauses.
    pub(super) pauses: u64,
    /// Whether the consumer is gone before the trouble is over.
    pub(super) leaves_early: bool,
    /// Whether the credentials lose their right in the end.
    pub(super) loses_right: bool,
}

impl StreamPlan {
    pub(super) fn of(seed: Seed) -> Self {
        let mut rng = seed.stream("stream plan", 0);
        let usual = StreamOptions { jitter_seed: Some(rng.next()), ..StreamOptions::default() };
        if seed.0 % 100 == 3 {
            // The second of these lets the exchange cut its connections.
            let rotate_every = if rng.per_mille(500) { usual.rotate_every } else { 30 * HOUR };
            return Self {
                options: StreamOptions { rotate_every, ..usual },
                trouble: Trouble::HourlyExpiries,
                troubled: 71 * HOUR,
                pauses: 0,
                leaves_early: false,
                loses_right: false,
            };
        }
        let queue_items = rng.pick(&[usual.queue_items, usual.queue_items, 16, 40]);
        let rotate_every = rng.pick(&[usual.rotate_every, rng.clone().millis(60_000, 2_400_000)]);
        let mut plan = Self {
            options: StreamOptions { queue_items, rotate_every, ..usual },
            trouble: Trouble::Any(rng.pick(&[5, 15, 60])),
            troubled: rng.millis(3_600_000, 7_200_000),
            pauses: if rng.per_mille(300) { rng.between(2, 20) } else { 0 },
            leaves_early: rng.per_mille(200),
            loses_right: rng.per_mille(30),
        };
        plan.options.queue_bytes = rng.pick(&[usual.queue_bytes, usual.queue_bytes, 3_000]);
        plan
    }
    /// Says in words what is planned, a line each.
    pub(super) fn told(&self) -> Vec<String> {
        let StreamOptions { rotate_every, queue_items, queue_bytes, .. } = self.options;
        let troubled = self.troubled.as_secs();
        let mut lines = vec![
            match self.trouble {
                Trouble::Any(per_mille) => {
                    format!("any fault for {troubled} s, in {per_mille} of a thousand steps")
                }
                Trouble::HourlyExpiries => {
                    "the key expires every hour for a day, then after 26 hours once more".to_owned()
                }
            },
            format!("the client makes a new connection every {} s", rotate_every.as_secs()),
            format!("its queue holds {queue_items} items and {queue_bytes} bytes"),
            format!("the consumer pauses after {} of a thousand items", self.pauses),
        ];
        if self.leaves_early {
            lines.push("the consumer drops the stream before the faults end".to_owned());
        }
        if self.loses_right {
            lines.push("the key loses its right to streams in the end".to_owned());
        }
        lines
    }
}

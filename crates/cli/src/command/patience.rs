//! How long the commands that ask what became of a call go on asking.

use binance_papi::Patience;
use clap::Args;
use std::time::Duration;

/// The options of every command that asks until it knows.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct PatienceOptions {
    /// When to give up asking for a call.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub(super) timeout: u64,

    /// How long the exchange may take to show what it accepted, after the recv window.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(0..=600))]
    margin: u64,
}

impl PatienceOptions {
    pub(super) fn patience(self) -> Patience {
        Patience {
            deadline: Duration::from_secs(self.timeout),
            margin: Duration::from_secs(self.margin),
            ..Patience::default()
        }
    }
}

//! The options of `papi watch`, and what its help says.

use super::filter::{Filter, event_names};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::OutputFormat;
use crate::time_text::to_duration;
use binance_papi::account_stream::StreamOptions;
use clap::Args;
use std::io::IsTerminal as _;
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

const KEPT_ALIVE: &str = "How the stream is kept alive";

/// A listen key dies after an hour; one attempt to keep it alive may fail.
const LONGEST_KEEP: Duration = Duration::from_secs(30 * 60);

/// Show the account's events as they happen.
///
/// On a terminal it prints a line for each event, in a pipe one JSON object a line (crates/cli/WATCH.md has the schema). The stream is
/// kept alive; wherever events may be missing, a gap says from when on. Ctrl-C ends it.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi watch                                           until Ctrl-C
  papi watch --events ORDER_TRADE_UPDATE --symbol BTCUSDT
  papi watch --record account.jsonl --for 8h           keeps what it shows in a file
  papi watch --replay account.jsonl                    shows it again; no network, no key
  papi --sandbox watch                                 a day of a demo account, with liquidations and a gap

With --sandbox it plays a day of the demo account and ends with it. The exit code is 0 when the end was asked for with --for or
--count or the day or the recording is over, gaps or not; 130 after Ctrl-C; else the one of the failure.")]
pub(crate) struct WatchCommand {
    /// Only these events, by their names on the wire; gaps are always shown.
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',', ignore_case = true, value_parser = event_names())]
    pub(super) events: Vec<String>,

    /// Only events of these symbols; those of no symbol, such as balances, are left out.
    #[arg(long, value_name = "SYMBOL,SYMBOL", value_delimiter = ',')]
    pub(super) symbol: Vec<String>,

    /// Append all that comes to this file as JSON lines, whatever is shown; for its owner alone.
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,

    /// Begin a new file when the recording has this many bytes; the old one becomes FILE.1, FILE.2 and so on.
    #[arg(long, value_name = "BYTES", default_value = "67108864", requires = "record")]
    pub(super) rotate: NonZeroU64,

    /// Show a recording instead; several files in their order.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["record", "sandbox", "for", "day"])]
    pub(super) replay: Vec<PathBuf>,

    /// End after this time, such as 30s or 8h.
    #[arg(long = "for", id = "for", value_name = "SPAN", value_parser = to_duration)]
    pub(super) length: Option<Duration>,

    /// End when this many events were shown.
    #[arg(long, value_name = "N")]
    pub(super) count: Option<NonZeroU64>,

    /// How long the day of --sandbox takes.
    #[arg(long, value_name = "SPAN", default_value = "20s", value_parser = to_duration)]
    pub(super) day: Duration,

    /// Test the connection this often; after two pings without any sign of life it is dead, and a gap says so.
    #[arg(long, value_name = "SPAN", default_value = "30s", value_parser = seconds, help_heading = KEPT_ALIVE)]
    pub(super) ping_every: Duration,

    /// Keep the listen key alive this often, at most every 30m; whether it has died is noticed then.
    #[arg(long, value_name = "SPAN", default_value = "20m", value_parser = keep_every, help_heading = KEPT_ALIVE)]
    pub(super) keep_every: Duration,

    /// Replace a connection of this age by a new one, without a gap; the exchange cuts it after 24h.
    #[arg(long, value_name = "SPAN", default_value = "23h", value_parser = seconds, help_heading = KEPT_ALIVE)]
    pub(super) replace_every: Duration,
}

/// Reads a length of time of a second at least: the exchange takes few messages and connections.
fn seconds(text: &str) -> Result<Duration, String> {
    let length = to_duration(text)?;
    if length < Duration::from_secs(1) { Err("must be 1s or longer".to_owned()) } else { Ok(length) }
}

fn keep_every(text: &str) -> Result<Duration, String> {
    let length = seconds(text)?;
    if length > LONGEST_KEEP {
        Err("must be 30m or shorter: a listen key lives for an hour".to_owned())
    } else {
        Ok(length)
    }
}

/// How what comes is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Lines,
    Json,
}

impl WatchCommand {
    pub(super) fn filter(&self) -> Filter {
        let symbols = self.symbol.iter().map(|symbol| symbol.to_uppercase()).collect();
        Filter { events: self.events.clone(), symbols }
    }

    pub(super) fn stream_options(&self) -> StreamOptions {
        StreamOptions {
            ping_every: self.ping_every,
            keep_every: self.keep_every,
            rotate_every: self.replace_every,
            ..StreamOptions::default()
        }
    }

    pub(super) fn shown(global: &GlobalOptions) -> Result<Shown, Failure> {
        if !global.columns.is_empty() {
            return Err(
                Failure::bad_input("what is watched has no columns").hint("--events and --symbol choose events")
            );
        }
        match global.format {
            None if std::io::stdout().is_terminal() => Ok(Shown::Lines),
            None | Some(OutputFormat::Json | OutputFormat::Jsonl) => Ok(Shown::Json),
            Some(OutputFormat::Table) => Ok(Shown::Lines),
            Some(_) => Err(Failure::bad_input("events are printed as table or jsonl").hint("--format table or jsonl")),
        }
    }
}

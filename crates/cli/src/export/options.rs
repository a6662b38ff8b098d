//! The grammar of `papi export`, and what its options mean.

use super::dataset::{Dataset, RawColumn, dataset_name};
use super::format::Format;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::OutputFormat;
use crate::request::{Endpoints, pair};
use binance_papi::spec::Span;
use binance_papi::{EndpointInfo, Timestamp};
use clap::Args;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Write a whole history into a file: every row once, in order of time.
///
/// The range is walked in windows that the exchange allows, a full page is never taken for a complete one, and what cannot be
/// proven or is lost is named. What is found is kept in the folder FILE.papi until the range is walked; FILE itself is only
/// ever replaced as a whole. A run that was interrupted is finished by running it again. A run after a finished one adds what
/// is new, and reads the last day again for rows that changed.
#[derive(Debug, Clone, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_help = "\
Examples:
  papi export um-force-orders --from 90d --out liquidations.csv
  papi export um-income-history --from 2026-07-01 --to 2026-10-01 --out income.parquet
  papi export um-trades --symbol BTCUSDT --from 30d --out trades.jsonl --report trades.report.json
  papi export margin-loans --param asset=BTC --from 5mo --out - --format csv
  papi export um-force-orders --from 90d --dry-run
  papi export --verify liquidations.csv

A time is milliseconds, a date or date and time (UTC unless it has a zone), RFC 3339, `now`, or a time ago such as 90d.

Columns keep the names of the wire. An instant has a second column NAME_utc. Decimals keep every digit: texts in CSV and
JSON lines, DECIMAL(38,18) in Parquet. Force orders have the column close_kind: liquidation, adl, settlement, delivery or
unknown. Rows that do not read go to FILE.quarantine.jsonl, with the reason.

Every file of an export is sealed with its SHA-256. Damage is named with the rows that it affects and the command that
fetches them again, and nothing is replaced. --verify checks all files of an export, and sends and writes nothing.

Exit codes: 0 complete, 1 damaged (or the disk refused), 2 nothing was done, 9 something is missing (the summary names it); others as in papi --help.")]
pub(crate) struct ExportCommand {
    /// What to export, such as um-force-orders, cm-force-orders or margin-force-orders; a wrong name lists all.
    #[arg(required_unless_present = "verify")]
    dataset: Option<String>,

    /// Check every file of an export, and that OUT is what it wrote; nothing is sent or written.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["dataset", "from", "to", "symbol", "params", "out", "dry_run",
          "concurrency", "require_proof", "allow_lost", "same_account", "overlap", "raw", "report"])]
    pub(super) verify: Option<PathBuf>,

    /// The first moment.
    #[arg(long, value_name = "TIME", default_value = "90d")]
    pub(super) from: String,

    /// The moment after the last one: a date ends the range at its beginning.
    #[arg(long, value_name = "TIME", default_value = "now")]
    pub(super) to: String,

    /// One symbol only; some datasets need one.
    #[arg(long)]
    symbol: Option<String>,

    /// A further parameter of the requests, by its name on the wire, such as asset=BTC.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,

    /// Where to write: its ending tells the format (.csv, .jsonl, .parquet). `-` is stdout, and keeps nothing.
    #[arg(long, value_name = "FILE", required_unless_present_any = ["dry_run", "verify"])]
    pub(super) out: Option<PathBuf>,

    /// Say what would be walked, in how many requests and for what weight, and send nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    /// How many requests may be under way at once.
    #[arg(long, value_name = "N", default_value = "4")]
    pub(super) concurrency: NonZeroUsize,

    /// Fail when a millisecond is probably complete and nothing proves it.
    #[arg(long)]
    pub(super) require_proof: bool,

    /// Succeed although the exchange no longer has a part of the range.
    #[arg(long)]
    pub(super) allow_lost: bool,

    /// Go on with another API key: it is a new one of the same account.
    #[arg(long)]
    pub(super) same_account: bool,

    /// How much of what was exported is read again, for rows that changed.
    #[arg(long, value_name = "SPAN", default_value = "24h")]
    overlap: Span,

    /// Add a last column `raw` with each row as it was received.
    #[arg(long)]
    raw: bool,

    /// Write the summary as JSON into a file as well.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

impl ExportCommand {
    /// Returns the dataset that was asked for.
    pub(super) fn dataset(&self, endpoints: Endpoints) -> Result<Dataset, Failure> {
        let raw = if self.raw { RawColumn::With } else { RawColumn::Without };
        let dataset = self.dataset.as_deref().unwrap_or_default();
        let found = endpoints.iter().find(|info| dataset_name(info).is_some_and(|name| name == dataset));
        found.and_then(|info| Dataset::of(info, raw)).ok_or_else(|| {
            let names: Vec<_> = endpoints.iter().filter_map(|info| dataset_name(info)).collect();
            let likeness = |name: &String| strsim::jaro_winkler(name, dataset);
            let close = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            Failure::bad_input(format!("there is no dataset {dataset:?}"))
                .hints(close.map(|name| format!("did you mean {name}?")))
                .hint(format!("the datasets are {}", names.join(", ")))
        })
    }

    /// Returns the parameters of the requests, in the order of the endpoint.
    pub(super) fn request_params(&self, info: &EndpointInfo) -> Vec<(String, String)> {
        let symbol = self.symbol.iter().map(|symbol| ("symbol".to_owned(), symbol.clone()));
        let mut params: Vec<_> = symbol.chain(self.params.iter().cloned()).collect();
        params.sort_by_key(|(name, _)| info.params.iter().position(|param| param.name == name));
        params
    }

    pub(super) fn overlap(&self) -> Duration {
        let now = Timestamp::from_millis(0);
        now.since(self.overlap.before(now))
    }
}

/// Returns whether an output is stdout.
pub(super) fn is_stdout(out: &Path) -> bool {
    out == Path::new("-")
}

/// Returns the format that was asked for, or that the name of the file tells; CSV for stdout.
pub(super) fn format_of(global: &GlobalOptions, out: &Path) -> Result<Format, Failure> {
    match global.format {
        Some(OutputFormat::Csv) => Ok(Format::Csv),
        Some(OutputFormat::Jsonl) => Ok(Format::Jsonl),
        Some(OutputFormat::Parquet) => Ok(Format::Parquet),
        Some(OutputFormat::Table | OutputFormat::Json) => Err(Failure::bad_input("an export is csv, jsonl or parquet")),
        None if is_stdout(out) => Ok(Format::Csv),
        None => Format::of_path(out).ok_or_else(|| {
            Failure::bad_input(format!("the name {} does not tell a format", out.display()))
                .hint("end it with .csv, .jsonl or .parquet, or add --format")
        }),
    }
}

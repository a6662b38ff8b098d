//! The grammar of `papi export`, and what its options mean.

use super::catalog;
use super::dataset::{Dataset, RawColumn};
use super::format::Format;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::OutputFormat;
use crate::request::{Endpoints, pair};
use crate::time_text;
use binance_papi::EndpointInfo;
use binance_papi::spec::Span;
use clap::Args;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The default of `--from`.
const DEFAULT_FROM: &str = "90d";

/// The default of `--to`.
const DEFAULT_TO: &str = "now";

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
  papi export um-force-orders --from 90d --out liquidations.xlsx
  papi export um-force-orders --from 90d --dry-run
  papi export
  papi export --verify liquidations.csv

`papi export` alone lists the datasets: what each one is, what it needs, and how long the exchange keeps it.

A time is milliseconds, a date or date and time (UTC unless it has a zone), RFC 3339, `now`, or a time ago such as 90d, 1w or
1.5d. A range that ends now ends at the last whole minute. One that begins as long ago as the exchange keeps rows begins up
to an hour later, so that nothing is forgotten while it is walked.

Columns keep the names of the wire. An instant has a second column NAME_utc. Decimals keep every digit: texts in CSV and
JSON lines, DECIMAL(38,18) in Parquet, in workbooks (.xlsx) numbers of up to 15 digits and texts beyond. Force orders have
the column close_kind: liquidation, adl, settlement, delivery or unknown. Rows that do not read go to
FILE.quarantine.jsonl, with the reason.

Every file of an export is sealed with a checksum, FILE with its SHA-256. Damage is named with the rows that it affects and
the command that fetches them again, and nothing is replaced. --verify checks all files of an export, and sends and writes
nothing.

Exit codes: 0 complete, 1 damaged (or the disk refused), 2 nothing was done, 9 something is missing (the summary names it),
130 or 143 interrupted (the same command goes on); others as in papi --help.")]
pub(crate) struct ExportCommand {
    /// What to export, such as um-force-orders, cm-force-orders or margin-force-orders; without it all are listed.
    pub(super) dataset: Option<String>,

    /// Check every file of an export, and that OUT is what it wrote; nothing is sent or written.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["dataset", "from", "to", "symbol", "params", "out", "dry_run",
          "concurrency", "require_proof", "allow_lost", "same_account", "overlap", "raw", "report"])]
    pub(super) verify: Option<PathBuf>,

    /// The first moment.
    #[arg(long, value_name = "TIME", default_value = DEFAULT_FROM)]
    pub(super) from: String,

    /// The moment after the last one: a date ends the range at its beginning, and `now` is the last whole minute.
    #[arg(long, value_name = "TIME", default_value = DEFAULT_TO)]
    pub(super) to: String,

    /// One symbol only; some datasets need one.
    #[arg(long)]
    symbol: Option<String>,

    /// A further parameter of the requests, by its name on the wire, such as asset=BTC.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    params: Vec<(String, String)>,

    /// Where to write: its ending tells the format (.csv, .jsonl, .parquet, .xlsx). `-` is stdout, and keeps nothing.
    #[arg(long, value_name = "FILE")]
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
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = time_text::to_span)]
    overlap: Span,

    /// Add a last column `raw` with each row as it was received.
    #[arg(long)]
    raw: bool,

    /// Write the summary as JSON into a file as well.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

impl ExportCommand {
    /// Returns whether nothing was asked for, so that the list of datasets is the answer.
    pub(super) fn asks_for_list(&self) -> bool {
        let Self { dataset, out, dry_run, symbol, params, report, .. } = self;
        dataset.is_none() && out.is_none() && !dry_run && symbol.is_none() && params.is_empty() && report.is_none()
    }

    /// Returns the dataset that was asked for, when it is known where to write it.
    pub(super) fn dataset(&self, endpoints: Endpoints) -> Result<Dataset, Failure> {
        let raw = if self.raw { RawColumn::With } else { RawColumn::Without };
        let Some(name) = self.dataset.as_deref() else {
            return Err(Failure::bad_input("what to export is missing")
                .hint("name a dataset, such as um-force-orders; `papi export` alone lists them"));
        };
        let info = catalog::find(name, endpoints)?;
        if self.out.is_none() && !self.dry_run {
            return Err(Failure::bad_input("where to write is missing")
                .hint(format!("add --out {name}.csv (or .jsonl, .parquet, .xlsx), or --out - for stdout")));
        }
        Dataset::of(info, raw).ok_or_else(|| Failure::bad_input(format!("{name} has no rows")))
    }

    /// Returns the file that is written; none for stdout.
    pub(super) fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|out| !is_stdout(out))
    }

    /// Returns the words that ask for the range, where it is not the default.
    pub(super) fn range_words(&self) -> Vec<String> {
        let given = [("--from", &self.from, DEFAULT_FROM), ("--to", &self.to, DEFAULT_TO)];
        let given = given.into_iter().filter(|(_, text, default)| text != default);
        given.flat_map(|(option, text, _)| [option.to_owned(), text.clone()]).collect()
    }

    /// Returns the parameters of the requests, in the order of the endpoint.
    pub(super) fn request_params(&self, info: &EndpointInfo) -> Vec<(String, String)> {
        let symbol = self.symbol.iter().map(|symbol| ("symbol".to_owned(), symbol.clone()));
        let mut params: Vec<_> = symbol.chain(self.params.iter().cloned()).collect();
        params.sort_by_key(|(name, _)| info.params.iter().position(|param| param.name == name));
        params
    }

    pub(super) fn overlap(&self) -> Duration {
        Duration::from_millis(time_text::millis_of(self.overlap).unsigned_abs())
    }
}

/// Returns whether an output is stdout.
pub(crate) fn is_stdout(out: &Path) -> bool {
    out == Path::new("-")
}

/// Returns the format that was asked for, or that the name of the file tells; CSV for stdout, which has none.
pub(super) fn format_of(global: &GlobalOptions, file: Option<&Path>) -> Result<Format, Failure> {
    let named = file.and_then(Format::of_path);
    let asked = match global.format {
        Some(OutputFormat::Csv) => Format::Csv,
        Some(OutputFormat::Jsonl) => Format::Jsonl,
        Some(OutputFormat::Parquet) => Format::Parquet,
        Some(OutputFormat::Xlsx) => Format::Xlsx,
        Some(_) => return Err(Failure::bad_input("an export is csv, jsonl, parquet or xlsx")),
        None => {
            let Some(file) = file else { return Ok(Format::Csv) };
            return named.ok_or_else(|| {
                Failure::bad_input(format!("the name {} does not tell a format", file.display()))
                    .hint("end it with .csv, .jsonl, .parquet or .xlsx, or add --format")
            });
        }
    };
    match (named, file) {
        (Some(named), Some(file)) if named != asked => {
            Err(Failure::bad_input(format!("--format says {asked}, and the name {} says {named}", file.display()))
                .hint(format!("end the name with .{asked}, or leave out --format")))
        }
        _ => Ok(asked),
    }
}

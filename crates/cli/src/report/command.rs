//! `papi report` from its options to its exit code.

use super::input::{ask_account, read_files};
use super::json::json;
use super::markdown::markdown;
use super::model::{Figures, Rows, Zone};
use super::output::{Form, Place};
use super::page::page;
use crate::exit_code::ExitCode;
use crate::export::is_stdout;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::OutputFormat;
use crate::request::Endpoints;
use crate::time_text;
use binance_papi::spec::Span;
use clap::Args;
use std::path::{Path, PathBuf};

/// The default of `--from`: as far back as the exchange keeps forced closes of futures.
const DEFAULT_FROM: &str = "90d";

/// The default of `--to`.
const DEFAULT_TO: &str = "now";

/// Show the forced closes of an account on one page: how many, how much, when, at which prices, and what is missing.
///
/// The rows come from files that `papi export` wrote, or from the account itself when no file is named. The page is one HTML
/// file without scripts that loads nothing and prints well; Markdown is for a ticket, and JSON has all figures.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi --sandbox report --out report.html                        the demo account
  papi report --from 90d --out report.html                       your account, with its income
  papi report um.csv cm.parquet --out report.html                from exports: csv, jsonl or parquet, also overlapping
  papi report um.csv --income income.csv --marks marks.csv --out report.html
  papi report um.csv                                             as Markdown, on stdout
  papi report um.csv --format json | jq .totals

Files hold um-force-orders, cm-force-orders or margin-force-orders, and are told apart by their columns. FILE.papi beside a
file, which its export keeps there, proves which range is complete; without it the report says that coverage is unknown.
Realised loss, fees and insurance clearance come from income alone: without it they are \"not given\", never 0.

Amounts are exact, totalled for each asset, and never converted. COIN-M quantities are contracts, their value is in the coin.
The same files give the same bytes. --out FILE is replaced only when it holds a report. Without --out, Markdown and JSON go to
stdout; HTML does so in a pipe.")]
pub(crate) struct ReportCommand {
    /// Files of forced closes that `papi export` wrote; without one the account is asked.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Where to write: its ending tells the format (.html, .md, .json). Without it, stdout.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// The first moment, when the account is asked [default: 90d].
    #[arg(long, value_name = "TIME", conflicts_with = "files")]
    from: Option<String>,

    /// The moment after the last one, when the account is asked [default: now].
    #[arg(long, value_name = "TIME", conflicts_with = "files")]
    to: Option<String>,

    /// A file of income that `papi export` wrote; may be given several times.
    #[arg(long, value_name = "FILE", requires = "files")]
    income: Vec<PathBuf>,

    /// Mark prices to compare fills with: CSV with the columns symbol,time,price.
    #[arg(long, value_name = "FILE")]
    marks: Option<PathBuf>,

    /// Closes that come within this time of the one before are one event.
    #[arg(long, value_name = "SPAN", default_value = "60s", value_parser = time_text::to_span)]
    cluster: Span,

    /// The time zone to show times in, such as Europe/Berlin; days and hours are counted in it as well.
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = Zone::named)]
    tz: Zone,
}

impl ReportCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let file = self.out.as_deref().filter(|out| !is_stdout(out));
        let form = form_of(global, file)?;
        let place = file.map_or(Place::Stdout, |file| Place::File(file.to_owned()));
        place.check(form)?;
        let rows = self.rows(global, endpoints).await?;
        let figures = Figures::of(&rows, time_text::millis_of(self.cluster), &self.tz).map_err(|_| {
            Failure::bad_input("a total has more than 38 digits, and nothing is rounded")
                .hint("report fewer files at once")
        })?;
        place.put(&text(&figures, &self.tz, form)?)
    }

    async fn rows(&self, global: &GlobalOptions, endpoints: Endpoints) -> Result<Rows, Failure> {
        if self.files.is_empty() {
            let (from, to) = (self.from.as_deref().unwrap_or(DEFAULT_FROM), self.to.as_deref().unwrap_or(DEFAULT_TO));
            return ask_account(global, endpoints, (from, to), self.marks.as_deref()).await;
        }
        if global.sandbox {
            let failure = Failure::bad_input("files are given, and --sandbox asks for the demo account");
            return Err(failure.hint("leave out one of them"));
        }
        read_files(&self.files, &self.income, self.marks.as_deref(), endpoints)
    }
}

fn text(figures: &Figures, zone: &Zone, form: Form) -> Result<String, Failure> {
    match form {
        Form::Json => json(figures).map_err(|error| Failure::new(ExitCode::Other, format!("cannot print: {error}"))),
        Form::Html => Ok(page(figures, zone)),
        Form::Markdown => Ok(markdown(figures, zone)),
    }
}

/// Returns the form that was asked for, or that the name of the file tells; Markdown for stdout.
fn form_of(global: &GlobalOptions, file: Option<&Path>) -> Result<Form, Failure> {
    match global.format {
        Some(OutputFormat::Html) => Ok(Form::Html),
        Some(OutputFormat::Md) => Ok(Form::Markdown),
        Some(OutputFormat::Json) => Ok(Form::Json),
        Some(_) => Err(Failure::bad_input("a report is html, md or json")),
        None => file.map_or(Ok(Form::Markdown), |file| {
            Form::of_path(file).ok_or_else(|| {
                Failure::bad_input(format!("the name {} does not tell a format", file.display()))
                    .hint("end it with .html, .md or .json, or add --format")
            })
        }),
    }
}

//! `papi decode`: reads a saved reply through its type and prints it back, or says what is wrong with it and where.
//! So a reply from another person's account can be examined without access to that account.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription, TimeOptions};
use crate::request::{Endpoints, find, full_path};
use crate::stderr;
use binance_papi::Method;
use binance_papi::json::Json;
use clap::Args;
use std::io::{Read as _, stdin};

/// Read a saved reply through its type and print it back.
///
/// What is printed comes from the typed value, so it shows what this version understands of the reply. Bad rows of a
/// list are reported on stderr with index, path and reason, the good ones are printed, and the exit code is 7.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi decode GET um/forceOrders reply.json
  papi call GET um/order symbol=BTCUSDT orderId=1 --raw | papi decode GET um/order --strict")]
pub(crate) struct DecodeCommand {
    /// GET, POST, PUT or DELETE.
    method: Method,

    /// The path, from the root or from /papi/v1/ on.
    path: String,

    /// The file with the reply's body; stdin when absent or `-`.
    #[arg(default_value = "-")]
    file: String,

    /// Report fields and words that this version does not know; the exit code is then 7.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    times: TimeOptions,
}

impl DecodeCommand {
    pub(crate) fn run(&self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let info = find(self.method, &full_path(&self.path)?, endpoints)?;
        let output = Output::of(global).with_times(self.times.times());
        output.check_columns(ReplyDescription::of(info))?;
        let body = self.body()?;
        let (readable, printed, mut failure) = match (info.reprint)(&body) {
            Ok(printed) => (body, printed, None),
            Err(error) => {
                let Some(good) = error.good_json() else { return Err(unreadable(&error)) };
                for row in error.bad_rows() {
                    stderr::line("bad row", &format!("{} {row}: {}", row.index, row.raw));
                }
                let failure = unreadable(format!("{} of the rows do not read", error.bad_rows().len()));
                let printed = (info.reprint)(good.as_bytes()).map_err(unreadable)?;
                (good.as_bytes().to_owned(), printed, Some(failure))
            }
        };
        if self.strict {
            let drift = info.find_drift(&readable).map_err(unreadable)?;
            for unknown in &drift {
                stderr::plain(&unknown.to_string());
            }
            if !drift.is_empty() && failure.is_none() {
                let text = format!("{} fields or words are unknown to this version", drift.len());
                failure = Some(Failure::new(ExitCode::Unreadable, text));
            }
        }
        let reply = Json::parse(&printed).map_err(unreadable)?;
        output.print(&reply, ReplyDescription::of(info))?;
        failure.map_or(Ok(()), Err)
    }

    fn body(&self) -> Result<Vec<u8>, Failure> {
        let read = if self.file == "-" { stdin().lock().bytes().collect() } else { std::fs::read(&self.file) };
        read.map_err(|error| Failure::bad_input(format!("{} cannot be read: {error}", self.file)))
    }
}

fn unreadable(what: impl std::fmt::Display) -> Failure {
    Failure::new(ExitCode::Unreadable, format!("the reply is not what the endpoint is documented to answer: {what}"))
}

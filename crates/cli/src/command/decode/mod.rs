//! `papi decode`: reads a saved reply or event through its type and prints it back, or says what is wrong with it and where.
//! So one from another person's account can be examined without access to that account.

mod event;
mod saved;

use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription, TimeOptions};
use crate::request::{Endpoints, find, full_path};
use binance_papi::Method;
use clap::{Args, Subcommand};
use event::DecodeEventCommand;
use saved::Saved;

/// Read a saved reply through its type and print it back.
///
/// What is printed comes from the typed value, so it shows what this version understands of the reply. Bad rows of a
/// list are reported on stderr with index, path and reason, the good ones are printed, and the exit code is 7.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  papi decode GET um/forceOrders reply.json
  papi call GET um/order symbol=BTCUSDT orderId=1 --raw | papi decode GET um/order --strict
  papi decode event event.json"
)]
pub(crate) struct DecodeCommand {
    #[command(subcommand)]
    other: Option<DecodeOther>,

    /// GET, POST, PUT or DELETE.
    #[arg(required = true)]
    method: Option<Method>,

    /// The path, from the root or from /papi/v1/ on.
    #[arg(required = true)]
    path: Option<String>,

    /// The file with the reply's body; stdin when absent or `-`.
    #[arg(default_value = "-")]
    file: String,

    /// Report fields and words that this version does not know; the exit code is then 7.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    times: TimeOptions,
}

/// What is no reply to a call.
#[derive(Debug, Clone, Subcommand)]
enum DecodeOther {
    // Described where it is defined: a description here would hide the longer one.
    Event(DecodeEventCommand),
}

impl DecodeCommand {
    pub(crate) fn run(&self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        if let Some(DecodeOther::Event(command)) = &self.other {
            return command.run(global);
        }
        let (Some(method), Some(path)) = (self.method, &self.path) else {
            return Err(Failure::bad_input("a reply is known by the method and path of its call"));
        };
        let info = find(method, &full_path(path)?, endpoints)?;
        let output = Output::of(global).with_times(self.times.times());
        output.check_columns(ReplyDescription::of(info))?;
        let mut saved = Saved::read(&self.file, "the reply is not what the endpoint is documented to answer")?;
        saved.decode(info.reprint)?;
        if self.strict {
            let drift = info.find_drift(saved.readable()).map_err(|error| saved.unreadable(error))?;
            saved.refuse(&drift);
        }
        saved.print(&output, ReplyDescription::of(info))
    }
}

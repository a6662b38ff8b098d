//! The command line as a whole: the fixed commands, the global options, and the commands made from the endpoint table.

use crate::call::CallCommand;
use crate::decode::DecodeCommand;
use crate::doctor::DoctorCommand;
use crate::endpoint_commands::{self, EndpointCommand};
use crate::endpoints::EndpointsCommand;
use crate::exit_code::EXIT_CODES;
use crate::export::ExportCommand;
use crate::output::Format;
use crate::request::Endpoints;
use crate::sandbox::SandboxCommand;
use crate::settle::SettleCommand;
use clap::{ArgMatches, Args, Command, FromArgMatches as _, Subcommand};
use std::path::PathBuf;

const GLOBAL: &str = "Global options";

const ABOUT: &str = "Binance Portfolio Margin from a terminal";

const LONG_ABOUT: &str = "\
Binance Portfolio Margin from a terminal: one command per endpoint, checked before it is sent.

The API key comes from the environment: BINANCE_API_KEY and BINANCE_API_SECRET, or for an RSA or Ed25519 key instead of
the secret BINANCE_PRIVATE_KEY, a PKCS#8 PEM or the path of one, and BINANCE_PRIVATE_KEY_PASSPHRASE if it is encrypted.
Without one, --sandbox answers from an exchange inside this program. Data goes to stdout, everything else to stderr.";

const EXAMPLES: &str = "\
Examples:
  papi export um-force-orders --from 90d --out all.csv         every liquidation that the exchange still knows
  papi um force-orders --symbol BTCUSDT --limit 5 --sandbox    the last liquidations of a demo account
  papi um force-orders --start-time 30d --end-time 23d         times as a length of time ago, a date, or milliseconds
  papi um force-orders --format csv > liquidations.csv         table, json, jsonl or csv
  papi call GET um/forceOrders symbol=BTCUSDT --dry-run        by path; shown, not sent
  papi decode GET um/forceOrders reply.json                    what this version understands of a saved reply
  papi endpoints force                                         what there is, and what it costs
  papi doctor                                                  why calls fail, and what to do about it
  papi sandbox --port 8080                                     an exchange for tests, until Ctrl-C";

const BASE_URL_HELP: &str =
    "Where to send: https, or http on this machine [env: PAPI_BASE_URL] [default: https://papi.binance.com]";

/// The options of all commands.
#[derive(Debug, Clone, Args)]
pub(crate) struct GlobalOptions {
    /// Ask an exchange inside this program, on a free port of this machine, as a demo account.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) sandbox: bool,

    // Read from the environment in `connect`: clap would see a conflict between the variable and `--sandbox`.
    #[arg(long, global = true, value_name = "URL", help_heading = GLOBAL, help = BASE_URL_HELP)]
    pub(crate) base_url: Option<String>,

    /// Who tells the exchange's time [default: the futures host for production, else the server that is asked]
    #[arg(long, global = true, value_name = "URL", env = "PAPI_TIME_URL", help_heading = GLOBAL)]
    pub(crate) time_url: Option<String>,

    /// Request weight to use per minute at most, for when others share this IP address [default: 6000]
    #[arg(long, global = true, value_name = "N", help_heading = GLOBAL,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) weight_limit: Option<u32>,

    /// Share the weight limit with everyone on this machine who names the same file; not with --sandbox.
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL, env = "PAPI_LEDGER")]
    pub(crate) ledger: Option<PathBuf>,

    /// How to print data; a table on a terminal and JSON in a pipe when absent.
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GLOBAL)]
    pub(crate) format: Option<Format>,
}

/// The commands that do not come from the endpoint table.
#[derive(Debug, Subcommand)]
enum FixedCommand {
    /// List the endpoints: command, effect, weight; parameters and rules as JSON.
    Endpoints(EndpointsCommand),
    /// Call an endpoint by method and path.
    Call(CallCommand),
    /// Read a saved reply through its type and print it back.
    Decode(DecodeCommand),
    /// Find out what became of a call whose outcome is unknown.
    Settle(SettleCommand),
    // Described where it is defined: a description here would hide the longer one.
    Doctor(DoctorCommand),
    // As is this one.
    Export(ExportCommand),
    /// Run an exchange for tests until Ctrl-C.
    Sandbox(SandboxCommand),
}

/// What was asked for.
pub(crate) struct Cli {
    pub(crate) global: GlobalOptions,
    pub(crate) invocation: Invocation,
}

/// The command that was asked for.
pub(crate) enum Invocation {
    Endpoints(EndpointsCommand),
    Call(CallCommand),
    Decode(DecodeCommand),
    Settle(SettleCommand),
    Doctor(DoctorCommand),
    Export(ExportCommand),
    Sandbox(SandboxCommand),
    Endpoint(EndpointCommand),
}

/// The grammar of the command line.
pub(crate) fn grammar(endpoints: Endpoints) -> Command {
    let command = Command::new("papi")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(format!("{EXAMPLES}\n\n{EXIT_CODES}"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(endpoint_commands::groups(endpoints));
    // Adding options sets their own description, so that of the program comes last.
    GlobalOptions::augment_args(FixedCommand::augment_subcommands(command)).about(ABOUT).long_about(LONG_ABOUT)
}

impl Cli {
    /// Reads what the grammar let pass.
    pub(crate) fn read(matches: &ArgMatches, endpoints: Endpoints) -> Result<Self, clap::Error> {
        let global = GlobalOptions::from_arg_matches(matches)?;
        let invocation = match EndpointCommand::read(matches, endpoints)? {
            Some(command) => Invocation::Endpoint(command),
            None => match FixedCommand::from_arg_matches(matches)? {
                FixedCommand::Endpoints(command) => Invocation::Endpoints(command),
                FixedCommand::Call(command) => Invocation::Call(command),
                FixedCommand::Decode(command) => Invocation::Decode(command),
                FixedCommand::Settle(command) => Invocation::Settle(command),
                FixedCommand::Doctor(command) => Invocation::Doctor(command),
                FixedCommand::Export(command) => Invocation::Export(command),
                FixedCommand::Sandbox(command) => Invocation::Sandbox(command),
            },
        };
        Ok(Self { global, invocation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_has_no_contradictions() {
        grammar(binance_papi::ENDPOINTS).debug_assert();
    }

    #[test]
    fn global_options_stand_anywhere() {
        for line in [
            ["papi", "--base-url", "http://[::1]:1", "um", "force-orders"],
            ["papi", "um", "--base-url", "http://[::1]:1", "force-orders"],
            ["papi", "um", "force-orders", "--base-url", "http://[::1]:1"],
        ] {
            let matches = grammar(binance_papi::ENDPOINTS).try_get_matches_from(line).expect("valid");
            let cli = Cli::read(&matches, binance_papi::ENDPOINTS).expect("valid");
            assert_eq!(cli.global.base_url.as_deref(), Some("http://[::1]:1"));
        }
    }
}

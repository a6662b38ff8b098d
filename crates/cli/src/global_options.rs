//! The options of all commands.

use crate::output::OutputFormat;
use clap::Args;
use std::path::PathBuf;

const GLOBAL: &str = "Global options";

const BASE_URL_HELP: &str =
    "Where to send: https, or http on this machine [env: PAPI_BASE_URL] [default: https://papi.binance.com]";

/// The options of all commands. `--help` shows no value of a variable: each may hold a password, also by mistake.
#[derive(Debug, Clone, Args)]
pub(crate) struct GlobalOptions {
    /// Ask an exchange inside this program, on a free port of this machine, as a demo account.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) sandbox: bool,

    // Read from the environment in `connect`: clap would see a conflict between the variable and `--sandbox`.
    #[arg(long, global = true, value_name = "URL", help_heading = GLOBAL, help = BASE_URL_HELP)]
    pub(crate) base_url: Option<String>,

    /// The server that tells the exchange's time [default: the futures host for production, else the server that is asked]
    #[arg(long, global = true, value_name = "URL", env = "PAPI_TIME_URL", hide_env_values = true,
          help_heading = GLOBAL)]
    pub(crate) time_url: Option<String>,

    /// Request weight to use per minute at most, for when other programs share this IP address [default: 6000]
    #[arg(long, global = true, value_name = "N", help_heading = GLOBAL,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) weight_limit: Option<u32>,

    /// Share the weight limit with all programs on this machine that name the same file; not with --sandbox.
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL, env = "PAPI_LEDGER",
          hide_env_values = true)]
    pub(crate) ledger: Option<PathBuf>,

    /// How to print data; a table on a terminal and JSON in a pipe when absent.
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GLOBAL)]
    pub(crate) format: Option<OutputFormat>,
}

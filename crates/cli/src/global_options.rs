//! The options of all commands.

use crate::output::OutputFormat;
use clap::Args;
use std::path::PathBuf;

const GLOBAL: &str = "Global options";

const PROFILE_HELP: &str = "Take settings and API key from this profile: `papi profile --help` [env: PAPI_PROFILE]";

const BASE_URL_HELP: &str =
    "Where to send: https, or http on this machine [env: PAPI_BASE_URL] [default: https://papi.binance.com]";

const TIME_URL_HELP: &str = "The server that tells the exchange's time [env: PAPI_TIME_URL] [default: the futures host for \
                             production, else the server that is asked]";

const PROXY_HELP: &str =
    "Send everything through this HTTP proxy, but for what is on this machine [env: PAPI_PROXY] [default: none]";

const LEDGER_HELP: &str = "Share the limits with all programs on this machine that name the same file, or on many hosts through a server, as redis://HOST?exit=NAME with its password in PAPI_LEDGER_PASSWORD; not with --sandbox [env: PAPI_LEDGER]";

const INTENTS_HELP: &str =
    "Write down each call that acts before it leaves, in this file: `papi intents --help` [env: PAPI_INTENTS]";

/// The options of all commands. `--help` shows no value of a variable: each may hold a password, also by mistake.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct GlobalOptions {
    /// Ask an exchange inside this program, on a free port of this machine, as a demo account.
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) sandbox: bool,

    #[arg(long, global = true, value_name = "NAME", help_heading = GLOBAL, help = PROFILE_HELP)]
    pub(crate) profile: Option<String>,

    // The variables are read in `profile::settings`, which has to know what decided a setting.
    #[arg(long, global = true, value_name = "URL", help_heading = GLOBAL, help = BASE_URL_HELP)]
    pub(crate) base_url: Option<String>,

    #[arg(long, global = true, value_name = "URL", help_heading = GLOBAL, help = TIME_URL_HELP)]
    pub(crate) time_url: Option<String>,

    #[arg(long, global = true, value_name = "URL", help_heading = GLOBAL, help = PROXY_HELP)]
    pub(crate) proxy: Option<String>,

    /// Request weight to use per minute at most, for when other programs share this IP address [default: 6000]
    #[arg(long, global = true, value_name = "N", help_heading = GLOBAL,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) weight_limit: Option<u32>,

    #[arg(long, global = true, value_name = "FILE|URL", help_heading = GLOBAL, help = LEDGER_HELP)]
    pub(crate) ledger: Option<PathBuf>,

    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL, help = INTENTS_HELP)]
    pub(crate) intents: Option<PathBuf>,

    /// How to print data; a table on a terminal and JSON in a pipe when absent. A table that is too wide is printed as records.
    #[arg(long, global = true, value_name = "FORMAT", help_heading = GLOBAL)]
    pub(crate) format: Option<OutputFormat>,

    /// Print these fields of each row only, in this order; `a.b` is the field b of a.
    #[arg(long, global = true, value_name = "NAME,NAME", value_delimiter = ',', help_heading = GLOBAL)]
    pub(crate) columns: Vec<String>,
}

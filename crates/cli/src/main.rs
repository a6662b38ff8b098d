//! The `papi` command: Binance Portfolio Margin from a terminal. One command per endpoint, made from the endpoint table;
//! data on stdout, everything else on stderr; exit codes in `exit_code`.

mod args;
mod call;
mod confirm;
mod connect;
mod decode;
mod doctor;
mod endpoint_commands;
mod endpoints;
mod exit_code;
mod export;
mod failure;
mod kebab;
mod output;
mod request;
mod sandbox;
mod send;
mod settle;
mod stderr;
mod time_text;

use args::{Cli, Invocation};
use binance_papi::ENDPOINTS;
use exit_code::ExitCode;
use failure::Failure;

fn main() -> std::process::ExitCode {
    let matches = args::grammar(ENDPOINTS).get_matches();
    let cli = Cli::read(&matches, ENDPOINTS).unwrap_or_else(|error| error.exit());
    let exit = match run(cli) {
        Ok(()) => ExitCode::Done,
        Err(failure) => {
            failure.report();
            failure.exit()
        }
    };
    exit.into()
}

fn run(cli: Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(ExitCode::Other, format!("cannot start: {error}")))?;
    let global = cli.global;
    if global.format == Some(output::Format::Parquet) && !matches!(cli.invocation, Invocation::Export(_)) {
        let failure = Failure::bad_input("not sent: Parquet is what `papi export` writes");
        return Err(failure.hint("replies are printed as table, json, jsonl or csv"));
    }
    let result = match cli.invocation {
        Invocation::Endpoints(command) => command.run(&global, ENDPOINTS),
        Invocation::Call(command) => runtime.block_on(command.run(&global, ENDPOINTS)),
        Invocation::Decode(command) => command.run(&global, ENDPOINTS),
        Invocation::Doctor(command) => runtime.block_on(command.run(&global)),
        Invocation::Export(command) => runtime.block_on(command.run(&global, ENDPOINTS)),
        Invocation::Sandbox(command) => runtime.block_on(command.run()),
        Invocation::Settle(command) => runtime.block_on(command.run(&global, ENDPOINTS)),
        Invocation::Endpoint(command) => runtime.block_on(command.run(&global)),
    };
    // Looking up a name cannot be called off; the end must not wait for it.
    runtime.shutdown_background();
    result
}

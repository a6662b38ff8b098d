//! The `papi` command: Binance Portfolio Margin from a terminal. One command per endpoint, made from the endpoint table;
//! data on stdout, everything else on stderr; exit codes in `exit_code`.

mod choice;
mod command;
mod connect;
mod exit_code;
mod export;
mod failure;
mod global_options;
mod kebab;
mod notices;
mod output;
mod profile;
mod report;
mod request;
mod shell_word;
mod stderr;
mod time_text;
mod watch;

use binance_papi::ENDPOINTS;
use command::CommandLine;
use exit_code::ExitCode;
use failure::Failure;

fn main() -> std::process::ExitCode {
    let matches = match command::read_words(&std::env::args_os().collect::<Vec<_>>(), ENDPOINTS) {
        Ok(matches) => matches,
        Err(error) => return command::refuse(error, ENDPOINTS).into(),
    };
    let line = CommandLine::read(&matches, ENDPOINTS).unwrap_or_else(|error| error.exit());
    run(line).map_or_else(|failure| failure.report(), |()| ExitCode::Done).into()
}

fn run(line: CommandLine) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(ExitCode::Other, format!("cannot start: {error}")))?;
    let result = runtime.block_on(line.run(ENDPOINTS));
    // Looking up a name cannot be called off; the end must not wait for it.
    runtime.shutdown_background();
    result
}

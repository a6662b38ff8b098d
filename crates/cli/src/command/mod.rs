//! The command line as a whole: the commands that are always there, and those made from the endpoint table.

mod call;
mod completions;
mod decode;
mod doctor;
mod endpoint;
mod endpoints;
mod extent;
mod intents;
mod man;
mod patience;
mod profile;
mod sandbox;
mod settle;

use crate::exit_code::{EXIT_CODES, ExitCode};
use crate::export::{ExportCommand, export_hint};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::OutputFormat;
use crate::report::ReportCommand;
use crate::request::Endpoints;
use crate::stderr;
use crate::watch::WatchCommand;
use call::CallCommand;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args as _, Command as Grammar, FromArgMatches as _, Subcommand};
use completions::CompletionsCommand;
use decode::DecodeCommand;
use doctor::DoctorCommand;
use endpoint::EndpointCommand;
use endpoints::EndpointsCommand;
use extent::Extent;
use intents::IntentsCommand;
use man::ManCommand;
use profile::ProfileCommand;
use sandbox::SandboxCommand;
use settle::SettleCommand;
use std::ffi::OsString;

const ABOUT: &str = "Binance Portfolio Margin from a terminal";

const LONG_ABOUT: &str = "\
Binance Portfolio Margin from a terminal: one command per endpoint, checked before it is sent.

The API key comes from the environment: BINANCE_API_KEY and BINANCE_API_SECRET, or for an RSA or Ed25519 key instead of
the secret BINANCE_PRIVATE_KEY, a PKCS#8 PEM or the path of one, and BINANCE_PRIVATE_KEY_PASSPHRASE if it is encrypted.
Or a profile says where it is: `papi profile --help`.
Without one, --sandbox answers from an exchange inside this program. Data goes to stdout, everything else to stderr.";

const EXAMPLES: &str = "\
Examples:
  papi export um-force-orders --from 90d --out all.csv         every liquidation that the exchange still knows
  papi um force-orders --symbol BTCUSDT --limit 5 --sandbox    the first 5 of a demo account's last 7 days
  papi um force-orders --start-time 30d --end-time 23d         times as a length of time ago, a date, or milliseconds
  papi um force-orders --columns time,symbol,side,avgPrice     one page; table, records, wide, json, jsonl or csv
  papi call GET um/forceOrders symbol=BTCUSDT --dry-run        by path; shown, not sent
  papi decode GET um/forceOrders reply.json                    what this version understands of a saved reply
  papi watch --sandbox                                         the account's events as they happen
  papi endpoints force                                         what there is, and what it costs
  papi --intents desk.intents intents settle                   what became of orders without an answer
  papi report all.csv --out report.html                        a page about them, for those who do not read CSV
  papi doctor                                                  why calls fail, and what to do about it
  papi profile show main                                       the settings of a profile, and what decided each
  papi sandbox --port 8080                                     an exchange for tests, until Ctrl-C";

/// The command that was asked for.
#[derive(Subcommand)]
enum Command {
    /// List the endpoints: command, effect, weight; parameters and constraints as JSON.
    Endpoints(EndpointsCommand),
    /// Call an endpoint by method and path.
    Call(CallCommand),
    /// Read a saved reply through its type and print it back.
    Decode(DecodeCommand),
    /// Find out what became of a call whose outcome is unknown.
    Settle(SettleCommand),
    // Described where it is defined: a description here would hide the longer one.
    Intents(IntentsCommand),
    // The same holds for this one.
    Doctor(DoctorCommand),
    // And for this one.
    Export(ExportCommand),
    // And for this one.
    Profile(ProfileCommand),
    // And for this one, too.
    Report(ReportCommand),
    // And for this one.
    Watch(WatchCommand),
    /// Run an exchange for tests until Ctrl-C.
    Sandbox(SandboxCommand),
    // Described where it is defined, too.
    Completions(CompletionsCommand),
    // Made for those who package the program, not for its users.
    #[command(hide = true)]
    Man(ManCommand),
    // Read by hand: its grammar comes from the endpoint table.
    #[command(skip)]
    Endpoint(EndpointCommand),
}

/// A command line that was read: the command and the options of all commands.
pub(crate) struct CommandLine {
    global: GlobalOptions,
    command: Command,
}

/// Describes the command line to clap.
pub(crate) fn grammar(endpoints: Endpoints) -> Grammar {
    described(endpoints, Extent::Whole)
}

/// Reads the words of a command line; the first one is the name of the program.
///
/// One line needs few of the commands, and describing all of them takes longer than most of what they do. So the line is read
/// with those that its words name. Whatever is not recognised, help included, is told by the whole description.
pub(crate) fn read_words(words: &[OsString], endpoints: Endpoints) -> Result<ArgMatches, clap::Error> {
    let read = described(endpoints, Extent::Named(words)).try_get_matches_from(words);
    read.or_else(|error| match error.kind() {
        ErrorKind::DisplayVersion => Err(error),
        _ => grammar(endpoints).try_get_matches_from(words),
    })
}

/// Describes the command line as far as it is wanted.
fn described(endpoints: Endpoints, extent: Extent<'_>) -> Grammar {
    let grammar = Grammar::new("papi")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(format!("{EXAMPLES}\n\n{EXIT_CODES}"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(endpoint::groups(endpoints, extent));
    let grammar = if extent.has_any(Command::has_subcommand) { Command::augment_subcommands(grammar) } else { grammar };
    // Adding options sets their own description, so that of the program comes last.
    GlobalOptions::augment_args(grammar).about(ABOUT).long_about(LONG_ABOUT)
}

/// Puts the most similar command first among those that an error suggests: clap has it last.
fn best_suggestion_first(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::Strings(names)) = error.get(ContextKind::SuggestedSubcommand) {
        let names = names.iter().rev().cloned().collect();
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(names));
    }
    error
}

/// Prints why a command line is refused, or the help that was asked for, and returns the exit code. A command that is not
/// there may be the name of something that can be exported.
pub(crate) fn refuse(error: clap::Error, endpoints: Endpoints) -> u8 {
    let error = best_suggestion_first(error);
    // A reader that has gone is no failure.
    let _ = error.print();
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && let Some(hint) = export_hint(word, endpoints)
    {
        stderr::line("hint", &hint);
    }
    u8::try_from(error.exit_code()).unwrap_or(ExitCode::BadInput as u8)
}

impl CommandLine {
    /// Reads what the grammar let pass.
    pub(crate) fn read(matches: &ArgMatches, endpoints: Endpoints) -> Result<Self, clap::Error> {
        let command = match EndpointCommand::read(matches, endpoints)? {
            Some(command) => Command::Endpoint(command),
            None => Command::from_arg_matches(matches)?,
        };
        Ok(Self { global: GlobalOptions::from_arg_matches(matches)?, command })
    }

    /// Runs the command to its end.
    pub(crate) async fn run(self, endpoints: Endpoints) -> Result<(), Failure> {
        let Self { global, command } = self;
        if global.format.is_some_and(OutputFormat::is_for_export) && !matches!(command, Command::Export(_)) {
            let failure = Failure::bad_input("not sent: Parquet and workbooks are what `papi export` writes");
            return Err(failure.hint("replies are printed as table, records, wide, json, jsonl or csv"));
        }
        if global.format.is_some_and(OutputFormat::is_for_report) && !matches!(command, Command::Report(_)) {
            let failure = Failure::bad_input("not sent: HTML and Markdown are what `papi report` writes");
            return Err(failure.hint("replies are printed as table, records, wide, json, jsonl or csv"));
        }
        match command {
            Command::Endpoints(command) => command.run(&global, endpoints),
            Command::Call(command) => command.run(&global, endpoints).await,
            Command::Decode(command) => command.run(&global, endpoints),
            Command::Settle(command) => command.run(&global, endpoints).await,
            Command::Intents(command) => command.run(&global).await,
            Command::Doctor(command) => command.run(&global).await,
            Command::Export(command) => command.run(&global, endpoints).await,
            Command::Profile(command) => command.run(&global),
            Command::Report(command) => command.run(&global, endpoints).await,
            Command::Watch(command) => command.run(&global).await,
            Command::Sandbox(command) => command.run().await,
            Command::Completions(command) => command.run(endpoints),
            Command::Man(command) => command.run(endpoints),
            Command::Endpoint(command) => command.run(&global).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kebab::kebab;
    use binance_papi::ENDPOINTS;

    #[test]
    fn the_grammar_has_no_contradictions() {
        grammar(binance_papi::ENDPOINTS).debug_assert();
    }

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    /// Every command, as the words that name it.
    fn commands() -> Vec<String> {
        fn below(command: &Grammar, words: &str, commands: &mut Vec<String>) {
            for command in command.get_subcommands() {
                let words = format!("{words} {}", command.get_name());
                below(command, &words, commands);
                commands.push(words);
            }
        }
        let mut commands = Vec::new();
        below(&grammar(ENDPOINTS), "papi", &mut commands);
        commands
    }

    #[test]
    fn the_words_of_a_command_describe_it_as_the_whole_grammar_does() {
        let whole = grammar(ENDPOINTS);
        let commands = commands();
        assert!(commands.len() > ENDPOINTS.len() + 10);
        for command in commands {
            let words = words(&command);
            let partial = described(ENDPOINTS, Extent::Named(&words));
            let found = |grammar: &Grammar| {
                let names = words.iter().skip(1).map(|word| word.to_str().expect("text"));
                let found = names.clone().try_fold(grammar, |grammar, name| grammar.find_subcommand(name));
                let found = found.expect("a command");
                let options = format!("{:?}", found.get_arguments().collect::<Vec<_>>());
                let about = [found.get_about(), found.get_long_about(), found.get_after_help()];
                (options, about.map(|text| text.map(ToString::to_string)))
            };
            let is_group = ENDPOINTS.iter().any(|info| format!("papi {}", info.group) == command);
            if !is_group {
                assert_eq!(found(&partial), found(&whole), "{command}");
            }
            let of_all =
                |grammar: &Grammar| grammar.get_arguments().map(|arg| arg.get_id().clone()).collect::<Vec<_>>();
            assert_eq!(of_all(&partial), of_all(&whole));
        }
    }

    /// All that was given and taken as default, command by command.
    fn given(matches: &ArgMatches) -> String {
        let values = matches.ids().map(|id| {
            let values = matches.get_raw(id.as_str()).into_iter().flatten().collect::<Vec<_>>();
            format!("{id} {:?} {values:?}", matches.value_source(id.as_str()))
        });
        let values = values.collect::<Vec<_>>().join("\n");
        match matches.subcommand() {
            Some((name, matches)) => format!("{values}\n{name}: {}", given(matches)),
            None => values,
        }
    }

    #[test]
    fn a_line_is_read_or_refused_as_by_the_whole_grammar() {
        let lines = commands().into_iter().map(|command| {
            let info = ENDPOINTS.iter().find(|info| command == format!("papi {} {}", info.group, kebab(info.name)));
            let params = info.into_iter().flat_map(|info| info.params);
            let given: String = params.map(|param| format!(" --{} 1", endpoint::flag(param.name))).collect();
            format!("papi --profile um --format json{}{given} --sandbox", &command["papi".len()..])
        });
        let others = [
            "papi",
            "papi --help",
            "papi -h",
            "papi --version",
            "papi um --version",
            "papi --profile",
            "papi --profile um",
            "papi help",
            "papi help um force-orders",
            "papi um help force-orders",
            "papi u",
            "papi um",
            "papi um force-order",
            "papi cm force-orders um",
            "papi force-orders",
            "papi um-force-orders",
            "papi um force-orders --symbl BTCUSDT",
            "papi um force-orders --help",
            "papi um force-orders -h",
            "papi um force-orders --no-such-option",
            "papi um force-orders --limit",
            "papi um new-order --side BUY",
            "papi export --help",
            "papi completions --help",
            "papi --symbol BTCUSDT um force-orders",
            "papi --base-url um margin force-orders --asset um",
            "papi endpoint",
            "papi endpoints um --columns call,export",
            "papi export um-force-orders --to",
            "papi call GET um/forceOrders symbol=BTCUSDT --dry-run",
            "papi completions basic",
            "papi -- um force-orders",
        ];
        let whole = grammar(ENDPOINTS);
        for line in lines.chain(others.map(ToOwned::to_owned)) {
            let words = words(&line);
            let said = |read: Result<ArgMatches, clap::Error>| match read {
                Ok(matches) => given(&matches),
                Err(error) => format!("{:?} {} {error}", error.kind(), error.exit_code()),
            };
            let expected = whole.clone().try_get_matches_from(&words);
            assert_eq!(said(read_words(&words, ENDPOINTS)), said(expected), "{line}");
        }
    }

    #[test]
    fn global_options_stand_anywhere() {
        for line in [
            ["papi", "--base-url", "http://[::1]:1", "um", "force-orders"],
            ["papi", "um", "--base-url", "http://[::1]:1", "force-orders"],
            ["papi", "um", "force-orders", "--base-url", "http://[::1]:1"],
        ] {
            let matches = grammar(binance_papi::ENDPOINTS).try_get_matches_from(line).expect("valid");
            let read = CommandLine::read(&matches, binance_papi::ENDPOINTS).expect("valid");
            assert_eq!(read.global.base_url.as_deref(), Some("http://[::1]:1"));
        }
    }
}

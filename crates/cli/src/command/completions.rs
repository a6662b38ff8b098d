//! `papi completions`: a script with which a shell completes commands, options, datasets and words.

use super::endpoint::argument_id;
use crate::failure::Failure;
use crate::kebab::{dataset_name, kebab};
use crate::output;
use crate::request::Endpoints;
use binance_papi::spec::{Kind, ParamInfo};
use binance_papi::{EndpointInfo, Method};
use clap::builder::{PossibleValue, PossibleValuesParser, Resettable};
use clap::{Arg, Args, Command as Grammar, Id};
use clap_complete::Shell;
use std::collections::BTreeSet;

/// Print a script with which a shell completes what is typed after `papi`.
///
/// It completes commands, options, the datasets of `export`, words such as BUY, and methods and paths of `call`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Where the script belongs:
  papi completions bash > ~/.local/share/bash-completion/completions/papi
  papi completions zsh > ~/.zfunc/_papi                      with fpath+=(~/.zfunc) before compinit in ~/.zshrc
  papi completions fish > ~/.config/fish/completions/papi.fish
  papi completions powershell >> $PROFILE
  papi completions elvish > ~/.config/elvish/lib/papi.elv    with `use papi` in rc.elv

Print it again after each new version.")]
pub(crate) struct CompletionsCommand {
    /// The shell that reads the script.
    shell: Shell,
}

impl CompletionsCommand {
    pub(crate) fn run(&self, endpoints: Endpoints) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut grammar(self.shell, endpoints), "papi", &mut script);
        output::to_stdout(&String::from_utf8_lossy(&script))
    }
}

/// Describes the command line to a shell: the ordinary grammar, with the values that are known added. There alone, because a
/// command must take a word that is new on the exchange, and leaves it to its own check to name the datasets.
fn grammar(shell: Shell, endpoints: Endpoints) -> Grammar {
    let mut grammar = super::grammar(endpoints);
    for info in endpoints {
        grammar = grammar.mut_subcommand(info.group.as_str(), |group| {
            group.mut_subcommand(kebab(info.name), |command| info.params.iter().fold(command, with_words))
        });
    }
    let datasets: Vec<_> = endpoints.iter().filter_map(|info| dataset(info)).collect();
    let methods = Method::ALL.map(|method| PossibleValue::new(method.as_str()));
    let paths: BTreeSet<&str> = endpoints.iter().map(|info| short_path(info.path)).collect();
    // `mut_args` leaves each argument in its place, as `mut_arg` does not: for positional ones the place is the meaning.
    grammar = grammar.mut_subcommand("export", |command| match shell {
        Shell::Bash | Shell::Zsh => {
            command.mut_args(|arg| if arg.get_id() == "dataset" { with(arg, datasets.clone()) } else { arg })
        }
        _ => as_subcommands(command, &datasets),
    });
    for by_path in ["call", "decode"] {
        grammar = grammar.mut_subcommand(by_path, |command| {
            command.mut_args(|arg| match arg.get_id().as_str() {
                "method" => with(arg, methods.clone()),
                "path" => with(arg, paths.iter().copied().map(PossibleValue::new)),
                _ => arg,
            })
        });
    }
    grammar
}

fn with_words(command: Grammar, param: &ParamInfo) -> Grammar {
    let words: &[&'static str] = match param.kind {
        Kind::Word => param.words,
        Kind::Bool => &["true", "false"],
        _ => &[],
    };
    if words.is_empty() {
        return command;
    }
    command.mut_arg(argument_id(param.name), |arg| with(arg, words.iter().copied().map(PossibleValue::new)))
}

fn with(arg: Arg, values: impl IntoIterator<Item = PossibleValue>) -> Arg {
    arg.value_parser(PossibleValuesParser::new(values))
}

/// Describes the datasets as subcommands. The scripts of most shells complete those, and no arguments without a flag.
fn as_subcommands(command: Grammar, datasets: &[PossibleValue]) -> Grammar {
    const NONE: Resettable<Id> = Resettable::Reset;
    let freed = |arg: Arg| arg.conflicts_with(NONE).required_unless_present(NONE).global(true);
    let command = command.mut_args(|arg| if arg.is_positional() { arg } else { freed(arg) });
    command.disable_help_subcommand(true).subcommands(datasets.iter().map(|dataset| {
        Grammar::new(dataset.get_name().to_owned()).about(dataset.get_help().cloned().unwrap_or_default())
    }))
}

fn dataset(info: &EndpointInfo) -> Option<PossibleValue> {
    Some(PossibleValue::new(dataset_name(info)?).help(info.doc))
}

/// Returns the shortest form of a path that the commands take.
fn short_path(path: &str) -> &str {
    let short = path.strip_prefix("/papi/v1/").or_else(|| path.strip_prefix("/papi/"));
    short.unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::full_path;
    use binance_papi::ENDPOINTS;

    const SHELLS: [Shell; 5] = [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish];

    #[test]
    fn only_a_shell_is_told_that_there_are_no_other_words() {
        let line = "papi um new-order --symbol BTCUSDT --side SIDEWAYS --type MARKET --quantity 1".split(' ');
        assert!(super::super::grammar(ENDPOINTS).try_get_matches_from(line.clone()).is_ok());
        assert!(grammar(Shell::Bash, ENDPOINTS).try_get_matches_from(line).is_err());
    }

    #[test]
    fn the_grammar_for_shells_has_no_contradictions() {
        for shell in SHELLS {
            grammar(shell, ENDPOINTS).debug_assert();
        }
    }

    #[test]
    fn a_short_path_means_the_path() {
        for info in ENDPOINTS {
            assert_eq!(full_path(short_path(info.path)).expect("a path"), info.path);
        }
    }

    #[test]
    fn every_shell_gets_each_endpoint_dataset_and_word() {
        for shell in SHELLS {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut grammar(shell, ENDPOINTS), "papi", &mut script);
            let script = String::from_utf8(script).expect("text");
            for info in ENDPOINTS {
                let words = info.params.iter().filter(|param| param.kind == Kind::Word).flat_map(|param| param.words);
                let words = words.map(|word| (*word).to_owned()).chain([kebab(info.name)]).chain(dataset_name(info));
                for word in words {
                    assert!(script.contains(&word), "{shell} lacks {word}");
                }
            }
        }
    }
}

//! The commands made from the endpoint table, such as `papi um force-orders`: no endpoint has code of its own here.

use crate::args::GlobalOptions;
use crate::failure::Failure;
use crate::kebab::kebab;
use crate::request::{Endpoints, Outgoing};
use crate::send::{self, SendOptions};
use crate::time_text;
use binance_papi::{Clock as _, EndpointInfo, Group, Kind, ParamInfo, SystemClock};
use clap::{Arg, ArgMatches, Args as _, Command, FromArgMatches as _};

const PARAMETERS: &str = "Parameters";

/// A call of one endpoint, given by flags.
pub(crate) struct EndpointCommand {
    info: &'static EndpointInfo,
    pairs: Vec<(String, String)>,
    send: SendOptions,
}

impl EndpointCommand {
    /// Reads the command, if it is one of an endpoint.
    pub(crate) fn read(matches: &ArgMatches, endpoints: Endpoints) -> Result<Option<Self>, clap::Error> {
        let Some((group, matches)) = matches.subcommand() else { return Ok(None) };
        let Some((name, matches)) = matches.subcommand() else { return Ok(None) };
        let found = endpoints.iter().find(|info| info.group.as_str() == group && kebab(info.name) == name);
        let Some(info) = found else { return Ok(None) };
        let pairs = info
            .params
            .iter()
            .filter_map(|param| {
                let value = matches.get_one::<String>(&argument_id(param))?;
                Some((param.name.to_owned(), value.clone()))
            })
            .collect();
        Ok(Some(Self { info, pairs, send: SendOptions::from_arg_matches(matches)? }))
    }

    pub(crate) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let outgoing = Outgoing::typed(self.info, &self.pairs, SystemClock.now())?;
        send::run(outgoing, &self.send, global).await
    }
}

/// One command per group, with one per endpoint in it.
pub(crate) fn groups(endpoints: Endpoints) -> Vec<Command> {
    let mut groups: Vec<Group> = endpoints.iter().map(|info| info.group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
        .into_iter()
        .map(|group| {
            Command::new(group.as_str())
                .about(about(group))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommands(endpoints.iter().filter(|info| info.group == group).map(|info| command(info)))
        })
        .collect()
}

/// The words with which an endpoint is called, such as `um force-orders`.
pub(crate) fn command_words(info: &EndpointInfo) -> String {
    format!("{} {}", info.group, kebab(info.name))
}

fn about(group: Group) -> &'static str {
    match group {
        Group::Um => "USDⓈ-M futures",
        Group::Cm => "COIN-M futures",
        Group::Margin => "Cross margin",
        Group::Account => "The account as a whole",
        Group::Market => "Market data, nothing of the account",
        Group::Stream => "The user data stream",
        _ => "Further endpoints",
    }
}

fn command(info: &EndpointInfo) -> Command {
    let about = match info.retired {
        Some(_) => format!("Retired. {}", info.doc),
        None => info.doc.to_owned(),
    };
    let command = Command::new(kebab(info.name)).args(info.params.iter().map(argument));
    // Adding options sets their own description, so that of the endpoint comes last.
    SendOptions::augment_args(command).about(about).long_about(long_about(info))
}

/// Everything the table says about an endpoint beside its parameters.
fn long_about(info: &EndpointInfo) -> String {
    let mut lines = vec![
        info.doc.to_owned(),
        String::new(),
        format!("{} {}", info.method, info.path),
        format!("weight {} · effect {} · access {}", info.weight, info.effect, info.access),
    ];
    if info.order_cost > 0 {
        lines.push(format!("counts as {} of the order limit", info.order_cost));
    }
    lines.extend(info.caps.iter().map(|cap| format!("at most {} calls in {}", cap.calls, cap.per)));
    if let Some(retired) = info.retired {
        lines.push(format!("retired since {}: use {}", retired.since, retired.instead));
    }
    if !info.constraints.is_empty() {
        lines.extend([String::new(), "Rules:".to_owned()]);
        lines.extend(info.constraints.iter().map(|rule| format!("- {rule}")));
    }
    if info.params.iter().any(|param| param.kind == Kind::Time) {
        lines.extend([String::new(), format!("A TIME is {}.", time_text::FORMS)]);
    }
    lines.extend([String::new(), info.doc_url.to_owned(), format!("(compared on {})", info.verified_on)]);
    lines.join("\n")
}

fn argument(param: &ParamInfo) -> Arg {
    Arg::new(argument_id(param))
        .long(flag(param.name))
        .value_name(value_name(param.kind))
        .help(help(param))
        .help_heading(PARAMETERS)
        .required(param.required)
        // Otherwise a negative number would be taken for a flag, and never be refused with the reason.
        .allow_negative_numbers(true)
}

/// Parameters have names of their own among the arguments, whatever the exchange calls them.
fn argument_id(param: &ParamInfo) -> String {
    format!("param {}", param.name)
}

/// The flag of a parameter; one that the program has taken for itself gets a prefix.
fn flag(wire_name: &str) -> String {
    const TAKEN: &[&str] = &[
        "attempts",
        "base-url",
        "dry-run",
        "format",
        "help",
        "ledger",
        "recv-window",
        "sandbox",
        "show-meta",
        "time-url",
        "timeout",
        "version",
        "weight-limit",
        "yes",
    ];
    let flag = kebab(wire_name);
    if TAKEN.contains(&flag.as_str()) { format!("param-{flag}") } else { flag }
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Word => "WORD",
        Kind::Integer => "NUMBER",
        Kind::Decimal => "DECIMAL",
        Kind::Time => "TIME",
        Kind::Bool => "true|false",
        Kind::List => "TEXT,TEXT,..",
        _ => "VALUE",
    }
}

/// The documentation of a parameter, which states default and bounds already, and the words it may be.
fn help(param: &ParamInfo) -> String {
    let words = param.words.join(", ");
    if param.kind != Kind::Word || words.is_empty() || param.doc.contains(&words) {
        return param.doc.to_owned();
    }
    format!("{} One of {words}.", param.doc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::Bound;

    #[test]
    fn the_help_of_a_parameter_states_default_bounds_and_words() {
        for param in binance_papi::ENDPOINTS.iter().flat_map(|info| info.params) {
            let help = help(param);
            let edges = [param.min, param.max].into_iter().flatten().map(|edge: Bound| edge.to_string());
            let words = param.words.iter().filter(|_| param.kind == Kind::Word).map(ToString::to_string);
            for fact in param.default.map(ToOwned::to_owned).into_iter().chain(edges).chain(words) {
                assert!(help.contains(&fact), "{} lacks {fact}: {help}", param.name);
            }
        }
    }

    #[test]
    fn a_parameter_never_takes_a_flag_of_the_program() {
        assert_eq!(flag("startTime"), "start-time");
        assert_eq!(flag("timeout"), "param-timeout");
    }
}

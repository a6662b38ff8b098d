//! The commands made from the endpoint table, such as `papi um force-orders`: no endpoint has code of its own here.

use super::extent::Extent;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::kebab::{dataset_name, kebab};
use crate::output::{TimeOptions, Times};
use crate::request::{Endpoints, Outgoing, SendOptions, send};
use crate::time_text;
use binance_papi::spec::{Kind, ParamInfo, RemovedParam};
use binance_papi::{Clock as _, EndpointInfo, Group, SystemClock};
use clap::{Arg, ArgMatches, Args as _, Command, FromArgMatches as _};
use papi_runtime::counted;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const PARAMETERS: &str = "Parameters";

/// A call of one endpoint, given by flags.
pub(crate) struct EndpointCommand {
    info: &'static EndpointInfo,
    pairs: Vec<(String, String)>,
    send: SendOptions,
    times: Times,
}

impl EndpointCommand {
    /// Reads the command, if it is one of an endpoint.
    pub(crate) fn read(matches: &ArgMatches, endpoints: Endpoints) -> Result<Option<Self>, clap::Error> {
        let Some((group, matches)) = matches.subcommand() else { return Ok(None) };
        let Some((name, matches)) = matches.subcommand() else { return Ok(None) };
        let found = endpoints.iter().find(|info| info.group.as_str() == group && kebab(info.name) == name);
        let Some(info) = found else { return Ok(None) };
        let params = info.params.iter().map(|param| param.name);
        let names = params.chain(info.removed.iter().map(|removed| removed.name));
        let pairs = names
            .filter_map(|name| {
                let value = matches.get_one::<String>(&argument_id(name))?;
                Some((name.to_owned(), value.clone()))
            })
            .collect();
        let times = TimeOptions::from_arg_matches(matches)?.times();
        Ok(Some(Self { info, pairs, send: SendOptions::from_arg_matches(matches)?, times }))
    }

    pub(crate) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let outgoing = Outgoing::typed(self.info, &self.pairs, self.send.rules(), SystemClock.now())?;
        send(outgoing, &self.send, self.times, global).await
    }
}

/// Returns one command per group, with one per endpoint in it, as far as they are wanted.
pub(crate) fn groups(endpoints: Endpoints, extent: Extent<'_>) -> Vec<Command> {
    let groups: BTreeSet<Group> = endpoints.iter().map(|info| info.group).collect();
    let groups = groups.into_iter().filter(|group| extent.has(group.as_str()));
    groups
        .map(|group| {
            let infos = endpoints.iter().filter(|info| info.group == group);
            Command::new(group.as_str())
                .about(about(group))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommands(infos.filter(|info| extent.has(&kebab(info.name))).map(|info| command(info)))
        })
        .collect()
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
    let command = command.args(info.removed.iter().map(removed_argument));
    // Adding options sets their own description, so that of the endpoint comes last.
    reply_options(command).about(about).long_about(long_about(info))
}

/// Adds the options of sending and of the reply.
fn reply_options(command: Command) -> Command {
    TimeOptions::augment_args(SendOptions::augment_args(command))
}

/// Returns everything that the table says about an endpoint beside its parameters.
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
    lines.extend(info.caps.iter().map(|cap| format!("at most {} in {}", counted(cap.calls, "call"), cap.per)));
    if let Some(retired) = info.retired {
        lines.push(format!("retired since {}: use {}", retired.since, retired.instead));
    }
    if let Some(dataset) = dataset_name(info) {
        lines.push("one call returns one page at most; all rows of a range:".to_owned());
        lines.push(format!("  papi export {dataset} --from 90d --out {dataset}.csv"));
    }
    if !info.constraints.is_empty() {
        lines.extend([String::new(), "Constraints:".to_owned()]);
        lines.extend(info.constraints.iter().map(|constraint| format!("- {constraint}")));
    }
    if !info.removed.is_empty() {
        lines.extend([String::new(), "Removed parameters:".to_owned()]);
        lines.extend(info.removed.iter().map(|removed| format!("- {removed}")));
    }
    if info.params.iter().any(|param| param.kind == Kind::Time) {
        lines.extend([String::new(), format!("A TIME is {}.", time_text::FORMS)]);
    }
    lines.extend([String::new(), info.doc_url.to_owned(), format!("(compared on {})", info.verified_on)]);
    lines.join("\n")
}

fn argument(param: &ParamInfo) -> Arg {
    Arg::new(argument_id(param.name))
        .long(flag(param.name))
        .value_name(value_name(param.kind))
        .help(help(param))
        .help_heading(PARAMETERS)
        .required(param.required)
        // Otherwise a negative number would be taken for a flag, and never be refused with the reason.
        .allow_negative_numbers(true)
}

/// Returns the id of an argument. It has a space, so that no parameter takes the id of an option of the program.
pub(super) fn argument_id(name: &str) -> String {
    format!("param {name}")
}

/// A parameter that the exchange took away is still read, so that it is refused with the reason.
fn removed_argument(removed: &RemovedParam) -> Arg {
    Arg::new(argument_id(removed.name)).long(flag(removed.name)).allow_negative_numbers(true).hide(true)
}

/// Returns the flag of a parameter; one that the program uses itself gets a prefix.
pub(super) fn flag(wire_name: &str) -> String {
    static OPTIONS: LazyLock<Command> =
        LazyLock::new(|| GlobalOptions::augment_args(reply_options(Command::new("papi"))));
    let flag = kebab(wire_name);
    let mut taken = OPTIONS.get_arguments().filter_map(Arg::get_long).chain(["help", "version"]);
    if taken.any(|option| option == flag) { format!("param-{flag}") } else { flag }
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

/// Returns the documentation of a parameter, which states default and bounds already, and its documented words.
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
    use binance_papi::spec::Bound;

    #[test]
    fn the_help_of_a_parameter_states_default_bounds_and_words() {
        for param in binance_papi::ENDPOINTS.iter().flat_map(|info| info.params) {
            let help = help(param);
            let bounds = [param.min, param.max].into_iter().flatten().map(|bound: Bound| bound.to_string());
            let words = param.words.iter().filter(|_| param.kind == Kind::Word).map(ToString::to_string);
            for fact in param.default.map(ToOwned::to_owned).into_iter().chain(bounds).chain(words) {
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

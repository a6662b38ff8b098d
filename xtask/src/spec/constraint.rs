//! Reads constraints between parameters into the data that client and sandbox apply, and notes which names and values they
//! mention, for checking.

use super::forever;
use super::keys::{self, Keys};
use super::span::{parse_span, read_span};
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Place, Problems};
use papi_spec::{Condition, Requirement, SpanLimit, Window, is, not_sent, sent};

/// One entry of `constraints`: conditions, and one requirement or more.
#[derive(Debug, Clone)]
pub(crate) struct Constraints {
    pub(crate) when: &'static [Condition],
    pub(crate) requirements: Vec<At<Requirement>>,
    pub(crate) mentions: Vec<Mention>,
}

/// A parameter that a constraint names, and what must be true of it.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) param: At<String>,
    pub(crate) by: &'static str,
    pub(crate) must: Must,
}

#[derive(Debug, Clone)]
pub(crate) enum Must {
    /// The parameter can have these values.
    Have(Vec<At<String>>),
    /// The parameter is optional. The text follows "`symbol` is required" in the message.
    BeOptional(&'static str),
    /// The parameter is a time.
    BeTime,
}

/// Makes the requirement on a group of parameters.
type OfGroup = fn(&'static [&'static str]) -> Requirement;

/// The requirements on a group of parameters, by their keys.
const GROUPS: [(&str, OfGroup); 6] = [
    ("at least one", Requirement::AtLeastOne),
    ("exactly one", Requirement::ExactlyOne),
    ("at most one", Requirement::AtMostOne),
    ("together", Requirement::Together),
    ("need", Requirement::Required),
    ("forbid", Requirement::Forbidden),
];

pub(crate) fn read_constraints(node: &Node, problems: &mut Problems) -> Vec<Constraints> {
    keys::list(node, "constraints", problems).iter().map(|node| read_entry(node, problems)).collect()
}

fn read_entry(node: &Node, problems: &mut Problems) -> Constraints {
    let mut read = Constraints { when: &[], requirements: Vec::new(), mentions: Vec::new() };
    let Some(entries) = keys::entries(node, "a constraint", problems) else { return read };
    for Entry { key, value } in entries {
        match key.as_str() {
            "when" => read.when = read_conditions(value, "when", &mut read.mentions, problems),
            "only" => read_only(value, &mut read, problems),
            "window" => {
                let window = read_window(value, key.place, &mut read.mentions, problems);
                read.requirements.extend(window.map(|window| At::new(window, key.place)));
            }
            _ => read_group(key, value, &mut read, problems),
        }
    }
    if entries.iter().all(|entry| *entry.key == "when") {
        problems.at(node.place, "the constraint requires nothing");
    }
    read
}

fn read_group(key: &At<String>, value: &Node, read: &mut Constraints, problems: &mut Problems) {
    let Some((name, require)) = GROUPS.iter().find(|(name, _)| *name == **key) else {
        let known: Vec<&str> = GROUPS.iter().map(|(name, _)| *name).chain(["only", "when", "window"]).collect();
        return keys::unknown(key, "a constraint", &known, problems);
    };
    let params = keys::names(value, name, false, problems);
    if params.len() == 1 && !matches!(*name, "need" | "forbid") {
        problems.at(value.place, format!("`{name}` says nothing about one parameter alone"));
    }
    read.requirements.push(At::new(require(forever_all(&params)), key.place));
    let mention = |param| Mention { param, by: "the constraint", must: Must::BeOptional(" already") };
    read.mentions.extend(params.into_iter().map(mention));
}

fn read_only(node: &Node, read: &mut Constraints, problems: &mut Problems) {
    for Entry { key, value } in keys::entries(node, "`only`", problems).unwrap_or_default() {
        let values = read_values(key, value, problems);
        let only = Requirement::Only { param: forever(key), values: forever_all(&values) };
        read.requirements.push(At::new(only, key.place));
        read.mentions.push(Mention { param: key.clone(), by: "the constraint", must: Must::Have(values) });
    }
}

fn read_conditions(
    node: &Node,
    what: &str,
    mentions: &mut Vec<Mention>,
    problems: &mut Problems,
) -> &'static [Condition] {
    let entries = keys::entries(node, &format!("`{what}`"), problems).unwrap_or_default();
    if let (Kind::Map(_), []) = (&node.kind, entries) {
        problems.at(node.place, format!("`{what}` names no condition"));
    }
    let mut conditions = Vec::new();
    for Entry { key, value } in entries {
        let param = forever(key);
        let (condition, must) = match &value.kind {
            Kind::Text(text) if text == "sent" => (sent(param), Must::BeOptional(", so it is always sent")),
            Kind::Text(text) if text == "not sent" => (not_sent(param), Must::BeOptional(", so it is always sent")),
            _ => {
                let values = read_values(key, value, problems);
                (is(param, forever_all(&values)), Must::Have(values))
            }
        };
        conditions.push(condition);
        mentions.push(Mention { param: key.clone(), by: "the condition", must });
    }
    conditions.leak()
}

/// One value, or a list of them.
fn read_values(key: &At<String>, value: &Node, problems: &mut Problems) -> Vec<At<String>> {
    match &value.kind {
        Kind::List(_) => keys::names(value, key, false, problems),
        _ => keys::scalar(value, key, problems).into_iter().collect(),
    }
}

fn read_window(node: &Node, owner: Place, mentions: &mut Vec<Mention>, problems: &mut Problems) -> Option<Requirement> {
    let mut keys = Keys::open(node, "the window", owner, problems)?;
    let ends = [keys.must_text("from", problems), keys.must_text("to", problems)];
    let mut window = Window::between(forever(&ends[0]), forever(&ends[1]));
    window.limit = keys.may("span").and_then(|entry| read_limit(&entry.value, problems));
    let mut length = |name| keys.may(name).and_then(|entry| read_span(&entry.value, name, problems));
    [window.default, window.default_from, window.default_to] =
        [length("default"), length("default from"), length("default to")];
    if let Some(entry) = keys.may("history") {
        window = read_history(entry, window, mentions, problems);
    }
    keys.done(problems);
    mentions.extend(ends.map(|param| Mention { param, by: "the window", must: Must::BeTime }));
    Some(Requirement::Window(window))
}

fn read_limit(node: &Node, problems: &mut Problems) -> Option<SpanLimit> {
    let text = keys::scalar(node, "span", problems)?;
    let after = |word: &str| parse_span(text.strip_prefix(word)?.trim_start());
    let limit = after("at most ").map(SpanLimit::AtMost).or_else(|| after("under ").map(SpanLimit::Under));
    if limit.is_none() {
        problems.at(node.place, format!("`{}` does not limit a span", *text)).help("write `at most 7d` or `under 7d`");
    }
    limit
}

/// `90d`, or `{ reach: 6mo, unless: { archived: true } }`.
fn read_history(
    Entry { key, value }: &Entry,
    window: Window,
    mentions: &mut Vec<Mention>,
    problems: &mut Problems,
) -> Window {
    if !matches!(value.kind, Kind::Map(_)) {
        return read_span(value, "history", problems).map_or(window, |span| window.reaches_back(span));
    }
    let Some(mut keys) = Keys::open(value, "`history`", key.place, problems) else { return window };
    let reach = keys.must("reach", problems).and_then(|entry| read_span(&entry.value, "reach", problems));
    let unless = keys.must("unless", problems);
    keys.done(problems);
    let unless = unless.map(|entry| read_conditions(&entry.value, "unless", mentions, problems)).unwrap_or_default();
    reach.map_or(window, |span| window.reaches_back_unless(span, unless))
}

fn forever_all(texts: &[At<String>]) -> &'static [&'static str] {
    texts.iter().map(|text| forever(text)).collect::<Vec<_>>().leak()
}

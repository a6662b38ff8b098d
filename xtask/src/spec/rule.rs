//! Rules between parameters as specs write them.

use super::keys::{self, Keys};
use super::span::Span;
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Place, Problems};

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) when: Vec<Condition>,
    pub(crate) demands: Vec<Demand>,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) param: At<String>,
    pub(crate) state: State,
}

#[derive(Debug, Clone)]
pub(crate) enum State {
    Sent,
    NotSent,
    OneOf(Vec<At<String>>),
}

#[derive(Debug, Clone)]
pub(crate) enum Demand {
    Group(Grouping, Vec<At<String>>),
    Only(At<String>, Vec<At<String>>),
    Window(Box<Window>),
}

/// What is demanded of a group of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    AtLeastOne,
    ExactlyOne,
    AtMostOne,
    Together,
    Need,
    Forbid,
}

impl Grouping {
    const ALL: [(&'static str, Self); 6] = [
        ("at least one", Self::AtLeastOne),
        ("exactly one", Self::ExactlyOne),
        ("at most one", Self::AtMostOne),
        ("together", Self::Together),
        ("need", Self::Need),
        ("forbid", Self::Forbid),
    ];

    /// Whether it says anything about one parameter alone.
    pub(crate) fn holds_for_one(self) -> bool {
        matches!(self, Self::Need | Self::Forbid)
    }
}

/// A range of time given by two parameters.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) from: At<String>,
    pub(crate) to: At<String>,
    pub(crate) span: Option<(Limit, Span)>,
    pub(crate) default: Option<Span>,
    pub(crate) default_from: Option<Span>,
    pub(crate) default_to: Option<Span>,
    pub(crate) history: Option<History>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    AtMost,
    Under,
}

impl Limit {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::Under => "under",
        }
    }
}

/// How far back there is data.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) reach: Span,
    pub(crate) unless: Vec<Condition>,
}

pub(crate) fn read_rules(node: &Node, problems: &mut Problems) -> Vec<Rule> {
    keys::list(node, "rules", problems).iter().map(|rule| read_rule(rule, problems)).collect()
}

fn read_rule(node: &Node, problems: &mut Problems) -> Rule {
    let mut rule = Rule { when: Vec::new(), demands: Vec::new() };
    let Some(entries) = keys::entries(node, "a rule", problems) else { return rule };
    for Entry { key, value } in entries {
        match key.as_str() {
            "when" => rule.when = read_conditions(value, "when", problems),
            "only" => rule.demands.extend(read_only(value, problems)),
            "window" => rule.demands.extend(read_window(value, key.place, problems)),
            _ => rule.demands.extend(read_group(key, value, problems)),
        }
    }
    if entries.iter().all(|entry| *entry.key == "when") {
        problems.at(node.place, "the rule demands nothing");
    }
    rule
}

fn read_group(key: &At<String>, value: &Node, problems: &mut Problems) -> Option<Demand> {
    let Some((name, grouping)) = Grouping::ALL.iter().find(|(name, _)| *name == **key) else {
        let known = Grouping::ALL.iter().map(|(name, _)| *name).chain(["only", "when", "window"]);
        keys::unknown(key, "a rule", &known.collect::<Vec<_>>(), problems);
        return None;
    };
    let names = keys::names(value, name, false, problems);
    if names.len() == 1 && !grouping.holds_for_one() {
        problems.at(value.place, format!("`{name}` says nothing about one parameter alone"));
    }
    Some(Demand::Group(*grouping, names))
}

fn read_conditions(node: &Node, what: &str, problems: &mut Problems) -> Vec<Condition> {
    let entries = keys::entries(node, &format!("`{what}`"), problems).unwrap_or_default();
    if let (Kind::Map(_), []) = (&node.kind, entries) {
        problems.at(node.place, format!("`{what}` names no condition"));
    }
    let mut conditions = Vec::new();
    for Entry { key, value } in entries {
        let state = match &value.kind {
            Kind::Text(text) if text == "sent" => State::Sent,
            Kind::Text(text) if text == "not sent" => State::NotSent,
            Kind::List(_) => State::OneOf(keys::names(value, key, false, problems)),
            _ => State::OneOf(keys::scalar(value, key, problems).into_iter().collect()),
        };
        conditions.push(Condition { param: key.clone(), state });
    }
    conditions
}

fn read_only(node: &Node, problems: &mut Problems) -> Vec<Demand> {
    let entries = keys::entries(node, "`only`", problems).unwrap_or_default();
    let mut demands = Vec::new();
    for Entry { key, value } in entries {
        let values = match &value.kind {
            Kind::List(_) => keys::names(value, key, false, problems),
            _ => keys::scalar(value, key, problems).into_iter().collect(),
        };
        demands.push(Demand::Only(key.clone(), values));
    }
    demands
}

fn read_window(node: &Node, owner: Place, problems: &mut Problems) -> Option<Demand> {
    let mut keys = Keys::open(node, "the window", owner, problems)?;
    let from = keys.must_text("from", problems);
    let to = keys.must_text("to", problems);
    let span = keys.may("span").and_then(|entry| read_limit(&entry.value, problems));
    let mut length = |name| keys.may(name).and_then(|entry| Span::read(&entry.value, name, problems));
    let [default, default_from, default_to] = [length("default"), length("default from"), length("default to")];
    let history = keys.may("history").and_then(|entry| read_history(entry, problems));
    keys.done(problems);
    Some(Demand::Window(Box::new(Window { from, to, span, default, default_from, default_to, history })))
}

fn read_limit(node: &Node, problems: &mut Problems) -> Option<(Limit, Span)> {
    let text = keys::scalar(node, "span", problems)?;
    let limit = [Limit::AtMost, Limit::Under]
        .into_iter()
        .find_map(|limit| Some((limit, Span::parse(text.strip_prefix(limit.as_str())?.trim_start())?)));
    if limit.is_none() {
        problems.at(node.place, format!("`{}` does not limit a span", *text)).help("write `at most 7d` or `under 7d`");
    }
    limit
}

/// `90d`, or `{ reach: 6mo, unless: { archived: true } }`.
fn read_history(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<History> {
    if !matches!(value.kind, Kind::Map(_)) {
        return Some(History { reach: Span::read(value, "history", problems)?, unless: Vec::new() });
    }
    let mut keys = Keys::open(value, "`history`", key.place, problems)?;
    let reach = keys.must("reach", problems).and_then(|entry| Span::read(&entry.value, "reach", problems));
    let unless = keys.must("unless", problems).map(|entry| read_conditions(&entry.value, "unless", problems));
    keys.done(problems);
    Some(History { reach: reach?, unless: unless.unwrap_or_default() })
}

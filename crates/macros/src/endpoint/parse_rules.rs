//! Reads `#[rule]` and `#[paging]`.

use super::model::{Condition, Demand, History, Paging, Rule, SpanLimit, State, Window};
use super::parse::{span, span_text};
use crate::entry::{Body, Entry, Texts, entries, split_at_commas};
use crate::problems::Problems;
use crate::span::SpanText;
use proc_macro2::TokenStream;
use syn::{Attribute, Ident, LitStr};

const RULE_ENTRIES: [&str; 9] =
    ["when", "at_least_one", "exactly_one", "at_most_one", "together", "need", "forbid", "only", "window"];

pub(super) fn rule(tokens: TokenStream, attribute: &Attribute, problems: &mut Problems) -> Option<Rule> {
    let mut rule = Rule { when: Vec::new(), demands: Vec::new() };
    for entry in entries(tokens, problems) {
        let demand: fn(Vec<Ident>) -> Demand = match entry.name.to_string().as_str() {
            "when" => {
                rule.when = entry.group(problems).map(|tokens| conditions(tokens, problems)).unwrap_or_default();
                continue;
            }
            "only" => {
                for entry in entry.group(problems).map(|tokens| entries(tokens, problems)).unwrap_or_default() {
                    let param = entry.name.clone();
                    let texts = entry.value::<Texts>("\"A\" | \"B\"", problems);
                    rule.demands.extend(texts.map(|texts| Demand::Only(param, texts.0)));
                }
                continue;
            }
            "window" => {
                rule.demands.extend(window(entry, problems).map(Demand::Window));
                continue;
            }
            "at_least_one" => Demand::AtLeastOne,
            "exactly_one" => Demand::ExactlyOne,
            "at_most_one" => Demand::AtMostOne,
            "together" => Demand::Together,
            "need" => Demand::Need,
            "forbid" => Demand::Forbid,
            _ => {
                entry.unknown(&RULE_ENTRIES, problems);
                return None;
            }
        };
        rule.demands.extend(entry.words(problems).map(demand));
    }
    if rule.demands.is_empty() {
        problems.at(attribute, "this rule demands nothing");
    }
    Some(rule)
}

/// `type = "LIMIT" | "MARKET"`, `sent(a)`, `not_sent(a)`, with commas between.
fn conditions(tokens: TokenStream, problems: &mut Problems) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for entry in entries(tokens, problems) {
        let state = match (entry.name.to_string().as_str(), &entry.body) {
            ("sent", Body::Group(_)) => State::Present,
            ("not_sent", Body::Group(_)) => State::Absent,
            _ => {
                let param = entry.name.clone();
                let texts = entry.value::<Texts>("\"VALUE\"", problems);
                conditions.extend(texts.map(|texts| Condition { param, state: State::OneOf(texts.0) }));
                continue;
            }
        };
        let present = matches!(state, State::Present);
        for param in entry.words(problems).unwrap_or_default() {
            conditions.push(Condition { param, state: if present { State::Present } else { State::Absent } });
        }
    }
    conditions
}

const WINDOW_ENTRIES: [&str; 7] = ["from", "to", "span", "default", "default_from", "default_to", "history"];

fn window(entry: Entry, problems: &mut Problems) -> Option<Window> {
    let name = entry.name.clone();
    let (mut from, mut to) = (None, None);
    let (mut limit, mut default, mut default_from, mut default_to, mut history) = (None, None, None, None, None);
    for entry in entries(entry.group(problems)?, problems) {
        match entry.name.to_string().as_str() {
            "from" => from = entry.word(problems),
            "to" => to = entry.word(problems),
            "span" => limit = entry.text(problems).and_then(|text| problems.keep(span_limit(&text))),
            "default" => default = span_entry(entry, problems),
            "default_from" => default_from = span_entry(entry, problems),
            "default_to" => default_to = span_entry(entry, problems),
            "history" => history = parse_history(entry, problems),
            _ => entry.unknown(&WINDOW_ENTRIES, problems),
        }
    }
    if from.is_none() || to.is_none() {
        problems.at(&name, "a window needs `from = <parameter>` and `to = <parameter>`");
    }
    Some(Window { from: from?, to: to?, span: limit, default, default_from, default_to, history })
}

fn span_entry(entry: Entry, problems: &mut Problems) -> Option<SpanText> {
    let text = entry.text(problems)?;
    problems.keep(span(&text))
}

fn span_limit(literal: &LitStr) -> syn::Result<SpanLimit> {
    let text = literal.value();
    if let Some(limit) = text.strip_prefix("at most ") {
        return span_text(limit, literal).map(SpanLimit::AtMost);
    }
    if let Some(limit) = text.strip_prefix("under ") {
        return span_text(limit, literal).map(SpanLimit::Under);
    }
    Err(syn::Error::new_spanned(literal, "expected `at most <span>` or `under <span>`"))
}

/// `history = "90d"` or `history("6mo", unless(archived = "true"))`.
fn parse_history(entry: Entry, problems: &mut Problems) -> Option<History> {
    let tokens = match entry.body {
        Body::Equals(_) => {
            let reach = span_entry(entry, problems)?;
            return Some(History { reach, unless: Vec::new() });
        }
        _ => entry.group(problems)?,
    };
    let mut parts = split_at_commas(tokens).into_iter();
    let reach: LitStr = problems.keep(syn::parse2(parts.next().unwrap_or_default()))?;
    let mut unless = Vec::new();
    for entry in parts.flat_map(|part| entries(part, problems)).collect::<Vec<_>>() {
        if entry.name == "unless" {
            unless = entry.group(problems).map(|tokens| conditions(tokens, problems)).unwrap_or_default();
        } else {
            entry.unknown(&["unless"], problems);
        }
    }
    Some(History { reach: problems.keep(span(&reach))?, unless })
}

const PAGING_ENTRIES: [&str; 11] =
    ["window", "cap", "from_id", "page", "rows", "row", "total", "key", "time", "narrow_by", "names"];

pub(super) fn paging(tokens: TokenStream, attribute: &Attribute, problems: &mut Problems) -> Paging {
    let mut paging = Paging::default();
    for entry in entries(tokens, problems) {
        match entry.name.to_string().as_str() {
            "window" => paging.window = paging_window(entry, problems),
            "cap" => paging.cap = entry.word(problems),
            "from_id" => paging.from_id = entry.word(problems),
            "page" => paging.page = entry.word(problems),
            "rows" => paging.rows = entry.word(problems),
            "row" => paging.row = entry.value("Type", problems),
            "total" => paging.total = entry.word(problems),
            "key" => paging.key = entry.words(problems).unwrap_or_default(),
            "time" => paging.time = entry.word(problems),
            "narrow_by" => paging.narrow_by = entry.words(problems).unwrap_or_default(),
            "names" => paging.names = entry.text(problems),
            _ => entry.unknown(&PAGING_ENTRIES, problems),
        }
    }
    if paging.row.is_none() {
        problems.at(attribute, "paging needs `row = Type`: what one row of the reply is");
    }
    if paging.key.is_empty() {
        problems.at(attribute, "paging needs `key(..)`: the fields that identify a row");
    }
    paging
}

fn paging_window(entry: Entry, problems: &mut Problems) -> Option<(Ident, Ident, SpanText)> {
    let name = entry.name.clone();
    let (mut from, mut to, mut step) = (None, None, None);
    for entry in entries(entry.group(problems)?, problems) {
        match entry.name.to_string().as_str() {
            "from" => from = entry.word(problems),
            "to" => to = entry.word(problems),
            "step" => step = span_entry(entry, problems),
            _ => entry.unknown(&["from", "to", "step"], problems),
        }
    }
    if from.is_none() || to.is_none() || step.is_none() {
        problems.at(&name, "a paging window needs `from`, `to` and `step`");
    }
    Some((from?, to?, step?))
}

//! Compares rules over several parameters by what they allow, and ranges of time part by part.

use super::read::{self, Facts};
use super::{Sheet, Sheets};
use binance_papi::spec::{Condition, Constraint, Kind, Requirement, Span, Window, is, sent};
use binance_papi::{ENDPOINTS, EndpointInfo};
use serde::Deserialize;
use std::collections::BTreeMap;

// The generator compares pages with specs by the same measure. It knows no endpoint.
#[path = "../../../xtask/src/outdated/implied.rs"]
mod implied;

use implied::{Param, for_each_parameter, is_implied};

/// A rule as the facts have it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    #[serde(default)]
    when: BTreeMap<String, Values>,
    #[serde(rename = "at least one")]
    at_least_one: Option<Vec<String>>,
    #[serde(rename = "exactly one")]
    exactly_one: Option<Vec<String>>,
    #[serde(rename = "at most one")]
    at_most_one: Option<Vec<String>>,
    together: Option<Vec<String>>,
    need: Option<Vec<String>>,
    forbid: Option<Vec<String>>,
    only: Option<BTreeMap<String, Vec<String>>>,
    window: Option<BTreeMap<String, Part>>,
}

/// What is said of a range of times: a length, or when the exchange has older data.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Text(String),
    Unless(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    These(Vec<String>),
    /// `sent`.
    Sent(String),
}

/// Adds to each side the rules that the other side does not imply, and what both say of ranges of time.
pub(super) fn add_to(facts: &mut Sheets, ours: &mut Sheets) {
    for said in read::all() {
        let info = ENDPOINTS.iter().find(|info| format!("{} {}", info.method, info.path) == said.call);
        let (Some(info), Some(facts), Some(ours)) = (info, facts.get_mut(&said.call), ours.get_mut(&said.call)) else {
            continue;
        };
        add_rules(info, &said, facts, ours);
        add_window(info, &said, facts, ours);
    }
}

fn add_rules(info: &EndpointInfo, said: &Facts, facts: &mut Sheet, ours: &mut Sheet) {
    let theirs: Vec<Constraint> = said.rules.iter().flat_map(constraints).collect();
    let own: Vec<Constraint> = info.constraints.iter().flat_map(for_each_parameter).collect();
    let unsaid = |rules: &[Constraint], by: &[Constraint], params: &[Param<'_>]| -> Sheet {
        let unsaid = rules.iter().filter(|rule| !is_implied(rule, by, params));
        unsaid.map(|rule| (rule.to_string(), BTreeMap::new())).collect()
    };
    let page_params: Vec<Param<'_>> =
        info.params.iter().map(|param| page_param(param.name, param.kind, said)).collect();
    let spec_params: Vec<Param<'_>> = info
        .params
        .iter()
        .map(|param| Param { name: param.name, is_required: param.required, values: values(param.kind, param.words) })
        .collect();
    facts.extend(unsaid(&theirs, &own, &spec_params));
    ours.extend(unsaid(&own, &theirs, &page_params));
}

/// A parameter as the facts describe it.
fn page_param<'a>(name: &'a str, kind: Kind, said: &'a Facts) -> Param<'a> {
    let words: Vec<&str> = said.words_of(name).into_iter().map(|word| &*word.leak()).collect();
    Param { name, is_required: said.requires(name), values: values(kind, &words) }
}

fn values<'a>(kind: Kind, words: &[&'a str]) -> Vec<&'a str> {
    if kind == Kind::Bool { vec!["true", "false"] } else { words.to_vec() }
}

/// A rule of the facts as constraints. They are made for constants, so their texts stay for as long as the tests run.
fn constraints(rule: &Rule) -> Vec<Constraint> {
    fn forever(texts: &[String]) -> &'static [&'static str] {
        texts.iter().map(|text| &*text.clone().leak()).collect::<Vec<_>>().leak()
    }
    let condition = |(param, values): (&String, &Values)| {
        let param: &'static str = param.clone().leak();
        match values {
            Values::These(values) => is(param, forever(values)),
            Values::Sent(word) if word == "sent" => sent(param),
            Values::Sent(word) => panic!("{param}: no condition {word}"),
        }
    };
    let when = rule.when.iter().map(condition).collect::<Vec<_>>().leak();
    let of_group = |names: &Option<Vec<String>>, requirement: fn(&'static [&'static str]) -> Requirement| {
        names.as_deref().map(|names| requirement(forever(names)))
    };
    let only = rule
        .only
        .iter()
        .flatten()
        .map(|(param, values)| Requirement::Only { param: param.clone().leak(), values: forever(values) });
    let groups = [
        of_group(&rule.at_least_one, Requirement::AtLeastOne),
        of_group(&rule.exactly_one, Requirement::ExactlyOne),
        of_group(&rule.at_most_one, Requirement::AtMostOne),
        of_group(&rule.together, Requirement::Together),
        of_group(&rule.need, Requirement::Required),
        of_group(&rule.forbid, Requirement::Forbidden),
    ];
    let all = groups.into_iter().flatten().chain(only).map(|requirement| Constraint { when, requirement });
    all.flat_map(|constraint| for_each_parameter(&constraint)).collect()
}

fn add_window(info: &EndpointInfo, said: &Facts, facts: &mut Sheet, ours: &mut Sheet) {
    let page = said.rules.iter().find_map(|rule| rule.window.as_ref());
    let spec = info.windows().map(|(_, window)| window).next();
    let page = page.map(window_in_facts).unwrap_or_default();
    let spec = spec.map(|window| window_in_spec(&window, page.contains_key("default to"))).unwrap_or_default();
    facts.insert("window".to_owned(), page);
    ours.insert("window".to_owned(), spec);
}

fn window_in_facts(said: &BTreeMap<String, Part>) -> BTreeMap<String, String> {
    // That the first is not after the last goes without saying.
    let parts = said.iter().filter(|(part, _)| !["from", "to"].contains(&part.as_str()));
    let text = |part: &Part| match part {
        Part::Text(text) => normal(text),
        Part::Unless(conditions) => {
            conditions.iter().map(|(param, value)| format!("{param}={value}")).collect::<Vec<_>>().join(" and ")
        }
    };
    parts.map(|(part, said)| (part.clone(), text(said))).collect()
}

/// A length of time in the words in which it is printed.
fn normal(text: &str) -> String {
    let (before, span) = text.rsplit_once(' ').unwrap_or(("", text));
    let span = Span::parse(span).unwrap_or_else(|| panic!("{text} is no length of time"));
    format!("{before} {span}").trim_start().to_owned()
}

fn unless(conditions: &[Condition]) -> String {
    conditions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// Without a range of its own, the default also counts when only the last end is sent; it is said when the page says it.
fn window_in_spec(window: &Window, names_only_to: bool) -> BTreeMap<String, String> {
    let only_one = window.default_from.is_none() && window.default_to.is_none() && names_only_to;
    let parts = [
        ("span", window.limit.map(|limit| limit.to_string())),
        ("default", window.default.map(|span| span.to_string())),
        ("default from", window.default_from.map(|span| span.to_string())),
        ("default to", window.default_to.or(window.default.filter(|_| only_one)).map(|span| span.to_string())),
        ("history", window.reach.map(|reach| reach.span.to_string())),
        ("history unless", window.reach.filter(|reach| !reach.unless.is_empty()).map(|reach| unless(reach.unless))),
    ];
    parts.into_iter().filter_map(|(part, value)| Some((part.to_owned(), value?))).collect()
}

//! One fact of a page changed: exactly one line, which names it. Each kind of change is made wherever a call of `tests/facts` has
//! a place for it.

#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "methods of a type with a lifetime are no such functions"
)]

use super::{facts, in_both_languages, lines, specs};
use crate::import::facts::{CallFacts, Json, ParamFacts, Place, Rule, RuleKind, WindowFacts};
use crate::outdated::compare::{of_call, tree};
use crate::outdated::finding::Change;
use crate::spec::{Endpoint, Specs};
use papi_spec::{Access, Span};
use std::collections::BTreeMap;

/// The object whose keys are names of contracts.
const DATA_KEYS: &str = "indicators";

/// A page with one changed fact.
struct Mutant {
    facts: CallFacts,
    /// What is expected: the kind of the difference, and a word that its line has.
    change: Change,
    names: String,
}

/// Collects what is changed of one call.
struct Mutants<'a> {
    facts: &'a CallFacts,
    spec: &'a Endpoint,
    list: Vec<Mutant>,
}

impl Mutants<'_> {
    fn add(&mut self, change: Change, names: &str, mutate: impl FnOnce(&mut CallFacts)) {
        let mut facts = self.facts.clone();
        mutate(&mut facts);
        assert_ne!(&facts, self.facts, "{names} changed nothing");
        self.list.push(Mutant { facts, change, names: names.to_owned() });
    }

    fn add_param(&mut self, change: Change, index: usize, names: &str, mutate: impl FnOnce(&mut ParamFacts)) {
        self.add(change, names, |facts| mutate(&mut facts.params.as_mut().expect("parameters")[index]));
    }

    fn call(&mut self) {
        let other = if self.facts.access == Some(Access::Trade) { Access::UserData } else { Access::Trade };
        self.add(Change::Access, other.as_str(), |facts| facts.access = Some(other));
        for index in 0..self.facts.weight.as_ref().map_or(0, Vec::len) {
            self.add(Change::Weight, "weight", |facts| facts.weight.as_mut().expect("a weight")[index].weight += 7);
        }
        // It says what no source says.
        let is_said = self.spec.differs.iter().any(|entry| entry.of.iter().any(|of| **of == "orders"));
        self.add(Change::Orders, "orders", |facts| {
            facts.orders = facts.orders.map(|orders| orders + if is_said { 2 } else { 1 });
        });
        for index in 0..self.facts.caps.len() {
            self.add(Change::Cap, "cap", |facts| facts.caps[index].calls += 1);
        }
        self.add(Change::Retired, "2026-12-01", |facts| facts.retired_on = Some("2026-12-01".to_owned()));
        self.add(Change::Retired, "deprecated", |facts| facts.is_deprecated = true);
    }

    fn params(&mut self) {
        let params = self.facts.params.clone().expect("parameters");
        for (index, param) in params.iter().enumerate() {
            self.param(index, param);
        }
        self.add(Change::Added, "brandNew", |facts| {
            let brand_new = ParamFacts { name: "brandNew".to_owned(), ..blank() };
            facts.params.as_mut().expect("parameters").push(brand_new);
        });
    }

    fn param(&mut self, index: usize, param: &ParamFacts) {
        let name = param.name.as_str();
        let is_of_client = ["recvWindow", "timestamp"].contains(&name);
        self.add(Change::Removed, name, |facts| drop(facts.params.as_mut().expect("parameters").remove(index)));
        if !is_of_client {
            self.add_param(Change::Renamed, index, name, |param| param.name.push_str("s2"));
            self.add_param(Change::Renamed, index, name, |param| param.name = "quiteAnother".to_owned());
        }
        let other_type = if matches!(param.page_type.as_str(), "LONG" | "INT") { "DECIMAL" } else { "LONG" };
        self.add_param(Change::Retyped, index, name, |param| {
            param.page_type = other_type.to_owned();
        });
        self.add_param(Change::Required, index, name, |param| param.required = !param.required);
        self.add_param(Change::Default, index, name, |param| param.default = Some("77".to_owned()));
        if param.default.is_some() && !is_of_client {
            self.add_param(Change::Default, index, name, |param| param.default = None);
        }
        self.add_param(Change::Bound, index, name, |param| param.max = Some("777777".to_owned()));
        self.add_param(Change::Bound, index, name, |param| param.min = Some("7".to_owned()));
        if let (true, false) = (param.max.is_some(), is_of_client) {
            self.add_param(Change::Bound, index, name, |param| param.max = None);
        }
        if let Some(pattern) = &param.pattern {
            let longer = pattern.replace("{1,", "{2,");
            self.add_param(Change::Bound, index, name, |param| param.pattern = Some(longer));
        }
        if let Some(words) = param.words.as_ref().filter(|words| !words.iter().any(|word| word == "true")) {
            self.add_param(Change::Word, index, "BRAND_NEW", |param| {
                param.words.as_mut().expect("words").push("BRAND_NEW".to_owned());
            });
            if let [word, _, ..] = words.as_slice() {
                self.add_param(Change::Word, index, word, |param| drop(param.words.as_mut().expect("words").remove(0)));
            }
        }
    }

    fn rules(&mut self) {
        for (index, rule) in self.facts.rules.iter().enumerate() {
            match &rule.requirement {
                RuleKind::Window(window) => self.window(index, window),
                _ => self.rule(index, rule),
            }
        }
        let names: Vec<&str> =
            self.spec.params.iter().filter(|param| !param.required).map(|param| param.wire.as_str()).collect();
        let rules = &self.spec.constraints;
        let is_free = |name: &&str| !rules.iter().any(|entry| format!("{entry:?}").contains(*name));
        let free: Vec<String> = names.iter().filter(|name| is_free(name)).map(|name| (*name).to_owned()).collect();
        if let [one, two, ..] = free.as_slice() {
            let place = Place { file: "page.md".to_owned(), line: 3 };
            for requirement in [
                RuleKind::AtMostOne(vec![one.clone(), two.clone()]),
                RuleKind::Together(vec![one.clone(), two.clone()]),
                RuleKind::ExactlyOne(vec![one.clone(), two.clone()]),
                RuleKind::Need(vec![one.clone()]),
            ] {
                let rule = Rule { when: Vec::new(), requirement, place: place.clone() };
                self.add(Change::Rule, one, |facts| facts.rules.push(rule));
            }
        }
    }

    fn rule(&mut self, index: usize, rule: &Rule) {
        let (RuleKind::AtLeastOne(names)
        | RuleKind::ExactlyOne(names)
        | RuleKind::AtMostOne(names)
        | RuleKind::Together(names)) = &rule.requirement
        else {
            return;
        };
        let others = [
            RuleKind::AtLeastOne(names.clone()),
            RuleKind::ExactlyOne(names.clone()),
            RuleKind::AtMostOne(names.clone()),
            RuleKind::Together(names.clone()),
        ];
        // Where the spec has a stricter rule, another one of the page may be what the spec says.
        let own = format!("{:?}", self.spec.constraints);
        let is_stricter =
            own.contains(&format!("ExactlyOne({names:?})")) && !matches!(rule.requirement, RuleKind::ExactlyOne(_));
        for other in others.into_iter().filter(|other| *other != rule.requirement && !is_stricter) {
            self.add(Change::Rule, &names[0], |facts| facts.rules[index].requirement = other);
        }
    }

    fn window(&mut self, index: usize, window: &WindowFacts) {
        let longer = |span: Span| match span {
            Span::Millis(millis) => Span::Millis(millis * 3),
            Span::Months(months) => Span::Months(months + 1),
        };
        let mut change = |mutate: &dyn Fn(&mut WindowFacts)| {
            self.add(Change::Window, "window", |facts| {
                if let RuleKind::Window(window) = &mut facts.rules[index].requirement {
                    mutate(window);
                }
            });
        };
        if let Some((span, how)) = window.span {
            change(&|window| window.span = Some((longer(span), how)));
        }
        let parts: [fn(&mut WindowFacts) -> &mut Option<Span>; 4] = [
            |window| &mut window.default,
            |window| &mut window.default_from,
            |window| &mut window.default_to,
            |window| &mut window.history,
        ];
        for part in parts {
            let span = *part(&mut window.clone());
            match span {
                Some(span) => change(&|window| *part(window) = Some(longer(span))),
                None => change(&|window| *part(window) = Some(Span::Months(77))),
            }
        }
    }

    fn reply(&mut self) {
        // One balance and a list of them have the same fields.
        let mut keys: BTreeMap<String, bool> = BTreeMap::new();
        self.facts.examples.iter().for_each(|example| collect(example, "", &mut keys));
        for (path, is_scalar) in keys.into_iter().filter(|(path, _)| !path.ends_with('>')) {
            let name = path.rsplit('.').next().unwrap_or_default().to_owned();
            self.example(Change::Renamed, &path, |entries, index| entries[index].0 = format!("{name}2"));
            if is_scalar {
                self.example(Change::Retyped, &path, |entries, index| entries[index].1 = Json::Object(Vec::new()));
            }
        }
    }

    /// Changes a key of the examples wherever it stands.
    fn example(&mut self, change: Change, path: &str, mutate: impl Fn(&mut Vec<(String, Json)>, usize)) {
        let name = path.rsplit('.').next().unwrap_or_default();
        self.add(change, name, |facts| {
            for example in &mut facts.examples {
                at_path(example, "", path, &mutate);
            }
        });
    }
}

/// Collects the paths of all keys, each with whether all of its values are scalars.
fn collect(json: &Json, path: &str, keys: &mut BTreeMap<String, bool>) {
    match json {
        Json::List(elements) => elements.iter().for_each(|element| collect(element, &format!("{path}[]"), keys)),
        Json::Object(entries) => {
            for (key, value) in entries {
                let path = join(path, key);
                let is_scalar = !matches!(value, Json::List(_) | Json::Object(_));
                *keys.entry(path.clone()).or_insert(true) &= is_scalar;
                collect(value, &path, keys);
            }
        }
        _ => {}
    }
}

fn at_path(json: &mut Json, path: &str, wanted: &str, mutate: &impl Fn(&mut Vec<(String, Json)>, usize)) {
    match json {
        Json::List(elements) => {
            for element in elements {
                at_path(element, &format!("{path}[]"), wanted, mutate);
            }
        }
        Json::Object(entries) => {
            for index in 0..entries.len() {
                let own = join(path, &entries[index].0);
                if own == wanted {
                    mutate(entries, index);
                } else {
                    at_path(&mut entries[index].1, &own, wanted, mutate);
                }
            }
        }
        _ => {}
    }
}

fn join(path: &str, key: &str) -> String {
    if path == DATA_KEYS {
        return format!("{path}.<KEY>");
    }
    if ["", "[]"].contains(&path) { key.to_owned() } else { format!("{path}.{key}") }
}

fn blank() -> ParamFacts {
    ParamFacts { page_type: "STRING".to_owned(), line: 9, ..ParamFacts::default() }
}

/// Makes the mutants of all calls, and returns what went wrong with each.
fn wrong(specs: &Specs, make: fn(&mut Mutants<'_>)) -> (usize, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    for facts in facts() {
        let call = format!("{} {}", facts.method, facts.path);
        let is_it = |endpoint: &&Endpoint| endpoint.call.as_ref().is_some_and(|own| own.value.to_string() == call);
        let spec = specs.endpoints.iter().find(is_it).expect("a spec");
        let tree = tree(spec, specs).expect("a spec");
        let mut mutants = Mutants { facts: &facts, spec, list: Vec::new() };
        make(&mut mutants);
        for Mutant { facts, change, names } in mutants.list {
            count += 1;
            let found = of_call(&in_both_languages(facts), spec, &tree, specs);
            let told = lines(&found, specs);
            if found.len() != 1 || found[0].change != change || !told.contains(&names) {
                wrong.push(format!("{call}: {change:?} {names}:\n{told}"));
            }
        }
    }
    (count, wrong)
}

#[track_caller]
fn hold(least: usize, make: fn(&mut Mutants<'_>)) {
    let (count, wrong) = wrong(&specs(), make);
    assert!(wrong.is_empty(), "{} of {count} mutants:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= least, "only {count} mutants");
}

#[test]
fn each_changed_fact_of_a_call_is_one_line() {
    hold(400, |mutants| mutants.call());
}

#[test]
fn each_changed_parameter_is_one_line() {
    hold(3_900, |mutants| mutants.params());
}

#[test]
fn each_changed_rule_is_one_line() {
    hold(100, |mutants| mutants.rules());
}

#[test]
fn each_changed_field_of_a_reply_is_one_line() {
    hold(1_500, |mutants| mutants.reply());
}

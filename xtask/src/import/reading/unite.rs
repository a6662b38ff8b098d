//! Unites the pages of one call: what only one of them says is kept, and where they disagree the first stands.

use super::fields;
use super::resolve::{add_conflict, add_rule, narrow};
use crate::import::facts::{CallFacts, Json, ParamFacts, Place, RuleKind, WeightCase, WindowFacts};
use std::fmt::Display;

/// Adds the facts of another page of the same call. Places say which pages disagree.
pub(super) fn unite(facts: &mut CallFacts, at: &Place, other: CallFacts, there: &Place) {
    let mut differ = Differences { facts_at: at, other_at: there, found: Vec::new() };
    differ.option("access", &mut facts.access, other.access, |access| access.as_str().to_owned());
    differ.option("weight", &mut facts.weight, other.weight, |cases| weight(cases));
    differ.option("order count", &mut facts.orders, other.orders, ToString::to_string);
    differ.option("day of retirement", &mut facts.retired_on, other.retired_on, Clone::clone);
    facts.is_deprecated |= other.is_deprecated;
    facts.doc = facts.doc.take().or(other.doc);
    facts.address = facts.address.take().or(other.address);
    match (&mut facts.params, other.params) {
        (Some(params), Some(others)) => unite_params(params, others, &mut differ),
        (slot @ None, others) => *slot = others,
        _ => {}
    }
    let found = std::mem::take(&mut differ.found);
    facts.conflicts.extend(other.conflicts);
    for conflict in found {
        if !facts.conflicts.contains(&conflict) {
            facts.conflicts.push(conflict);
        }
    }
    for rule in other.rules {
        let window = facts.rules.iter_mut().find_map(|known| match (&mut known.requirement, &rule.requirement) {
            (RuleKind::Window(window), RuleKind::Window(more))
                if (&window.from, &window.to) == (&more.from, &more.to) =>
            {
                Some((window, more.clone(), known.place.clone()))
            }
            _ => None,
        });
        if let Some((window, more, place)) = window {
            let mut differ = Differences { facts_at: &place, other_at: &rule.place, found: Vec::new() };
            unite_window(window, more, &mut differ);
            facts.conflicts.extend(differ.found);
        } else {
            add_rule(facts, rule);
        }
    }
    narrow(facts);
    for cap in other.caps {
        if !facts.caps.contains(&cap) {
            facts.caps.push(cap);
        }
    }
    for remark in other.remarks {
        if !facts.remarks.contains(&remark) {
            facts.remarks.push(remark);
        }
    }
    for note in other.notes {
        if facts.notes.iter().any(|known| known.text == note.text && known.of_param == note.of_param) {
            // The same sentence on two pages is one, and is not lost.
            facts.understood += 1;
        } else {
            facts.notes.push(note);
        }
    }
    for example in other.examples {
        add_example(&mut facts.examples, example);
    }
    for field in other.fields {
        fields::add(&mut facts.fields, field);
    }
    // A field may be absent because only one of the pages shows it.
    fields::add_shown(&mut facts.fields, &facts.examples);
    facts.understood += other.understood;
}

/// Adds a reply once. Of two that differ only in rounded numbers, the one with all digits stays.
pub(super) fn add_example(examples: &mut Vec<Json>, example: Json) {
    match examples.iter_mut().find(|known| is_rounding(known, &example) || is_rounding(&example, known)) {
        Some(known) => {
            if is_rounding(&example, known) {
                *known = example;
            }
        }
        None => examples.push(example),
    }
}

/// Returns whether the second is the first, or the first with numbers that lost their last digits.
fn is_rounding(exact: &Json, other: &Json) -> bool {
    match (exact, other) {
        (Json::Number(exact), Json::Number(other)) => {
            exact == other
                || (exact.len() == other.len()
                    && exact.len() > 15
                    && exact.get(..15) == other.get(..15)
                    && other.ends_with("00"))
        }
        (Json::List(exact), Json::List(others)) => {
            exact.len() == others.len() && exact.iter().zip(others).all(|(exact, other)| is_rounding(exact, other))
        }
        (Json::Object(exact), Json::Object(others)) => {
            exact.len() == others.len()
                && exact
                    .iter()
                    .zip(others)
                    .all(|((key, exact), (name, other))| key == name && is_rounding(exact, other))
        }
        _ => exact == other,
    }
}

/// Collects what two pages say differently.
struct Differences<'p> {
    facts_at: &'p Place,
    other_at: &'p Place,
    found: Vec<crate::import::facts::Conflict>,
}

impl Differences<'_> {
    fn option<T: PartialEq>(
        &mut self,
        subject: impl Display,
        kept: &mut Option<T>,
        other: Option<T>,
        text: fn(&T) -> String,
    ) {
        match (&*kept, other) {
            (Some(one), Some(other)) if *one != other => self.conflict(subject, text(one), text(&other)),
            (None, other) => *kept = other,
            _ => {}
        }
    }

    fn conflict(&mut self, subject: impl Display, kept: String, other: String) {
        add_conflict(&mut self.found, subject, (kept, self.facts_at.clone()), (other, self.other_at.clone()));
    }
}

fn weight(cases: &[WeightCase]) -> String {
    let case = |case: &WeightCase| match &case.with {
        Some(param) => format!("{} with {param}", case.weight),
        None if cases.len() > 1 => format!("{} otherwise", case.weight),
        None => case.weight.to_string(),
    };
    cases.iter().map(case).collect::<Vec<_>>().join(", ")
}

fn unite_params(params: &mut Vec<ParamFacts>, others: Vec<ParamFacts>, differ: &mut Differences<'_>) {
    for param in others.iter().filter(|other| !params.iter().any(|param| param.name == other.name)) {
        differ.conflict(format!("parameter {}", param.name), "not there".to_owned(), "there".to_owned());
    }
    for param in params.iter().filter(|param| !others.iter().any(|other| other.name == param.name)) {
        differ.conflict(format!("parameter {}", param.name), "there".to_owned(), "not there".to_owned());
    }
    for other in others {
        let Some(param) = params.iter_mut().find(|param| param.name == other.name) else {
            params.push(other);
            continue;
        };
        let name = &other.name;
        let [at, there] = [param.line, other.line];
        let (kept_at, other_at) = (
            Place { file: differ.facts_at.file.clone(), line: at },
            Place { file: differ.other_at.file.clone(), line: there },
        );
        let mut rows = Differences { facts_at: &kept_at, other_at: &other_at, found: Vec::new() };
        if param.page_type != other.page_type {
            rows.conflict(format!("type of {name}"), param.page_type.clone(), other.page_type.clone());
        }
        if param.required != other.required {
            let text = |required: bool| if required { "YES" } else { "NO" }.to_owned();
            rows.conflict(format!("required of {name}"), text(param.required), text(other.required));
        }
        rows.option(format!("default of {name}"), &mut param.default, other.default, Clone::clone);
        rows.option(format!("min of {name}"), &mut param.min, other.min, Clone::clone);
        rows.option(format!("max of {name}"), &mut param.max, other.max, Clone::clone);
        rows.option(format!("pattern of {name}"), &mut param.pattern, other.pattern, Clone::clone);
        match (&param.words, other.words) {
            (Some(words), Some(more)) => {
                let is_same = words.len() == more.len() && more.iter().all(|word| words.contains(word));
                if !is_same {
                    rows.conflict(format!("words of {name}"), words.join(", "), more.join(", "));
                }
            }
            (None, words) => param.words = words,
            _ => {}
        }
        param.is_comma_list |= other.is_comma_list;
        if param.doc.is_empty() {
            param.doc = other.doc;
        }
        differ.found.extend(rows.found);
    }
}

fn unite_window(window: &mut WindowFacts, more: WindowFacts, differ: &mut Differences<'_>) {
    let ends = format!("{} and {}", window.from, window.to);
    differ.option(format!("longest range of {ends}"), &mut window.span, more.span, |(span, how)| {
        format!("{how:?} {span}")
    });
    differ.option(format!("default range of {ends}"), &mut window.default, more.default, ToString::to_string);
    differ.option(
        format!("range from the start of {ends}"),
        &mut window.default_from,
        more.default_from,
        ToString::to_string,
    );
    differ.option(format!("range to the end of {ends}"), &mut window.default_to, more.default_to, ToString::to_string);
    differ.option(format!("history of {ends}"), &mut window.history, more.history, ToString::to_string);
    window.history_unless = window.history_unless.take().or(more.history_unless);
}

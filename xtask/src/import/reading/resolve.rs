//! From what sentences say to the facts of the call. What does not fit its parameters is told as it stands.

use super::finding::{Finding, WindowPart};
use super::params::kind_of_order;
use super::said::Said;
use crate::import::facts::{CallFacts, Conflict, ParamFacts, Place, Remark, Rule, RuleKind, Strictness, WindowFacts};
use papi_spec::Span;
use std::fmt;

/// Adds what the sentences say to the facts.
pub(super) fn resolve(said: &Said, facts: &mut CallFacts) {
    let mut windows: Vec<Range> = Vec::new();
    for (finding, place) in &said.findings {
        match finding {
            Finding::Rule { when, requirement } => {
                add_rule(facts, Rule { when: when.clone(), requirement: requirement.clone(), place: place.clone() });
            }
            Finding::OnlyWith { param, words } => only_with(facts, param, words, place),
            Finding::NeededWith { param, words } => needed_with(facts, param, words, place),
            Finding::NotInHedgeMode(param) => {
                let words = ["LONG", "SHORT"].map(str::to_owned).to_vec();
                let has_side = facts.params.iter().flatten().any(|param| param.name == "positionSide");
                if has_side && param != "positionSide" {
                    let when = vec![("positionSide".to_owned(), words)];
                    let requirement = RuleKind::Forbid(vec![param.clone()]);
                    add_rule(facts, Rule { when, requirement, place: place.clone() });
                }
            }
            Finding::Window { ends, part } => {
                if let Some(range) = window_of(&mut windows, ends.as_ref(), facts, place) {
                    add_part(range, *part, place, &mut facts.conflicts);
                }
            }
            Finding::Archive { param, span } => {
                if let Some(range) = window_of(&mut windows, None, facts, place) {
                    add_part(range, WindowPart::History(*span), place, &mut facts.conflicts);
                    range.window.history_unless = Some((param.clone(), "true".to_owned()));
                }
            }
            Finding::Default { param, value } => set(facts, param, "default", value, place, |param| &mut param.default),
            Finding::Min { param, value } => set(facts, param, "min", value, place, |param| &mut param.min),
            Finding::Max { param, value } => set(facts, param, "max", value, place, |param| &mut param.max),
            Finding::CommaList(param) => {
                if let Some(param) = facts.params.iter_mut().flatten().find(|known| known.name == *param) {
                    param.is_comma_list = true;
                }
            }
            Finding::Cap(cap) => {
                if !facts.caps.contains(cap) {
                    facts.caps.push(*cap);
                }
            }
            Finding::Remark(remark) => add_remark(facts, remark),
            Finding::Said => {}
        }
    }
    for Range { window, place, .. } in windows {
        facts.rules.push(Rule { when: Vec::new(), requirement: RuleKind::Window(window), place });
    }
    narrow(facts);
}

fn add_remark(facts: &mut CallFacts, remark: &Remark) {
    if !facts.remarks.contains(remark) {
        facts.remarks.push(remark.clone());
    }
}

/// Adds a rule once, however its parameters are ordered.
pub(super) fn add_rule(facts: &mut CallFacts, rule: Rule) {
    let is_known = |known: &Rule| known.when == rule.when && same(&known.requirement, &rule.requirement);
    if !facts.rules.iter().any(is_known) {
        facts.rules.push(rule);
    }
}

/// Returns whether two requirements ask for the same.
pub(super) fn same(one: &RuleKind, other: &RuleKind) -> bool {
    use RuleKind as R;
    let within = |names: &[String], others: &[String]| names.iter().all(|name| others.contains(name));
    match (one, other) {
        (R::AtLeastOne(names), R::AtLeastOne(others))
        | (R::ExactlyOne(names), R::ExactlyOne(others))
        | (R::AtMostOne(names), R::AtMostOne(others))
        | (R::Together(names), R::Together(others))
        | (R::Need(names), R::Need(others))
        | (R::Forbid(names), R::Forbid(others)) => within(names, others) && within(others, names),
        _ => one == other,
    }
}

fn only_with(facts: &mut CallFacts, param: &str, words: &[String], place: &Place) {
    let params = facts.params.as_deref().unwrap_or_default();
    let Some(kind) = kind_of_order(params, words).filter(|kind| kind != param) else { return };
    let known = params.iter().find(|known| known.name == kind).and_then(|known| known.words.clone());
    let values: Vec<String> =
        words.iter().filter(|word| known.as_ref().is_none_or(|all| all.contains(word))).cloned().collect();
    if !values.is_empty() {
        let when = vec![(param.to_owned(), Vec::new())];
        add_rule(facts, Rule { when, requirement: RuleKind::Only { param: kind, values }, place: place.clone() });
    }
}

/// What is said of one range of times, and where each part of it was said first.
struct Range {
    window: WindowFacts,
    place: Place,
    parts: Vec<(&'static str, Place)>,
}

/// The range between these ends, or the only one; it is made when it is new.
fn window_of<'w>(
    windows: &'w mut Vec<Range>,
    ends: Option<&(String, String)>,
    facts: &CallFacts,
    place: &Place,
) -> Option<&'w mut Range> {
    let (from, to) = ends.cloned().or_else(|| only_range(facts.params.as_deref().unwrap_or_default()))?;
    let known = windows.iter().position(|range| is_between(&range.window, &from, &to));
    let index = known.unwrap_or_else(|| {
        let window = WindowFacts { from, to, ..WindowFacts::default() };
        windows.push(Range { window, place: place.clone(), parts: Vec::new() });
        windows.len() - 1
    });
    windows.get_mut(index)
}

fn needed_with(facts: &mut CallFacts, param: &str, words: &[String], place: &Place) {
    let params = facts.params.as_deref().unwrap_or_default();
    if let Some(kind) = kind_of_order(params, words).filter(|kind| kind != param) {
        let when = vec![(kind, words.to_vec())];
        add_rule(facts, Rule { when, requirement: RuleKind::Need(vec![param.to_owned()]), place: place.clone() });
    }
}

/// The two times of a call that has one range.
fn only_range(params: &[ParamFacts]) -> Option<(String, String)> {
    let has = |name: &str| params.iter().any(|param| param.name == name);
    (has("startTime") && has("endTime")).then(|| ("startTime".to_owned(), "endTime".to_owned()))
}

fn is_between(window: &WindowFacts, from: &str, to: &str) -> bool {
    (window.from == from && window.to == to) || (window.from == to && window.to == from)
}

/// Adds a part that is not known yet. Another value than the first is a conflict.
fn add_part(range: &mut Range, part: WindowPart, place: &Place, conflicts: &mut Vec<Conflict>) {
    let Range { window, parts, .. } = range;
    let ends = format!("{} and {}", window.from, window.to);
    let (what, kept, other) = match part {
        WindowPart::Span(strictness, span) => {
            let kept = *window.span.get_or_insert((span, strictness));
            ("longest range", limit(kept.0, kept.1), limit(span, strictness))
        }
        WindowPart::Default(span) => ("default range", kept(&mut window.default, span), span.to_string()),
        WindowPart::DefaultFrom(span) => {
            ("range from the start", kept(&mut window.default_from, span), span.to_string())
        }
        WindowPart::DefaultTo(span) => ("range to the end", kept(&mut window.default_to, span), span.to_string()),
        WindowPart::History(span) => ("history", kept(&mut window.history, span), span.to_string()),
    };
    match parts.iter().find(|(known, _)| *known == what) {
        None => parts.push((what, place.clone())),
        Some((_, first)) if kept != other => {
            add_conflict(conflicts, format!("{what} of {ends}"), (kept, first.clone()), (other, place.clone()));
        }
        Some(_) => {}
    }
}

/// Keeps the first length of time, and tells it.
fn kept(slot: &mut Option<Span>, span: Span) -> String {
    slot.get_or_insert(span).to_string()
}

fn limit(span: Span, strictness: Strictness) -> String {
    match strictness {
        Strictness::AtMost => format!("at most {span}"),
        Strictness::Under => format!("under {span}"),
    }
}

/// Gives a parameter a value that it has not; another one is a conflict, and the first stands.
fn set(
    facts: &mut CallFacts,
    name: &str,
    what: &str,
    value: &str,
    place: &Place,
    field: fn(&mut ParamFacts) -> &mut Option<String>,
) {
    let Some(param) = facts.params.iter_mut().flatten().find(|known| known.name == name) else { return };
    let first = Place { file: place.file.clone(), line: param.line };
    match field(param) {
        slot @ None => *slot = Some(value.to_owned()),
        Some(kept) if *kept != value => {
            let kept = (kept.clone(), first);
            add_conflict(&mut facts.conflicts, format!("{what} of {name}"), kept, (value.to_owned(), place.clone()));
        }
        Some(_) => {}
    }
}

/// Adds a conflict once.
pub(super) fn add_conflict(
    conflicts: &mut Vec<Conflict>,
    subject: impl fmt::Display,
    kept: (String, Place),
    other: (String, Place),
) {
    let conflict = Conflict { subject: subject.to_string(), kept, other };
    if !conflicts.contains(&conflict) {
        conflicts.push(conflict);
    }
}

/// Says in one rule what two say together: at least one and at most one are exactly one. A default that is no word of a choice
/// is one.
pub(super) fn narrow(facts: &mut CallFacts) {
    let rules = std::mem::take(&mut facts.rules);
    for rule in rules {
        let before = facts.rules.iter_mut().find(|known| {
            known.when == rule.when
                && match (&known.requirement, &rule.requirement) {
                    (RuleKind::AtLeastOne(names), RuleKind::AtMostOne(others))
                    | (RuleKind::AtMostOne(names), RuleKind::AtLeastOne(others)) => {
                        names.len() == others.len() && names.iter().all(|name| others.contains(name))
                    }
                    (RuleKind::AtLeastOne(names) | RuleKind::AtMostOne(names), RuleKind::ExactlyOne(_)) => {
                        same(&RuleKind::ExactlyOne(names.clone()), &rule.requirement)
                    }
                    (RuleKind::ExactlyOne(_), RuleKind::AtMostOne(others) | RuleKind::AtLeastOne(others)) => {
                        same(&known.requirement, &RuleKind::ExactlyOne(others.clone()))
                    }
                    _ => false,
                }
        });
        match before {
            Some(known) => {
                if let RuleKind::AtLeastOne(names) | RuleKind::AtMostOne(names) = &known.requirement {
                    known.requirement = RuleKind::ExactlyOne(names.clone());
                }
            }
            None => facts.rules.push(rule),
        }
    }
    for param in facts.params.iter_mut().flatten() {
        // A text that is true or false when nothing is sent is one of the two.
        if param.page_type == "STRING"
            && param.words.is_none()
            && let Some(default) = &param.default
            && ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(default))
        {
            let is_upper = default.starts_with(|first: char| first.is_ascii_uppercase());
            let words = if is_upper { ["TRUE", "FALSE"] } else { ["true", "false"] };
            param.words = Some(words.map(str::to_owned).to_vec());
        }
        if let (Some(words), Some(default)) = (&mut param.words, &param.default)
            && !words.contains(default)
            && !words.iter().any(|word| word.eq_ignore_ascii_case(default))
            && default.chars().any(char::is_alphabetic)
        {
            words.insert(0, default.clone());
        }
    }
}

//! The rules of a draft. What does not fit its parameters is left out, and told.

use super::params::DraftParam;
use super::yaml;
use crate::import::facts::{CallFacts, Rule, RuleKind, Strictness, WindowFacts};
use crate::spec::Notation;
use papi_spec::{Span, days};

/// One entry of `constraints`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: String,
    /// What to say in its place when it cannot stand.
    pub(super) otherwise: String,
}

pub(super) fn constraints(facts: &CallFacts, params: &[DraftParam]) -> Vec<Entry> {
    let of_rule = |rule: &Rule| entry(rule, params).or_else(|| left_out(rule, params));
    facts.rules.iter().filter_map(of_rule).collect()
}

/// Tells of a rule that does not fit the parameters; nothing when the table of parameters says it already.
fn left_out(rule: &Rule, params: &[DraftParam]) -> Option<Entry> {
    let is_required = |name: &String| params.iter().any(|param| param.wire == *name && param.required);
    let is_said = matches!(&rule.requirement, RuleKind::Need(names) if names.iter().all(is_required));
    if is_said || matches!(&rule.requirement, RuleKind::Window(window) if is_empty(window)) {
        return None;
    }
    let requirement = match &rule.requirement {
        RuleKind::AtLeastOne(names) => format!("at least one: {}", yaml::list(names)),
        RuleKind::ExactlyOne(names) => format!("exactly one: {}", yaml::list(names)),
        RuleKind::AtMostOne(names) => format!("at most one: {}", yaml::list(names)),
        RuleKind::Together(names) => format!("together: {}", yaml::list(names)),
        RuleKind::Need(names) => format!("need: {}", yaml::list(names)),
        RuleKind::Forbid(names) => format!("forbid: {}", yaml::list(names)),
        RuleKind::Only { param, values } => format!("only: {{ {param}: {} }}", yaml::list(values)),
        RuleKind::Window(window) => format!("a range from {} to {}", window.from, window.to),
    };
    let condition = |(name, words): &(String, Vec<String>)| {
        if words.is_empty() { format!("{name} is sent") } else { format!("{name} is {}", words.join(" or ")) }
    };
    let when: Vec<String> = rule.when.iter().map(condition).collect();
    let when = if when.is_empty() { String::new() } else { format!("when {}: ", when.join(" and ")) };
    let told = yaml::comment(2, &format!("TODO: a sentence says, and the table does not fit: {when}{requirement}"));
    Some(Entry { otherwise: String::new(), line: told })
}

fn is_empty(window: &WindowFacts) -> bool {
    let ends = WindowFacts { from: window.from.clone(), to: window.to.clone(), ..WindowFacts::default() };
    *window == ends
}

/// Writes a rule; none when the table of parameters says it already.
fn entry(rule: &Rule, params: &[DraftParam]) -> Option<Entry> {
    let find = |name: &str| params.iter().find(|param| param.wire == name);
    let mut when = Vec::new();
    for (name, words) in &rule.when {
        let param = find(name)?;
        if words.is_empty() {
            // What is always sent is no condition.
            if !param.required {
                when.push(format!("{name}: sent"));
            }
            continue;
        }
        let words = values(param, words);
        match words.as_slice() {
            [] => return None,
            [word] => when.push(format!("{name}: {}", yaml::value(word))),
            words => when.push(format!("{name}: {}", yaml::list(words))),
        }
    }
    let optional = |names: &[String]| -> Vec<String> {
        names.iter().filter(|name| find(name).is_some_and(|param| !param.required)).cloned().collect()
    };
    let group = |key: &str, names: &[String]| {
        let kept = optional(names);
        // A group of which one is always sent, or does not exist, says nothing.
        (kept.len() == names.len() && kept.len() > 1).then(|| format!("{key}: {}", yaml::list(&kept)))
    };
    let each = |key: &str, names: &[String]| {
        let kept = optional(names);
        (!kept.is_empty()).then(|| format!("{key}: {}", yaml::list(&kept)))
    };
    let requirement = match &rule.requirement {
        RuleKind::AtLeastOne(names) => group("at least one", names)?,
        RuleKind::ExactlyOne(names) => group("exactly one", names)?,
        RuleKind::AtMostOne(names) => match names.iter().find(|name| find(name).is_some_and(|param| param.required)) {
            // One is always sent, so that the others never are.
            Some(always) if names.len() == 2 => {
                let other: Vec<String> = names.iter().filter(|name| *name != always).cloned().collect();
                each("forbid", &other)?
            }
            _ => group("at most one", names)?,
        },
        RuleKind::Together(names) => group("together", names)?,
        RuleKind::Need(names) => each("need", names)?,
        RuleKind::Forbid(names) => each("forbid", names)?,
        RuleKind::Only { param, values: words } => {
            let words = values(find(param)?, words);
            match words.as_slice() {
                [] => return None,
                [word] => format!("only: {{ {param}: {} }}", yaml::value(word)),
                words => format!("only: {{ {param}: {} }}", yaml::list(words)),
            }
        }
        RuleKind::Window(window) => self::window(window, params)?,
    };
    let line =
        if when.is_empty() { requirement } else { format!("{{ when: {{ {} }}, {requirement} }}", when.join(", ")) };
    Some(Entry {
        otherwise: format!("TODO: the page says, and it does not fit: {line}"),
        line: format!("  - {line}\n"),
    })
}

/// The values that a parameter can have, of these.
fn values(param: &DraftParam, words: &[String]) -> Vec<String> {
    let fits = |word: &String| match (&param.words, param.notation) {
        (Some(known), _) => known.contains(word),
        (None, Notation::Bool) => matches!(word.to_lowercase().as_str(), "true" | "false"),
        (None, _) => param.ty == "String",
    };
    let is_bool = param.notation == Notation::Bool;
    words
        .iter()
        .filter(|word| fits(word))
        .map(|word| if is_bool { word.to_lowercase() } else { word.clone() })
        .collect()
}

fn window(window: &WindowFacts, params: &[DraftParam]) -> Option<String> {
    let is_time = |name: &str| params.iter().any(|param| param.wire == name && param.notation == Notation::Time);
    if !is_time(&window.from) || !is_time(&window.to) {
        return None;
    }
    let mut parts = vec![format!("from: {}", window.from), format!("to: {}", window.to)];
    if let Some((length, strictness)) = window.span {
        let how = match strictness {
            Strictness::AtMost => "at most",
            Strictness::Under => "under",
        };
        parts.push(format!("span: {how} {}", range(length)));
    }
    let mut add = |key: &str, length: Option<Span>| {
        parts.extend(length.map(|length| format!("{key}: {}", range(length))));
    };
    add("default", window.default);
    add("default from", window.default_from);
    // `default` holds for a lone end as well, unless that is said apart.
    add("default to", window.default_to.filter(|to| window.default != Some(*to) || window.default_from.is_some()));
    let history = window.history.map(|length| match &window.history_unless {
        Some((param, value)) if params.iter().any(|known| known.wire == *param) => {
            format!("history: {{ reach: {}, unless: {{ {param}: {value} }} }}", span(length))
        }
        _ => format!("history: {}", span(length)),
    });
    parts.extend(history);
    Some(format!("window: {{ {} }}", parts.join(", ")))
}

/// Writes the length of a range, of which one day is told in hours.
fn range(length: Span) -> String {
    if length == days(1) { "24h".to_owned() } else { span(length) }
}

/// Writes a length of time as specs do.
pub(super) fn span(span: Span) -> String {
    let (count, unit) = span.count();
    let unit = match unit {
        "year" => "y",
        "month" => "mo",
        "day" => "d",
        "hour" => "h",
        "minute" => "m",
        _ => "s",
    };
    format!("{count}{unit}")
}

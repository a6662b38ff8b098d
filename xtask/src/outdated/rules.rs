//! Compares rules over several parameters by what they allow, and ranges of times part by part. That pages do not speak of a
//! rule is a difference only when both languages are there and each sentence was understood.

use super::call::place_of;
use super::finding::{Both, Change, Findings, LISTED, NOTHING, is_said};
use super::implied::{Param, for_each_parameter, is_implied, mentioned};
use super::param::{Scope, words_of};
use super::value::kind_in_spec;
use crate::import::facts::json::span_text;
use crate::import::facts::{self, CallFacts, Rule, RuleKind, Strictness, WindowFacts};
use crate::problem::Place;
use papi_spec::{Condition, Constraint, Requirement, Span, SpanLimit, Window, is, sent};

pub(super) fn compare(facts: &CallFacts, renamed: &[(String, String)], scope: &Scope<'_>, findings: &mut Findings<'_>) {
    let Some(listed) = &facts.params else { return };
    let rules = with_names_of_spec(&facts.rules, renamed);
    let gone: Vec<&str> = findings
        .endpoint
        .params
        .iter()
        .map(|param| param.wire.as_str())
        .filter(|name| !listed.iter().any(|told| told.name == **name) && !renamed.iter().any(|(_, old)| old == name))
        .collect();
    compare_rules(facts, &rules, renamed, &gone, scope, findings);
    compare_windows(&rules, &gone, scope, findings);
}

/// The rules with the names that the spec has for renamed parameters.
fn with_names_of_spec(rules: &[Rule], renamed: &[(String, String)]) -> Vec<Rule> {
    let name = |name: &mut String| {
        if let Some((_, old)) = renamed.iter().find(|(new, _)| new == name) {
            name.clone_from(old);
        }
    };
    let mut rules = rules.to_vec();
    for rule in &mut rules {
        rule.when.iter_mut().for_each(|(param, _)| name(param));
        match &mut rule.requirement {
            RuleKind::AtLeastOne(params)
            | RuleKind::ExactlyOne(params)
            | RuleKind::AtMostOne(params)
            | RuleKind::Together(params)
            | RuleKind::Need(params)
            | RuleKind::Forbid(params) => params.iter_mut().for_each(name),
            RuleKind::Only { param, .. } => name(param),
            RuleKind::Window(window) => [&mut window.from, &mut window.to].into_iter().for_each(name),
        }
    }
    rules
}

/// A constraint of a page or a spec, and where it stands there.
struct Stated<P> {
    constraint: Constraint,
    place: P,
}

fn compare_rules(
    facts: &CallFacts,
    rules: &[Rule],
    renamed: &[(String, String)],
    gone: &[&str],
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) {
    let page: Vec<Stated<facts::Place>> = rules
        .iter()
        .flat_map(|rule| of_page(rule).into_iter().map(|constraint| Stated { constraint, place: rule.place.clone() }))
        .collect();
    let spec = of_spec(findings);
    let page_rules: Vec<Constraint> = page.iter().map(|stated| stated.constraint).collect();
    let spec_rules: Vec<Constraint> = spec.iter().map(|stated| stated.constraint).collect();
    let own_params = spec_params(findings, scope);
    let page_params = page_params(facts, renamed, findings, scope);
    let unsaid = page.iter().filter(|stated| !is_implied(&stated.constraint, &spec_rules, &own_params));
    let unsaid: Vec<&Stated<facts::Place>> = unsaid.collect();
    let missing =
        spec.iter().filter(|stated| scope.is_whole && !is_implied(&stated.constraint, &page_rules, &page_params));
    let speaks_of_gone = |constraint: &Constraint| mentioned(constraint).iter().any(|name| gone.contains(name));
    let mut missing: Vec<&Stated<Place>> = missing.filter(|stated| !speaks_of_gone(&stated.constraint)).collect();
    // What is unsaid on one side only because the spec says so is no part of another difference.
    missing.retain(|stated| !is_said(&findings.endpoint.differs, &stated.constraint.to_string(), NOTHING));
    for stated in unsaid {
        let subject = stated.constraint.to_string();
        if is_said(&findings.endpoint.differs, &subject, LISTED) {
            continue;
        }
        let names = mentioned(&stated.constraint);
        let other =
            missing.iter().position(|other| mentioned(&other.constraint).iter().any(|name| names.contains(name)));
        let other = other.map(|index| missing.remove(index));
        let place = other.map_or_else(|| place_of(scope.spec, "constraints", findings), |other| other.place);
        let spec = other.map_or(NOTHING.to_owned(), |other| other.constraint.to_string());
        let write = format!("a constraint: {subject}");
        let finding = findings.add(Change::Rule, subject.clone(), Both::of(subject, spec), place, write);
        if let Some(finding) = finding {
            finding.told = Some(stated.place.clone());
        }
    }
    for stated in missing {
        let subject = stated.constraint.to_string();
        let write = "no such constraint".to_owned();
        findings.add(Change::Rule, subject, Both::gone_from_page(), stated.place, write);
    }
}

fn of_spec(findings: &Findings<'_>) -> Vec<Stated<Place>> {
    let entries = findings.endpoint.constraints.iter();
    let constraints = entries.flat_map(|entry| entry.requirements.iter().map(|one| (entry.when, one)));
    let split = constraints.flat_map(|(when, one)| {
        let constraint = Constraint { when, requirement: one.value };
        for_each_parameter(&constraint).into_iter().map(|constraint| Stated { constraint, place: one.place })
    });
    split.collect()
}

fn spec_params<'a>(findings: &'a Findings<'_>, scope: &Scope<'a>) -> Vec<Param<'a>> {
    let param = |param: &'a crate::spec::Param| {
        let is_bool = kind_in_spec(&param.ty, &scope.vocabulary) == "true|false";
        let values = if is_bool { vec!["true", "false"] } else { words_of(param, &scope.vocabulary) };
        Param { name: &param.wire, is_required: param.required, values }
    };
    findings.endpoint.params.iter().map(param).collect()
}

/// The parameters as the page has them. What a spec says that its page requires is required here, whether it stands there or not.
fn page_params<'a>(
    facts: &'a CallFacts,
    renamed: &[(String, String)],
    findings: &'a Findings<'_>,
    scope: &Scope<'a>,
) -> Vec<Param<'a>> {
    let mut params = spec_params(findings, scope);
    for param in &mut params {
        let name = renamed.iter().find(|(_, old)| old == param.name).map_or(param.name, |(new, _)| new.as_str());
        let told = facts.params.iter().flatten().find(|told| told.name == name);
        let is_said = is_said(&findings.endpoint.differs, &format!("{} required", param.name), "yes");
        param.is_required = is_said || told.is_some_and(|told| told.required);
        if let Some(words) = told.and_then(|told| told.words.as_ref()) {
            param.values = words.iter().map(String::as_str).collect();
        }
    }
    params
}

/// A rule of a page as constraints. They are made for constants, so their texts are kept for as long as the program runs.
fn of_page(rule: &Rule) -> Vec<Constraint> {
    let forever = |text: &String| -> &'static str { text.clone().leak() };
    let all = |texts: &[String]| -> &'static [&'static str] { texts.iter().map(forever).collect::<Vec<_>>().leak() };
    let condition = |(param, values): &(String, Vec<String>)| -> Condition {
        if values.is_empty() { sent(forever(param)) } else { is(forever(param), all(values)) }
    };
    let when: &'static [Condition] = rule.when.iter().map(condition).collect::<Vec<_>>().leak();
    let requirement = match &rule.requirement {
        RuleKind::AtLeastOne(params) => Requirement::AtLeastOne(all(params)),
        RuleKind::ExactlyOne(params) => Requirement::ExactlyOne(all(params)),
        RuleKind::AtMostOne(params) => Requirement::AtMostOne(all(params)),
        RuleKind::Together(params) => Requirement::Together(all(params)),
        RuleKind::Need(params) => Requirement::Required(all(params)),
        RuleKind::Forbid(params) => Requirement::Forbidden(all(params)),
        RuleKind::Only { param, values } => Requirement::Only { param: forever(param), values: all(values) },
        RuleKind::Window(_) => return Vec::new(),
    };
    for_each_parameter(&Constraint { when, requirement })
}

fn compare_windows(rules: &[Rule], gone: &[&str], scope: &Scope<'_>, findings: &mut Findings<'_>) {
    let windows: Vec<(&WindowFacts, &facts::Place)> = rules
        .iter()
        .filter_map(|rule| match &rule.requirement {
            RuleKind::Window(window) => Some((window, &rule.place)),
            _ => None,
        })
        .collect();
    let own = own_window(findings);
    if own.is_some_and(|(window, _)| gone.contains(&window.from) || gone.contains(&window.to)) {
        return;
    }
    let names_only_to = windows.iter().any(|(window, _)| window.default_to.is_some());
    let spec = own.map(|(window, _)| parts_of_spec(&window, names_only_to)).unwrap_or_default();
    let place = own.map_or_else(|| place_of(scope.spec, "constraints", findings), |(_, place)| place);
    let told_part =
        |index: usize| windows.iter().find_map(|(window, at)| Some((parts_of_page(window)[index].clone()?, *at)));
    let default = (told_part(DEFAULT).map(|(text, _)| text), spec.get(DEFAULT).cloned().flatten());
    for (index, part) in PARTS.into_iter().enumerate() {
        let told = told_part(index);
        let ours = spec.get(index).cloned().flatten();
        let page = told.as_ref().map(|(text, _)| text.clone());
        if page == ours || (page.is_none() && !scope.is_whole) {
            continue;
        }
        // One sentence may say both, and a spec may have one default for both.
        if part == "default to" && page.is_some() && (&page, &ours) == (&default.0, &default.1) {
            continue;
        }
        let write = page.as_ref().map_or(format!("no `{part}`"), |_| match part {
            "history unless" => "history: { reach: .., unless: .. }".to_owned(),
            part => {
                format!("{part}: {}", windows.iter().find_map(|(window, _)| written(window, part)).unwrap_or_default())
            }
        });
        let both = Both::of(page.unwrap_or(NOTHING.to_owned()), ours.unwrap_or(NOTHING.to_owned()));
        let finding = findings.add(Change::Window, format!("window {part}"), both, place, write);
        if let (Some(finding), Some((_, at))) = (finding, told) {
            finding.told = Some(at.clone());
        }
    }
}

/// What can be said of a range of times.
const PARTS: [&str; 6] = ["span", "default", "default from", "default to", "history", "history unless"];

/// Where in them the default stands.
const DEFAULT: usize = 1;

fn own_window(findings: &Findings<'_>) -> Option<(Window, Place)> {
    let requirements = findings.endpoint.constraints.iter().flat_map(|entry| &entry.requirements);
    requirements.into_iter().find_map(|one| match one.value {
        Requirement::Window(window) => Some((window, one.place)),
        _ => None,
    })
}

fn parts_of_page(window: &WindowFacts) -> [Option<String>; 6] {
    let span = |span: Option<Span>| span.map(|span| span.to_string());
    [
        window.span.map(|(span, strictness)| limit(span, strictness).to_string()),
        span(window.default),
        span(window.default_from),
        span(window.default_to),
        span(window.history),
        window.history_unless.as_ref().map(|(param, value)| format!("{param}={value}")),
    ]
}

fn limit(span: Span, strictness: Strictness) -> SpanLimit {
    match strictness {
        Strictness::AtMost => SpanLimit::AtMost(span),
        Strictness::Under => SpanLimit::Under(span),
    }
}

/// Returns a part as a spec writes it.
fn written(window: &WindowFacts, part: &str) -> Option<String> {
    match part {
        "span" => window.span.map(|(span, strictness)| match strictness {
            Strictness::AtMost => format!("at most {}", span_text(span)),
            Strictness::Under => format!("under {}", span_text(span)),
        }),
        "default" => window.default.map(span_text),
        "default from" => window.default_from.map(span_text),
        "default to" => window.default_to.map(span_text),
        _ => window.history.map(span_text),
    }
}

/// Without a range of its own, the default also counts when only the last end is sent; it is said when the page says it.
fn parts_of_spec(window: &Window, names_only_to: bool) -> Vec<Option<String>> {
    let span = |span: Option<Span>| span.map(|span| span.to_string());
    let has_only_one = window.default_from.is_none() && window.default_to.is_none() && names_only_to;
    let unless = window.reach.map(|reach| reach.unless).filter(|unless| !unless.is_empty());
    vec![
        window.limit.map(|limit| limit.to_string()),
        span(window.default),
        span(window.default_from),
        span(window.default_to.or(window.default.filter(|_| has_only_one))),
        span(window.reach.map(|reach| reach.span)),
        unless.map(|unless| unless.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")),
    ]
}

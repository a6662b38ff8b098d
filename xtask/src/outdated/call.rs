//! Compares what a page says of the call itself: credentials, costs, and whether it goes.

use super::edit::{self, Edit};
use super::finding::{Both, Change, Findings, NOTHING};
use crate::import::facts::{CallFacts, WeightCase};
use crate::problem::Place;
use crate::spec::Node;
use std::collections::BTreeMap;

pub(super) fn compare(facts: &CallFacts, spec: &Node, findings: &mut Findings<'_>) {
    access(facts, findings);
    if let Some(cases) = &facts.weight {
        weight(cases, spec, findings);
    }
    orders(facts, findings);
    caps(facts, spec, findings);
    retired(facts, spec, findings);
}

/// Returns where a key of the spec stands, or the first line of the spec.
pub(super) fn place_of(spec: &Node, key: &str, findings: &Findings<'_>) -> Place {
    edit::entry(spec, key).map_or(findings.endpoint.file.place, |entry| entry.key.place)
}

fn access(facts: &CallFacts, findings: &mut Findings<'_>) {
    let ours = &findings.endpoint.access;
    if let Some(access) = facts.access.filter(|access| *access != ours.value) {
        let write = format!("access: {}", access.as_str());
        findings.add(Change::Access, "access", Both::of(access.as_str(), ours.as_str()), ours.place, write);
    }
}

/// What counts with each parameter, and otherwise.
#[derive(Default)]
struct Weights {
    with: BTreeMap<String, u32>,
    otherwise: Option<u32>,
}

fn weight(cases: &[WeightCase], spec: &Node, findings: &mut Findings<'_>) {
    let ours = &findings.endpoint.weight;
    let mut page = Weights::default();
    for case in cases {
        match &case.with {
            Some(param) => _ = page.with.insert(param.clone(), case.weight),
            None => page.otherwise = Some(case.weight),
        }
    }
    let names: Vec<&str> = ours.with.iter().map(|(param, _)| param.as_str()).collect();
    let own: BTreeMap<&str, u32> = ours.with.iter().map(|(param, count)| (param.as_str(), *count)).collect();
    let (page_with, own_with): (Vec<&str>, Vec<&str>) =
        (page.with.keys().map(String::as_str).collect(), own.keys().copied().collect());
    let is_alike = page_with == own_with;
    let otherwise = match (is_alike, names.is_empty()) {
        (true, false) => format!("weight without {}", names.join(" and ")),
        (true, true) => "weight always".to_owned(),
        (false, _) => "weight".to_owned(),
    };
    let place = place_of(spec, "weight", findings);
    if !is_alike {
        let both = Both::of(said(page.with.iter().map(|(name, count)| (name.as_str(), *count)), page.otherwise), {
            said(ours.with.iter().map(|(name, count)| (name.as_str(), *count)), Some(ours.otherwise))
        });
        let write = format!("weight: {}", as_spec(&page));
        findings.add(Change::Weight, otherwise, both, place, write);
        return;
    }
    let values = own.iter().map(|(name, count)| (format!("weight with {name}"), page.with.get(*name).copied(), *count));
    let mut values: Vec<_> = values.collect();
    let rest = ours.otherwise;
    values.push((otherwise, page.otherwise, rest));
    for (subject, told, ours) in values {
        let Some(told) = told else { continue };
        if told == ours {
            findings.agree(Change::Weight, &subject, &ours.to_string());
            continue;
        }
        let key = subject.strip_prefix("weight ").filter(|case| case.starts_with("with ")).unwrap_or("otherwise");
        let node = edit::node(spec, &["weight", key]).or_else(|| edit::node(spec, &["weight"]));
        let write = if names.is_empty() { format!("weight: {told}") } else { format!("{key}: {told}") };
        let both = Both::of(told.to_string(), ours.to_string());
        let at = node.map_or(place, |node| node.place);
        if let Some(finding) = findings.add(Change::Weight, subject, both, at, write) {
            finding.edit = node.map(|node| Edit::replace(node.place, told.to_string()));
        }
    }
}

fn said<'a>(with: impl Iterator<Item = (&'a str, u32)>, otherwise: Option<u32>) -> String {
    let with = with.map(|(name, count)| format!("{count} with {name}"));
    let mut all: Vec<String> = with.collect();
    all.extend(otherwise.map(|count| if all.is_empty() { count.to_string() } else { format!("{count} otherwise") }));
    all.join(", ")
}

fn as_spec(weights: &Weights) -> String {
    let otherwise = weights.otherwise.or(weights.with.values().max().copied()).unwrap_or_default();
    if weights.with.is_empty() {
        return otherwise.to_string();
    }
    let with = weights.with.iter().map(|(name, count)| format!("with {name}: {count}"));
    let all: Vec<String> = with.chain([format!("otherwise: {otherwise}")]).collect();
    format!("{{ {} }}", all.join(", "))
}

fn orders(facts: &CallFacts, findings: &mut Findings<'_>) {
    let ours = findings.endpoint.orders.as_ref();
    let count = ours.map_or(0, |orders| orders.value);
    let place = ours.map_or(findings.endpoint.file.place, |orders| orders.place);
    let Some(told) = facts.orders else { return };
    if told == count {
        findings.agree(Change::Orders, "orders", &count.to_string());
    } else {
        let both = Both::of(told.to_string(), count.to_string());
        findings.add(Change::Orders, "orders", both, place, format!("orders: {told}"));
    }
}

/// A cap of which a page says nothing may stand elsewhere, so only another number is a difference.
fn caps(facts: &CallFacts, spec: &Node, findings: &mut Findings<'_>) {
    let place = place_of(spec, "caps", findings);
    for cap in &facts.caps {
        let ours = &findings.endpoint.caps;
        if ours.contains(cap) {
            continue;
        }
        let of_span = ours.iter().find(|own| own.per == cap.per).or(ours.first());
        let spec = of_span.map_or(NOTHING.to_owned(), |own| format!("{} per {:#}", own.calls, own.per));
        let span = crate::import::facts::json::span_text(cap.per);
        let write = format!("caps: [{{ calls: {}, per: {span} }}]", cap.calls);
        let both = Both::of(format!("{} per {:#}", cap.calls, cap.per), spec);
        findings.add(Change::Cap, format!("cap per {:#}", cap.per), both, place, write);
    }
}

fn retired(facts: &CallFacts, spec: &Node, findings: &mut Findings<'_>) {
    let ours = findings.endpoint.retired.as_ref().map(|retired| retired.since.as_str());
    let told = match &facts.retired_on {
        Some(day) => day.as_str(),
        None if facts.is_deprecated && ours.is_none() => "deprecated",
        None => return,
    };
    if ours == Some(told) {
        return;
    }
    let since = facts.retired_on.as_deref().unwrap_or("DATE");
    let write = format!("retired: {{ since: {since}, instead: CALL }}");
    let place = place_of(spec, "retired", findings);
    findings.add(Change::Retired, "retired", Both::of(told, ours.unwrap_or(NOTHING)), place, write);
}

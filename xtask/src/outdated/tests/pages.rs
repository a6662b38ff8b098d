//! Pages of each layout, in both languages: made from the facts, read, and held against the specs.

use super::{facts, lines, specs};
use crate::import::facts::{RuleKind, Strictness};
use crate::import::page::{Family, Language, read as read_page};
use crate::import::reading::{self, Reading};
use crate::import::tests::facts::sentences;
use crate::import::tests::render::{FAMILIES, LANGUAGES, Told, ToldParam, all, render};
use crate::outdated::compare::{FieldTypes, Languages, Told as ToldByFiles, ToldCall, compare};
use crate::outdated::finding::{Change, Finding};
use crate::spec::Specs;
use papi_spec::Span;

/// What is read from the page of a call.
pub(super) fn reading_of(call: &Told, (family, language): (Family, Language)) -> Reading {
    let text = render(call, family, language);
    let pages = read_page("page.md", text.as_bytes()).expect("a page");
    reading::read(&pages).expect("a call").remove(0)
}

/// What is told of the page of a call.
fn found(call: &Told, layout: (Family, Language), specs: &Specs) -> Vec<Finding> {
    let readings = [reading_of(call, layout)];
    let calls = readings
        .into_iter()
        .map(|reading| ToldCall {
            facts: reading.facts,
            file: "page.md".to_owned(),
            languages: Languages::One,
            types: FieldTypes::Form,
        })
        .collect();
    compare(&ToldByFiles { calls, ..ToldByFiles::default() }, specs)
}

/// All calls, with what their pages say of rules and ranges of times in the place of other sentences.
pub(super) fn calls() -> Vec<Told> {
    let facts = facts();
    let with_sentences = |mut call: Told| {
        let known = facts.iter().find(|facts| facts.method.as_str() == call.method && facts.path == call.path);
        call.notes.extend(known.iter().flat_map(|known| &known.rules).filter_map(sentences).flatten());
        call
    };
    all().into_iter().map(with_sentences).collect()
}

/// Each third of what there is, another one for each number: reading takes long in a build that is not optimised, and the reading
/// itself is tested with every call in every layout.
const STEP: usize = 3;

/// A layout and a language, another one for each number.
pub(super) fn layout(number: usize) -> (Family, Language) {
    (FAMILIES[number % FAMILIES.len()], LANGUAGES[number / FAMILIES.len() % LANGUAGES.len()])
}

#[test]
fn unchanged_pages_of_each_layout_are_no_line_at_all() {
    let specs = specs();
    let mut told = String::new();
    for (index, call) in calls().iter().enumerate() {
        for (number, family) in FAMILIES.into_iter().enumerate().skip(index % STEP).step_by(STEP) {
            let layout = (family, LANGUAGES[(index + number) % LANGUAGES.len()]);
            let found = found(call, layout, &specs);
            if !found.is_empty() {
                told.push_str(&format!("{layout:?}:\n{}\n", lines(&found, &specs)));
            }
        }
    }
    assert_eq!(told, "");
}

/// Changes one fact of a page. Returns what is expected, or none where a page has no such fact.
type Mutation = fn(&mut Told) -> Option<(Change, String)>;

const MUTATIONS: [Mutation; 10] = [
    |call| {
        call.weight.first_mut()?.1 += 7;
        Some((Change::Weight, "weight".to_owned()))
    },
    |call| {
        call.access = if call.access == "TRADE" { "USER_DATA" } else { "TRADE" }.to_owned();
        Some((Change::Access, call.access.clone()))
    },
    |call| Some((Change::Removed, call.params.pop()?.name)),
    |call| {
        let param = own_params(call).next()?;
        let name = param.name.clone();
        param.name.push_str("s2");
        Some((Change::Renamed, name))
    },
    |call| {
        let param = own_params(call).find(|param| param.words.is_empty() && param.page_type != "DECIMAL")?;
        param.page_type = "DECIMAL".to_owned();
        Some((Change::Retyped, param.name.clone()))
    },
    |call| {
        let param = call.params.last_mut()?;
        param.required = !param.required;
        Some((Change::Required, param.name.clone()))
    },
    |call| {
        let param = own_params(call).find(|param| param.default.is_some() && param.words.is_empty())?;
        param.default = Some("77".to_owned());
        Some((Change::Default, param.name.clone()))
    },
    |call| {
        let param = own_params(call).find(|param| param.max.is_some() && param.min.is_none())?;
        param.max = Some("77777".to_owned());
        Some((Change::Bound, param.name.clone()))
    },
    |call| {
        let param = call.params.iter_mut().find(|param| param.words.len() > 2)?;
        param.words.push("BRAND_NEW".to_owned());
        Some((Change::Word, param.name.clone()))
    },
    longer_range,
];

/// The parameters that the client does not add. An `OpenAPI` document has one description of those for all calls.
fn own_params(call: &mut Told) -> impl Iterator<Item = &mut ToldParam> {
    call.params.iter_mut().filter(|param| !["recvWindow", "timestamp"].contains(&param.name.as_str()))
}

/// Lets a range of times be longer.
fn longer_range(call: &mut Told) -> Option<(Change, String)> {
    let facts = facts();
    let known = facts.iter().find(|facts| facts.method.as_str() == call.method && facts.path == call.path)?;
    let mut rules = known.rules.clone();
    let rule = rules.iter_mut().find_map(|rule| match &mut rule.requirement {
        RuleKind::Window(window) if window.span.is_some() => Some(window),
        _ => None,
    })?;
    rule.span = Some((Span::Millis(77 * 24 * 3_600_000), Strictness::AtMost));
    let own = known.rules.iter().filter_map(sentences).flatten().count();
    call.notes.truncate(call.notes.len() - own);
    call.notes.extend(rules.iter().filter_map(sentences).flatten());
    Some((Change::Window, "77 days".to_owned()))
}

#[test]
fn one_changed_fact_of_a_page_is_one_line() {
    let specs = specs();
    let (mut number, mut counts, mut wrong) = (0, [0; MUTATIONS.len()], Vec::new());
    for (at, call) in calls().into_iter().enumerate() {
        for (index, mutate) in MUTATIONS.into_iter().enumerate().skip(at % STEP).step_by(STEP) {
            let mut changed = call.clone();
            let Some((change, name)) = mutate(&mut changed) else { continue };
            number += 1;
            counts[index] += 1;
            let found = found(&changed, layout(number), &specs);
            let told = lines(&found, &specs);
            if found.len() != 1 || found[0].change != change || !told.contains(&name) {
                wrong.push(format!("{} {} {:?} {change:?} {name}:\n{told}", call.method, call.path, layout(number)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {number}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(counts.iter().all(|count| *count > 2), "{counts:?}");
}

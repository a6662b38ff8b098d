//! Compares all that pages and the change log say with all specs.

use super::change_log::Announcement;
use super::finding::{Both, Change, Finding, Findings, is_said};
use super::param::Scope;
use super::{call, param, reply, rules};
use crate::import::facts::{CallFacts, Conflict, Place};
use crate::problem::Problems;
use crate::spec::{Endpoint, Node, Specs, Vocabulary, read_yaml};
use std::collections::BTreeSet;

/// What the files that were given say.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) calls: Vec<ToldCall>,
    /// The calls of each file that holds all calls of a group: method and path.
    pub(crate) lists: Vec<Vec<String>>,
    /// What change logs say, with their files.
    pub(crate) announcements: Vec<(Announcement, String)>,
}

/// What all pages of one call say.
pub(crate) struct ToldCall {
    pub(crate) facts: CallFacts,
    /// The file of the first page.
    pub(crate) file: String,
    pub(crate) languages: Languages,
    pub(crate) types: FieldTypes,
}

/// How far types of fields of a reply are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldTypes {
    /// Only what a value looks like, for which scalar it is was concluded from examples.
    Form,
    /// As the facts are compared with specs.
    Exact,
}

/// In which languages the pages of a call are. One often does not say what the other does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Languages {
    One,
    Both,
}

/// Returns what differs, in the order of specs and, for one, of its text.
pub(crate) fn compare(told: &Told, specs: &Specs) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut unknown = Vec::new();
    for call in &told.calls {
        let name = name_of(&call.facts);
        match specs.endpoints.iter().find(|endpoint| call_of(endpoint) == name) {
            Some(endpoint) => {
                let spec = tree(endpoint, specs);
                findings.extend(spec.iter().flat_map(|spec| of_call(call, endpoint, spec, specs)));
            }
            None => unknown.extend(without_spec(&call.facts, &call.file, specs)),
        }
    }
    let gone: Vec<Finding> = gone(told, specs);
    findings.extend(gone);
    for (announcement, file) in &told.announcements {
        for finding in announced(announcement, file, specs) {
            let is_told = findings.iter().chain(&unknown).any(|other| {
                let says_more = finding.change == Change::Announced || other.change == Change::Retired;
                other.call == finding.call && says_more
            });
            if !is_told {
                findings.push(finding);
            }
        }
    }
    findings.sort_by_key(|finding| finding.place.map(|place| (place.source, place.start)));
    // What has no spec stands last.
    let (mut ordered, without_place): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| finding.place.is_some());
    ordered.extend(without_place);
    ordered.extend(unknown);
    ordered
}

fn name_of(facts: &CallFacts) -> String {
    format!("{} {}", facts.method, facts.path)
}

fn call_of(endpoint: &Endpoint) -> String {
    endpoint.call.as_ref().map(|call| call.value.to_string()).unwrap_or_default()
}

/// The text of a spec as a tree. It was read before, so that there is no problem.
pub(super) fn tree(endpoint: &Endpoint, specs: &Specs) -> Option<Node> {
    let source = endpoint.file.place.source;
    read_yaml(source, &specs.sources.get(source)?.text, &mut Problems::default())
}

/// Compares what pages say of one call with its spec.
pub(super) fn of_call(told: &ToldCall, endpoint: &Endpoint, spec: &Node, specs: &Specs) -> Vec<Finding> {
    let ToldCall { facts, file, languages, types } = told;
    let scope = Scope {
        vocabulary: Vocabulary::of(&specs.shared, &endpoint.types),
        spec,
        sources: &specs.sources,
        is_whole: facts.notes.is_empty() && *languages == Languages::Both,
    };
    let mut findings = Findings::of(endpoint, name_of(facts), file);
    call::compare(facts, spec, &mut findings);
    let renamed = param::compare(facts, &scope, &mut findings);
    rules::compare(facts, &renamed, &scope, &mut findings);
    reply::compare(facts, *types, &scope.vocabulary, &mut findings);
    for conflict in &facts.conflicts {
        disagreement(conflict, spec, &mut findings);
    }
    findings.list
}

/// Two pages of a call say different things, and the spec agrees with the first.
fn disagreement(conflict: &Conflict, spec: &Node, findings: &mut Findings<'_>) {
    let subject = match conflict.subject.split_once(" of ") {
        Some((aspect, name)) => format!("{name} {aspect}"),
        None => conflict.subject.clone(),
    };
    let (name, _) = subject.split_once(' ').unwrap_or((&subject, ""));
    let is_told = findings.list.iter().any(|finding| finding.subject == subject || finding.subject == name);
    if is_told || is_said(&findings.endpoint.differs, &subject, &conflict.other.0) {
        return;
    }
    let place = param::place(name, findings).unwrap_or_else(|| call::place_of(spec, "call", findings));
    let both = Both::of(
        format!(
            "the pages disagree on the {}: {} ({}), {} ({})",
            conflict.subject,
            conflict.kept.0,
            at(&conflict.kept.1),
            conflict.other.0,
            at(&conflict.other.1)
        ),
        "",
    );
    let write = "say both in `differs`, and why the spec says what it says".to_owned();
    if let Some(finding) = findings.add(Change::Disagree, subject, both, place, write) {
        finding.told = None;
    }
}

fn at(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn without_spec(facts: &CallFacts, file: &str, specs: &Specs) -> Option<Finding> {
    let name = name_of(facts);
    let is_retired = specs.retired.iter().any(|gone| gone.call.value.to_string() == name);
    (!is_retired && !facts.is_deprecated).then(|| Finding {
        call: name,
        change: Change::Added,
        subject: "spec".to_owned(),
        page: "no spec describes this call".to_owned(),
        spec: String::new(),
        write: format!("write one with `cargo xtask import {file}`"),
        place: None,
        told: Some(Place { file: file.to_owned(), line: 0 }),
        edit: None,
    })
}

/// The calls that a list of their group no longer has. A list counts for a part of the documentation when it has at least half of
/// the calls that are documented there.
fn gone(told: &Told, specs: &Specs) -> Vec<Finding> {
    let section = |endpoint: &Endpoint| endpoint.doc_path.split('/').next().unwrap_or_default().to_owned();
    let told_calls: BTreeSet<String> = told.calls.iter().map(|call| name_of(&call.facts)).collect();
    let mut covered = BTreeSet::new();
    for list in &told.lists {
        let sections: BTreeSet<String> = specs.endpoints.iter().map(section).collect();
        for name in sections {
            let all: Vec<&Endpoint> = specs.endpoints.iter().filter(|endpoint| section(endpoint) == name).collect();
            let listed = all.iter().filter(|endpoint| list.contains(&call_of(endpoint))).count();
            if listed * 2 >= all.len() {
                covered.insert(name);
            }
        }
    }
    let missing = specs.endpoints.iter().filter(|endpoint| {
        covered.contains(&section(endpoint)) && !told_calls.contains(&call_of(endpoint)) && endpoint.retired.is_none()
    });
    let finding = |endpoint: &Endpoint| Finding {
        call: call_of(endpoint),
        change: Change::Gone,
        subject: "call".to_owned(),
        page: format!("no page tells of `{}` any more", call_of(endpoint)),
        spec: String::new(),
        write: "retired: { since: DATE, instead: CALL }, or move it to `spec/retired.yaml`".to_owned(),
        place: endpoint.call.as_ref().map(|call| call.place),
        told: None,
        edit: None,
    };
    missing.map(finding).collect()
}

/// What a change log says of calls since their specs were last compared with their pages.
fn announced(announcement: &Announcement, file: &str, specs: &Specs) -> Vec<Finding> {
    let told = Place { file: file.to_owned(), line: announcement.line };
    let newest = specs.endpoints.iter().map(|endpoint| endpoint.verified_on.as_str()).max().unwrap_or_default();
    let mut findings = Vec::new();
    for (method, path) in &announcement.calls {
        let is_it = |call: &papi_spec::Route| call.path == path && method.is_none_or(|method| method == call.method);
        let is_retired = specs.retired.iter().any(|gone| is_it(&gone.call.value));
        let known: Vec<&Endpoint> = specs
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.call.as_ref().is_some_and(|call| is_it(&call.value)))
            .collect();
        let method_text = method.map(|method| format!("{method} ")).unwrap_or_default();
        let mut add = |call: String, change, page: String, write: String, endpoint: Option<&Endpoint>| {
            let place = endpoint.and_then(|endpoint| endpoint.call.as_ref()).map(|call| call.place);
            let subject = if change == Change::Retired { "retired" } else { "announced" };
            findings.push(Finding {
                call,
                change,
                subject: subject.to_owned(),
                page,
                spec: String::new(),
                write,
                place,
                told: Some(told.clone()),
                edit: None,
            });
        };
        for endpoint in &known {
            let call = call_of(endpoint);
            let ours = endpoint.retired.as_ref().map(|retired| retired.since.as_str());
            match &announcement.retired_on {
                Some(since) if ours == Some(since.as_str()) => {}
                Some(since) => {
                    let page = format!("`{call}` goes on {since}, says the change log of {}", announcement.day);
                    let write = format!("retired: {{ since: {since}, instead: CALL }}");
                    add(call, Change::Retired, page, write, Some(endpoint));
                }
                None if announcement.day.as_str() > endpoint.verified_on.as_str() => {
                    let page =
                        format!("the change log of {} speaks of `{call}`: {}", announcement.day, announcement.text);
                    add(call, Change::Announced, page, "compare its page".to_owned(), Some(endpoint));
                }
                None => {}
            }
        }
        let is_new = known.is_empty() && !is_retired && announcement.retired_on.is_none();
        if is_new && announcement.day.as_str() > newest {
            let call = format!("{method_text}{path}");
            let page = format!("the change log of {} speaks of it: {}", announcement.day, announcement.text);
            add(call, Change::Announced, page, "save its page and import it".to_owned(), None);
        }
    }
    findings
}

//! Finds valid requests: starts from the required parameters and mends the first fault until there is none.

use super::{Draft, Edit, plain_value, values};
use papi_types::error::{Violation, ViolationKind};
use papi_types::spec::{Condition, Constraint, Kind, Requirement, State};
use papi_types::{EndpointInfo, Timestamp};
use std::collections::BTreeSet;

/// The parameters that a search leaves as they are.
pub(crate) type Fixed = BTreeSet<&'static str>;

/// So many changes are tried at most; the largest number of parameters that a word demands is four.
const MOST_CHANGES: usize = 4;

/// Only what is always required.
pub(crate) fn required_only(info: &'static EndpointInfo, now: Timestamp) -> Draft {
    let required = info.params.iter().filter(|param| param.required);
    required
        .fold(Draft::empty(info), |draft, param| draft.edited(&Edit::Send(param.name, plain_value(info, param, now))))
}

/// The valid request with the fewest changes to parameters that are not fixed.
pub(crate) fn complete(draft: &Draft, fixed: &Fixed, now: Timestamp) -> Option<Draft> {
    complete_but(draft, fixed, now, &|_| false)
}

/// The same where some violations are wanted: they must be all that is left.
pub(crate) fn complete_but(
    draft: &Draft,
    fixed: &Fixed,
    now: Timestamp,
    wanted: &dyn Fn(&Violation) -> bool,
) -> Option<Draft> {
    (0..=MOST_CHANGES).find_map(|changes| within(draft, fixed, now, wanted, changes))
}

fn within(
    draft: &Draft,
    fixed: &Fixed,
    now: Timestamp,
    wanted: &dyn Fn(&Violation) -> bool,
    changes: usize,
) -> Option<Draft> {
    let faults = draft.faults(now);
    let unwanted: Vec<_> = faults.iter().filter(|fault| !wanted(fault)).collect();
    let Some(first) = unwanted.first() else { return Some(draft.clone()) };
    let missing = unwanted.iter().filter(|fault| fault.kind() == ViolationKind::Missing).count();
    if changes == 0 || missing > changes {
        return None;
    }
    let moves = moves(draft, first.param(), now).into_iter().filter(|edit| !fixed.contains(edit.param()));
    moves.into_iter().find_map(|edit| {
        let mut fixed = fixed.clone();
        fixed.insert(edit.param());
        within(&draft.edited(&edit), &fixed, now, wanted, changes - 1)
    })
}

/// The changes that may mend a fault of a parameter: to itself, and to whatever shares a rule with it.
fn moves(draft: &Draft, param: &str, now: Timestamp) -> Vec<Edit> {
    let mut names: Vec<&str> = vec![param];
    for rule in draft.info.constraints.iter().filter(|rule| mentions(rule, param)) {
        names.extend(demanded(&rule.requirement));
        names.extend(rule.when.iter().map(|condition| condition.param));
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names.into_iter().flat_map(|name| changes(draft, name, now)).collect()
}

fn changes(draft: &Draft, name: &str, now: Timestamp) -> Vec<Edit> {
    let Some(param) = draft.info.param(name) else { return Vec::new() };
    let sent = draft.get(name);
    let worded = matches!(param.kind, Kind::Word | Kind::Bool);
    let mut edits = Vec::new();
    if sent.is_some() && !param.required {
        edits.push(Edit::Omit(param.name));
    }
    if sent.is_none() || worded {
        let others = values(draft.info, param, now).into_iter().filter(|value| Some(value.as_str()) != sent);
        edits.extend(others.map(|value| Edit::Send(param.name, value)));
    }
    edits
}

fn mentions(rule: &Constraint, param: &str) -> bool {
    demanded(&rule.requirement).contains(&param)
}

/// The parameters that a demand is about.
fn demanded(demand: &Requirement) -> Vec<&'static str> {
    match demand {
        Requirement::AtLeastOne(names)
        | Requirement::ExactlyOne(names)
        | Requirement::AtMostOne(names)
        | Requirement::Together(names)
        | Requirement::Required(names)
        | Requirement::Forbidden(names) => names.to_vec(),
        Requirement::Only { param, .. } => vec![param],
        Requirement::Window(window) => vec![window.from, window.to],
        other => panic!("a new demand: {other}"),
    }
}

/// The smallest valid requests, one for each distinct way: each word of a required parameter, each of several
/// parameters of which one must be sent.
pub(crate) fn minimal_requests(info: &'static EndpointInfo, now: Timestamp) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for way in ways(info, now) {
        let seed = required_only(info, now).edited_by(&way);
        let fixed = seed.names().chain(way.iter().map(Edit::param)).collect();
        let request = complete(&seed, &fixed, now);
        let request = request.unwrap_or_else(|| panic!("{}: nothing valid with {way:?}", info.type_path()));
        if !found.iter().any(|other| other.pairs() == request.pairs()) {
            found.push(request);
        }
    }
    found
}

fn ways(info: &'static EndpointInfo, now: Timestamp) -> Vec<Vec<Edit>> {
    let mut ways = Vec::new();
    for param in info.params.iter().filter(|param| param.required) {
        ways.extend(values(info, param, now).into_iter().map(|value| vec![Edit::Send(param.name, value)]));
    }
    for rule in info.constraints {
        let (Requirement::ExactlyOne(names) | Requirement::AtLeastOne(names)) = rule.requirement else { continue };
        for name in names {
            let Some(param) = info.param(name) else { continue };
            let mut way: Vec<_> = rule.when.iter().map(|condition| satisfied(info, condition, now)).collect();
            way.push(Edit::Send(param.name, plain_value(info, param, now)));
            ways.push(way);
        }
    }
    if ways.is_empty() {
        ways.push(Vec::new());
    }
    ways
}

fn satisfied(info: &EndpointInfo, condition: &Condition, now: Timestamp) -> Edit {
    let param = info.param(condition.param).expect("a parameter of the endpoint");
    match condition.state {
        State::Absent => Edit::Omit(param.name),
        State::Present => Edit::Send(param.name, plain_value(info, param, now)),
        State::OneOf(values) => Edit::Send(param.name, values[0].to_owned()),
        other => panic!("a new condition: {other:?}"),
    }
}

/// The largest valid requests: each of the smallest with all that the rules allow beside it, and one for each
/// parameter that has no place in those.
pub(crate) fn maximal_requests(info: &'static EndpointInfo, now: Timestamp) -> Vec<Draft> {
    let smallest = minimal_requests(info, now);
    let mut found: Vec<Draft> = smallest.iter().map(|request| maximal(request, now)).collect();
    for param in info.params {
        if !found.iter().any(|request| request.has(param.name)) {
            let larger = smallest.iter().find_map(|request| with_one_more(request, param.name, now));
            let larger = larger.unwrap_or_else(|| panic!("{}: nothing valid with {}", info.type_path(), param.name));
            found.push(maximal(&larger, now));
        }
    }
    found
}

/// A request with every optional parameter added that the rules allow beside the ones before.
fn maximal(request: &Draft, now: Timestamp) -> Draft {
    request
        .info
        .params
        .iter()
        .fold(request.clone(), |draft, param| with_one_more(&draft, param.name, now).unwrap_or(draft))
}

/// The request with one more parameter, and what that one demands. None when it is there or the rules refuse it.
pub(crate) fn with_one_more(draft: &Draft, name: &str, now: Timestamp) -> Option<Draft> {
    let param = draft.info.param(name).filter(|param| !draft.has(param.name))?;
    let fixed = draft.names().chain([param.name]).collect();
    let edits = values(draft.info, param, now).into_iter().map(|value| Edit::Send(param.name, value));
    edits.into_iter().find_map(|edit| complete(&draft.edited(&edit), &fixed, now))
}

//! Says of each call what its spec says, in the form in which the facts say it.

use super::fields;
use super::read::{Facts, all, in_order};
use super::words::known_words;
use super::{CALL, Sheet, Sheets};
use crate::replies::strict;
use binance_papi::spec::{Bound, Kind, Limit, ParamInfo, Span, Weight};
use binance_papi::{ENDPOINTS, EndpointInfo, RETIRED};
use std::collections::{BTreeMap, BTreeSet};

/// What the specs say of all calls, those that are gone included.
pub(super) fn sheets() -> Sheets {
    let facts: BTreeMap<String, Facts> = all().into_iter().map(|facts| (facts.call.clone(), facts)).collect();
    let offered = ENDPOINTS.iter().map(|info| {
        let call = format!("{} {}", info.method, info.path);
        let sheet = sheet(info, facts.get(&call));
        (call, sheet)
    });
    let gone = RETIRED.iter().map(|call| {
        let said = BTreeMap::from([("retired".to_owned(), call.retired.since.to_owned())]);
        (format!("{} {}", call.method, call.path), Sheet::from([(CALL.to_owned(), said)]))
    });
    offered.chain(gone).collect()
}

fn sheet(info: &EndpointInfo, facts: Option<&Facts>) -> Sheet {
    let mut sheet = Sheet::from([(CALL.to_owned(), call(info))]);
    sheet.extend(info.params.iter().map(|info| (info.name.to_owned(), param(info))));
    if let Some(facts) = facts {
        add_fields(info, facts, &mut sheet);
        sheet.extend(examples(info, facts).into_iter().map(|name| (name, BTreeMap::new())));
    }
    sheet
}

/// Adds the fields of the reply: those of the facts as the spec describes them, and those that only the spec has.
fn add_fields(info: &EndpointInfo, facts: &Facts, sheet: &mut Sheet) {
    let mut ours = fields::in_schema(info.reply);
    let mut met = BTreeSet::new();
    for field in &facts.fields {
        let Some(path) = ours.keys().find(|path| fields::is_at(path, &field.path)).cloned() else { continue };
        let mut said = ours[&path].clone();
        // A type may know words that this call does not have.
        if said.contains_key("words") && !field.words.is_empty() {
            said.insert("words".to_owned(), known_words(info, &facts.examples, &field.path, &field.words));
        } else {
            said.remove("words");
        }
        // Who leaves out more than the facts know of is read as well.
        if field.optional && fields::reads_without(&facts.examples, &field.path, info.reprint) {
            said.insert("optional".to_owned(), "yes".to_owned());
        }
        sheet.insert(format!("reply {}", field.path), said);
        met.insert(path);
    }
    ours.retain(|path, _| !met.contains(path));
    sheet.extend(ours.into_iter().map(|(path, said)| (format!("reply {path}"), said)));
}

fn call(info: &EndpointInfo) -> BTreeMap<String, String> {
    let mut call = BTreeMap::from([
        ("access".to_owned(), info.access.to_string()),
        ("orders".to_owned(), info.order_cost.to_string()),
    ]);
    call.extend(info.caps.iter().map(|cap| (format!("cap per {:#}", cap.per), cap.calls.to_string())));
    match info.weight {
        Weight::ByParam { with, otherwise } => {
            call.extend(with.iter().map(|(param, weight)| (format!("weight with {param}"), weight.to_string())));
            let without: Vec<_> = with.iter().map(|(param, _)| *param).collect();
            call.insert(format!("weight without {}", without.join(" and ")), otherwise.to_string());
        }
        fixed => {
            call.insert("weight always".to_owned(), fixed.to_string());
        }
    }
    call
}

fn param(info: &ParamInfo) -> BTreeMap<String, String> {
    let kind = match info.kind {
        Kind::Time => Kind::Integer,
        kind => kind,
    };
    let said = [
        ("type", Some(kind.to_string())),
        ("required", info.required.then(|| "yes".to_owned())),
        ("default", info.default.map(str::to_owned)),
        ("min", info.min.map(|edge| bound(edge, '>'))),
        ("max", info.max.map(|edge| bound(edge, '<'))),
        ("length", info.length.map(|(shortest, longest)| format!("{shortest}..{longest}"))),
        ("chars", info.chars.map(str::to_owned)),
        ("words", (info.kind == Kind::Word).then(|| in_order(info.words.iter().copied()))),
    ];
    said.into_iter().filter_map(|(aspect, value)| Some((aspect.to_owned(), value?))).collect()
}

fn bound(edge: Bound, outside: char) -> String {
    let from_now = |span| match span {
        Span::Millis(millis) => format!("now + {millis} ms"),
        months @ Span::Months(_) => format!("now + {months}"),
    };
    let limit = |limit| match limit {
        Limit::Number(number) => number.to_string(),
        Limit::FromNow(span) => from_now(span),
        other => panic!("no fact has a bound such as {other}"),
    };
    match edge {
        Bound::Closed(inside) => limit(inside),
        Bound::Open(first_outside) => format!("{outside} {}", limit(first_outside)),
    }
}

/// The documented replies that the spec has, by their number in the facts, and those that it has on its own.
fn examples(info: &EndpointInfo, facts: &Facts) -> Vec<String> {
    let ours: Vec<_> = info.examples.iter().map(|example| strict(example)).collect();
    let documented: Vec<_> = facts.examples.iter().map(|example| strict(example)).collect();
    let shared = documented.iter().enumerate().filter(|(_, example)| ours.contains(example));
    let own = ours.iter().filter(|example| !documented.contains(example)).enumerate();
    let shared = shared.map(|(index, _)| format!("example {}", index + 1));
    shared.chain(own.map(|(index, _)| format!("own example {}", index + 1))).collect()
}

//! Says of each call what its spec says, in the form in which the facts say it.

use super::read::{Facts, all, in_order};
use super::words::known_words;
use super::{CALL, Sheet, Sheets};
use crate::replies::strict;
use binance_papi::spec::{Bound, Kind, Limit, ParamInfo, Span, Weight};
use binance_papi::{ENDPOINTS, EndpointInfo, RETIRED};
use std::collections::BTreeMap;

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
        sheet.extend(facts.reply_words.iter().map(|(path, words)| {
            let known = known_words(info, &facts.examples, path, words);
            (format!("reply {path}"), BTreeMap::from([("words".to_owned(), known)]))
        }));
        sheet.extend(examples(info, facts).into_iter().map(|name| (name, BTreeMap::new())));
    }
    sheet
}

fn call(info: &EndpointInfo) -> BTreeMap<String, String> {
    let mut call = BTreeMap::from([
        ("access".to_owned(), info.access.to_string()),
        ("orders".to_owned(), info.order_cost.to_string()),
    ]);
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

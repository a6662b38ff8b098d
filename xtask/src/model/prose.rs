//! What specs say as data, in sentences for people.

use crate::spec::{Constraints, Endpoint, Param, Weight};
use papi_spec::{Constraint, Limit};

/// A weight: 20 with `symbol`, 50 otherwise.
pub(crate) fn weight(weight: &Weight) -> String {
    if weight.with.is_empty() {
        return weight.otherwise.to_string();
    }
    let with = weight.with.iter().map(|(param, count)| format!("{count} with `{}`", **param));
    with.chain([format!("{} otherwise", weight.otherwise)]).collect::<Vec<_>>().join(", ")
}

/// Call, credentials, effect and costs in one line.
pub(crate) fn facts(endpoint: &Endpoint, call: &str) -> String {
    let mut facts = vec![
        format!("`{call}`"),
        format!("access {}", *endpoint.access),
        format!("effect {}", endpoint.effect),
        format!("weight {}", weight(&endpoint.weight)),
    ];
    if let Some(orders) = endpoint.orders.as_ref().filter(|orders| orders.value > 0) {
        facts.push(format!("counts as {}", plural(orders.value, "order")));
    }
    facts.extend(endpoint.caps.iter().map(|cap| format!("at most {} per {:#}", plural(cap.calls, "call"), cap.per)));
    facts.join(" · ")
}

fn plural(count: u32, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Returns what to do when no answer arrives; none when the spec names no call for it.
pub(crate) fn lost_answer(endpoint: &Endpoint) -> Option<String> {
    if let Some(call) = &endpoint.shown_by {
        let call = &call.value;
        return Some(format!("When no answer arrives, look at `{call}`; no query tells about this call alone."));
    }
    if let Some(reason) = &endpoint.nothing_tells {
        return Some(format!("When no answer arrives, nothing tells whether it acted. {}", **reason));
    }
    let calls = endpoint.settle.iter().filter_map(|ask| ask.call.as_ref());
    let mut asked: Vec<String> = calls.map(|call| format!("`{}`", call.value)).collect();
    asked.dedup();
    (!asked.is_empty()).then(|| format!("When no answer arrives, ask {}.", asked.join(", then ")))
}

/// One entry of constraints: when `type` is LIMIT: `quantity` required; exactly one of `price`, `priceMatch`.
pub(crate) fn constraints(entry: &Constraints) -> String {
    let requirements: Vec<String> = entry.requirements.iter().map(|one| format!("{:#}", one.value)).collect();
    let requirements = requirements.join("; ");
    if entry.when.is_empty() { requirements } else { format!("{:#}: {requirements}", Constraint::when(entry.when)) }
}

/// A parameter that is gone: `page`, since 2026-10-28: what it meant.
pub(crate) fn removed(param: &Param) -> String {
    let since = param.removed.as_ref().map_or("", |date| date.as_str());
    format!("`{}`, since {since}: {}", *param.wire, *param.doc)
}

/// What a parameter's values may be: `Default 50; 1 to 100.`
pub(crate) fn values(param: &Param) -> Option<String> {
    let mut facts = Vec::new();
    facts.extend(param.default.as_ref().map(|default| format!("default {}", **default)));
    facts.extend(range(param));
    if let Some(length) = &param.length {
        let chars = param.chars.as_ref().map(|chars| format!(" of {}", code(chars))).unwrap_or_default();
        let (least, most) = length.value;
        let range = if least == most { String::new() } else { format!("{least} to ") };
        facts.push(format!("{range}{}{chars}", plural(most, "character")));
    } else if let Some(chars) = &param.chars {
        facts.push(format!("only characters of {}", code(chars)));
    }
    if let Some(words) = &param.words {
        facts.push(format!("one of {}", words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")));
    }
    let facts = facts.join("; ");
    let first = facts.chars().next()?;
    Some(format!("{}{}.", first.to_uppercase(), &facts[first.len_utf8()..]))
}

/// A text as code, in as many backticks as it needs.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn range(param: &Param) -> Option<String> {
    let text = |bound: &str| Limit::parse(bound).map_or_else(|| bound.to_owned(), |bound| bound.to_string());
    if let (Some(min), Some(max)) = (&param.min, &param.max) {
        return Some(format!("{} to {}", text(min), text(max)));
    }
    let ends = [
        param.min.as_ref().map(|bound| format!("at least {}", text(bound))),
        param.above.as_ref().map(|bound| format!("more than {}", text(bound))),
        param.max.as_ref().map(|bound| format!("at most {}", text(bound))),
        param.below.as_ref().map(|bound| format!("less than {}", text(bound))),
    ];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    (!ends.is_empty()).then(|| ends.join(", "))
}

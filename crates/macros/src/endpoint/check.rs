//! Finds what is said but cannot be: names of parameters that do not exist, words the exchange does not have, forms
//! that leave a required parameter open.

use super::model::{Condition, Demand, Model, Shows, Weight};
use crate::problems::{Problems, suggestion};
use syn::Ident;

pub(super) fn check(model: &Model, problems: &mut Problems) {
    check_arguments(model, problems);
    check_params(model, problems);
    for ident in named_params(model) {
        check_param_name(ident, model, problems);
    }
    check_forms(model, problems);
}

const GROUPS: [&str; 6] = ["um", "cm", "margin", "account", "market", "stream"];
const ACCESS: [&str; 5] = ["NONE", "USER_STREAM", "USER_DATA", "TRADE", "MARGIN"];
const EFFECTS: [&str; 3] = ["read", "idempotent", "once"];

fn check_arguments(model: &Model, problems: &mut Problems) {
    let arguments = &model.arguments;
    let words = [
        ("group", &arguments.group, &GROUPS[..]),
        ("access", &arguments.access, &ACCESS),
        ("effect", &arguments.effect, &EFFECTS),
    ];
    for (name, given, known) in words {
        if let Some(word) = given {
            let text = word.to_string();
            if !known.contains(&text.as_str()) {
                let mut hint = suggestion(&text, known.iter().copied());
                if hint.is_empty() {
                    hint = format!(", expected one of: {}", known.join(", "));
                }
                problems.at(word, format!("`{text}` is no {name}{hint}"));
            }
        }
    }
    let names = model.paging.as_ref().and_then(|paging| paging.names.as_ref());
    let calls = arguments
        .call
        .iter()
        .chain(arguments.settle.iter().map(|ask| &ask.call))
        .chain(&arguments.shown_by)
        .chain(names);
    for call in calls {
        if split_call(&call.value()).is_none() {
            problems.at(call, "expected a method and a path: \"GET /papi/v1/..\"");
        }
    }
}

/// The method as a variant of `Method`, and the path.
pub(super) fn split_call(call: &str) -> Option<(&'static str, &str)> {
    let (method, path) = call.split_once(' ')?;
    let variant = match method {
        "GET" => "Get",
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        _ => return None,
    };
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    (path.starts_with('/') && plain).then_some((variant, path))
}

fn check_params(model: &Model, problems: &mut Problems) {
    for (index, param) in model.params.iter().enumerate() {
        if model.params[..index].iter().any(|earlier| earlier.wire.value() == param.wire.value()) {
            problems.at(&param.wire, format!("there are two parameters `{}`", param.wire.value()));
        }
        if ["recvWindow", "timestamp", "signature"].contains(&param.wire.value().as_str()) {
            problems.at(&param.wire, "the runtime adds this parameter, a request does not have it");
        }
        if param.doc.is_empty() {
            problems.at(&param.field, "a parameter needs documentation: what it means, and what its absence means");
        }
    }
}

/// Every place where an attribute names a parameter.
fn named_params(model: &Model) -> Vec<&Ident> {
    let mut named: Vec<&Ident> = Vec::new();
    if let Some(Weight::ByParam { with, .. }) = &model.arguments.weight {
        named.extend(with.iter().map(|(param, _)| param));
    }
    named.extend(&model.arguments.client_id);
    for ask in &model.arguments.settle {
        // With `each`, the values come from fields of a reply.
        let with = ask.with.iter().filter(|_| ask.each.is_none());
        let same: &[_] = if let Shows::Fields { same, .. } = &ask.shows { same } else { &[] };
        named.extend(with.chain(same).map(|(_, ours)| ours));
    }
    for rule in &model.rules {
        named.extend(rule.when.iter().map(|condition| &condition.param));
        rule.demands.iter().for_each(|demand| named.extend(demand_params(demand)));
    }
    if let Some(paging) = &model.paging {
        named.extend(paging.window.iter().flat_map(|(from, to, _)| [from, to]));
        named.extend([&paging.cap, &paging.from_id, &paging.page].into_iter().flatten());
        named.extend(&paging.narrow_by);
    }
    for form in &model.forms {
        named.extend(form.set.iter().map(|(param, _)| param));
        named.extend(&form.take);
    }
    named
}

fn demand_params(demand: &Demand) -> Vec<&Ident> {
    match demand {
        Demand::AtLeastOne(params)
        | Demand::ExactlyOne(params)
        | Demand::AtMostOne(params)
        | Demand::Together(params)
        | Demand::Need(params)
        | Demand::Forbid(params) => params.iter().collect(),
        Demand::Only(param, _) => vec![param],
        Demand::Window(window) => {
            let unless: &[Condition] = window.history.as_ref().map_or(&[], |history| &history.unless);
            [&window.from, &window.to].into_iter().chain(unless.iter().map(|condition| &condition.param)).collect()
        }
    }
}

fn check_param_name(ident: &Ident, model: &Model, problems: &mut Problems) {
    let names: Vec<String> = model.params.iter().map(|param| param.wire.value()).collect();
    if names.iter().any(|name| ident == name) {
        return;
    }
    let word = ident.to_string();
    let mut hint = suggestion(&word, names.iter().map(String::as_str));
    if let Some(param) = model.params.iter().find(|param| *ident == param.field) {
        hint = format!(", its name on the wire is `{}`", param.wire.value());
    }
    problems.at(ident, format!("there is no parameter `{word}`{hint}"));
}

fn check_forms(model: &Model, problems: &mut Problems) {
    for form in &model.forms {
        for param in model.params.iter().filter(|param| param.required) {
            let wire = param.wire.value();
            let covered = form.take.iter().chain(form.set.iter().map(|(name, _)| name)).any(|name| *name == wire);
            if !covered {
                problems.at(&form.name, format!("form `{}` leaves the required parameter `{wire}` open", form.name));
            }
        }
    }
}

//! Compares the two states of an endpoint: what programs name of its request, and what happens when they send it.

use super::change::{Changes, Impact};
use super::param;
use super::specs::both;
use crate::model::prose;
use crate::problem::At;
use crate::spec::{Ask, Endpoint, Paging, Shows};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn compare(before: &Endpoint, after: &Endpoint, changes: &mut Changes<'_>) {
    param::compare(before, after, changes);
    forms(before, after, changes);
    changes.name("the type of the reply", &before.reply.to_string(), &after.reply.to_string());
    rows(before, after, changes);
    let mut value = |what: &str, of: &dyn Fn(&Endpoint) -> Option<String>| changes.value(what, of(before), of(after));
    value("the call", &|spec| spec.call.as_ref().map(|call| format!("`{}`", call.value)));
    value("the access", &|spec| Some(spec.access.to_string()));
    value("the effect", &|spec| Some(spec.effect.to_string()));
    value("the weight", &|spec| Some(prose::weight(&spec.weight)));
    value("the count of orders", &|spec| Some(spec.orders.as_ref().map_or(0, |orders| orders.value).to_string()));
    value("the cap on calls", &|spec| listed(spec.caps.iter().map(|cap| format!("{} per {:#}", cap.calls, cap.per))));
    value("the parameter with the caller's id", &|spec| {
        listed(spec.client_ids.iter().map(|name| format!("`{}`", **name)))
    });
    value("what settles a lost call", &|spec| listed(spec.settle.iter().map(question)));
    value("what shows a lost call", &|spec| spec.shown_by.as_ref().map(|call| format!("`{}`", call.value)));
    value("what replaces it", &|spec| {
        spec.retired.as_ref().map(|retired| format!("{} since {}", retired.instead_text(), *retired.since))
    });
    constraints(before, after, changes);
}

fn listed(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A constructor.
struct Form<'s> {
    arguments: Vec<&'s str>,
    set: Vec<(&'s str, &'s str)>,
    is_deprecated: bool,
}

/// The constructors by name. Without any, there is `new` with what is required.
fn forms_of(endpoint: &Endpoint) -> BTreeMap<&str, Form<'_>> {
    if endpoint.constructors.is_empty() {
        let required = endpoint.params.iter().filter(|param| param.required).map(|param| param.wire.as_str());
        return BTreeMap::from([(
            "new",
            Form { arguments: required.collect(), set: Vec::new(), is_deprecated: false },
        )]);
    }
    endpoint
        .constructors
        .iter()
        .map(|form| {
            let arguments = form.take.iter().map(|name| name.as_str()).collect();
            let set = form.set.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            (form.name.as_str(), Form { arguments, set, is_deprecated: form.deprecated.is_some() })
        })
        .collect()
}

fn forms(before: &Endpoint, after: &Endpoint, changes: &mut Changes<'_>) {
    let gains_forms = before.constructors.is_empty() && !after.constructors.is_empty();
    for (name, old, new) in both(&forms_of(before), &forms_of(after)) {
        match (old, new) {
            (Some(old), Some(new)) => form(name, old, new, changes),
            (None, Some(_)) => changes.add(Impact::Additive, format!("the constructor `{name}` is new")),
            (Some(_), None) if gains_forms => {
                let keep = "keep it as a constructor with `deprecated`";
                changes.add(Impact::Breaking, format!("the constructor `{name}` is gone with the first form: {keep}"));
            }
            (Some(_), None) => changes.add(Impact::Breaking, format!("the constructor `{name}` is gone")),
            (None, None) => {}
        }
    }
}

fn form(name: &str, before: &Form<'_>, after: &Form<'_>, changes: &mut Changes<'_>) {
    if before.arguments != after.arguments {
        let list = |form: &Form<'_>| form.arguments.join(", ");
        changes.name(
            &format!("the constructor `{name}`"),
            &format!("({})", list(before)),
            &format!("({})", list(after)),
        );
    }
    let set = |form: &Form<'_>| listed(form.set.iter().map(|(name, value)| format!("`{name}` to {value}")));
    changes.value(&format!("what `{name}` sets"), set(before), set(after));
    if after.is_deprecated && !before.is_deprecated {
        changes.add(Impact::Additive, format!("the constructor `{name}` is deprecated"));
    }
}

/// A list that comes in parts has a type of its rows, which programs name when they walk it.
fn rows(before: &Endpoint, after: &Endpoint, changes: &mut Changes<'_>) {
    match (&before.paging, &after.paging) {
        (None, Some(_)) => changes.add(Impact::Additive, "its history can be walked"),
        (Some(_), None) => changes.add(Impact::Breaking, "its history can no longer be walked"),
        (Some(old), Some(new)) => {
            let rows = |paging: &Paging| paging.rows.as_ref().map_or_else(String::new, |rows| rows.value.clone());
            changes.name("the field with the rows", &rows(old), &rows(new));
            changes.value("how its history is walked", Some(walk(old)), Some(walk(new)));
        }
        (None, None) => {}
    }
}

fn walk(paging: &Paging) -> String {
    let mut parts = Vec::new();
    parts.extend(paging.window.as_ref().map(|step| format!("{} to {} in {}", *step.from, *step.to, step.step)));
    parts.extend(paging.from_id.as_ref().map(|name| format!("from {}", **name)));
    parts.extend(paging.page.as_ref().map(|name| format!("pages by {}", **name)));
    parts.extend(paging.cap.as_ref().map(|name| format!("cap {}", **name)));
    parts.extend(paging.total.as_ref().map(|name| format!("total {}", **name)));
    parts.extend(paging.time.as_ref().map(|name| format!("time {}", **name)));
    parts.extend(paging.names.as_ref().map(|call| format!("names of {}", call.value)));
    parts.push(format!("key {}", words(&paging.key)));
    parts.push(format!("narrowed by {}", words(&paging.narrow_by)));
    parts.join("; ")
}

fn words(names: &[At<String>]) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" ")
}

fn question(ask: &Ask) -> String {
    let pairs = |pairs: &[(At<String>, At<String>)]| {
        pairs.iter().map(|(left, right)| format!("{}={}", **left, **right)).collect::<Vec<_>>().join(" ")
    };
    let call = ask.call.as_ref().map(|call| call.value.to_string()).unwrap_or_default();
    let shows = match &ask.shows {
        None => String::new(),
        Some(Shows::Found(retention)) => format!("found ({retention:?})"),
        Some(Shows::NothingLeft) => "nothing left".to_owned(),
        Some(Shows::Fields { same, state }) => {
            let state = state.as_ref().map(|state| {
                let kinds = [&state.acted, &state.open, &state.ended, &state.unclear].map(|kind| words(kind));
                format!("{} acted {} open {} ended {} unclear {}", *state.field, kinds[0], kinds[1], kinds[2], kinds[3])
            });
            format!("{} {}", pairs(same), state.unwrap_or_default())
        }
    };
    let each = ask.each.as_ref().map(|name| format!(" each {}", **name)).unwrap_or_default();
    let since = ask.since.as_ref().map(|name| format!(" since {}", **name)).unwrap_or_default();
    format!("`{call}` with {}{each}: {shows}{since}", pairs(&ask.with))
}

fn constraints(before: &Endpoint, after: &Endpoint, changes: &mut Changes<'_>) {
    let all =
        |endpoint: &Endpoint| -> BTreeSet<String> { endpoint.constraints.iter().map(prose::constraints).collect() };
    let (old, new) = (all(before), all(after));
    for gone in old.difference(&new) {
        changes.add(Impact::Behaviour, format!("no longer a constraint: {gone}"));
    }
    for added in new.difference(&old) {
        changes.add(Impact::Behaviour, format!("a constraint: {added}"));
    }
}

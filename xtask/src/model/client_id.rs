//! What follows from a parameter being a client id: its type can be made up, and the documentation says who does.

use super::doc::Block;
use super::request::field_name;
use crate::spec::{Endpoint, Param, TypeUse};
use std::collections::BTreeSet;

/// The types of all client ids.
pub(super) fn types(endpoints: &[Endpoint]) -> BTreeSet<&str> {
    endpoints.iter().flat_map(params).filter_map(type_name).collect()
}

/// The section on the ids that a caller may leave out.
pub(super) fn section(endpoint: &Endpoint) -> Vec<Block> {
    let optional: Vec<&Param> = params(endpoint).filter(|param| !param.required).collect();
    let Some(first) = optional.first() else { return Vec::new() };
    let names: Vec<String> = optional.iter().map(|param| format!("`{}`", *param.wire)).collect();
    let made = match names.as_slice() {
        [name] => format!("Without {name} the client makes one before it sends; reply and error tell it."),
        names => format!(
            "Of {} the client makes those that are missing before it sends; the reply tells all, an error the first.",
            names.join(", ")
        ),
    };
    let kept = "An id that the caller made is known even when the call's future is dropped. It tells which order to ask \
                for, and is never a reason to send one again: only among open orders are duplicates refused.";
    let mut section = vec![Block::Heading("Client id"), Block::Text(format!("{made} {kept}"))];
    section.extend(type_name(first).map(|ty| Block::Lines(example(endpoint, first, ty))));
    section
}

fn example(endpoint: &Endpoint, id: &Param, ty: &str) -> Vec<String> {
    let (group, name) = (endpoint.file.group, &*endpoint.name);
    vec![
        "```".to_owned(),
        format!("# use papi_types::{{{ty}, {group}::{name}}};"),
        format!("# fn known(request: {name}) {{"),
        format!("let id = {ty}::generate(); // keep it, then send"),
        format!("let request = request.{}(&id);", field_name(id)),
        "# }".to_owned(),
        "```".to_owned(),
    ]
}

fn params(endpoint: &Endpoint) -> impl Iterator<Item = &Param> {
    let named = |name: &str| endpoint.params.iter().find(|param| *param.wire == *name);
    endpoint.client_ids.iter().filter_map(move |name| named(name))
}

fn type_name(param: &Param) -> Option<&str> {
    match &param.ty {
        TypeUse::Named(name) => Some(name),
        _ => None,
    }
}

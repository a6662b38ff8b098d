//! The parameters that are client ids: which of their types can be generated, and what the documentation says about them.

use super::doc::Block;
use crate::rust_name::field_name;
use crate::spec::{Endpoint, Param, TypeUse};
use std::collections::BTreeSet;

/// Returns the types of all client ids.
pub(super) fn types(endpoints: &[Endpoint]) -> BTreeSet<&str> {
    endpoints.iter().flat_map(params).filter_map(type_name).collect()
}

/// Returns the section on the ids that a caller may leave out.
pub(super) fn section(endpoint: &Endpoint) -> Vec<Block> {
    let optional: Vec<&Param> = params(endpoint).filter(|param| !param.required).collect();
    let Some(first) = optional.first() else { return Vec::new() };
    let names: Vec<String> = optional.iter().map(|param| format!("`{}`", *param.wire)).collect();
    let made = match names.as_slice() {
        [name] => format!("If {name} is absent, the client makes one before it sends; reply and error contain it."),
        names => format!(
            "If some of {} are absent, the client makes them before it sends; the reply contains all, an error the first.",
            names.join(", ")
        ),
    };
    let kept = "A caller who makes the id still has it when the call's future is dropped, and can ask for the order. \
                The id does not make it safe to send the order again: the exchange refuses duplicates among open orders only.";
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
        format!("let request = request.{}(&id);", *field_name(&id.wire, id.rust.as_ref())),
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

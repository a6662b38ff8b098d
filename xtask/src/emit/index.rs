//! The files that hold the others together: modules, and the table of all endpoints.

use super::{condition, doc, each, header};
use crate::model::{Model, Module};
use papi_spec::Group;
use std::fmt::Write as _;

/// `mod.rs`
pub(crate) fn root(model: &Model<'_>) -> String {
    let header = header(&["//! Everything that is made from the specs.".to_owned()], "spec/");
    let groups: String =
        each(&model.groups, |module| format!("{}pub mod {};\n", condition(module.feature().as_slice()), module.group));
    let mut modules = "mod endpoints;\n".to_owned();
    let mut names = "pub use endpoints::{ENDPOINTS, RETIRED};\n".to_owned();
    let mut events = String::new();
    if !model.events.is_empty() {
        let condition = condition(&[Group::Stream.as_str()]);
        events = format!("{condition}pub mod events;\n");
        names = format!("{names}{condition}pub use events::{{AccountEvent, EVENTS}};\n");
    }
    let parts = [("ids", model.has_ids()), ("shapes", !model.shapes.is_empty()), ("words", !model.words.is_empty())];
    for (part, _) in parts.iter().filter(|(_, exists)| *exists) {
        let _ = writeln!(modules, "mod {part};");
        let _ = writeln!(names, "pub use {part}::*;");
    }
    format!(
        "{header}#![allow(
    clippy::doc_markdown,
    clippy::large_enum_variant,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    reason = \"the exchange's words and fields stand as the exchange has them\"
)]

{groups}{events}
{modules}
{names}"
    )
}

/// `endpoints.rs`
pub(crate) fn endpoints(model: &Model<'_>) -> String {
    let header =
        header(&["//! The table of all endpoints, and of the calls that the exchange took away.".to_owned()], "spec/");
    let row = |module: &Module<'_>| {
        let condition = condition(module.feature().as_slice());
        each(&module.requests, |request| {
            format!("    {condition}super::{}::{}::INFO,\n", module.group, *request.endpoint.name)
        })
    };
    let rows = each(&model.groups, row);
    let retired = each(model.retired, |gone| {
        format!(
            "    RetiredCall {{
        method: Method::{:?},
        path: {:?},
        retired: Retired {{ since: {:?}, instead: {:?} }},
    }},
",
            gone.call.method,
            gone.call.path,
            *gone.retired.since,
            gone.retired.instead_text()
        )
    });
    let (imports, of_spec) = if retired.is_empty() {
        ("EndpointInfo", "RetiredCall")
    } else {
        ("{EndpointInfo, Method}", "{Retired, RetiredCall}")
    };
    format!(
        "{header}use crate::spec::{of_spec};
use crate::{imports};

/// Every endpoint this version knows, by group, path and method.
pub static ENDPOINTS: &[&EndpointInfo] = &[
{rows}];

/// Calls that the exchange took away, with what replaces them.
pub static RETIRED: &[RetiredCall] = &[
{retired}];
"
    )
}

/// `um/mod.rs`
pub(crate) fn group(module: &Module<'_>) -> String {
    let mut about = vec![
        format!("//! {}: requests and their replies.", module.group.about()),
        "//!".to_owned(),
        "//! | Request | Call | Weight | Purpose |".to_owned(),
        "//! |---|---|---|---|".to_owned(),
    ];
    for request in &module.requests {
        let doc = doc::escape(request.about.first()).replace('|', "\\|");
        about.push(format!("//! | [`{}`] | `{}` | {} | {doc} |", *request.endpoint.name, request.call, request.weight));
    }
    let header = header(&about, &format!("spec/{}/", module.group));
    let modules: String = each(&module.requests, |request| format!("mod {};\n", request.endpoint.file.stem));
    let names: String = each(&module.requests, |request| format!("pub use {}::*;\n", request.endpoint.file.stem));
    // So a type keeps its path when it moves from an endpoint to those that several share.
    let shapes = match module.shapes.as_slice() {
        [] => String::new(),
        shapes => format!("#[doc(no_inline)]\npub use super::{{{}}};\n", shapes.join(", ")),
    };
    format!("{header}{modules}\n{names}{shapes}")
}

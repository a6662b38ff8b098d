//! The files that hold the others together: modules, and the table of all endpoints.

use super::{condition, doc, each, header};
use crate::model::{Group, Model};
use std::fmt::Write as _;

/// `mod.rs`
pub(crate) fn root(model: &Model) -> String {
    let header = header(&["//! Everything that is made from the specs.".to_owned()], "spec/");
    let groups: String =
        each(&model.groups, |group| format!("{}pub mod {};\n", condition(group.feature.as_slice()), group.name));
    let mut modules = "mod endpoints;\n".to_owned();
    let mut names = "pub use endpoints::{ENDPOINTS, RETIRED};\n".to_owned();
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

{groups}
{modules}
{names}"
    )
}

/// `endpoints.rs`
pub(crate) fn endpoints(model: &Model) -> String {
    let header = header(&["//! The table of all endpoints, and of those that are gone.".to_owned()], "spec/");
    let row = |group: &Group| {
        let condition = condition(group.feature.as_slice());
        each(&group.requests, |request| format!("    {condition}super::{}::{}::INFO,\n", group.name, request.name))
    };
    let rows = each(&model.groups, row);
    let gone = each(&model.retired, |call| {
        format!(
            "    RetiredCall {{
        method: Method::{},
        path: {:?},
        retired: Retired {{ since: {:?}, instead: {:?} }},
    }},
",
            call.method, call.path, call.since, call.instead
        )
    });
    let imports =
        if gone.is_empty() { "EndpointInfo, RetiredCall" } else { "EndpointInfo, Method, Retired, RetiredCall" };
    format!(
        "{header}use crate::{{{imports}}};

/// Every endpoint this version knows, by group, path and method.
pub static ENDPOINTS: &[&EndpointInfo] = &[
{rows}];

/// Calls that the exchange took away, with what replaces them.
pub static RETIRED: &[RetiredCall] = &[
{gone}];
"
    )
}

/// `um/mod.rs`
pub(crate) fn group(group: &Group) -> String {
    let mut about = vec![
        format!("//! {}: requests and their replies.", group.about),
        "//!".to_owned(),
        "//! | Request | Call | Weight | Purpose |".to_owned(),
        "//! |---|---|---|---|".to_owned(),
    ];
    for request in &group.requests {
        let doc = doc::escape(request.about.first()).replace('|', "\\|");
        about.push(format!("//! | [`{}`] | `{}` | {} | {doc} |", request.name, request.call, request.weight));
    }
    let header = header(&about, &format!("spec/{}/", group.name));
    let modules: String = each(&group.requests, |request| format!("mod {};\n", request.module));
    let names: String = each(&group.requests, |request| format!("pub use {}::*;\n", request.module));
    format!("{header}{modules}\n{names}")
}

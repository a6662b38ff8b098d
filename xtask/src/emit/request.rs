//! The file of one endpoint: its request, then the types of its reply.

use super::annotation::attribute;
use super::{doc, each, header, imports, reply};
use crate::model::{Field, Request};

pub(crate) fn file(request: &Request) -> String {
    let header = header(&doc::lines("//!", &request.about), &request.spec);
    let imports = imports(&request.imports);
    let docs = doc::comment("///", &request.doc);
    let annotations = each(&request.annotations, |annotation| attribute("", annotation));
    let name = &request.name;
    let body = body(&request.fields);
    let replies = each(&request.replies, |part| format!("\n{}", reply::item(part)));
    format!("{header}{imports}{docs}{annotations}pub struct {name} {body}\n{replies}")
}

/// The fields of a struct, in braces.
pub(crate) fn body(fields: &[Field]) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let fields: String = fields.iter().map(field).collect();
    format!("{{\n{fields}}}")
}

fn field(field: &Field) -> String {
    let docs = doc::comment("    ///", &field.doc);
    let annotation = attribute("    ", &field.annotation);
    format!("{docs}{annotation}    pub {}: {},\n", field.name, field.ty)
}

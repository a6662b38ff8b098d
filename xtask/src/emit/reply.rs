//! Types of replies, in the file of their endpoint or in one of their own.

use super::code::{Code, attribute};
use super::{condition, doc, each, header, imports, request};
use crate::model::{Reply, ReplyBody, SharedReply, Variant};

pub(crate) fn item(reply: &Reply) -> String {
    let docs = doc::comment("///", &reply.doc);
    let example = reply.example.as_ref().map(|json| attribute("", "example", vec![Code::raw_text(json)]));
    let example = example.unwrap_or_default();
    let name = &reply.name;
    match &reply.body {
        ReplyBody::Struct(fields) => {
            let attributes = fields.iter().map(|field| attribute("    ", "field", vec![Code::text(&field.wire)]));
            let body = request::body(fields, attributes);
            let event = reply.event.as_ref().map(|event| attribute("", "event", vec![Code::text(event)]));
            let event = event.unwrap_or_default();
            format!("{docs}#[reply]\n{event}{example}pub struct {name} {body}\n")
        }
        ReplyBody::Enum(variants) => {
            let variants: String = variants.iter().map(variant).collect();
            format!("{docs}#[either]\n{example}pub enum {name} {{\n{variants}}}\n")
        }
    }
}

fn variant(variant: &Variant) -> String {
    let docs = doc::comment("    ///", &variant.doc);
    let annotation = match &variant.key {
        Some(key) => attribute("    ", "when", vec![Code::text(key)]),
        None => attribute("    ", "otherwise", Vec::new()),
    };
    format!("{docs}{annotation}    {}({}),\n", variant.name, variant.name)
}

/// The file of a shared shape.
pub(crate) fn file(shared: &SharedReply) -> String {
    let header = header(&doc::lines("//!", &shared.reply.doc), "spec/types.yaml");
    format!("{header}{}{}", imports(&shared.imports), item(&shared.reply))
}

/// `shapes/mod.rs`
pub(crate) fn index(shapes: &[SharedReply]) -> String {
    let header = header(&["//! Reply types that several endpoints share.".to_owned()], "spec/types.yaml");
    let modules = each(shapes, |shape| format!("{}mod {};\n", condition(&shape.groups), shape.module));
    let names =
        each(shapes, |shape| format!("{}pub use {}::{};\n", condition(&shape.groups), shape.module, shape.reply.name));
    format!("{header}{modules}\n{names}")
}

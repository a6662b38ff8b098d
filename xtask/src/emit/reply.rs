//! Types of replies, in the file of their endpoint or in one of their own.

use super::annotation::attribute;
use super::{condition, doc, each, header, imports, request};
use crate::model::{Reply, ReplyBody, SharedReply, Variant};

pub(crate) fn item(reply: &Reply) -> String {
    let docs = doc::comment("///", &reply.doc);
    let annotations = each(&reply.annotations, |annotation| attribute("", annotation));
    let name = &reply.name;
    match &reply.body {
        ReplyBody::Struct(fields) => {
            let body = request::body(fields);
            format!("{docs}{annotations}pub struct {name} {body}\n")
        }
        ReplyBody::Enum(variants) => {
            let variants: String = variants.iter().map(variant).collect();
            format!("{docs}{annotations}pub enum {name} {{\n{variants}}}\n")
        }
    }
}

fn variant(variant: &Variant) -> String {
    let docs = doc::comment("    ///", &variant.doc);
    let annotation = attribute("    ", &variant.annotation);
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

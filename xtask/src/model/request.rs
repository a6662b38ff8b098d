//! One endpoint's request: the Rust names, types and texts of what its spec says.

use super::doc::{Block, Doc};
use super::reply::Reply;
use super::types::{Imports, rust_type};
use super::{StructField, client_id, prose};
use crate::example;
use crate::problem::Problems;
use crate::rust_name::field_name;
use crate::spec::{Endpoint, Param, Shared, TypeUse, Vocabulary};
use papi_spec::Method;

/// Where the vendor keeps the pages that `source` names.
pub(super) const DOCS: &str = "https://developers.binance.com/docs/derivatives/portfolio-margin/";

pub(crate) struct Request<'s> {
    pub(crate) endpoint: &'s Endpoint,
    /// What it is for, in a sentence.
    pub(crate) about: Doc,
    pub(crate) doc: Doc,
    pub(crate) call: String,
    pub(crate) weight: String,
    pub(crate) doc_url: String,
    pub(crate) imports: Imports,
    /// The type of the reply.
    pub(crate) reply: String,
    /// The type of one row, for a list that comes in parts.
    pub(crate) row: Option<String>,
    /// One for each parameter.
    pub(crate) fields: Vec<StructField>,
    /// Replies as JSON.
    pub(crate) examples: Vec<String>,
    pub(crate) replies: Vec<Reply>,
}

impl<'s> Request<'s> {
    pub(crate) fn of(endpoint: &'s Endpoint, shared: &Shared) -> Self {
        let vocabulary = Vocabulary::of(shared, &endpoint.types);
        let mut imports = Imports::default();
        imports.of_crate.insert("endpoint".to_owned());
        let call = endpoint.call.as_ref().map(|call| call.value.to_string()).unwrap_or_default();
        let doc_url = format!("{DOCS}{}", *endpoint.doc_path);
        let seen = example::walk(&endpoint.examples, &endpoint.reply, vocabulary, &mut Problems::default());
        Self {
            endpoint,
            about: Doc::text(&endpoint.doc),
            doc: doc(endpoint, &call, &doc_url),
            weight: prose::weight(&endpoint.weight),
            call,
            doc_url,
            reply: rust_type(&endpoint.reply, &vocabulary, &mut imports),
            row: row_type(endpoint, &vocabulary).map(|row| rust_type(row, &vocabulary, &mut imports)),
            fields: endpoint.params.iter().map(|param| field(param, &vocabulary, &mut imports)).collect(),
            examples: endpoint.examples.iter().map(example::json).collect(),
            replies: endpoint.types.iter().map(|shape| Reply::of(shape, &vocabulary, &seen, &mut imports)).collect(),
            imports,
        }
    }

    /// Returns what requests are sorted by: the path, then the method in the usual order.
    pub(crate) fn order(&self) -> Option<(&'static str, Method)> {
        self.endpoint.call.as_ref().map(|call| (call.path, call.method))
    }
}

fn doc(endpoint: &Endpoint, call: &str, doc_url: &str) -> Doc {
    let mut doc = Doc::text(&endpoint.doc);
    doc.blocks.push(Block::Text(prose::facts(endpoint, call)));
    if let Some(retired) = &endpoint.retired {
        let (since, instead) = (&*retired.since, retired.instead_text());
        doc.blocks.push(Block::Text(format!("Retired since {since}; call `{instead}` instead.")));
    }
    doc.blocks.extend(prose::lost_answer(endpoint).map(Block::Text));
    doc.blocks.extend(endpoint.notes.iter().flat_map(|note| Doc::text(note).blocks));
    if !endpoint.constraints.is_empty() {
        doc.blocks.push(Block::Heading("Constraints"));
        doc.blocks.push(Block::Items(endpoint.constraints.iter().map(prose::constraints).collect()));
    }
    if !endpoint.removed.is_empty() {
        doc.blocks.push(Block::Heading("Removed parameters"));
        doc.blocks.push(Block::Items(endpoint.removed.iter().map(prose::removed).collect()));
    }
    doc.blocks.extend(client_id::section(endpoint));
    doc.add_source(doc_url, &endpoint.verified_on);
    doc
}

fn field(param: &Param, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> StructField {
    let ty = rust_type(&param.ty, vocabulary, imports);
    let texts: Vec<String> = [Some(param.doc.value.clone()), prose::values(param)].into_iter().flatten().collect();
    StructField {
        doc: Doc::sentences(&texts),
        wire: param.wire.value.clone(),
        name: field_name(&param.wire, param.rust.as_ref()).value,
        ty: if param.required { ty } else { format!("Option<{ty}>") },
    }
}

/// The type of one row of a list that comes in parts.
fn row_type<'s>(endpoint: &'s Endpoint, vocabulary: &Vocabulary<'s>) -> Option<&'s TypeUse> {
    let list = match (&endpoint.paging.as_ref()?.rows, &endpoint.reply) {
        (None, reply) => reply,
        (Some(rows), TypeUse::Named(name)) => &vocabulary.fields(name)?.iter().find(|field| *field.wire == **rows)?.ty,
        _ => return None,
    };
    list.rows()
}

//! One event of the user data stream: the Rust names, types and texts of what its spec says.

use super::doc::{Block, Doc};
use super::reply::{Reply, ReplyBody};
use super::request::DOCS;
use super::types::Imports;
use crate::example;
use crate::problem::Problems;
use crate::spec::{Common, Event, Shared, Vocabulary};

/// An event, in a file of its own.
pub(crate) struct EventType {
    pub(crate) module: String,
    /// The path of its spec from the workspace root.
    pub(crate) path: String,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) name: String,
    /// When it comes, in a sentence.
    pub(crate) about: Doc,
    pub(crate) doc_url: String,
    pub(crate) verified_on: String,
    pub(crate) imports: Imports,
    /// Events as JSON.
    pub(crate) examples: Vec<String>,
    /// Its own type, then those of its parts.
    pub(crate) types: Vec<Reply>,
}

impl EventType {
    pub(super) fn of(event: &Event, shared: &Shared) -> Self {
        let vocabulary = Vocabulary::of(shared, &event.types);
        let mut imports = Imports::default();
        let seen = example::walk(&event.examples, &event.reply, vocabulary, &mut Problems::default());
        let doc_url = format!("{DOCS}{}", *event.doc_path);
        let types = event.types.iter().map(|shape| Reply::of(shape, &vocabulary, &seen, &mut imports));
        let mut types: Vec<Reply> = types.collect();
        types[0].doc = doc(event, &doc_url);
        Self {
            module: event.file.stem.clone(),
            path: event.file.path.clone(),
            wire: event.wire.value.clone(),
            name: event.shape().name.value.clone(),
            about: Doc::text(&event.shape().doc),
            verified_on: event.verified_on.value.clone(),
            examples: event.examples.iter().map(example::json).collect(),
            doc_url,
            imports,
            types,
        }
    }

    /// Returns whether it has a field that can be asked of any event.
    pub(crate) fn has(&self, common: Common) -> bool {
        match &self.types[0].body {
            ReplyBody::Struct(fields) => fields.iter().any(|field| field.name == common.field),
            ReplyBody::Enum(_) => false,
        }
    }
}

fn doc(event: &Event, doc_url: &str) -> Doc {
    let mut doc = Doc::text(&event.shape().doc);
    doc.blocks.push(Block::Text(format!("`{}` on the wire.", *event.wire)));
    doc.blocks.extend(event.notes.iter().flat_map(|note| Doc::text(note).blocks));
    doc.add_source(doc_url, &event.verified_on);
    doc
}

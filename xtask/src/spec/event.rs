//! One event of the user data stream as its spec file describes it.

use super::differs::{Difference, read_differs};
use super::endpoint::{read_notes, read_source};
use super::keys::{self, Keys};
use super::types::{Body, Shape, TypeUse, read_fields, read_shapes};
use super::yaml::Node;
use crate::problem::{At, Place, Problems};

#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) file: EventFile,
    /// The name on the wire, which the key `e` has.
    pub(crate) wire: At<String>,
    pub(crate) notes: Vec<At<String>>,
    pub(crate) doc_path: At<String>,
    pub(crate) verified_on: At<String>,
    pub(crate) differs: Vec<Difference>,
    /// Its own type, then those of its parts.
    pub(crate) types: Vec<Shape>,
    /// Its own type, as that of what is told.
    pub(crate) reply: TypeUse,
    pub(crate) examples: Vec<Node>,
}

/// What several events have, and so can be asked of any event: the name of the field, and its type.
#[derive(Clone, Copy)]
pub(crate) struct Common {
    pub(crate) field: &'static str,
    pub(crate) ty: &'static str,
}

impl Common {
    /// Every event has the first.
    pub(crate) const ALL: [Self; 3] = [
        Self { field: "event_time", ty: "Timestamp" },
        Self { field: "transaction_time", ty: "Timestamp" },
        Self { field: "business_unit", ty: "BusinessUnit" },
    ];
}

/// Where a spec of an event stands.
#[derive(Debug, Clone)]
pub(crate) struct EventFile {
    /// The path from the workspace root.
    pub(crate) path: String,
    /// The file name without `.yaml`.
    pub(crate) stem: String,
    /// The first line.
    pub(crate) place: Place,
}

impl Event {
    /// Reads a file. Missing pieces are reported and stood in for, so that the rest can be judged as well.
    pub(crate) fn read(file: EventFile, node: &Node, problems: &mut Problems) -> Option<Self> {
        let mut keys = Keys::open(node, "the event", file.place, problems)?;
        let wire = keys.must_text("event", problems);
        let name = keys.must_text("name", problems);
        let doc = keys.must_text("doc", problems);
        let notes = keys.may("notes").map(|entry| read_notes(&entry.value, problems)).unwrap_or_default();
        let source = keys.must("source", problems);
        let (doc_path, verified_on) = source.and_then(|entry| read_source(entry, problems)).unwrap_or_default();
        let differs = keys.may("differs").map(|entry| read_differs(&entry.value, problems)).unwrap_or_default();
        let fields = keys.must("fields", problems);
        let fields = fields.map(|entry| read_fields(&entry.value, "the event", problems)).unwrap_or_default();
        let parts = keys.may("types").map(|entry| read_shapes(&entry.value, "`types`", problems)).unwrap_or_default();
        let examples = keys.must("examples", problems);
        let examples = examples.map(|entry| keys::list(&entry.value, "examples", problems).to_vec());
        keys.done(problems);
        let reply = TypeUse::Named(name.clone());
        let own = Shape { name, doc, body: Body::Fields(fields), event: Some(wire.clone()) };
        let types = [own].into_iter().chain(parts).collect();
        Some(Self {
            file,
            wire,
            notes,
            doc_path,
            verified_on,
            differs,
            types,
            reply,
            examples: examples.unwrap_or_default(),
        })
    }

    /// Its own type.
    pub(crate) fn shape(&self) -> &Shape {
        &self.types[0]
    }
}

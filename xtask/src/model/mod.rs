//! What the specs mean: Rust names, types, texts and order, each decided once. Emitters print it without deciding.

mod client_id;
mod doc;
mod event;
pub(crate) mod prose;
mod reply;
mod request;
mod types;

pub(crate) use doc::{Block, Doc};
pub(crate) use event::EventType;
pub(crate) use reply::{Reply, ReplyBody, Variant};
pub(crate) use request::Request;
pub(crate) use types::Imports;

use crate::example;
use crate::problem::Problems;
use crate::rust_name::{snake_case, variant_name};
use crate::spec::{Endpoint, Named, RetiredCall, Shared, Specs, Vocabulary, Word, WordSet};
use papi_spec::Group;
use std::collections::BTreeSet;

/// Everything that is generated.
pub(crate) struct Model<'s> {
    pub(crate) groups: Vec<Module<'s>>,
    /// Calls that the exchange took away.
    pub(crate) retired: &'s [RetiredCall],
    pub(crate) words: Vec<Words>,
    pub(crate) ids: Vec<&'s Named>,
    /// Names that the exchange gives.
    pub(crate) names: Vec<&'s Named>,
    /// Names that the caller gives.
    pub(crate) client_ids: Vec<&'s Named>,
    pub(crate) shapes: Vec<SharedReply>,
    /// By their names on the wire.
    pub(crate) events: Vec<EventType>,
}

/// A module of requests, in the order of their paths.
pub(crate) struct Module<'s> {
    pub(crate) group: Group,
    pub(crate) requests: Vec<Request<'s>>,
    /// The shared shapes that its replies have.
    pub(crate) shapes: Vec<&'s str>,
}

impl Module<'_> {
    /// Returns the cargo feature that switches it; none when it is always there.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        self.group.is_optional().then(|| self.group.as_str())
    }
}

/// An open enum.
pub(crate) struct Words {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) doc: Doc,
    pub(crate) variants: Vec<StructField>,
}

/// A reply type with a file of its own.
pub(crate) struct SharedReply {
    pub(crate) module: String,
    pub(crate) imports: Imports,
    pub(crate) reply: Reply,
    /// The optional groups whose replies have it; empty when a group that is always there has it too.
    pub(crate) groups: Vec<&'static str>,
}

/// A field of a struct, or a variant of an enum of words.
pub(crate) struct StructField {
    pub(crate) doc: Doc,
    /// The name or word on the wire.
    pub(crate) wire: String,
    pub(crate) name: String,
    /// Empty for variants.
    pub(crate) ty: String,
}

impl<'s> Model<'s> {
    /// Makes the model of specs that were found to be without problems.
    pub(crate) fn of(specs: &'s Specs) -> Self {
        let shared = &specs.shared;
        let mut groups = Vec::new();
        for group in Group::ALL {
            let endpoints = specs.endpoints.iter().filter(|endpoint| endpoint.file.group == group);
            let mut requests: Vec<Request<'s>> = endpoints.map(|endpoint| Request::of(endpoint, shared)).collect();
            requests.sort_by(|left, right| left.order().cmp(&right.order()));
            if !requests.is_empty() {
                groups.push(Module { group, requests, shapes: specs.shared_shapes_of(group) });
            }
        }
        let mut events: Vec<_> = specs.events.iter().map(|event| EventType::of(event, shared)).collect();
        events.sort_by(|left, right| left.wire.cmp(&right.wire));
        let client_ids = client_id::types(&specs.endpoints);
        let (client_ids, names) =
            sorted(&shared.names).into_iter().partition(|named| client_ids.contains(named.name.as_str()));
        Self {
            groups,
            retired: &specs.retired,
            words: words(shared),
            ids: sorted(&shared.ids),
            names,
            client_ids,
            shapes: shapes(specs),
            events,
        }
    }

    /// Returns whether there is any number or text that names something.
    pub(crate) fn has_ids(&self) -> bool {
        [&self.ids, &self.names, &self.client_ids].into_iter().any(|scalars| !scalars.is_empty())
    }
}

fn words(shared: &Shared) -> Vec<Words> {
    let mut sets: Vec<Words> = shared.words.iter().map(word_set).collect();
    sets.sort_by(|left, right| left.name.cmp(&right.name));
    sets
}

fn word_set(set: &WordSet) -> Words {
    let variant = |word: &Word| StructField {
        doc: Doc::text(&word.doc),
        wire: word.wire.value.clone(),
        name: variant_name(&word.wire, word.rust.as_ref()).value,
        ty: String::new(),
    };
    Words {
        module: snake_case(&set.name),
        name: set.name.value.clone(),
        doc: Doc::text(&set.doc),
        variants: set.words.iter().map(variant).collect(),
    }
}

fn sorted(named: &[Named]) -> Vec<&Named> {
    let mut sorted: Vec<&Named> = named.iter().collect();
    sorted.sort_by_key(|named| named.name.as_str());
    sorted
}

fn shapes(specs: &Specs) -> Vec<SharedReply> {
    let of_endpoints = specs.endpoints.iter().map(|endpoint| (&endpoint.examples, &endpoint.reply, &endpoint.types));
    let of_events = specs.events.iter().map(|event| (&event.examples, &event.reply, &event.types));
    let mut nothing = Problems::default();
    let walks = of_endpoints.chain(of_events).map(|(examples, reply, types)| {
        example::walk(examples, reply, Vocabulary::of(&specs.shared, types), &mut nothing)
    });
    let seen: Vec<_> = walks.flatten().collect();
    let shared = Vocabulary::shared(&specs.shared);
    let shape = |shape| {
        let mut imports = Imports::default();
        let reply = Reply::of(shape, &shared, &seen, &mut imports);
        let groups = users(&reply.name, specs);
        SharedReply { module: snake_case(&reply.name), imports, reply, groups }
    };
    let mut shapes: Vec<SharedReply> = specs.shared.shapes.iter().map(shape).collect();
    shapes.sort_by(|left, right| left.reply.name.cmp(&right.reply.name));
    shapes
}

/// Returns the optional groups that need a shared shape; none when a group that is always there needs it too.
fn users(shape: &str, specs: &Specs) -> Vec<&'static str> {
    let needs = |endpoint: &&Endpoint| specs.shapes_of(&endpoint.reply, &endpoint.types).contains(shape);
    let mut groups: BTreeSet<_> = specs.endpoints.iter().filter(needs).map(|endpoint| endpoint.file.group).collect();
    if specs.events.iter().any(|event| specs.shapes_of(&event.reply, &event.types).contains(shape)) {
        groups.insert(Group::Stream);
    }
    if groups.iter().any(|group| !group.is_optional()) {
        return Vec::new();
    }
    groups.into_iter().map(Group::as_str).collect()
}

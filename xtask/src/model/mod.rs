//! What the specs mean: Rust names, types, texts and order, each decided once. Emitters print it without deciding.

mod annotation;
mod doc;
mod prose;
mod reply;
mod request;
mod types;

pub(crate) use annotation::{Annotation, Entry};
pub(crate) use doc::{Block, Doc};
pub(crate) use reply::{Reply, ReplyBody, Variant};
pub(crate) use request::Request;
pub(crate) use types::Imports;

use crate::example;
use crate::problem::Problems;
use crate::rust_name::{snake_case, upper_camel};
use crate::spec::{GROUPS, Shared, Specs, Vocabulary};

/// Everything that is generated.
pub(crate) struct Model {
    pub(crate) groups: Vec<Group>,
    pub(crate) words: Vec<Words>,
    pub(crate) ids: Vec<Scalar>,
    pub(crate) names: Vec<Scalar>,
    pub(crate) shapes: Vec<SharedReply>,
}

/// A module of requests, in the order of their paths.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) requests: Vec<Request>,
}

/// An open enum.
pub(crate) struct Words {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) doc: Doc,
    pub(crate) variants: Vec<Field>,
}

/// A number or text with a type of its own.
pub(crate) struct Scalar {
    pub(crate) name: String,
    pub(crate) doc: Doc,
}

/// A reply type with a file of its own.
pub(crate) struct SharedReply {
    pub(crate) module: String,
    pub(crate) imports: Imports,
    pub(crate) reply: Reply,
}

/// A field of a struct, or a variant of an enum of words.
pub(crate) struct Field {
    pub(crate) doc: Doc,
    pub(crate) annotation: Annotation,
    pub(crate) name: String,
    /// Empty for variants.
    pub(crate) ty: String,
}

impl Model {
    /// Makes the model of specs that were found to be without problems.
    pub(crate) fn of(specs: &Specs) -> Self {
        let shared = &specs.shared;
        let mut groups = Vec::new();
        for group in &GROUPS {
            let endpoints = specs.endpoints.iter().filter(|endpoint| endpoint.file.group == group);
            let mut requests: Vec<Request> = endpoints.map(|endpoint| Request::of(endpoint, shared)).collect();
            requests.sort_by(|left, right| left.order().cmp(&right.order()));
            if !requests.is_empty() {
                groups.push(Group { name: group.name, about: group.about, requests });
            }
        }
        Self {
            groups,
            words: words(shared),
            ids: scalars(&shared.ids),
            names: scalars(&shared.names),
            shapes: shapes(specs),
        }
    }
}

fn words(shared: &Shared) -> Vec<Words> {
    let mut sets: Vec<Words> = shared.words.iter().map(word_set).collect();
    sets.sort_by(|left, right| left.name.cmp(&right.name));
    sets
}

fn word_set(set: &crate::spec::WordSet) -> Words {
    let variant = |word: &crate::spec::Word| Field {
        doc: Doc::text(&word.doc),
        annotation: Annotation::new("word", vec![Entry::quoted(&word.wire)]),
        name: word.rust.as_ref().map_or_else(|| upper_camel(&word.wire), |rust| rust.value.clone()),
        ty: String::new(),
    };
    Words {
        module: snake_case(&set.name),
        name: set.name.value.clone(),
        doc: Doc::text(&set.doc),
        variants: set.words.iter().map(variant).collect(),
    }
}

fn scalars(named: &[crate::spec::Named]) -> Vec<Scalar> {
    let scalar = |named: &crate::spec::Named| Scalar { name: named.name.value.clone(), doc: Doc::text(&named.doc) };
    let mut scalars: Vec<Scalar> = named.iter().map(scalar).collect();
    scalars.sort_by(|left, right| left.name.cmp(&right.name));
    scalars
}

fn shapes(specs: &Specs) -> Vec<SharedReply> {
    let vocabulary = |endpoint| Vocabulary::of(&specs.shared, endpoint);
    let mut nothing = Problems::default();
    let walks = specs.endpoints.iter().map(|endpoint| example::walk(endpoint, vocabulary(endpoint), &mut nothing));
    let seen: Vec<_> = walks.flatten().collect();
    let shared = Vocabulary::shared(&specs.shared);
    let shape = |shape| {
        let mut imports = Imports::default();
        let reply = Reply::of(shape, &shared, &seen, &mut imports);
        SharedReply { module: snake_case(&reply.name), imports, reply }
    };
    let mut shapes: Vec<SharedReply> = specs.shared.shapes.iter().map(shape).collect();
    shapes.sort_by(|left, right| left.reply.name.cmp(&right.reply.name));
    shapes
}

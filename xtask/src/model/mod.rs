//! What the specs mean: Rust names, types, texts and order, each decided once. Emitters print it without deciding.

mod client_id;
mod doc;
mod prose;
mod reply;
mod request;
mod types;

pub(crate) use doc::{Block, Doc};
pub(crate) use reply::{Reply, ReplyBody, Variant};
pub(crate) use request::Request;
pub(crate) use types::Imports;

use crate::example;
use crate::problem::Problems;
use crate::rust_name::{snake_case, upper_camel};
use crate::spec::{Endpoint, Shared, Specs, Vocabulary};
use papi_spec::{Group, Route};
use std::collections::BTreeSet;

/// Everything that is generated.
pub(crate) struct Model<'s> {
    pub(crate) groups: Vec<Module<'s>>,
    pub(crate) retired: Vec<RetiredCall>,
    pub(crate) words: Vec<Words>,
    pub(crate) ids: Vec<Scalar>,
    /// Names that the exchange gives.
    pub(crate) names: Vec<Scalar>,
    /// Names that the caller gives.
    pub(crate) client_ids: Vec<Scalar>,
    pub(crate) shapes: Vec<SharedReply>,
}

/// A module of requests, in the order of their paths.
pub(crate) struct Module<'s> {
    pub(crate) group: Group,
    pub(crate) requests: Vec<Request<'s>>,
}

impl Module<'_> {
    /// The cargo feature that switches it; none when it is always there.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        self.group.is_optional().then(|| self.group.as_str())
    }
}

/// A call that the exchange took away.
pub(crate) struct RetiredCall {
    pub(crate) call: Route,
    pub(crate) since: String,
    pub(crate) instead: String,
}

impl RetiredCall {
    fn of(spec: &crate::spec::RetiredCall) -> Self {
        let instead = spec.retired.instead.as_ref();
        Self {
            call: spec.call.value,
            since: spec.retired.since.value.clone(),
            instead: instead.map(|call| call.value.to_string()).unwrap_or_default(),
        }
    }
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
    /// The groups whose replies have it; none when it is needed whatever groups there are.
    pub(crate) groups: Vec<&'static str>,
}

/// A field of a struct, or a variant of an enum of words.
pub(crate) struct Field {
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
                groups.push(Module { group, requests });
            }
        }
        let client_ids = client_id::types(&specs.endpoints);
        let (client_ids, names) = scalars(&shared.names).into_iter().partition(|name| client_ids.contains(&*name.name));
        Self {
            groups,
            retired: specs.retired.iter().map(RetiredCall::of).collect(),
            words: words(shared),
            ids: scalars(&shared.ids),
            names,
            client_ids,
            shapes: shapes(specs),
        }
    }

    /// Whether there is any number or text that names something.
    pub(crate) fn has_ids(&self) -> bool {
        [&self.ids, &self.names, &self.client_ids].into_iter().any(|scalars| !scalars.is_empty())
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
        wire: word.wire.value.clone(),
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
        let groups = users(&reply.name, specs);
        SharedReply { module: snake_case(&reply.name), imports, reply, groups }
    };
    let mut shapes: Vec<SharedReply> = specs.shared.shapes.iter().map(shape).collect();
    shapes.sort_by(|left, right| left.reply.name.cmp(&right.reply.name));
    shapes
}

/// The optional groups that need a shared shape; none when one that is always there needs it too.
fn users(shape: &str, specs: &Specs) -> Vec<&'static str> {
    let needs = |endpoint: &&Endpoint| specs.shapes_of(endpoint).contains(shape);
    let groups: BTreeSet<_> = specs.endpoints.iter().filter(needs).map(|endpoint| endpoint.file.group).collect();
    if groups.iter().any(|group| !group.is_optional()) {
        return Vec::new();
    }
    groups.into_iter().map(Group::as_str).collect()
}

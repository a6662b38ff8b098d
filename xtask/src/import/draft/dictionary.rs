//! What the specs that are there already call things: the dictionary of drafts. A name of the wire that has one type everywhere
//! has it in a draft, too.

use crate::spec::{Body, Endpoint, Field, Notation, Param, Shape, Specs, TypeUse, Vocabulary, WordSet};
use papi_spec::{Group, Method};

#[derive(Clone, Copy)]
pub(crate) struct Dictionary<'s> {
    pub(super) specs: &'s Specs,
}

impl<'s> Dictionary<'s> {
    pub(crate) fn of(specs: &'s Specs) -> Self {
        Self { specs }
    }

    /// The spec of a call.
    pub(crate) fn endpoint(self, method: Method, path: &str) -> Option<&'s Endpoint> {
        self.specs
            .endpoints
            .iter()
            .find(|endpoint| endpoint.call.as_ref().is_some_and(|call| call.method == method && call.path == path))
    }

    /// The same call of the other kind of futures, which usually says the same.
    pub(super) fn twin(self, method: Method, path: &str) -> Option<&'s Endpoint> {
        let other =
            if path.contains("/um/") { path.replacen("/um/", "/cm/", 1) } else { path.replacen("/cm/", "/um/", 1) };
        (other != path).then(|| self.endpoint(method, &other)).flatten()
    }

    /// The names that `types.yaml` has, and the scalars.
    pub(super) fn vocabulary(self) -> Vocabulary<'s> {
        Vocabulary::shared(&self.specs.shared)
    }

    /// All parameters of this name: those of the call itself first, then those of its group, and of both those of calls with its
    /// method.
    pub(super) fn params(self, method: Method, path: &str, group: Group, wire: &str) -> Vec<&'s Param> {
        let mut endpoints: Vec<&Endpoint> = self.specs.endpoints.iter().collect();
        endpoints.sort_by_key(|endpoint| {
            let call = endpoint.call.as_ref().map(|call| call.value);
            let has_method = call.is_some_and(|call| call.method == method);
            let is_own = has_method && call.is_some_and(|call| call.path == path);
            (!is_own, endpoint.file.group != group, !has_method)
        });
        endpoints.into_iter().flat_map(|endpoint| &endpoint.params).filter(|param| *param.wire == *wire).collect()
    }

    /// What specs say of a parameter: that of the call itself, or most of its siblings with the same method, those of its group
    /// first. An optional one may speak of its absence, so it has nothing to say of a required one.
    pub(super) fn param_doc(
        self,
        method: Method,
        path: &str,
        group: Group,
        wire: &str,
        required: bool,
    ) -> Option<&'s str> {
        let of = |endpoint: &'s Endpoint| {
            endpoint.params.iter().find(|param| *param.wire == *wire && param.required == required)
        };
        if let Some(own) = self.endpoint(method, path).and_then(of) {
            return Some(own.doc.as_str());
        }
        let has_method = |endpoint: &&'s Endpoint| endpoint.call.as_ref().is_some_and(|call| call.method == method);
        let docs = |is_of_group: bool| -> Vec<&'s str> {
            let all = self.specs.endpoints.iter().filter(|endpoint| (endpoint.file.group == group) == is_of_group);
            all.filter(has_method).filter_map(of).map(|param| param.doc.as_str()).collect()
        };
        most(&docs(true)).or_else(|| most(&docs(false)))
    }

    /// What specs say of a field: that of the reply of the call itself, or most of all others with this type.
    pub(super) fn field_doc(self, method: Method, path: &str, group: Group, wire: &str, ty: &str) -> Option<&'s str> {
        let of = |shape: &&'s Shape| match &shape.body {
            Body::Fields(fields) => fields.iter().find(|field| *field.wire == *wire),
            Body::Either(_) => None,
        };
        let own = self.endpoint(method, path).map(|endpoint| self.reply_shapes(endpoint)).unwrap_or_default();
        if let Some(own) = own.iter().find_map(of) {
            return Some(own.doc.as_str());
        }
        let fields = self.fields(method, path, group, wire);
        let docs: Vec<&str> =
            fields.iter().filter(|field| field.ty.to_string() == ty).map(|field| field.doc.as_str()).collect();
        let doc = most(&docs)?;
        (2 * docs.iter().filter(|other| **other == doc).count() > docs.len()).then_some(doc)
    }

    /// The type of `types.yaml` that is called as a name of the wire is: `listenKey` is a `ListenKey`.
    pub(super) fn same_name(self, wire: &str) -> Option<(&'s str, Notation)> {
        let mut letters = wire.chars();
        let name: String = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
        let shared = &self.specs.shared;
        let words = shared.words.iter().map(|words| (words.name.as_str(), Notation::Text));
        let names = shared.names.iter().map(|named| (named.name.as_str(), Notation::Text));
        let ids = shared.ids.iter().map(|id| (id.name.as_str(), Notation::Integer));
        words.chain(names).chain(ids).find(|(known, _)| *known == name)
    }

    /// All fields of this name, those of the reply of the call itself first, then those of its group and of shared shapes.
    pub(super) fn fields(self, method: Method, path: &str, group: Group, wire: &str) -> Vec<&'s Field> {
        let own = self.endpoint(method, path).into_iter().flat_map(|endpoint| self.reply_shapes(endpoint));
        let of_group = self.specs.endpoints.iter().filter(|endpoint| endpoint.file.group == group);
        let of_group = of_group.flat_map(|endpoint| &endpoint.types);
        let shared = self.specs.shared.shapes.iter();
        let others = self.specs.endpoints.iter().filter(|endpoint| endpoint.file.group != group);
        let others = others.flat_map(|endpoint| &endpoint.types);
        let fields = own.chain(of_group).chain(shared).chain(others).filter_map(|shape| match &shape.body {
            Body::Fields(fields) => fields.iter().find(|field| *field.wire == *wire),
            Body::Either(_) => None,
        });
        fields.collect()
    }

    fn reply_shapes(self, endpoint: &'s Endpoint) -> Vec<&'s Shape> {
        let names = self.specs.shapes_of(&endpoint.reply, &endpoint.types);
        endpoint
            .types
            .iter()
            .chain(&self.specs.shared.shapes)
            .filter(|shape| names.contains(shape.name.as_str()))
            .collect()
    }

    /// The shared shapes, those that replies of the group have first.
    pub(super) fn shapes(self, group: Group) -> Vec<&'s Shape> {
        let of_group = self.specs.shared_shapes_of(group);
        let mut shapes: Vec<&Shape> = self.specs.shared.shapes.iter().collect();
        shapes.sort_by_key(|shape| !of_group.contains(&shape.name.as_str()));
        shapes
    }

    /// The words of an enum.
    pub(super) fn words(self, name: &str) -> Option<&'s WordSet> {
        self.specs.shared.words.iter().find(|words| *words.name == *name)
    }

    /// The enums that have all of these words, the smallest first.
    pub(super) fn with_words(self, words: &[String]) -> Vec<&'s WordSet> {
        let has = |set: &&WordSet| words.iter().all(|word| set.words.iter().any(|known| *known.wire == **word));
        let mut sets: Vec<&WordSet> = self.specs.shared.words.iter().filter(has).collect();
        sets.sort_by_key(|set| set.words.len());
        sets
    }

    /// Returns whether a type of this name is there already, for the group of a draft whose own file does not count.
    pub(super) fn is_taken(self, group: Group, own_file: &str, name: &str) -> bool {
        let shared = &self.specs.shared;
        let in_shared = shared.words.iter().any(|words| *words.name == *name)
            || shared.ids.iter().chain(&shared.names).any(|named| *named.name == *name)
            || shared.shapes.iter().any(|shape| *shape.name == *name);
        let others = self
            .specs
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.file.group == group && endpoint.file.path != own_file);
        let mut others = others
            .flat_map(|endpoint| std::iter::once(&endpoint.name).chain(endpoint.types.iter().map(|shape| &shape.name)));
        in_shared || others.any(|taken| **taken == *name)
    }
}

/// The text that stands there most often; the first of several.
fn most<'s>(docs: &[&'s str]) -> Option<&'s str> {
    let count = |doc: &str| docs.iter().filter(|other| **other == doc).count();
    let most = docs.iter().map(|doc| count(doc)).max()?;
    docs.iter().copied().find(|doc| count(doc) == most)
}

/// The name of a type that is nothing but a name.
pub(super) fn named(ty: &TypeUse) -> Option<&str> {
    match ty {
        TypeUse::Named(name) => Some(name.as_str()),
        _ => None,
    }
}

//! Names must be unique, free in Rust, and where they are expected.

use crate::problem::{At, Place, Problems};
use crate::rust_name::{is_free, is_type_name, snake_case, upper_camel};
use crate::spec::{Body, Endpoint, Shape, Specs, WordSet, reserved};
use std::collections::BTreeMap;

pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    let shared = check_shared(specs, problems);
    let mut calls = BTreeMap::new();
    let mut groups: BTreeMap<&str, BTreeMap<&str, Place>> = BTreeMap::new();
    for endpoint in &specs.endpoints {
        check_file(endpoint, problems);
        if let Some(call) = &endpoint.call {
            let key = (call.method, call.path);
            if let Some(path) = calls.insert(key, &endpoint.file.path) {
                problems
                    .at(call.place, format!("`{} {}` is described twice", key.0, key.1))
                    .help(format!("also by {path}"));
            }
        }
        let group = groups.entry(endpoint.file.group.as_str()).or_default();
        for name in [&endpoint.name].into_iter().chain(endpoint.types.iter().map(|shape| &shape.name)) {
            type_name(name, problems);
            if shared.contains_key(name.as_str()) {
                problems.at(name.place, format!("`{}` is a type of `types.yaml` already", **name));
            } else if !name.is_empty() && group.insert(name.as_str(), name.place).is_some() {
                let title = format!("`{}` is declared twice in `{}`", **name, endpoint.file.group.as_str());
                problems.at(name.place, title).help("types with the same fields can be shared in `spec/types.yaml`");
            }
        }
        endpoint.types.iter().for_each(|shape| check_fields(shape, problems));
        check_params(endpoint, problems);
    }
}

fn check_shared<'s>(specs: &'s Specs, problems: &mut Problems) -> BTreeMap<&'s str, Place> {
    let shared = &specs.shared;
    let names = shared.words.iter().map(|words| &words.name);
    let names = names.chain(shared.ids.iter().chain(&shared.names).map(|named| &named.name));
    let names = names.chain(shared.shapes.iter().map(|shape| &shape.name));
    let mut seen = BTreeMap::new();
    for name in names {
        type_name(name, problems);
        if seen.insert(name.as_str(), name.place).is_some() {
            problems.at(name.place, format!("`{}` is declared twice", **name));
        }
    }
    shared.words.iter().for_each(|words| check_variants(words, problems));
    shared.shapes.iter().for_each(|shape| check_fields(shape, problems));
    seen
}

fn check_file(endpoint: &Endpoint, problems: &mut Problems) {
    let stem = snake_case(&endpoint.name);
    if endpoint.name.is_empty() {
        return;
    }
    if stem != endpoint.file.stem {
        let title = format!("`{}` belongs into a file `{stem}.yaml`", *endpoint.name);
        problems.at(endpoint.name.place, title).help(format!("this file is `{}.yaml`", endpoint.file.stem));
    }
    if stem == endpoint.file.group.as_str() {
        let title = format!("`{stem}` is the name of its group already");
        problems.at(endpoint.name.place, title).help("a module cannot hold one of its own name");
    }
    if !is_free(&stem) {
        problems.at(endpoint.name.place, format!("`{stem}` cannot name a module of Rust"));
    }
}

fn type_name(name: &At<String>, problems: &mut Problems) {
    if name.is_empty() {
        return;
    }
    if !is_type_name(name) {
        problems.at(name.place, format!("`{}` cannot name a type", **name)).help("write it like `ForceOrders`");
    } else if reserved::is_type(name) {
        problems.at(name.place, format!("`{}` is a name of the library already", **name));
    }
}

fn check_variants(words: &WordSet, problems: &mut Problems) {
    let mut seen = BTreeMap::from([("Unknown".to_owned(), None)]);
    for word in &words.words {
        let (name, place) = match &word.rust {
            Some(rust) => (rust.value.clone(), rust.place),
            None => (upper_camel(&word.wire), word.wire.place),
        };
        let help = format!("name the variant: `{}: {{ doc: .., rust: .. }}`", *word.wire);
        if !is_type_name(&name) {
            problems.at(place, format!("`{name}` cannot name a variant")).help(help);
        } else if let Some(other) = seen.insert(name.clone(), Some(word.wire.as_str())) {
            let other = other.map_or_else(|| "the variant for unknown words".to_owned(), |other| format!("`{other}`"));
            problems.at(place, format!("`{name}` names {other} already")).help(help);
        }
    }
}

/// The names of one struct's fields.
struct FieldNames<'s> {
    seen: BTreeMap<String, &'s str>,
    methods: bool,
}

impl<'s> FieldNames<'s> {
    fn add(&mut self, wire: &'s At<String>, rust: Option<&At<String>>, problems: &mut Problems) {
        let (name, place) = match rust {
            Some(rust) => (rust.value.clone(), rust.place),
            None => (snake_case(wire), wire.place),
        };
        let help = "give it another name with `rust:`";
        if !is_free(&name) || name != snake_case(&name) {
            problems.at(place, format!("`{name}` cannot name a field of Rust")).help(help);
        } else if self.methods && reserved::is_method(&name) {
            problems.at(place, format!("`{name}` is a method of every request")).help(help);
        } else if rust.is_some() && name == snake_case(wire) {
            problems.at(place, format!("`rust: {name}` says nothing new"));
        }
        if let Some(other) = self.seen.insert(name.clone(), wire) {
            problems.at(place, format!("`{name}` names `{other}` already")).help(help);
        }
    }
}

fn check_fields(shape: &Shape, problems: &mut Problems) {
    let Body::Fields(fields) = &shape.body else { return };
    let mut names = FieldNames { seen: BTreeMap::new(), methods: false };
    for field in fields {
        names.add(&field.wire, field.rust.as_ref(), problems);
    }
}

fn check_params(endpoint: &Endpoint, problems: &mut Problems) {
    let mut names = FieldNames { seen: BTreeMap::new(), methods: true };
    for param in &endpoint.params {
        names.add(&param.wire, param.rust.as_ref(), problems);
    }
    for form in &endpoint.forms {
        if !is_free(&form.name) || *form.name != snake_case(&form.name) {
            problems.at(form.name.place, format!("`{}` cannot name a function of Rust", *form.name));
        } else if let Some(wire) = names.seen.get(form.name.as_str()) {
            let title = format!("the form `{}` and the setter of `{wire}` have the same name", *form.name);
            problems.at(form.name.place, title);
        } else if form.name.as_str() != "new" && reserved::is_method(&form.name) {
            problems.at(form.name.place, format!("`{}` is a method of every request", *form.name));
        }
    }
}

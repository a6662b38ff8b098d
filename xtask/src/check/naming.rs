//! Names must be unique, free in Rust, and where they are expected.

use super::event;
use crate::problem::{At, Place, Problems};
use crate::rust_name::{field_name, is_free, is_type_name, snake_case, variant_name};
use crate::spec::{Body, Endpoint, Shape, Specs, WordSet, reserved};
use papi_spec::Group;
use std::collections::BTreeMap;

pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    let shared = check_shared(specs, problems);
    let mut calls = BTreeMap::new();
    let mut groups: BTreeMap<&str, BTreeMap<&str, Place>> = BTreeMap::new();
    for endpoint in &specs.endpoints {
        if let Some(call) = &endpoint.call {
            let key = (call.method, call.path);
            if let Some(path) = calls.get(&key) {
                problems
                    .at(call.place, format!("`{} {}` is described twice", key.0, key.1))
                    .help(format!("also by {path}"));
                // Its names clash as well; that goes away with the copy.
                continue;
            }
            calls.insert(key, &endpoint.file.path);
        }
        check_stem(&endpoint.name, &endpoint.file.stem, Some(endpoint.file.group), problems);
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
    event::check(specs, &shared, problems);
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

/// A file is named after what it describes, whose module has the same name. Only endpoints are in a group.
pub(super) fn check_stem(name: &At<String>, file: &str, group: Option<Group>, problems: &mut Problems) {
    if name.is_empty() {
        return;
    }
    let stem = snake_case(name);
    if stem != file {
        let title = format!("`{}` belongs into a file `{stem}.yaml`", **name);
        problems.at(name.place, title).help(format!("this file is `{file}.yaml`"));
    }
    if group.is_some_and(|group| stem == group.as_str()) {
        let title = format!("`{stem}` is the name of its group already");
        problems.at(name.place, title).help("a module cannot hold one of its own name");
    }
    if !is_free(&stem) {
        problems.at(name.place, format!("`{stem}` cannot name a module of Rust"));
    }
}

pub(super) fn type_name(name: &At<String>, problems: &mut Problems) {
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
        let At { value: name, place } = variant_name(&word.wire, word.rust.as_ref());
        let help = format!("name the variant: `{}: {{ doc: .., rust: .. }}`", *word.wire);
        if !is_type_name(&name) {
            problems.at(place, format!("`{name}` cannot name a variant")).help(help);
        } else if let Some(other) = seen.insert(name.clone(), Some(word.wire.as_str())) {
            let other = other.map_or_else(|| "the variant for unknown words".to_owned(), |other| format!("`{other}`"));
            problems.at(place, format!("`{name}` names {other} already")).help(help);
        }
    }
}

/// Checks the names of one struct's fields, and returns them with their names on the wire.
fn check_names<'s>(
    names: impl Iterator<Item = (&'s At<String>, Option<&'s At<String>>)>,
    is_method: fn(&str) -> bool,
    problems: &mut Problems,
) -> BTreeMap<String, &'s str> {
    let help = "give it another name with `rust:`";
    let mut seen = BTreeMap::new();
    for (wire, rust) in names {
        let At { value: name, place } = field_name(wire, rust);
        if !is_free(&name) || name != snake_case(&name) {
            problems.at(place, format!("`{name}` cannot name a field of Rust")).help(help);
        } else if is_method(&name) {
            problems.at(place, format!("`{name}` is a method of every request")).help(help);
        } else if rust.is_some() && name == snake_case(wire) {
            problems.at(place, format!("`rust: {name}` says nothing new"));
        }
        if let Some(other) = seen.insert(name.clone(), wire.as_str()) {
            problems.at(place, format!("`{name}` names `{other}` already")).help(help);
        }
    }
    seen
}

pub(super) fn check_fields(shape: &Shape, problems: &mut Problems) {
    let Body::Fields(fields) = &shape.body else { return };
    check_names(fields.iter().map(|field| (&field.wire, field.rust.as_ref())), |_| false, problems);
}

fn check_params(endpoint: &Endpoint, problems: &mut Problems) {
    let params = endpoint.params.iter().map(|param| (&param.wire, param.rust.as_ref()));
    let setters = check_names(params, reserved::is_method, problems);
    for constructor in &endpoint.constructors {
        if !is_free(&constructor.name) || *constructor.name != snake_case(&constructor.name) {
            problems.at(constructor.name.place, format!("`{}` cannot name a function of Rust", *constructor.name));
        } else if let Some(wire) = setters.get(constructor.name.as_str()) {
            let title =
                format!("the constructor `{}` and the setter of `{wire}` have the same name", *constructor.name);
            problems.at(constructor.name.place, title);
        } else if constructor.name.as_str() != "new" && reserved::is_method(&constructor.name) {
            problems.at(constructor.name.place, format!("`{}` is a method of every request", *constructor.name));
        }
    }
}

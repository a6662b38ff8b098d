//! Compares all specs of two revisions. Nothing is read here, so that a test needs nothing but two texts.

use super::change::{Change, Changes, Impact};
use super::{endpoint, shape};
use crate::rust_name::variant_name;
use crate::spec::{Endpoint, Event, Named, Shape, Specs, WordSet};
use papi_spec::Group;
use std::collections::{BTreeMap, BTreeSet};

/// Returns everything that changed, by endpoint, then by shared type.
pub(crate) fn compare(before: &Specs, after: &Specs) -> Vec<Change> {
    let mut list = Vec::new();
    endpoints(before, after, &mut list);
    events(before, after, &mut list);
    shapes(before, after, &mut list);
    words(before, after, &mut list);
    named("a number", &before.shared.ids, &after.shared.ids, &mut list);
    named("a text", &before.shared.names, &after.shared.names, &mut list);
    retired(before, after, &mut list);
    list
}

/// Returns a map's keys of both sides with what each side has.
pub(super) fn both<'a, K: Ord, T>(
    before: &'a BTreeMap<K, T>,
    after: &'a BTreeMap<K, T>,
) -> impl Iterator<Item = (&'a K, Option<&'a T>, Option<&'a T>)> {
    let keys: BTreeSet<&K> = before.keys().chain(after.keys()).collect();
    keys.into_iter().map(|key| (key, before.get(key), after.get(key)))
}

fn path_of(group: Group, name: &str) -> String {
    format!("{}::{name}", group.as_str())
}

fn call_of(endpoint: &Endpoint) -> String {
    endpoint.call.as_ref().map(|call| call.value.to_string()).unwrap_or_default()
}

fn endpoints(before: &Specs, after: &Specs, list: &mut Vec<Change>) {
    let by_path = |specs: &'_ Specs| -> BTreeMap<String, usize> {
        let paths = specs.endpoints.iter().map(|endpoint| path_of(endpoint.file.group, &endpoint.name));
        paths.zip(0..).collect()
    };
    for (path, old, new) in both(&by_path(before), &by_path(after)) {
        let mut changes = Changes::of(path, list);
        match (old.map(|index| &before.endpoints[*index]), new.map(|index| &after.endpoints[*index])) {
            (Some(old), Some(new)) => endpoint::compare(old, new, &mut changes),
            (None, Some(new)) => changes.add(Impact::Additive, format!("the endpoint `{}` is new", call_of(new))),
            (Some(old), None) => {
                let call = call_of(old);
                let renamed = after.endpoints.iter().find(|endpoint| call_of(endpoint) == call);
                changes.add(
                    Impact::Breaking,
                    match renamed {
                        Some(new) => format!("is called `{}` now", path_of(new.file.group, &new.name)),
                        None => format!("the endpoint `{call}` is gone"),
                    },
                );
            }
            (None, None) => {}
        }
    }
}

fn event_path(name: &str) -> String {
    format!("events::{name}")
}

fn events(before: &Specs, after: &Specs, list: &mut Vec<Change>) {
    let by_path = |specs: &'_ Specs| -> BTreeMap<String, String> {
        let name = |event: &Event| (event_path(&event.shape().name), event.wire.value.clone());
        specs.events.iter().map(name).collect()
    };
    for (path, old, new) in both(&by_path(before), &by_path(after)) {
        let mut changes = Changes::of(path, list);
        match (old, new) {
            (Some(old), Some(new)) => changes.value("the name on the wire", Some(old.clone()), Some(new.clone())),
            (None, Some(new)) => {
                let text = format!("the event `{new}` has a type; before, it was read as `Unknown`");
                changes.add(Impact::Behaviour, text);
            }
            (Some(old), None) => changes.add(Impact::Breaking, format!("the event `{old}` is gone")),
            (None, None) => {}
        }
    }
}

/// Where the shape that a path names is declared.
#[derive(Clone, Copy, PartialEq)]
enum Declared {
    /// In the file of an endpoint or an event.
    ByFile,
    Shared,
}

/// The shapes that programs can name: those of endpoints in their group, shared ones at the root and in each group whose
/// replies have them.
fn shape_paths(specs: &Specs) -> BTreeMap<String, (Declared, &Shape)> {
    let mut paths = BTreeMap::new();
    for shape in &specs.shared.shapes {
        paths.insert(shape.name.value.clone(), (Declared::Shared, shape));
    }
    for group in Group::ALL {
        for name in specs.shared_shapes_of(group) {
            let shape = specs.shared.shapes.iter().find(|shape| *shape.name == *name);
            paths.extend(shape.map(|shape| (path_of(group, name), (Declared::Shared, shape))));
        }
    }
    for endpoint in &specs.endpoints {
        for shape in &endpoint.types {
            paths.insert(path_of(endpoint.file.group, &shape.name), (Declared::ByFile, shape));
        }
    }
    for event in &specs.events {
        for shape in &event.types {
            paths.insert(event_path(&shape.name), (Declared::ByFile, shape));
        }
    }
    paths
}

fn shapes(before: &Specs, after: &Specs, list: &mut Vec<Change>) {
    let (old, new) = (shape_paths(before), shape_paths(after));
    let moved: BTreeSet<&str> = both(&old, &new)
        .filter_map(|(_, old, new)| match (old, new) {
            (Some((Declared::ByFile, _)), Some((Declared::Shared, shape))) => Some(shape.name.as_str()),
            _ => None,
        })
        .collect();
    for (path, old, new) in both(&old, &new) {
        let mut changes = Changes::of(path, list);
        let is_declared_here = |declared: Declared| (declared == Declared::Shared) != path.contains("::");
        match (old, new) {
            (Some((from, old)), Some((to, new))) => {
                if (from, to) == (&Declared::ByFile, &Declared::Shared) {
                    changes.add(Impact::Additive, format!("is shared now, as `{}`; this path stays", *new.name));
                }
                if is_declared_here(*from) {
                    shape::compare(old, new, &mut changes);
                }
            }
            (None, Some((declared, _))) => {
                let stands_elsewhere = !is_declared_here(*declared) || moved.contains(path.as_str());
                if !stands_elsewhere {
                    changes.add(Impact::Additive, "the type is new");
                }
            }
            (Some(_), None) => changes.add(Impact::Breaking, "the type is gone"),
            (None, None) => {}
        }
    }
}

fn words(before: &Specs, after: &Specs, list: &mut Vec<Change>) {
    let by_name = |sets: &[WordSet]| -> BTreeMap<String, usize> {
        sets.iter().map(|set| set.name.value.clone()).zip(0..).collect()
    };
    let (old, new) = (&before.shared.words, &after.shared.words);
    for (name, from, to) in both(&by_name(old), &by_name(new)) {
        let mut changes = Changes::of(name, list);
        match (from, to) {
            (Some(from), Some(to)) => word_set(&old[*from], &new[*to], &mut changes),
            (None, Some(_)) => changes.add(Impact::Additive, "the type is new"),
            (Some(_), None) => changes.add(Impact::Breaking, "the type is gone"),
            (None, None) => {}
        }
    }
}

fn word_set(before: &WordSet, after: &WordSet, changes: &mut Changes<'_>) {
    let variants = |set: &WordSet| -> BTreeMap<String, String> {
        let variant =
            |word: &crate::spec::Word| (word.wire.value.clone(), variant_name(&word.wire, word.rust.as_ref()).value);
        set.words.iter().map(variant).collect()
    };
    for (word, old, new) in both(&variants(before), &variants(after)) {
        match (old, new) {
            (Some(old), Some(new)) => changes.name(&format!("the variant of {word}"), old, new),
            (None, Some(new)) => {
                let text = format!("the word {word} is `{new}`; before, it was read as `Unknown`");
                changes.add(Impact::Behaviour, text);
            }
            (Some(old), None) => changes.add(Impact::Breaking, format!("the word {word} and its `{old}` are gone")),
            (None, None) => {}
        }
    }
}

fn named(kind: &str, before: &[Named], after: &[Named], list: &mut Vec<Change>) {
    let names = |named: &[Named]| -> BTreeSet<String> { named.iter().map(|named| named.name.value.clone()).collect() };
    let (old, new) = (names(before), names(after));
    for name in new.difference(&old) {
        Changes::of(name, list).add(Impact::Additive, format!("the type is new, {kind}"));
    }
    for name in old.difference(&new) {
        Changes::of(name, list).add(Impact::Breaking, format!("the type, {kind}, is gone"));
    }
}

fn retired(before: &Specs, after: &Specs, list: &mut Vec<Change>) {
    let calls = |specs: &Specs| -> BTreeMap<String, String> {
        let said = |gone: &crate::spec::RetiredCall| (gone.call.value.to_string(), gone.retired.instead_text());
        specs.retired.iter().map(said).collect()
    };
    for (call, old, new) in both(&calls(before), &calls(after)) {
        let mut changes = Changes::of("RETIRED", list);
        changes.value(&format!("what replaces `{call}`"), old.cloned(), new.cloned());
    }
}

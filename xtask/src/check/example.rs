//! Checks that the examples fit the types, and that some example shows each type.

use crate::example::{Sighting, best, walk, walk_event};
use crate::problem::Problems;
use crate::spec::{Specs, Vocabulary};
use std::collections::BTreeSet;

pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    let mut all: Vec<Sighting<'_>> = Vec::new();
    let mut reached = BTreeSet::new();
    for endpoint in &specs.endpoints {
        let seen = walk(endpoint, Vocabulary::of(&specs.shared, endpoint), problems);
        let parts = specs.shapes_of(endpoint);
        if endpoint.examples.is_empty() && !endpoint.types.is_empty() {
            problems
                .at(endpoint.file.place, "the endpoint has no example")
                .help("each type of a reply is shown by one");
        } else {
            // A type that is not part of the reply has been reported as that.
            let parts = endpoint.types.iter().filter(|shape| parts.contains(shape.name.as_str()));
            for shape in parts.filter(|shape| best(&shape.name, &seen).is_none()) {
                problems.at(shape.name.place, format!("no example shows the type `{}`", *shape.name));
            }
        }
        all.extend(seen);
        reached.extend(parts);
    }
    for event in &specs.events {
        let seen = walk_event(event, Vocabulary::of_event(&specs.shared, event), problems);
        let parts = specs.shapes_of_event(event);
        let own = event.types.iter().filter(|shape| parts.contains(shape.name.as_str()));
        for shape in own.filter(|shape| best(&shape.name, &seen).is_none()) {
            problems.at(shape.name.place, format!("no example shows the type `{}`", *shape.name));
        }
        all.extend(seen);
        reached.extend(parts);
    }
    let parts = specs.shared.shapes.iter().filter(|shape| reached.contains(shape.name.as_str()));
    for shape in parts.filter(|shape| best(&shape.name, &all).is_none()) {
        problems.at(shape.name.place, format!("no example shows the shape `{}`", *shape.name));
    }
}

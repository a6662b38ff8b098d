//! Checks that the examples fit the types, and that some example shows each type.

use crate::example::{Sighting, best, walk};
use crate::problem::Problems;
use crate::spec::{Shape, Specs, Vocabulary};
use std::collections::BTreeSet;

pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    let mut all: Vec<Sighting<'_>> = Vec::new();
    let mut reached = BTreeSet::new();
    for endpoint in &specs.endpoints {
        let vocabulary = Vocabulary::of(&specs.shared, &endpoint.types);
        let seen = walk(&endpoint.examples, &endpoint.reply, vocabulary, problems);
        let parts = specs.shapes_of(&endpoint.reply, &endpoint.types);
        if endpoint.examples.is_empty() && !endpoint.types.is_empty() {
            problems
                .at(endpoint.file.place, "the endpoint has no example")
                .help("each type of a reply is shown by one");
        } else {
            check_shown("type", &endpoint.types, &parts, &seen, problems);
        }
        all.extend(seen);
        reached.extend(parts);
    }
    for event in &specs.events {
        let vocabulary = Vocabulary::of(&specs.shared, &event.types);
        let seen = walk(&event.examples, &event.reply, vocabulary, problems);
        let parts = specs.shapes_of(&event.reply, &event.types);
        check_shown("type", &event.types, &parts, &seen, problems);
        all.extend(seen);
        reached.extend(parts);
    }
    check_shown("shape", &specs.shared.shapes, &reached, &all, problems);
}

/// Each of these shapes must be shown. One that is not part of anything has been reported as that.
fn check_shown(what: &str, shapes: &[Shape], parts: &BTreeSet<&str>, seen: &[Sighting<'_>], problems: &mut Problems) {
    let parts = shapes.iter().filter(|shape| parts.contains(shape.name.as_str()));
    for shape in parts.filter(|shape| best(&shape.name, seen).is_none()) {
        problems.at(shape.name.place, format!("no example shows the {what} `{}`", *shape.name));
    }
}

//! Checks what is so of events only: their names, and the fields that can be asked of any event.

use super::naming;
use crate::problem::{Place, Problems};
use crate::rust_name::field_name;
use crate::spec::{Body, Common, Event, Field, Shape, Specs, TypeUse};
use std::collections::{BTreeMap, BTreeSet};

/// Keys of fewer letters are abbreviations.
const SHORTEST_WORD: usize = 5;

pub(super) fn check(specs: &Specs, shared: &BTreeMap<&str, Place>, problems: &mut Problems) {
    let mut on_wire = BTreeMap::new();
    let mut types = BTreeSet::from(["AccountEvent"]);
    for event in &specs.events {
        if let Some(path) = on_wire.insert(event.wire.as_str(), event.file.path.as_str()) {
            let title = format!("the event `{}` is described twice", *event.wire);
            problems.at(event.wire.place, title).help(format!("also by {path}"));
            // Its names clash as well; that goes away with the copy.
            continue;
        }
        naming::check_stem(&event.shape().name, &event.file.stem, None, problems);
        for shape in &event.types {
            naming::type_name(&shape.name, problems);
            if shared.contains_key(shape.name.as_str()) {
                problems.at(shape.name.place, format!("`{}` is a type of `types.yaml` already", *shape.name));
            } else if !shape.name.is_empty() && !types.insert(shape.name.as_str()) {
                problems.at(shape.name.place, format!("`{}` is declared twice in `events`", *shape.name));
            }
            naming::check_fields(shape, problems);
            check_abbreviations(shape, problems);
        }
        check_common(event, problems);
    }
}

fn check_abbreviations(shape: &Shape, problems: &mut Problems) {
    let Body::Fields(fields) = &shape.body else { return };
    for field in fields.iter().filter(|field| field.wire.len() < SHORTEST_WORD && field.rust.is_none()) {
        let title = format!("`{}` tells a reader nothing", *field.wire);
        problems.at(field.wire.place, title).help("the keys of events are abbreviations: give it a name with `rust:`");
    }
}

fn check_common(event: &Event, problems: &mut Problems) {
    let Body::Fields(fields) = &event.shape().body else { return };
    let name = |field: &Field| field_name(&field.wire, field.rust.as_ref()).value;
    for (index, common) in Common::ALL.into_iter().enumerate() {
        let Some(field) = fields.iter().find(|field| name(field) == common.field) else {
            if index == 0 && !fields.is_empty() {
                problems.at(event.file.place, format!("the event has no field `{}`", common.field));
            }
            continue;
        };
        let has_type = matches!(&field.ty, TypeUse::Named(ty) if **ty == *common.ty);
        if !has_type || field.optional.is_some() {
            let title = format!("`{}` of an event is always there and a `{}`", common.field, common.ty);
            problems
                .at(field.wire.place, title)
                .help("it can be asked of any event; call another thing by another name");
        }
    }
    if let Some(tag) = fields.iter().find(|field| *field.wire == "e") {
        problems.at(tag.wire.place, "`e` is the name of the event, which `event` says already");
    }
}

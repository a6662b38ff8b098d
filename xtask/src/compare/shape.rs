//! Compares the two states of a reply type.

use super::change::{Changes, Impact};
use super::specs::both;
use crate::rust_name::field_name;
use crate::spec::{Body, Either, Field, Shape};
use std::collections::BTreeMap;

pub(super) fn compare(before: &Shape, after: &Shape, changes: &mut Changes<'_>) {
    match (&before.body, &after.body) {
        (Body::Fields(before), Body::Fields(after)) => fields(before, after, changes),
        (Body::Either(before), Body::Either(after)) => kinds(before, after, changes),
        (Body::Fields(_), Body::Either(_)) => changes.add(Impact::Breaking, "was a struct and is an enum of kinds"),
        (Body::Either(_), Body::Fields(_)) => changes.add(Impact::Breaking, "was an enum of kinds and is a struct"),
    }
}

fn fields(before: &[Field], after: &[Field], changes: &mut Changes<'_>) {
    fn by_wire(fields: &[Field]) -> BTreeMap<&str, &Field> {
        fields.iter().map(|field| (field.wire.as_str(), field)).collect()
    }
    for (wire, old, new) in both(&by_wire(before), &by_wire(after)) {
        match (old, new) {
            (Some(old), Some(new)) => field(wire, old, new, changes),
            (None, Some(new)) if new.optional.is_some() => {
                changes.add(Impact::Additive, format!("the field `{wire}` is new"));
            }
            (None, Some(_)) => {
                let text = format!("the field `{wire}` is new, and a reply without it can no longer be read");
                changes.add(Impact::Additive, text);
            }
            (Some(_), None) => changes.add(Impact::Breaking, format!("the field `{wire}` is gone")),
            (None, None) => {}
        }
    }
}

fn field(wire: &str, before: &Field, after: &Field, changes: &mut Changes<'_>) {
    let rust = |field: &Field| field_name(&field.wire, field.rust.as_ref()).value;
    changes.name(&format!("the type of `{wire}`"), &before.ty.to_string(), &after.ty.to_string());
    changes.name(&format!("the Rust name of `{wire}`"), &rust(before), &rust(after));
    match (&before.optional, &after.optional) {
        (None, Some(_)) => {
            changes.add(Impact::Breaking, format!("the field `{wire}` may be absent, so it is an `Option`"));
        }
        (Some(_), None) => {
            changes.add(Impact::Breaking, format!("the field `{wire}` is always there, so it is no `Option`"));
        }
        _ => {}
    }
}

fn kinds(before: &Either, after: &Either, changes: &mut Changes<'_>) {
    fn by_type(either: &Either) -> BTreeMap<&str, Option<&str>> {
        let keyed = either.cases.iter().map(|(key, ty)| (ty.as_str(), Some(key.as_str())));
        keyed.chain([(either.otherwise.as_str(), None)]).collect()
    }
    for (ty, old, new) in both(&by_type(before), &by_type(after)) {
        match (old, new) {
            (None, Some(_)) => changes.add(Impact::Additive, format!("the kind `{ty}` is new")),
            (Some(_), None) => changes.add(Impact::Breaking, format!("the kind `{ty}` is gone")),
            (Some(old), Some(new)) => {
                let key = |key: Option<&str>| key.map(|key| format!("`{key}`"));
                changes.value(&format!("the key that tells `{ty}` apart"), key(*old), key(*new));
            }
            (None, None) => {}
        }
    }
}

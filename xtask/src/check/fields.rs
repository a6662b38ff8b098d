//! Finds the fields of a reply that other keys name.

use super::Scope;
use crate::problem::{At, Problems};
use crate::spec::{Body, Field, Meaning, Shape, TypeUse};

/// The type of a list's elements; none when it is no list.
pub(super) fn rows(ty: &TypeUse) -> Option<&TypeUse> {
    match ty {
        TypeUse::List(row) | TypeUse::OneOrMany(row) => Some(row),
        _ => None,
    }
}

/// The field of a type; of either kind when there are several.
pub(super) fn field<'s>(
    ty: &'s TypeUse,
    name: &At<String>,
    scope: &Scope<'s>,
    problems: &mut Problems,
) -> Option<&'s Field> {
    let TypeUse::Named(ty) = ty else {
        if !matches!(ty, TypeUse::Unreadable) {
            problems.at(name.place, format!("`{}` is not a field: nothing here has fields", **name));
        }
        return None;
    };
    let Some(Meaning::Shape(shape)) = scope.vocabulary.find(ty) else { return None };
    let kinds: Vec<&Shape> = match &shape.body {
        Body::Fields(_) => vec![shape],
        Body::Either(either) => {
            let shape = |name: &At<String>| match scope.vocabulary.find(name) {
                Some(Meaning::Shape(shape)) => Some(shape),
                _ => None,
            };
            either.types().filter_map(shape).collect()
        }
    };
    let mut found = None;
    for kind in kinds {
        let Body::Fields(fields) = &kind.body else { continue };
        found = fields.iter().find(|field| *field.wire == **name);
        if found.is_none() {
            let known = fields.iter().map(|field| field.wire.as_str());
            problems.at(name.place, format!("`{}` has no field `{}`", *kind.name, **name)).suggest(name, known);
            return None;
        }
    }
    found
}

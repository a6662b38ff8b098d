//! Finds the fields of replies that keys of a spec name.

use super::Scope;
use crate::problem::{At, Problems};
use crate::spec::{Body, Field, Shape, TypeUse};

/// Returns the field of a type; when the type has several kinds, each of them must have it.
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
    let shape = scope.vocabulary.shape(ty)?;
    let kinds: Vec<&Shape> = match &shape.body {
        Body::Fields(_) => vec![shape],
        Body::Either(either) => either.types().filter_map(|name| scope.vocabulary.shape(name)).collect(),
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

//! What paging names must be there: parameters in the request, fields in the reply and in its rows.

use super::{Scope, rule};
use crate::problem::{At, Problems};
use crate::spec::{Body, Field, Form, Meaning, Paging, Shape, TypeUse};

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let Some(paging) = &scope.endpoint.paging else { return };
    if paging.window.is_none() && paging.from_id.is_none() && paging.page.is_none() {
        problems.at(paging.place, "`paging` has neither `window` nor `from_id` nor `page`");
    }
    if let Some(window) = &paging.window {
        rule::check_time(&window.from, scope, problems);
        rule::check_time(&window.to, scope, problems);
    }
    for name in [&paging.cap, &paging.from_id, &paging.page].into_iter().flatten() {
        if let Some(param) = scope.param(name, "`paging`", problems)
            && let TypeUse::Named(ty) = &param.ty
            && let Some(form) = scope.vocabulary.find(ty).and_then(Meaning::form)
            && !matches!(form, Form::Count | Form::Integer)
        {
            problems.at(name.place, format!("`{}` is not a whole number", **name));
        }
    }
    for name in &paging.narrow_by {
        scope.param(name, "`narrow_by`", problems);
    }
    check_reply(paging, scope, problems);
}

fn check_reply(paging: &Paging, scope: &Scope<'_>, problems: &mut Problems) {
    let reply = &scope.endpoint.reply;
    let rows = match &paging.rows {
        None => reply,
        Some(rows) => match field(reply, rows, scope, problems) {
            Some(field) => &field.ty,
            None => return,
        },
    };
    if let Some(total) = &paging.total
        && let Some(field) = field(reply, total, scope, problems)
        && !is_whole_number(&field.ty, scope)
    {
        problems.at(total.place, format!("`{}` is not a whole number", **total));
    }
    let row = match rows {
        TypeUse::List(row) | TypeUse::OneOrMany(row) => row,
        TypeUse::Unreadable => return,
        _ => {
            let place = paging.rows.as_ref().map_or(paging.place, |rows| rows.place);
            problems.at(place, "the rows are not a list").help("`rows` names the field of the reply that has them");
            return;
        }
    };
    for name in paging.key.iter().chain(&paging.time) {
        field(row, name, scope, problems);
    }
}

fn is_whole_number(ty: &TypeUse, scope: &Scope<'_>) -> bool {
    let TypeUse::Named(name) = ty else { return false };
    matches!(scope.vocabulary.find(name).and_then(Meaning::form), Some(Form::Count | Form::Integer))
}

/// The field of a type; of either kind when there are several.
fn field<'s>(ty: &'s TypeUse, name: &At<String>, scope: &Scope<'s>, problems: &mut Problems) -> Option<&'s Field> {
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

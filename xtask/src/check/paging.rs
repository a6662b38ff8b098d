//! Checks that everything that `paging` names exists: parameters of the request, fields of the reply and of its rows.

use super::fields::field;
use super::{Scope, constraint, described};
use crate::problem::Problems;
use crate::spec::{Notation, Paging, TypeUse};
use papi_spec::Effect;

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let Some(paging) = &scope.endpoint.paging else { return };
    if paging.window.is_none() && paging.from_id.is_none() && paging.page.is_none() {
        problems.at(paging.place, "`paging` has neither `window` nor `from_id` nor `page`");
    }
    if let Some(window) = &paging.window {
        constraint::check_time(&window.from, scope, problems);
        constraint::check_time(&window.to, scope, problems);
    }
    for name in [&paging.cap, &paging.from_id, &paging.page].into_iter().flatten() {
        if let Some(param) = scope.param(name, "`paging`", problems)
            && let Some(notation) = scope.vocabulary.notation(&param.ty)
            && !matches!(notation, Notation::Count | Notation::Integer)
        {
            problems.at(name.place, format!("`{}` is not a whole number", **name));
        }
    }
    for name in &paging.narrow_by {
        scope.param(name, "`narrow_by`", problems);
    }
    check_names(paging, scope, problems);
    check_reply(paging, scope, problems);
}

/// The call that lists names is asked without parameters, so it must need none.
fn check_names(paging: &Paging, scope: &Scope<'_>, problems: &mut Problems) {
    let Some(call) = &paging.names else { return };
    if paging.narrow_by.is_empty() {
        problems.at(call.place, "`names` lists values for `narrow_by`, which is not given");
    }
    let Some(asked) = described(call, scope.specs, |other| other.effect == Effect::Read, problems) else { return };
    if asked.effect != Effect::Read || asked.params.iter().any(|param| param.required) {
        problems.at(call.place, format!("`{}` is not a read without required parameters", *asked.name));
    }
}

fn check_reply(paging: &Paging, scope: &Scope<'_>, problems: &mut Problems) {
    let reply = &scope.endpoint.reply;
    let list = match &paging.rows {
        None => reply,
        Some(rows) => match field(reply, rows, scope, problems) {
            Some(field) => &field.ty,
            None => return,
        },
    };
    if let Some(total) = &paging.total
        && let Some(field) = field(reply, total, scope, problems)
        && !matches!(scope.vocabulary.notation(&field.ty), Some(Notation::Count | Notation::Integer))
    {
        problems.at(total.place, format!("`{}` is not a whole number", **total));
    }
    let Some(row) = list.rows() else {
        if !matches!(list, TypeUse::Unreadable) {
            let place = paging.rows.as_ref().map_or(paging.place, |rows| rows.place);
            problems.at(place, "the rows are not a list").help("`rows` names the field of the reply that has them");
        }
        return;
    };
    for name in paging.key.iter().chain(&paging.time) {
        field(row, name, scope, problems);
    }
}

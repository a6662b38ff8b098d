//! Checks the questions about a lost call: the call, its parameters, the fields of its reply and the words of those fields must
//! exist.

use super::fields::field;
use super::{Scope, described};
use crate::problem::{At, Problems};
use crate::spec::{Ask, Endpoint, Field, Meaning, Notation, Param, Shows, StateWords, TypeUse, Vocabulary};
use papi_spec::{Effect, Route};
use std::collections::BTreeSet;

pub(super) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let Endpoint { effect, settle, shown_by, nothing_tells, .. } = scope.endpoint;
    let first = settle.first().map(|ask| ask.place);
    let reason = nothing_tells.as_ref().map(|reason| reason.place);
    for place in first.iter().chain(shown_by.as_ref().map(|call| &call.place)).chain(&reason) {
        if *effect == Effect::Read {
            problems.at(*place, "a read changes nothing, so there is nothing to find out about a lost one");
        }
    }
    if let Some(place) = reason.filter(|_| first.is_some() || shown_by.is_some()) {
        problems.at(place, "`nothing_tells` excludes `settle` and `shown_by`");
    }
    if let (Some(_), Some(call)) = (first, shown_by) {
        problems
            .at(call.place, "`settle` and `shown_by` exclude each other")
            .help("what can be asked need not be shown");
    }
    if let Some(call) = shown_by {
        asked(call, scope, problems);
    }
    let mut before = None;
    for ask in settle {
        let asked = ask.call.as_ref().and_then(|call| asked(call, scope, problems));
        check_ask(ask, asked.as_ref(), before.as_ref(), scope, problems);
        before = asked;
    }
}

/// Returns the endpoint that is asked; it must be a read.
fn asked<'s>(call: &At<Route>, scope: &Scope<'s>, problems: &mut Problems) -> Option<Scope<'s>> {
    let endpoint = described(call, scope.specs, |other| other.effect == Effect::Read, problems)?;
    if endpoint.effect != Effect::Read {
        let title = format!("`{}` is not a read, so it cannot tell what became of a call", *endpoint.name);
        problems.at(call.place, title);
    }
    Some(Scope { specs: scope.specs, endpoint, vocabulary: Vocabulary::of(&scope.specs.shared, &endpoint.types) })
}

fn check_ask(
    ask: &Ask,
    asked: Option<&Scope<'_>>,
    before: Option<&Scope<'_>>,
    scope: &Scope<'_>,
    problems: &mut Problems,
) {
    let row = ask.each.as_ref().and_then(|each| row_of(each, before, problems));
    for (theirs, ours) in &ask.with {
        let given = match (&ask.each, row) {
            (None, _) => scope.param(ours, "`settle`", problems).map(Given::param),
            (Some(_), Some((row, before))) => field(row, ours, before, problems).map(Given::field),
            (Some(_), None) => None,
        };
        let Some(asked) = asked else { continue };
        if let Some(param) = asked.endpoint.params.iter().find(|param| *param.wire == **theirs) {
            check_given(param, ours, given, problems);
        } else {
            let known = asked.endpoint.params.iter().map(|param| param.wire.as_str());
            let title = format!("`{}` has no parameter `{}`", *asked.endpoint.name, **theirs);
            problems.at(theirs.place, title).suggest(theirs, known);
        }
    }
    let Some(asked) = asked else { return };
    for param in asked.endpoint.params.iter().filter(|param| param.required) {
        if !ask.with.iter().any(|(theirs, _)| **theirs == *param.wire) {
            let title = format!("`{}` requires `{}`, which is not given", *asked.endpoint.name, *param.wire);
            problems.at(ask.place, title).help("`with` gives it a parameter of the lost call");
        }
    }
    if asked.endpoint.file.group != scope.endpoint.file.group
        && asked.endpoint.file.group.is_optional()
        && let Some(call) = &ask.call
    {
        let title = format!("`{}` belongs to another group, which may not be there", *asked.endpoint.name);
        problems.at(call.place, title).help("what it shows can be named by `shown_by`");
    }
    check_shows(ask, asked, scope, problems);
}

/// What gives a parameter its value.
#[derive(Clone, Copy)]
struct Given<'s> {
    ty: &'s TypeUse,
    is_certain: bool,
}

impl<'s> Given<'s> {
    fn param(param: &'s Param) -> Self {
        Self { ty: &param.ty, is_certain: param.required }
    }

    fn field(field: &'s Field) -> Self {
        Self { ty: &field.ty, is_certain: field.optional.is_none() }
    }
}

fn check_given(param: &Param, ours: &At<String>, given: Option<Given<'_>>, problems: &mut Problems) {
    let Some(given) = given else { return };
    if param.required && !given.is_certain {
        problems.at(ours.place, format!("`{}` may be absent, and `{}` is required", **ours, *param.wire));
    }
    if let (TypeUse::Named(theirs), TypeUse::Named(given)) = (&param.ty, given.ty)
        && **theirs != **given
    {
        problems.at(ours.place, format!("`{}` is a `{}`, and `{}` a `{}`", **ours, **given, *param.wire, **theirs));
    }
}

/// Returns the type of the rows of the list that `each` names in the reply before.
fn row_of<'b, 's>(
    each: &At<String>,
    before: Option<&'b Scope<'s>>,
    problems: &mut Problems,
) -> Option<(&'s TypeUse, &'b Scope<'s>)> {
    let Some(before) = before else {
        let help = "`each` asks about every row of a list in the reply before";
        problems.at(each.place, "there is no reply before the first question").help(help);
        return None;
    };
    let list = field(&before.endpoint.reply, each, before, problems)?;
    if let TypeUse::List(row) = &list.ty {
        return Some((row, before));
    }
    problems.at(each.place, format!("`{}` is not a list", **each));
    None
}

fn check_shows(ask: &Ask, asked: &Scope<'_>, scope: &Scope<'_>, problems: &mut Problems) {
    let Some(shows) = &ask.shows else { return };
    let reply = &asked.endpoint.reply;
    let object = reply.rows().unwrap_or(reply);
    if let Shows::NothingLeft = shows
        && !matches!(reply, TypeUse::List(_))
        && let Some(call) = &ask.call
    {
        problems.at(call.place, format!("the reply of `{}` is not a list that can be empty", *asked.endpoint.name));
    }
    if let Some(since) = &ask.since
        && let Some(field) = field(object, since, asked, problems)
        && asked.vocabulary.notation(&field.ty) != Some(Notation::Time)
    {
        problems.at(since.place, format!("`{}` is not a time", **since));
    }
    let Shows::Fields { same, state } = shows else { return };
    for (theirs, ours) in same {
        let param = scope.param(ours, "`same`", problems);
        let field = field(object, theirs, asked, problems);
        if let (Some(param), Some(field)) = (param, field)
            && scope.vocabulary.notation(&param.ty) != asked.vocabulary.notation(&field.ty)
        {
            let title = format!("`{}` and `{}` are never the same: one is no kind of the other", **theirs, **ours);
            problems.at(theirs.place, title);
        }
    }
    if let Some(state) = state {
        check_state(state, object, asked, problems);
    }
}

/// Every word of the field must be sorted, and no word twice. Further words may be sorted too, because the wire has words that
/// no page lists.
fn check_state(state: &StateWords, object: &TypeUse, asked: &Scope<'_>, problems: &mut Problems) {
    let mut sorted = BTreeSet::new();
    for word in state.all() {
        if !sorted.insert(word.as_str()) {
            problems.at(word.place, format!("`{}` is sorted twice", **word));
        }
    }
    let Some(field) = field(object, &state.field, asked, problems) else { return };
    let TypeUse::Named(ty) = &field.ty else { return };
    let Some(meaning) = asked.vocabulary.find(ty) else { return };
    let Meaning::Words(set) = meaning else {
        problems.at(state.field.place, format!("`{}` has no words", *state.field));
        return;
    };
    let known: Vec<&str> = set.words.iter().map(|word| word.wire.as_str()).collect();
    for word in known.iter().filter(|word| !sorted.contains(**word)) {
        problems
            .at(state.field.place, format!("`{}` can also be `{word}`", *state.field))
            .help("say what it means for the lost call: acted, open, ended or unclear");
    }
}

//! Checks that constraints, weights and client ids name parameters that exist, and values that these can have.

use super::{Scope, param};
use crate::problem::{At, Problems};
use crate::spec::{Mention, Must, Notation};
use std::collections::BTreeSet;

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for mention in scope.endpoint.constraints.iter().flat_map(|constraints| &constraints.mentions) {
        check_mention(mention, scope, problems);
    }
    let mut weighed = BTreeSet::new();
    for (name, _) in &scope.endpoint.weight.with {
        scope.param(name, "the weight", problems);
        if !weighed.insert(name.as_str()) {
            problems.at(name.place, format!("the weight counts `{}` twice", **name));
        }
    }
    for name in &scope.endpoint.client_ids {
        scope.param(name, "`client_id`", problems);
    }
}

fn check_mention(Mention { param: name, by, must }: &Mention, scope: &Scope<'_>, problems: &mut Problems) {
    if let Must::BeTime = must {
        return check_time(name, scope, problems);
    }
    let Some(param) = scope.param(name, by, problems) else { return };
    match must {
        Must::Have(values) => values.iter().for_each(|value| param::check_value(param, value, scope, problems)),
        Must::BeOptional(why) if param.required => {
            problems.at(name.place, format!("`{}` is required{why}", **name));
        }
        Must::BeOptional(_) | Must::BeTime => {}
    }
}

/// The ends of a window must be times.
pub(super) fn check_time(name: &At<String>, scope: &Scope<'_>, problems: &mut Problems) {
    let Some(param) = scope.param(name, "the window", problems) else { return };
    if scope.vocabulary.notation(&param.ty).is_some_and(|notation| notation != Notation::Time) {
        problems.at(name.place, format!("`{}` is not a time", **name)).help("a window runs between two `Timestamp`s");
    }
}

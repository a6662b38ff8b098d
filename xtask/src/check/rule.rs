//! Rules, weights and client ids may only speak of parameters that exist.

use super::{Scope, param};
use crate::problem::{At, Problems};
use crate::spec::{Condition, Demand, Form, State, TypeUse};
use std::collections::BTreeSet;

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for rule in &scope.endpoint.rules {
        check_conditions(&rule.when, scope, problems);
        for demand in &rule.demands {
            check_demand(demand, scope, problems);
        }
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

fn check_conditions(conditions: &[Condition], scope: &Scope<'_>, problems: &mut Problems) {
    for condition in conditions {
        let Some(given) = scope.param(&condition.param, "the condition", problems) else { continue };
        match &condition.state {
            State::OneOf(values) => param::check_values(given, values, scope, problems),
            State::Sent | State::NotSent if given.required => {
                problems.at(condition.param.place, format!("`{}` is required, so it is always sent", *given.wire));
            }
            State::Sent | State::NotSent => {}
        }
    }
}

fn check_demand(demand: &Demand, scope: &Scope<'_>, problems: &mut Problems) {
    match demand {
        Demand::Group(_, names) => {
            for name in names {
                if let Some(param) = scope.param(name, "the rule", problems)
                    && param.required
                {
                    problems.at(name.place, format!("`{}` is required already", **name));
                }
            }
        }
        Demand::Only(name, values) => {
            if let Some(given) = scope.param(name, "the rule", problems) {
                param::check_values(given, values, scope, problems);
            }
        }
        Demand::Window(window) => {
            check_time(&window.from, scope, problems);
            check_time(&window.to, scope, problems);
            if let Some(history) = &window.history {
                check_conditions(&history.unless, scope, problems);
            }
        }
    }
}

/// The ends of a window must be times.
pub(super) fn check_time(name: &At<String>, scope: &Scope<'_>, problems: &mut Problems) {
    let Some(param) = scope.param(name, "the window", problems) else { return };
    let TypeUse::Named(ty) = &param.ty else { return };
    let form = scope.vocabulary.find(ty).and_then(crate::spec::Meaning::form);
    if form.is_some_and(|form| form != Form::Time) {
        problems.at(name.place, format!("`{}` is not a time", **name)).help("a window runs between two `Timestamp`s");
    }
}

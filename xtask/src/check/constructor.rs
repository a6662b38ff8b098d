//! Checks that each constructor takes or sets every required parameter, gives values that they can have, and makes a
//! request that keeps the constraints.

use super::{Scope, param};
use crate::problem::Problems;
use crate::spec::{Constraints, Constructor};
use papi_spec::{Condition, Constraint, Requirement, State};

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for constructor in &scope.endpoint.constructors {
        let by = format!("the constructor `{}`", *constructor.name);
        for (name, value) in &constructor.set {
            if let Some(given) = scope.param(name, &by, problems) {
                param::check_value(given, value, scope, problems);
            }
        }
        for name in &constructor.take {
            scope.param(name, &by, problems);
            if constructor.set.iter().any(|(set, _)| **set == **name) {
                problems.at(name.place, format!("{by} both sets and takes `{}`", **name));
            }
        }
        let named = |wire: &str| {
            constructor.take.iter().chain(constructor.set.iter().map(|(name, _)| name)).any(|name| **name == wire)
        };
        for param in scope.endpoint.params.iter().filter(|param| param.required && !named(&param.wire)) {
            let title = format!("{by} neither takes nor sets `{}`, which is required", *param.wire);
            problems.at(constructor.name.place, title);
        }
        // What is only kept for those who call it already makes what it always made.
        if constructor.deprecated.is_none() {
            check_constraints(constructor, scope, problems);
        }
    }
}

/// What a constructor makes of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sent<'s> {
    No,
    /// The client makes the caller's ids when they are absent.
    ByClient,
    Taken,
    As(&'s str),
}

impl Sent<'_> {
    fn is_certain(self) -> bool {
        matches!(self, Self::Taken | Self::As(_))
    }
}

/// A request that was just made must keep every constraint, for nobody looks for what a form forgot.
fn check_constraints(constructor: &Constructor, scope: &Scope<'_>, problems: &mut Problems) {
    let is_client_id = |name: &str| scope.endpoint.client_ids.iter().any(|id| **id == *name);
    let sent = |name: &str| {
        let set = constructor.set.iter().find(|(set, _)| **set == *name).map(|(_, value)| value.as_str());
        match set {
            Some(value) => Sent::As(value),
            None if constructor.take.iter().any(|taken| **taken == *name) => Sent::Taken,
            None if is_client_id(name) => Sent::ByClient,
            None => Sent::No,
        }
    };
    // Such as which order an amendment is about: no form says, so the caller does.
    let is_left_to_setters = |all: &Constraints, requirement: &Requirement| match requirement {
        Requirement::AtLeastOne(names) | Requirement::ExactlyOne(names) if all.when.is_empty() => {
            let takes = |form: &Constructor| form.take.iter().any(|taken| names.contains(&taken.as_str()));
            !scope.endpoint.constructors.iter().any(takes)
        }
        _ => false,
    };
    // What does not exist is reported elsewhere.
    let exists = |name: &str| scope.endpoint.params.iter().any(|param| *param.wire == *name);
    for all in &scope.endpoint.constraints {
        if !all.when.iter().all(|condition| holds(condition, &sent)) {
            continue;
        }
        for requirement in all.requirements.iter().filter(|requirement| !is_left_to_setters(all, requirement)) {
            if let Some(help) = mend(requirement, &sent, exists) {
                let constraint = Constraint { when: all.when, requirement: requirement.value };
                let title = format!("the constructor `{}` breaks a constraint: {constraint}", *constructor.name);
                problems.at(constructor.name.place, title).help(help);
            }
        }
    }
}

/// Returns whether a condition certainly holds.
fn holds<'s>(condition: &Condition, sent: &impl Fn(&str) -> Sent<'s>) -> bool {
    match (condition.state, sent(condition.param)) {
        (State::Present, sent) => sent.is_certain(),
        (State::Absent, sent) => sent == Sent::No,
        (State::OneOf(values), Sent::As(value)) => values.contains(&value),
        _ => false,
    }
}

/// Returns what to change when the requirement is certainly broken.
fn mend<'s>(
    requirement: &Requirement,
    sent: &impl Fn(&str) -> Sent<'s>,
    exists: impl Fn(&str) -> bool,
) -> Option<String> {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let with = |names: &[&'static str], is: fn(Sent<'_>) -> bool| -> Vec<&'static str> {
        names.iter().copied().filter(|name| exists(name) && is(sent(name))).collect()
    };
    let absent = |names| with(names, |sent| sent == Sent::No);
    let present = |names| with(names, |sent| matches!(sent, Sent::Taken | Sent::As(_)));
    match *requirement {
        Requirement::AtLeastOne(names) | Requirement::ExactlyOne(names) if absent(names).len() == names.len() => {
            Some(format!("take one of {}", list(names)))
        }
        Requirement::ExactlyOne(names) | Requirement::AtMostOne(names) if present(names).len() > 1 => {
            Some(format!("take only one of {}", list(&present(names))))
        }
        Requirement::Together(names) if !present(names).is_empty() && !absent(names).is_empty() => {
            Some(format!("take {} as well", list(&absent(names))))
        }
        Requirement::Required(names) if !absent(names).is_empty() => Some(format!("take {}", list(&absent(names)))),
        Requirement::Forbidden(names) if !present(names).is_empty() => {
            Some(format!("do without {}", list(&present(names))))
        }
        Requirement::Only { param, values } => match sent(param) {
            Sent::As(value) if !values.contains(&value) => Some(format!("set `{param}` to one of {}", list(values))),
            _ => None,
        },
        _ => None,
    }
}

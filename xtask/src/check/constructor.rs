//! Checks that each constructor takes or sets every required parameter, and gives values that they can have.

use super::{Scope, param};
use crate::problem::Problems;

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
    }
}

//! A form must leave no required parameter open.

use super::{Scope, param};
use crate::problem::Problems;

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for form in &scope.endpoint.forms {
        let by = format!("the form `{}`", *form.name);
        for (name, value) in &form.set {
            if let Some(given) = scope.param(name, &by, problems) {
                param::check_value(given, value, scope, problems);
            }
        }
        for name in &form.take {
            scope.param(name, &by, problems);
            if form.set.iter().any(|(set, _)| **set == **name) {
                problems.at(name.place, format!("{by} both sets and takes `{}`", **name));
            }
        }
        let named =
            |wire: &str| form.take.iter().chain(form.set.iter().map(|(name, _)| name)).any(|name| **name == wire);
        for param in scope.endpoint.params.iter().filter(|param| param.required && !named(&param.wire)) {
            let title = format!("{by} neither takes nor sets `{}`, which is required", *param.wire);
            problems.at(form.name.place, title);
        }
    }
}

//! The ways to break a rule or a restriction, and the edges that are still accepted.

mod of_param;
mod of_rule;
mod of_window;

pub(crate) use of_param::of_param;
pub(crate) use of_rule::of_rule;

use crate::requests::Edit;
use papi_types::error::{Violation, ViolationKind};
use papi_types::spec::Constraint;

/// One way to break a rule, or to keep it by a hair.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    /// The rule or parameter that it is about.
    pub(crate) rule: String,
    /// What is tried, in words.
    pub(crate) what: String,
    /// What the valid request before it must have.
    pub(crate) seed: Vec<Edit>,
    /// What breaks the rule.
    pub(crate) edits: Vec<Edit>,
    /// The violation; none when the request must be accepted.
    pub(crate) expected: Option<Expected>,
}

/// The violation that a breach must cause.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    kind: ViolationKind,
    param: &'static str,
    /// How its text ends: the conditions of the rule.
    ending: String,
}

impl Expected {
    pub(crate) fn of_param(kind: ViolationKind, param: &'static str) -> Self {
        Self { kind, param, ending: String::new() }
    }

    pub(crate) fn of_rule(rule: &Constraint, kind: ViolationKind, param: &'static str) -> Self {
        let conditions: Vec<_> = rule.when.iter().map(ToString::to_string).collect();
        let ending = if conditions.is_empty() { String::new() } else { format!(" when {}", conditions.join(" and ")) };
        Self { kind, param, ending }
    }

    /// Whether a violation is this one: its kind, its parameter, which the text names, and the conditions.
    pub(crate) fn is(&self, violation: &Violation) -> bool {
        let text = violation.to_string();
        let same_rule = if self.ending.is_empty() { !text.contains(" when ") } else { text.ends_with(&self.ending) };
        let named = text.contains(&format!("`{}`", self.param));
        violation.kind() == self.kind && violation.param() == self.param && same_rule && named
    }
}

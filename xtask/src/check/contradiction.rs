//! Finds constraints that are stated twice, and those that no request can satisfy together.

use super::Scope;
use crate::problem::{At, Problems};
use papi_spec::{Condition, Requirement, State};

/// One requirement with its conditions.
struct Rule<'s> {
    when: &'static [Condition],
    requirement: &'s At<Requirement>,
}

pub(super) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let constraints = scope.endpoint.constraints.iter();
    let rules =
        constraints.flat_map(|all| all.requirements.iter().map(|requirement| Rule { when: all.when, requirement }));
    let rules: Vec<Rule<'_>> = rules.collect();
    for (index, rule) in rules.iter().enumerate() {
        check_alone(rule, problems);
        for before in &rules[..index] {
            check_pair(before, rule, problems);
        }
    }
}

/// A rule must not contradict or repeat its own conditions.
fn check_alone(rule: &Rule<'_>, problems: &mut Problems) {
    for condition in rule.when {
        let is_sent = !matches!(condition.state, State::Absent);
        let title = match &rule.requirement.value {
            Requirement::Required(names) if names.contains(&condition.param) => {
                if is_sent {
                    "is sent already when this applies"
                } else {
                    "is needed when it is not sent"
                }
            }
            Requirement::Forbidden(names) if names.contains(&condition.param) => {
                if is_sent {
                    "is forbidden when it is sent"
                } else {
                    "is not sent anyway when this applies"
                }
            }
            _ => continue,
        };
        problems
            .at(rule.requirement.place, format!("`{}` {title}", condition.param))
            .help("what always holds needs no `when`");
    }
}

fn check_pair(before: &Rule<'_>, rule: &Rule<'_>, problems: &mut Problems) {
    let place = rule.requirement.place;
    let (one, other) = (&before.requirement.value, &rule.requirement.value);
    if implies(rule.when, before.when)
        && let Some(title) = repeated(one, other)
    {
        problems.at(place, title).help("an earlier constraint says so already");
    } else if overlaps(before.when, rule.when)
        && let Some(title) = contradiction(one, other).or_else(|| contradiction(other, one))
    {
        problems.at(place, title).help("an earlier constraint applies at the same time; no request satisfies both");
    }
}

/// Returns what the later requirement says again.
fn repeated(earlier: &Requirement, later: &Requirement) -> Option<String> {
    use Requirement as R;
    match (earlier, later) {
        (R::Required(names), R::Required(again)) => {
            common(names, again).map(|name| format!("`{name}` is needed already"))
        }
        (R::Forbidden(names), R::Forbidden(again)) => {
            common(names, again).map(|name| format!("`{name}` is forbidden already"))
        }
        (R::AtLeastOne(names), R::AtLeastOne(again))
        | (R::ExactlyOne(names), R::ExactlyOne(again))
        | (R::AtMostOne(names), R::AtMostOne(again))
        | (R::Together(names), R::Together(again))
            if is_within(names, again) && is_within(again, names) =>
        {
            Some(format!("the constraint is stated twice: {later}"))
        }
        (R::Only { param, values }, R::Only { param: again, values: same })
            if param == again && is_within(values, same) && is_within(same, values) =>
        {
            Some(format!("the constraint is stated twice: {later}"))
        }
        (R::Window(window), R::Window(again)) if (window.from, window.to) == (again.from, again.to) => {
            (window.to_string() == again.to_string()).then(|| format!("the constraint is stated twice: {later}"))
        }
        _ => None,
    }
}

/// Returns why no request can satisfy both.
fn contradiction(one: &Requirement, other: &Requirement) -> Option<String> {
    use Requirement as R;
    match (one, other) {
        (R::Required(needed), R::Forbidden(names)) => {
            common(needed, names).map(|name| format!("`{name}` is both needed and forbidden"))
        }
        (R::Required(needed), R::ExactlyOne(names) | R::AtMostOne(names)) => {
            let mut both = names.iter().filter(|name| needed.contains(name));
            let (first, second) = (both.next()?, both.next()?);
            Some(format!("`{first}` and `{second}` are both needed, and only one of them may be sent"))
        }
        (R::Forbidden(names), R::ExactlyOne(choice) | R::AtLeastOne(choice)) if is_within(choice, names) => {
            Some(format!("one of {} is needed, and all are forbidden", quoted(choice)))
        }
        (R::Only { param, values }, R::Only { param: same, values: others })
            if param == same && common(values, others).is_none() =>
        {
            Some(format!("`{param}` has no value that both constraints allow"))
        }
        _ => None,
    }
}

/// Returns the first name that is in both lists.
fn common(names: &[&'static str], others: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| others.contains(name))
}

fn is_within(names: &[&str], others: &[&str]) -> bool {
    names.iter().all(|name| others.contains(name))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Returns whether all that the other conditions ask for holds whenever these do.
fn implies(conditions: &[Condition], others: &[Condition]) -> bool {
    let implied = |other: &Condition| {
        conditions.iter().filter(|condition| condition.param == other.param).any(|condition| {
            match (condition.state, other.state) {
                (State::OneOf(values), State::OneOf(among)) => is_within(values, among),
                (State::OneOf(_) | State::Present, State::Present) | (State::Absent, State::Absent) => true,
                _ => false,
            }
        })
    };
    others.iter().all(implied)
}

/// Returns whether the conditions of one ask for nothing that those of the other leave open, and both can hold at once.
fn overlaps(conditions: &[Condition], others: &[Condition]) -> bool {
    let meets = |condition: &Condition, other: &Condition| match (condition.state, other.state) {
        (State::OneOf(values), State::OneOf(among)) => values.iter().any(|value| among.contains(value)),
        (State::Absent, State::Absent) => true,
        (State::Absent, _) | (_, State::Absent) => false,
        _ => true,
    };
    let covers = |these: &[Condition], those: &[Condition]| {
        those.iter().all(|that| these.iter().any(|this| this.param == that.param && meets(this, that)))
    };
    covers(conditions, others) || covers(others, conditions)
}

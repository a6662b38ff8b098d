//! Tells whether one rule over parameters follows from others, by trying every request that differs in what they speak of. So it
//! does not matter in which words a page and a spec say the same.

use papi_spec::{Condition, Constraint, Requirement, State};

/// A parameter of a request.
pub(crate) struct Param<'a> {
    pub(crate) name: &'a str,
    pub(crate) is_required: bool,
    /// All values that it may have; empty when they are not known.
    pub(crate) values: Vec<&'a str>,
}

/// The parameters that a request sends, with their values.
type Request<'a> = Vec<(&'a str, &'a str)>;

/// A value of which nobody speaks.
const ANY: &str = "any";

/// Returns whether each request that keeps the other rules, and has what is required, keeps the rule. Only rules about a parameter
/// of this one are tried. Ranges of time are kept by every request.
pub(crate) fn is_implied(rule: &Constraint, by: &[Constraint], params: &[Param<'_>]) -> bool {
    let text = rule.to_string();
    if by.iter().any(|other| other.to_string() == text) {
        return true;
    }
    let about = mentioned(rule);
    let by: Vec<&Constraint> =
        by.iter().filter(|other| mentioned(other).iter().any(|name| about.contains(name))).collect();
    let mut names: Vec<&str> = Vec::new();
    for name in by.iter().flat_map(|other| mentioned(other)).chain(about) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let spoken: Vec<&Constraint> = by.iter().copied().chain([rule]).collect();
    let choices: Vec<_> = names.into_iter().map(|name| (name, choices(name, &spoken, params))).collect();
    all_requests(&choices, &mut Vec::new(), &mut |request| {
        keeps(rule, request) || !by.iter().all(|other| keeps(other, request))
    })
}

/// A constraint that needs or forbids several parameters says that of each. Ranges of time are compared otherwise.
pub(crate) fn for_each_parameter(constraint: &Constraint) -> Vec<Constraint> {
    let each = |names: &'static [&'static str], requirement: fn(&'static [&'static str]) -> Requirement| {
        let one = |name| Constraint { when: constraint.when, requirement: requirement(std::slice::from_ref(name)) };
        names.iter().map(one).collect()
    };
    match constraint.requirement {
        Requirement::Required(names) => each(names, Requirement::Required),
        Requirement::Forbidden(names) => each(names, Requirement::Forbidden),
        Requirement::Window(_) => Vec::new(),
        _ => vec![*constraint],
    }
}

/// The names of the parameters that a rule speaks of.
pub(crate) fn mentioned(rule: &Constraint) -> Vec<&'static str> {
    let required: &[&'static str] = match &rule.requirement {
        Requirement::AtLeastOne(names)
        | Requirement::ExactlyOne(names)
        | Requirement::AtMostOne(names)
        | Requirement::Together(names)
        | Requirement::Required(names)
        | Requirement::Forbidden(names) => names,
        Requirement::Only { param, .. } => std::slice::from_ref(param),
        _ => &[],
    };
    rule.when.iter().map(|condition| condition.param).chain(required.iter().copied()).collect()
}

/// What a request may have of a parameter: none stands for leaving it out.
fn choices<'a>(name: &str, rules: &[&Constraint], params: &[Param<'a>]) -> Vec<Option<&'a str>> {
    let param = params.iter().find(|param| param.name == name);
    let may_be_absent = !param.is_some_and(|param| param.is_required);
    let spoken = spoken_values(name, rules);
    let known = param.map(|param| param.values.as_slice()).unwrap_or_default();
    let values = match (spoken.is_empty(), known.is_empty()) {
        (true, _) => vec![ANY],
        (false, false) => known.to_vec(),
        (false, true) => spoken.into_iter().chain([ANY]).collect(),
    };
    may_be_absent.then_some(None).into_iter().chain(values.into_iter().map(Some)).collect()
}

/// The values of a parameter on which something depends.
fn spoken_values(name: &str, rules: &[&Constraint]) -> Vec<&'static str> {
    let mut spoken: Vec<&'static str> = Vec::new();
    for rule in rules {
        let in_conditions = rule.when.iter().filter(|condition| condition.param == name);
        let in_conditions = in_conditions.filter_map(|condition| match condition.state {
            State::OneOf(values) => Some(values),
            _ => None,
        });
        let only = match rule.requirement {
            Requirement::Only { param, values } if param == name => Some(values),
            _ => None,
        };
        for value in in_conditions.chain(only).flatten() {
            if !spoken.contains(value) {
                spoken.push(value);
            }
        }
    }
    spoken
}

/// Whether something holds for every request with these choices.
fn all_requests<'a>(
    choices: &[(&'a str, Vec<Option<&'a str>>)],
    request: &mut Request<'a>,
    holds: &mut dyn FnMut(&Request<'a>) -> bool,
) -> bool {
    let Some(((name, values), rest)) = choices.split_first() else { return holds(request) };
    values.iter().all(|value| {
        let before = request.len();
        request.extend(value.map(|value| (*name, value)));
        let all = all_requests(rest, request, holds);
        request.truncate(before);
        all
    })
}

fn keeps(rule: &Constraint, request: &Request<'_>) -> bool {
    let value = |name: &str| request.iter().find(|(sent, _)| *sent == name).map(|(_, value)| *value);
    let applies = |condition: &Condition| condition.holds_for(value(condition.param));
    if !rule.when.iter().all(applies) {
        return true;
    }
    let count = |names: &[&str]| names.iter().filter(|name| value(name).is_some()).count();
    match rule.requirement {
        Requirement::AtLeastOne(names) => count(names) > 0,
        Requirement::ExactlyOne(names) => count(names) == 1,
        Requirement::AtMostOne(names) => count(names) < 2,
        Requirement::Together(names) => [0, names.len()].contains(&count(names)),
        Requirement::Required(names) => count(names) == names.len(),
        Requirement::Forbidden(names) => count(names) == 0,
        Requirement::Only { param, values } => value(param).is_none_or(|value| values.contains(&value)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Param, is_implied};
    use papi_spec::{Constraint, is};

    const PRICES: &[&str] = &["price", "priceMatch"];
    const LIMIT: Constraint = Constraint::when(&[is("type", &["LIMIT"])]).exactly_one(PRICES);
    const MARKET: Constraint = Constraint::when(&[is("type", &["MARKET"])]).forbid(&["priceMatch"]);

    fn types<'a>(values: &[&'a str]) -> [Param<'a>; 1] {
        [Param { name: "type", is_required: true, values: values.to_vec() }]
    }

    #[test]
    fn what_is_said_for_each_word_is_said_for_all() {
        let at_most = Constraint::always().at_most_one(PRICES);
        assert!(is_implied(&at_most, &[LIMIT, MARKET], &types(&["LIMIT", "MARKET"])));
        assert!(!is_implied(&at_most, &[LIMIT, MARKET], &types(&["LIMIT", "MARKET", "STOP"])));
        assert!(!is_implied(&at_most, &[LIMIT], &types(&["LIMIT", "MARKET"])));
    }

    #[test]
    fn the_stricter_implies_the_weaker_and_not_the_other_way_round() {
        let (one, some) = (Constraint::always().exactly_one(PRICES), Constraint::always().at_least_one(PRICES));
        assert!(is_implied(&some, &[one], &[]));
        assert!(!is_implied(&one, &[some], &[]));
        let required = [Param { name: "price", is_required: true, values: Vec::new() }];
        assert!(is_implied(&some, &[], &required));
        assert!(is_implied(&one, &[Constraint::always().at_most_one(PRICES)], &required));
    }
}

//! Checks that the bounds, words and default of a parameter fit its type.

use super::{Scope, types};
use crate::problem::{At, Problems};
use crate::rust_name::is_identifier;
use crate::spec::{Meaning, Notation, Param, TypeUse, WordSet, is_decimal};
use papi_spec::{Decimal, Limit, RUNTIME_PARAMS};

pub(crate) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    for param in scope.endpoint.params.iter().chain(&scope.endpoint.removed) {
        if RUNTIME_PARAMS.contains(&param.wire.as_str()) {
            problems.at(param.wire.place, format!("`{}` belongs to the runtime and is never listed", *param.wire));
        } else if !is_identifier(&param.wire) {
            problems.at(param.wire.place, format!("`{}` cannot be named by constraints", *param.wire));
        }
        if param.required && param.default.is_some() {
            problems.at(param.wire.place, format!("`{}` is required, so it has no default", *param.wire));
        }
        let Some((notation, meaning)) = resolve(param, scope, problems) else { continue };
        check_words(param, meaning, problems);
        check_text(param, notation, problems);
        check_bounds(param, notation, problems);
        if let Some(default) = &param.default {
            check_default(param, default, notation, meaning, problems);
        }
    }
}

/// How the parameter's values are written, and what its type means; lists have texts.
fn resolve<'s>(
    param: &'s Param,
    scope: &Scope<'s>,
    problems: &mut Problems,
) -> Option<(Notation, Option<Meaning<'s>>)> {
    match &param.ty {
        TypeUse::Named(name) => {
            let Some(meaning) = scope.vocabulary.find(name) else {
                types::unknown(name, &scope.vocabulary, problems);
                return None;
            };
            let notation = meaning.notation();
            if notation.is_none() {
                problems.at(name.place, format!("a parameter is a scalar, `{}` is a type of replies", **name));
            }
            Some((notation?, Some(meaning)))
        }
        TypeUse::List(inner) if matches!(&**inner, TypeUse::Named(name) if **name == "String") => {
            Some((Notation::Text, None))
        }
        TypeUse::Unreadable => None,
        _ => {
            problems
                .at(param.wire.place, format!("`{}` has a type that cannot be sent", *param.wire))
                .help("a parameter is a scalar, a word, an id, a name, or `[String]` for a list sent with commas");
            None
        }
    }
}

fn check_words(param: &Param, meaning: Option<Meaning<'_>>, problems: &mut Problems) {
    let Some(words) = &param.words else { return };
    let Some(Meaning::Words(set)) = meaning else {
        problems.at(param.wire.place, format!("`words` is for enums, and the type of `{}` is none", *param.wire));
        return;
    };
    for word in words {
        word_of(set, word, problems);
    }
}

/// Notes a word that its enum does not have. Returns whether the enum has it.
fn word_of(set: &WordSet, word: &At<String>, problems: &mut Problems) -> bool {
    let known = set.words.iter().map(|known| known.wire.as_str());
    let found = known.clone().any(|known| known == **word);
    if !found {
        problems
            .at(word.place, format!("`{}` is not a word of `{}`", **word, *set.name))
            .help(format!("the words are: {}", known.clone().collect::<Vec<_>>().join(", ")))
            .suggest(word, known);
    }
    found
}

/// Notes a word that its enum does not have. Returns whether the enum has it and the parameter does not offer it.
fn is_left_out(param: &Param, set: &WordSet, word: &At<String>, problems: &mut Problems) -> bool {
    let offers = |words: &Vec<At<String>>| words.iter().any(|offered| **offered == **word);
    word_of(set, word, problems) && !param.words.as_ref().is_none_or(offers)
}

fn check_text(param: &Param, notation: Notation, problems: &mut Problems) {
    if notation != Notation::Text {
        let given =
            [("length", param.length.as_ref().map(|at| at.place)), ("chars", param.chars.as_ref().map(|at| at.place))];
        for (key, place) in given {
            if let Some(place) = place {
                problems.at(place, format!("`{key}` is for texts, and `{}` is none", *param.wire));
            }
        }
    }
    if let Some(chars) = &param.chars {
        check_class(chars, problems);
    }
}

/// A class of characters lists single ones and ranges: `.A-Z:/a-z0-9_-`.
fn check_class(class: &At<String>, problems: &mut Problems) {
    let letters: Vec<char> = class.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        if let Some(['-', last]) = letters.get(at + 1..at + 3) {
            if letters[at] > *last {
                let range = format!("{}-{last}", letters[at]);
                problems.at(class.place, format!("the range `{range}` runs backwards"));
            }
            at += 3;
        } else {
            at += 1;
        }
    }
    if letters.is_empty() {
        problems.at(class.place, "`chars` allows no character");
    }
}

fn check_bounds(param: &Param, notation: Notation, problems: &mut Problems) {
    let bounds = [("min", &param.min), ("max", &param.max), ("above", &param.above), ("below", &param.below)];
    for (key, bound) in bounds {
        let Some(bound) = bound else { continue };
        let from_now = matches!(Limit::parse(bound), Some(Limit::FromNow(_)));
        if !notation.is_number() {
            problems.at(bound.place, format!("`{key}` is for numbers, and `{}` is none", *param.wire));
        } else if from_now && notation != Notation::Time {
            problems.at(bound.place, format!("`now` is for times, and `{}` is none", *param.wire));
        } else if !from_now {
            fits(bound, key, notation, problems);
        }
    }
    if let (Some(lower), Some(_)) = (&param.min, &param.above) {
        problems.at(lower.place, "`min` and `above` exclude each other");
    }
    if let (Some(upper), Some(_)) = (&param.max, &param.below) {
        problems.at(upper.place, "`max` and `below` exclude each other");
    }
    if let (Some(lower), Some(upper)) =
        (param.min.as_ref().or(param.above.as_ref()), param.max.as_ref().or(param.below.as_ref()))
        && compares(lower, upper, |least, most| least > most)
    {
        problems.at(upper.place, format!("nothing is between {} and {}", **lower, **upper));
    }
}

/// Compares two numbers. Nothing is said of times after now.
fn compares(left: &str, right: &str, how: fn(Decimal, Decimal) -> bool) -> bool {
    match (Limit::parse(left), Limit::parse(right)) {
        (Some(Limit::Number(left)), Some(Limit::Number(right))) => how(left, right),
        _ => false,
    }
}

fn check_default(
    param: &Param,
    default: &At<String>,
    notation: Notation,
    meaning: Option<Meaning<'_>>,
    problems: &mut Problems,
) {
    if let Some(Meaning::Words(set)) = meaning
        && is_left_out(param, set, default, problems)
    {
        problems.at(default.place, format!("the default `{}` is not one of `words`", **default));
    }
    if !fits(default, "default", notation, problems) {
        return;
    }
    let breaks = |bound: &Option<At<String>>, how| bound.as_ref().is_some_and(|bound| compares(default, bound, how));
    let outside = breaks(&param.min, |value, least| value < least)
        || breaks(&param.above, |value, least| value <= least)
        || breaks(&param.max, |value, most| value > most)
        || breaks(&param.below, |value, most| value >= most);
    if outside {
        problems.at(default.place, format!("the default {} is out of bounds", **default));
    }
}

/// A value must read as its type; `what` names it.
fn fits(value: &At<String>, what: &str, notation: Notation, problems: &mut Problems) -> bool {
    let expected = match notation {
        Notation::Bool if **value != "true" && **value != "false" => "true or false",
        Notation::Count if value.parse::<u32>().is_err() => "a whole number from 0",
        Notation::Integer | Notation::Time if value.parse::<i64>().is_err() => "a whole number",
        Notation::Decimal if !is_decimal(value) => "a decimal number",
        _ => return true,
    };
    problems.at(value.place, format!("`{what}` must be {expected}"));
    false
}

/// A value that a constraint, a constructor or a condition gives to a parameter must be one that it can have.
pub(super) fn check_value(param: &Param, value: &At<String>, scope: &Scope<'_>, problems: &mut Problems) {
    let TypeUse::Named(name) = &param.ty else { return };
    let Some(meaning) = scope.vocabulary.find(name) else { return };
    if let Meaning::Words(set) = meaning {
        if is_left_out(param, set, value, problems) {
            problems.at(value.place, format!("`{}` is not one of the words `{}` offers", **value, *param.wire));
        }
    } else if let Some(notation) = meaning.notation() {
        fits(value, &param.wire, notation, problems);
    }
}

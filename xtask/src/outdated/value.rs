//! What types, defaults, bounds and lengths of time are called when pages and specs are compared: as in `differs`.

use crate::import::facts::ParamFacts;
use crate::spec::{Meaning, Notation, Param, TypeUse, Vocabulary};
use papi_spec::{Limit, Span};

/// Returns the kind of a parameter on a page. Pages call words, and what is true or false, a text as often as not.
pub(super) fn kind_on_page(param: &ParamFacts) -> &'static str {
    if param.is_comma_list {
        return "comma list";
    }
    let is_bool = param.words.as_deref().is_some_and(|words| matches!(words, [one, two] if is_true_or_false(one, two)));
    match param.page_type.as_str() {
        "STRING" | "ENUM" if is_bool => "true|false",
        "STRING" if param.words.is_none() => "text",
        "STRING" | "ENUM" => "word",
        "INT" | "LONG" => "integer",
        "DECIMAL" => "decimal",
        "BOOLEAN" => "true|false",
        "LIST" => "comma list",
        _ => "unknown",
    }
}

fn is_true_or_false(one: &str, two: &str) -> bool {
    let mut words = [one.to_ascii_lowercase(), two.to_ascii_lowercase()];
    words.sort();
    words == ["false", "true"]
}

/// Returns the kind of a parameter in a spec.
pub(super) fn kind_in_spec(ty: &TypeUse, vocabulary: &Vocabulary<'_>) -> &'static str {
    match ty {
        TypeUse::List(_) => "comma list",
        TypeUse::Named(name) => match vocabulary.find(name) {
            Some(Meaning::Words(_)) => "word",
            Some(meaning) => match meaning.notation() {
                Some(Notation::Text) => "text",
                Some(Notation::Count | Notation::Integer | Notation::Time) => "integer",
                Some(Notation::Decimal) => "decimal",
                Some(Notation::Bool) => "true|false",
                None => "object",
            },
            None => "unknown",
        },
        _ => "object",
    }
}

/// Returns the words of a type; none when it has no fixed set.
pub(super) fn type_words<'s>(ty: &TypeUse, vocabulary: &Vocabulary<'s>) -> Vec<&'s str> {
    let TypeUse::Named(name) = ty else { return Vec::new() };
    match vocabulary.find(name) {
        Some(Meaning::Words(set)) => set.words.iter().map(|word| word.wire.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Returns whether two values are the same number, the same word, or both true or false.
pub(super) fn is_same_value(one: Option<&str>, two: Option<&str>) -> bool {
    let (Some(one), Some(two)) = (one, two) else { return one == two };
    match (Limit::parse(one), Limit::parse(two)) {
        (Some(one), Some(two)) => one == two,
        _ if ["true", "false"].contains(&two) => one.eq_ignore_ascii_case(two),
        _ => one == two,
    }
}

/// Returns a bound of a page in one form: `60000`, `> 0`, `> now + 600000 ms`.
pub(super) fn page_bound(text: &str) -> String {
    match (text.strip_prefix(['>', '<']), text.chars().next()) {
        (Some(rest), Some(sign)) => format!("{sign} {}", number(rest.trim())),
        _ => number(text.trim()),
    }
}

fn number(text: &str) -> String {
    match Limit::parse(text) {
        Some(limit) => limit_text(limit),
        None => text.to_owned(),
    }
}

fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::FromNow(Span::Millis(millis)) => format!("now + {millis} ms"),
        other => other.to_string(),
    }
}

/// Returns the lower bound of a parameter in the same form.
pub(super) fn lower_bound(param: &Param) -> Option<String> {
    let closed = param.min.as_ref().map(|bound| number(bound));
    closed.or_else(|| param.above.as_ref().map(|bound| format!("> {}", number(bound))))
}

/// Returns the upper bound of a parameter in the same form.
pub(super) fn upper_bound(param: &Param) -> Option<String> {
    let closed = param.max.as_ref().map(|bound| number(bound));
    closed.or_else(|| param.below.as_ref().map(|bound| format!("< {}", number(bound))))
}

/// Returns the two halves of a pattern such as `^[a-z\.]{1,32}$`: `a-z.` and `1..32`.
pub(super) fn class_and_length(pattern: &str) -> Option<(String, String)> {
    let (class, length) = pattern.strip_prefix("^[")?.strip_suffix("}$")?.split_once("]{")?;
    Some((class.replace('\\', ""), length.replace(',', "..")))
}

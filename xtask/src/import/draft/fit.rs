//! Whether values of documented replies fit a type, and which type they suggest when nothing is known.

use super::dictionary::Dictionary;
use crate::import::facts::seen::{Scalar, Seen};
use crate::spec::{Body, Field, Notation, Shape, TypeUse, is_decimal};

/// Returns whether all that was seen fits a type.
pub(super) fn fits(seen: &Seen, ty: &TypeUse, is_optional: bool, dictionary: Dictionary<'_>) -> bool {
    if (seen.is_null || seen.is_empty) && !is_optional {
        return false;
    }
    let vocabulary = dictionary.vocabulary();
    match ty {
        TypeUse::Named(name) => {
            if let Some(shape) = vocabulary.shape(name) {
                return seen.scalars.is_empty() && seen.elements.is_none() && fits_shape(seen, shape, dictionary);
            }
            let words = dictionary.words(name);
            let is_word =
                |scalar: &Scalar| words.is_none_or(|set| set.words.iter().any(|word| *word.wire == *scalar.text()));
            seen.object.is_none()
                && seen.elements.is_none()
                && vocabulary.notation(ty).is_some_and(|notation| {
                    seen.scalars.iter().all(|scalar| reads(scalar, notation))
                        && (seen.scalars.is_empty() || seen.scalars.iter().any(is_word))
                })
        }
        TypeUse::List(inner) => {
            seen.scalars.is_empty()
                && seen.object.is_none()
                && seen.elements.as_ref().is_none_or(|elements| fits(elements, inner, false, dictionary))
        }
        TypeUse::Map(_, inner) => {
            seen.scalars.is_empty()
                && seen.elements.is_none()
                && seen
                    .object
                    .as_ref()
                    .is_none_or(|object| object.as_map().is_some() && fits(&object.merged(), inner, false, dictionary))
        }
        TypeUse::OneOrMany(_) | TypeUse::Unreadable => false,
    }
}

fn fits_shape(seen: &Seen, shape: &Shape, dictionary: Dictionary<'_>) -> bool {
    let (Some(object), Body::Fields(fields)) = (&seen.object, &shape.body) else { return seen.object.is_none() };
    let declares = |(key, seen, _): &(String, Seen, usize)| {
        fields.iter().any(|field| *field.wire == *key && fits(seen, &field.ty, field.optional.is_some(), dictionary))
    };
    let has = |field: &Field| {
        field.optional.is_some()
            || object.fields.iter().any(|(key, _, count)| *field.wire == *key && *count == object.count)
    };
    object.fields.iter().all(declares) && fields.iter().all(has)
}

/// Returns whether nothing is known of a value.
pub(super) fn is_blank(seen: &Seen) -> bool {
    seen.scalars.is_empty()
        && seen.object.is_none()
        && seen.elements.as_ref().is_none_or(|elements| {
            elements.scalars.is_empty() && elements.object.is_none() && elements.elements.is_none()
        })
}

/// Returns whether a scalar reads as a notation, quoted or bare.
pub(super) fn reads(scalar: &Scalar, notation: Notation) -> bool {
    match (scalar, notation) {
        (Scalar::Bool(_), Notation::Bool) | (Scalar::Text(_) | Scalar::Number(_), Notation::Text) => true,
        (Scalar::Text(text), Notation::Bool) => text == "true" || text == "false",
        (Scalar::Text(text) | Scalar::Number(text), Notation::Decimal) => is_decimal(text),
        (Scalar::Text(text) | Scalar::Number(text), Notation::Count) => text.parse::<u32>().is_ok(),
        (Scalar::Text(text) | Scalar::Number(text), Notation::Integer | Notation::Time) => text.parse::<i64>().is_ok(),
        _ => false,
    }
}

/// The type that a name and its values suggest.
pub(super) fn by_value(key: &str, seen: &Seen) -> &'static str {
    let name = key.to_ascii_lowercase();
    let all = |notation| !seen.scalars.is_empty() && seen.scalars.iter().all(|scalar| reads(scalar, notation));
    let is_number = seen.scalars.iter().all(|scalar| matches!(scalar, Scalar::Number(_)));
    let is_time = name.ends_with("time") || name.ends_with("timestamp") || name.ends_with("date");
    let is_amount =
        ["balance", "amount", "price", "qty", "quantity", "pnl", "loss", "profit", "value", "fee", "rate", "margin"];
    if seen.scalars.is_empty() && is_amount.iter().any(|end| name.ends_with(end)) {
        "Decimal"
    } else if all(Notation::Bool) {
        "bool"
    } else if is_time && all(Notation::Time) {
        "Timestamp"
    } else if is_number && all(Notation::Integer) {
        if name == "orderid" { "OrderId" } else { "i64" }
    } else if all(Notation::Decimal) && !name.ends_with("id") {
        "Decimal"
    } else if name == "symbol" {
        "Symbol"
    } else if name == "pair" {
        "Pair"
    } else if name.ends_with("asset") {
        "Asset"
    } else if name.ends_with("clientorderid") {
        "ClientOrderId"
    } else {
        "String"
    }
}

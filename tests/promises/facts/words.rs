//! Finds out which words of a reply's field its type knows: each is put into a documented reply, which is then searched
//! for what this version does not know.

use super::read::in_order;
use binance_papi::EndpointInfo;
use binance_papi::error::DriftKind;
use serde_json::Value;

const UNHEARD_OF: &str = "A_WORD_NOBODY_KNOWS";

/// Those of the words that the field's type knows. A type that has no set of words knows any text.
pub(super) fn known_words(info: &EndpointInfo, examples: &[String], path: &str, words: &[String]) -> String {
    let replies: Vec<Value> = examples.iter().map(|text| serde_json::from_str(text).expect("an example")).collect();
    let steps: Vec<_> = path.split('.').collect();
    // The field stands in some example, or else in none and is put into the first.
    let Some((reply, put)) = [false, true].iter().find_map(|&put| {
        let reply = replies.iter().find(|reply| set(&mut (*reply).clone(), &steps, UNHEARD_OF, put))?;
        Some((reply, put))
    }) else {
        return "no documented reply has the field".to_owned();
    };
    let is_known = |word: &str| {
        let mut reply = reply.clone();
        set(&mut reply, &steps, word, put);
        let drift = info.find_drift(reply.to_string().as_bytes());
        let drift = drift.unwrap_or_else(|error| panic!("{} with {word}: {error}", info.type_path()));
        !drift.iter().any(|one| one.kind == DriftKind::Word && one.value.contains(word))
    };
    if is_known(UNHEARD_OF) {
        return "any text".to_owned();
    }
    in_order(words.iter().map(String::as_str).filter(|word| is_known(word)))
}

/// Sets the field at the path wherever the reply has it, or with `put` wherever it could stand; whether there was any.
fn set(reply: &mut Value, steps: &[&str], word: &str, put: bool) -> bool {
    match (reply, steps) {
        (Value::Array(elements), _) => {
            let steps = match steps {
                ["[]", rest @ ..] => rest,
                _ => steps,
            };
            elements.iter_mut().fold(false, |any, element| set(element, steps, word, put) | any)
        }
        (Value::Object(fields), [last]) => {
            let field = last.trim_end_matches("[]");
            let there = put || fields.contains_key(field);
            if there {
                fields.insert(field.to_owned(), Value::from(word));
            }
            there
        }
        (Value::Object(fields), [key, rest @ ..]) if key.starts_with('<') => {
            fields.values_mut().fold(false, |any, value| set(value, rest, word, put) | any)
        }
        (Value::Object(fields), [field, rest @ ..]) => {
            fields.get_mut(field.trim_end_matches("[]")).is_some_and(|value| set(value, rest, word, put))
        }
        _ => false,
    }
}

//! JSON in which the differences do not show that reading and printing may make.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A reply or an event in which the differences that `spec/WIRE.md` tolerates do not show: a number equals the text of the same
/// digits, and `null`, `""` and `"null"` equal absence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Normal {
    Text(String),
    List(Vec<Normal>),
    Object(BTreeMap<String, Normal>),
}

pub(crate) fn normal(json: &str) -> Option<Normal> {
    match json.trim_start().as_bytes()[0] {
        b'{' => {
            let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).expect("an object");
            let fields = fields.into_iter().filter_map(|(name, value)| Some((name, normal(value.get())?)));
            Some(Normal::Object(fields.collect()))
        }
        b'[' => {
            let list: Vec<Box<RawValue>> = serde_json::from_str(json).expect("a list");
            Some(Normal::List(list.iter().filter_map(|value| normal(value.get())).collect()))
        }
        b'"' => {
            let text: String = serde_json::from_str(json).expect("a text");
            (!text.is_empty() && text != "null").then_some(Normal::Text(text))
        }
        _ => (json.trim() != "null").then(|| Normal::Text(json.trim().to_owned())),
    }
}

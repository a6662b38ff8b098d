//! Finds what a reply has and this version does not know: fields that no type declares, words that no enum lists.
//! What was received is compared with the schema of the reply, so that no type needs code for it.

use crate::scalar::{Text, shortened};
use crate::spec::Schema;
use crate::wire::{RawValue, fields};
use std::borrow::Cow;
use std::fmt;

/// How many characters of a value are kept.
const LONGEST: usize = 80;

/// Something in a reply that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// What it is.
    pub kind: DriftKind,
    /// Where it is, such as `[3].newField`. In a reply with bad rows, only the good ones are counted.
    pub path: String,
    /// The value as it was received, shortened.
    pub value: String,
}

/// What this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A field that the type does not declare.
    Field,
    /// A word that the enum does not list.
    Word,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            DriftKind::Field => "field",
            DriftKind::Word => "word",
        };
        write!(f, "unknown {kind} at {}: {}", self.path, self.value)
    }
}

/// Returns what a reply has and its schema does not: fields that no type declares, words that no enum lists. An unknown field
/// with an empty value does not count. A body that cannot be read has no drift.
pub fn find_drift(body: &[u8], schema: &Schema) -> Vec<Drift> {
    let mut found = Vec::new();
    if let Ok(body) = std::str::from_utf8(body) {
        compare(body.trim(), schema, String::new(), &mut found);
    }
    found
}

fn compare(received: &str, schema: &Schema, path: String, found: &mut Vec<Drift>) {
    match schema {
        Schema::Object(known) => {
            for (name, value) in fields(received).unwrap_or_default() {
                let path = field_path(&path, &name);
                match known.iter().find(|field| field.name == name) {
                    Some(field) => compare(value.get(), &field.schema, path, found),
                    None if is_empty(value.get()) => {}
                    None => found.push(Drift {
                        kind: DriftKind::Field,
                        path,
                        value: shortened(value.get(), LONGEST).into(),
                    }),
                }
            }
        }
        Schema::Either { kinds, otherwise } => {
            let has = |key: &str| fields(received).is_ok_and(|fields| fields.iter().any(|(name, _)| name == key));
            let kind = kinds.iter().find(|(key, _)| has(key)).map_or(*otherwise, |(_, schema)| schema);
            compare(received, kind, path, found);
        }
        Schema::Map(values) => {
            for (name, value) in fields(received).unwrap_or_default() {
                compare(value.get(), values, field_path(&path, &name), found);
            }
        }
        Schema::OneOrMany(one) if !received.starts_with('[') => compare(received, one, path, found),
        Schema::List(row) | Schema::OneOrMany(row) => {
            let rows: Vec<&RawValue> = serde_json::from_str(received).unwrap_or_default();
            for (index, value) in rows.iter().enumerate() {
                compare(value.get(), row, format!("{path}[{index}]"), found);
            }
        }
        Schema::Word(known) if !is_empty(received) => {
            let word: Cow<'_, str> = serde_json::from_str::<Text<'_>>(received).map_or(received.into(), |text| text.0);
            if !known.contains(&&*word) {
                let path = if path.is_empty() { ".".to_owned() } else { path };
                found.push(Drift { kind: DriftKind::Word, path, value: shortened(received, LONGEST).into() });
            }
        }
        _ => {}
    }
}

/// Returns whether a value stands for absence.
fn is_empty(json: &str) -> bool {
    matches!(json, "null" | "\"\"" | "\"null\"")
}

fn field_path(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use crate::um;

    #[test]
    fn unknown_fields_and_words_are_found_by_path() {
        let body = um::ForceOrders::INFO.examples[0].replace("\"FILLED\"", "\"HALF_FILLED\"").replacen(
            '{',
            "{\"brandNew\":{\"a\":1},\"empty\":null,",
            1,
        );
        let drift = um::ForceOrders::INFO.find_drift(body.as_bytes()).expect("reads");
        let lines: Vec<_> = drift.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["unknown field at [0].brandNew: {\"a\":1}", "unknown word at [0].status: \"HALF_FILLED\""]);
    }

    #[test]
    fn a_documented_reply_has_none() {
        for info in crate::ENDPOINTS {
            for example in info.examples {
                let drift = info.find_drift(example.as_bytes()).expect("reads");
                assert!(drift.is_empty(), "{}: {drift:?}", info.type_path());
            }
        }
    }
}

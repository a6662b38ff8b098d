//! Finds what a reply has and this version does not know: fields that no type declares, words that no enum lists.
//! What was received is compared with the schema of the reply, so that no type needs code for it.

use crate::json::{JsonReader, ReadError, shortened};
use crate::listen_key_mask::{LISTEN_KEY, MASK, mask_listen_keys};
use crate::spec::Schema;
use std::fmt::{self, Write as _};

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
    /// The value as it was received, shortened; of a `listenKey`, which is a secret, `..`.
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
    let mut search = Search { path: String::new(), found: Vec::new() };
    let Ok(body) = std::str::from_utf8(body) else { return Vec::new() };
    let mut from = JsonReader::new(body);
    match search.value(&mut from, schema).and_then(|()| from.end()) {
        Ok(()) => search.found,
        Err(_) => Vec::new(),
    }
}

struct Search {
    /// Of the value that is looked at.
    path: String,
    found: Vec<Drift>,
}

impl Search {
    /// Reads a value and notes what the schema does not know. What has another shape than the schema says is passed over.
    fn value(&mut self, from: &mut JsonReader<'_>, schema: &Schema) -> Result<(), ReadError> {
        match (schema, from.peek()) {
            (Schema::Object(known), Some(b'{')) => from.map(&mut |from, name| {
                let outside = self.enter_field(&name);
                match known.iter().find(|field| field.name == name) {
                    Some(field) => self.value(from, &field.schema)?,
                    None => self.note(DriftKind::Field, from.raw()?),
                }
                self.path.truncate(outside);
                Ok(())
            }),
            (Schema::Map(values), Some(b'{')) => from.map(&mut |from, name| {
                let outside = self.enter_field(&name);
                self.value(from, values)?;
                self.path.truncate(outside);
                Ok(())
            }),
            (Schema::Either { kinds, otherwise }, Some(b'{')) => {
                let keys: Vec<&str> = kinds.iter().map(|(key, _)| *key).collect();
                let kind = from.first_key_of(&keys)?.map_or(*otherwise, |kind| &kinds[kind].1);
                self.value(from, kind)
            }
            (Schema::Tagged { key, kinds }, Some(b'{')) => {
                let tag = from.text_of_key(key)?.unwrap_or_default();
                match kinds.iter().find(|(kind, _)| *kind == tag) {
                    Some((_, kind)) => self.value(from, kind),
                    None => self.untold(from, key),
                }
            }
            (Schema::OneOrMany(one), Some(b'{')) => self.value(from, one),
            (Schema::List(row) | Schema::OneOrMany(row), Some(b'[')) => {
                let mut index = 0;
                from.list(&mut |from| {
                    let outside = self.path.len();
                    // Writing to a `String` cannot fail.
                    let _ = write!(self.path, "[{index}]");
                    self.value(from, row)?;
                    self.path.truncate(outside);
                    index += 1;
                    Ok(())
                })
            }
            (Schema::Word(known), _) => {
                let received = from.raw()?;
                let word = JsonReader::new(received).scalar("a text");
                if !word.is_ok_and(|word| known.contains(&&*word.unwrap_or_default())) {
                    self.note(DriftKind::Word, received);
                }
                Ok(())
            }
            _ => from.skip(),
        }
    }

    /// Passes over an object of a kind that the schema does not know, and notes its kind.
    fn untold(&mut self, from: &mut JsonReader<'_>, key: &str) -> Result<(), ReadError> {
        from.map(&mut |from, name| {
            if name != key {
                return from.skip();
            }
            let outside = self.enter_field(&name);
            self.note(DriftKind::Word, from.raw()?);
            self.path.truncate(outside);
            Ok(())
        })
    }

    /// Goes into a field, and returns the length of the path outside.
    fn enter_field(&mut self, name: &str) -> usize {
        let outside = self.path.len();
        self.path.push_str(if outside == 0 { "" } else { "." });
        self.path.push_str(name);
        outside
    }

    /// Notes a value that is unknown, unless it stands for absence.
    fn note(&mut self, kind: DriftKind, received: &str) {
        if !is_empty(received) {
            let path = if self.path.is_empty() { "." } else { &self.path };
            let value = if path.ends_with(LISTEN_KEY) { MASK.into() } else { mask_listen_keys(received) };
            self.found.push(Drift { kind, path: path.to_owned(), value: shortened(&value, LONGEST).into() });
        }
    }
}

/// Returns whether a value stands for absence.
fn is_empty(json: &str) -> bool {
    matches!(json, "null" | "\"\"" | "\"null\"")
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

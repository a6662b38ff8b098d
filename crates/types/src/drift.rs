//! Finds what a reply has and this version does not know: fields that no type declares, words that no enum lists.
//!
//! Words are found by printing the typed value into a serializer that notices unknown ones; fields by comparing what
//! was received with what is printed. A field that nobody knows and that is empty everywhere does not show.

use crate::Wire;
use crate::wire::fields;
use serde::ser::{self, Impossible, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;

/// Something in a reply that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// What it is.
    pub kind: DriftKind,
    /// Where it is, such as `[3].newField`. In a reply with bad rows, the good ones alone are counted.
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

/// The name under which an unknown word is printed, for the serializer below; JSON does not show it.
pub(crate) const UNKNOWN_WORD: &str = "$papi_types::UnknownWord";

/// Compares a body with the value that was read from it.
pub(crate) fn find<T: Wire>(body: &[u8], value: &T) -> Vec<Drift> {
    let mut found = Vec::new();
    let printed = crate::encode_json(value);
    if let Ok(received) = std::str::from_utf8(body) {
        compare(received.trim(), &printed, "", &mut found);
    }
    // Printing into memory does not fail.
    let _ = value.write(Watch { path: String::new(), found: &mut found });
    found
}

fn compare(received: &str, printed: &str, path: &str, found: &mut Vec<Drift>) {
    match (received.as_bytes().first(), printed.as_bytes().first()) {
        (Some(b'{'), Some(b'{')) => {
            let (Ok(received), Ok(printed)) = (fields(received), fields(printed)) else { return };
            for (name, value) in received {
                let path = field_path(path, &name);
                match printed.iter().find(|(known, _)| *known == name) {
                    Some((_, known)) => compare(value.get(), known.get(), &path, found),
                    None if matches!(value.get(), "null" | "\"\"" | "\"null\"") => {}
                    None => found.push(Drift { kind: DriftKind::Field, path, value: shortened(value.get()) }),
                }
            }
        }
        (Some(b'['), Some(b'[')) => {
            let list = |json| serde_json::from_str::<Vec<&RawValue>>(json).unwrap_or_default();
            for (index, (received, printed)) in list(received).into_iter().zip(list(printed)).enumerate() {
                compare(received.get(), printed.get(), &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

fn field_path(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn shortened(json: &str) -> String {
    match json.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json.to_owned(),
    }
}

/// A serializer that prints nothing and notes unknown words with their path.
struct Watch<'a> {
    path: String,
    found: &'a mut Vec<Drift>,
}

impl Watch<'_> {
    fn at(&mut self, path: String) -> Watch<'_> {
        Watch { path, found: self.found }
    }
}

/// Serde wants an error type; nothing here fails.
#[derive(Debug)]
struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot happen")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

macro_rules! nothing_to_see {
    ($($name:ident: $value:ty),*) => {$(
        fn $name(self, _: $value) -> Result<(), Never> {
            Ok(())
        }
    )*};
}

impl<'a> Serializer for Watch<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Impossible<(), Never>;

    nothing_to_see! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), Never> {
        if name != UNKNOWN_WORD {
            return value.serialize(self);
        }
        let value = serde_json::to_string(value).map_err(|_| Never)?;
        let path = if self.path.is_empty() { ".".to_owned() } else { self.path };
        self.found.push(Drift { kind: DriftKind::Word, path, value: shortened(&value) });
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Never> {
        Ok(Elements { watch: self, index: 0 })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, Never> {
        Ok(Entries { watch: self, key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Never> {
        Ok(Fields(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Never> {
        Err(Never)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        Err(Never)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        Err(Never)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        Err(Never)
    }
}

struct Elements<'a> {
    watch: Watch<'a>,
    index: usize,
}

impl ser::SerializeSeq for Elements<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let path = format!("{}[{}]", self.watch.path, self.index);
        self.index += 1;
        value.serialize(self.watch.at(path))
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

struct Entries<'a> {
    watch: Watch<'a>,
    key: String,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        let key = serde_json::to_string(key).map_err(|_| Never)?;
        key.trim_matches('"').clone_into(&mut self.key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let path = field_path(&self.watch.path, &self.key);
        value.serialize(self.watch.at(path))
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

struct Fields<'a>(Watch<'a>);

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        let path = field_path(&self.0.path, name);
        value.serialize(self.0.at(path))
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
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
        let drift = (um::ForceOrders::INFO.find_drift)(body.as_bytes()).expect("reads");
        let lines: Vec<_> = drift.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["unknown field at [0].brandNew: {\"a\":1}", "unknown word at [0].status: \"HALF_FILLED\""]);
    }

    #[test]
    fn a_documented_reply_has_none() {
        for info in crate::ENDPOINTS {
            for example in info.examples {
                let drift = (info.find_drift)(example.as_bytes()).expect("reads");
                assert!(drift.is_empty(), "{}: {drift:?}", info.type_path());
            }
        }
    }
}

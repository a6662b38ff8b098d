//! Serde's own traits for reply types, so that users can store them in any format and read them back from JSON.

use crate::Wire;
use crate::json::{JsonReader, elements, fields};
use crate::spec::{Field, Schema};
use serde::ser::{Error as _, SerializeMap as _, SerializeSeq as _, SerializeStruct as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// Reads a value from JSON. `#[reply]`, `#[either]` and `derive(OpenEnum)` expand to it.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    T::read(&mut JsonReader::new(raw.get())).map_err(|error| match error.path().as_str() {
        "." => de::Error::custom(error),
        path => de::Error::custom(format_args!("{path}: {error}")),
    })
}

/// Prints a value in any format, as it is printed as JSON. `#[reply]`, `#[either]` and `derive(OpenEnum)` expand to it.
pub fn serialize<T: Wire, S: Serializer>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    Printed { json: &crate::encode_json(value), schema: T::SCHEMA }.serialize(out)
}

/// A value that was printed as JSON. Its schema says what it is.
struct Printed<'a> {
    json: &'a str,
    schema: Schema,
}

impl Serialize for Printed<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let json = self.json;
        if json == "null" {
            return out.serialize_none();
        }
        match self.schema {
            Schema::Object(known) => object(json, known, out),
            Schema::Map(values) => {
                let fields = fields(json).map_err(S::Error::custom)?;
                let mut map = out.serialize_map(Some(fields.len()))?;
                for (name, json) in fields {
                    map.serialize_entry(&*name, &Printed { json, schema: *values })?;
                }
                map.end()
            }
            Schema::OneOrMany(one) if !json.starts_with('[') => Printed { json, schema: *one }.serialize(out),
            Schema::List(row) | Schema::OneOrMany(row) => {
                let elements = elements(json).map_err(S::Error::custom)?;
                let mut list = out.serialize_seq(Some(elements.len()))?;
                for json in elements {
                    list.serialize_element(&Printed { json, schema: *row })?;
                }
                list.end()
            }
            Schema::Either { kinds, otherwise } => {
                let keys: Vec<&str> = kinds.iter().map(|(key, _)| *key).collect();
                let kind = JsonReader::new(json).first_key_of(&keys).map_err(S::Error::custom)?;
                Printed { json, schema: kind.map_or(*otherwise, |kind| kinds[kind].1) }.serialize(out)
            }
            Schema::Tagged { key, kinds } => {
                let tag = JsonReader::new(json).text_of_key(key).map_err(S::Error::custom)?.unwrap_or_default();
                match kinds.iter().find(|(kind, _)| *kind == tag) {
                    Some((_, schema)) => Printed { json, schema: *schema }.serialize(out),
                    None => serde_json::from_str::<serde_json::Value>(json).map_err(S::Error::custom)?.serialize(out),
                }
            }
            Schema::Integer | Schema::Time => match json.parse() {
                Ok(number) => out.serialize_i64(number),
                Err(_) => out.serialize_u64(json.parse().map_err(S::Error::custom)?),
            },
            Schema::Bool => out.serialize_bool(json == "true"),
            _ => {
                let text = JsonReader::new(json).scalar("a text").map_err(S::Error::custom)?;
                out.serialize_str(&text.unwrap_or_default())
            }
        }
    }
}

/// Prints a struct with the fields that have a value.
fn object<S: Serializer>(json: &str, known: &[Field], out: S) -> Result<S::Ok, S::Error> {
    let fields = fields(json).map_err(S::Error::custom)?;
    let mut object = out.serialize_struct("", fields.len())?;
    for Field { name, schema } in known {
        match fields.iter().find(|(each, _)| each == name) {
            Some((_, json)) => object.serialize_field(name, &Printed { json, schema: *schema })?,
            None => object.skip_field(name)?,
        }
    }
    object.end()
}

/// Implements serde's own traits for a name or an id.
macro_rules! serde_through_wire {
    ($name:ty) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $crate::serde_traits::serialize(self, out)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::serde_traits::deserialize(from)
            }
        }
    };
}
pub(crate) use serde_through_wire;

impl<T: Wire> Serialize for crate::OneOrMany<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        serialize(self, out)
    }
}

impl<'de, T: Wire> Deserialize<'de> for crate::OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from)
    }
}

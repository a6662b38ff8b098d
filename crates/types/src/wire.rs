//! How replies are read and printed: one lenient mechanism for all scalars.
//!
//! The wire contradicts its own documentation: numbers come as text and text as numbers, `"true"` stands for `true`,
//! and an empty text stands for an absent value. So every scalar is read from its raw JSON text, quoted or not, and
//! printed in one canonical form. `spec/WIRE.md` lists the tolerated deviations and where they were seen.

use crate::scalar::{read_optional_scalar, read_scalar};
use crate::spec::Schema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Deserialize as _, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

pub use serde_json::value::RawValue;

/// A value of a reply: how it is read leniently and printed canonically.
///
/// It is implemented here for scalars, lists and maps, by `#[reply]` and `#[either]` for reply types, and by
/// `derive(OpenEnum)` for words.
pub trait Wire: Sized {
    /// What the printed value looks like.
    const SCHEMA: Schema;

    /// Reads the value; its absence is an error.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// Reads a value that may be absent: `null` stands for absence, and for scalars an empty text too.
    fn read_optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        struct Optional<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for Optional<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
                T::read(from).map(Some)
            }
        }
        from.deserialize_option(Optional(PhantomData))
    }

    /// Prints the value.
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error>;
}

/// Reads and prints a field through [`Wire`]; `#[reply]` names it in `serde(with = ..)`.
pub mod with {
    use super::{Deserializer, Serializer, Wire};

    /// Reads the field.
    pub fn deserialize<'de, D: Deserializer<'de>, T: Wire>(from: D) -> Result<T, D::Error> {
        T::read(from)
    }

    /// Prints the field.
    pub fn serialize<S: Serializer, T: Wire>(value: &T, out: S) -> Result<S::Ok, S::Error> {
        value.write(out)
    }
}

impl<T: Wire> Wire for Option<T> {
    const SCHEMA: Schema = T::SCHEMA;

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read_optional(from)
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(out),
            None => out.serialize_none(),
        }
    }
}

/// Borrows a value for printing where serde asks for `Serialize`.
pub(crate) struct Printed<'a, T>(pub(crate) &'a T);

impl<T: Wire> Serialize for Printed<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

/// Reads an element where serde asks for a seed.
pub(crate) struct Reading<T>(PhantomData<T>);

impl<T> Reading<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Wire> DeserializeSeed<'de> for Reading<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}

impl<T: Wire> Wire for Vec<T> {
    const SCHEMA: Schema = Schema::List(&T::SCHEMA);

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for List<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(element) = elements.next_element_seed(Reading::new())? {
                    list.push(element);
                }
                Ok(list)
            }
        }
        from.deserialize_seq(List(PhantomData))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut list = out.serialize_seq(Some(self.len()))?;
        for element in self {
            list.serialize_element(&Printed(element))?;
        }
        list.end()
    }
}

impl<K: for<'a> From<&'a str> + AsRef<str> + Ord, T: Wire> Wire for BTreeMap<K, T> {
    const SCHEMA: Schema = Schema::Map(&T::SCHEMA);

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Map<K, T>(PhantomData<(K, T)>);
        impl<'de, K: for<'a> From<&'a str> + Ord, T: Wire> Visitor<'de> for Map<K, T> {
            type Value = BTreeMap<K, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(key) = entries.next_key::<String>()? {
                    map.insert(K::from(&key), entries.next_value_seed(Reading::new())?);
                }
                Ok(map)
            }
        }
        from.deserialize_map(Map(PhantomData))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key.as_ref(), &Printed(value))?;
        }
        map.end()
    }
}

/// A reply that is one object or a list of them, depending on the request or on the day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OneOrMany<T> {
    /// A bare object.
    One(T),
    /// A list, possibly of one.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// Returns all values.
    pub fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(value) => vec![value],
            Self::Many(values) => values,
        }
    }

    /// Returns all values.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl<T: Wire> Wire for OneOrMany<T> {
    const SCHEMA: Schema = Schema::OneOrMany(&T::SCHEMA);

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for Either<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list of objects")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Self::Value, A::Error> {
                Wire::read(SeqAccessDeserializer::new(elements)).map(OneOrMany::Many)
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
                T::read(MapAccessDeserializer::new(entries)).map(OneOrMany::One)
            }
        }
        from.deserialize_any(Either(PhantomData))
    }

    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(value) => value.write(out),
            Self::Many(values) => values.write(out),
        }
    }
}

/// Reads an object whose kind shows in its keys. `pick` gets the raw object, and a function that returns whether it has a key.
/// `#[either]` expands to it.
pub fn read_either<'de, D: Deserializer<'de>, T>(
    from: D,
    pick: impl FnOnce(&'de RawValue, &dyn Fn(&str) -> bool) -> Result<T, serde_json::Error>,
) -> Result<T, D::Error> {
    let raw = <&'de RawValue>::deserialize(from)?;
    let fields = fields(raw.get()).map_err(D::Error::custom)?;
    pick(raw, &|key| fields.iter().any(|(name, _)| name == key)).map_err(D::Error::custom)
}

impl<T: Wire> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.write(out)
    }
}

impl<'de, T: Wire> serde::Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(from)
    }
}

/// Returns the fields of a JSON object, in order, as raw text.
pub(crate) fn fields(json: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    struct Fields;
    impl<'de> Visitor<'de> for Fields {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some(field) = entries.next_entry()? {
                fields.push(field);
            }
            Ok(fields)
        }
    }
    serde_json::Deserializer::from_str(json).deserialize_map(Fields)
}

/// Reads one kind of object from its raw text. `#[either]` expands to it.
pub fn read_raw<T: Wire>(raw: &RawValue) -> Result<T, serde_json::Error> {
    T::read(&mut serde_json::Deserializer::from_str(raw.get()))
}

/// Reads a struct from an object only; serde alone would also accept a list. `#[reply]` expands to it.
pub fn read_object<'de, D: Deserializer<'de>, T: serde::Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    struct Object<T>(PhantomData<T>);
    impl<'de, T: serde::Deserialize<'de>> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(entries))
        }
    }
    from.deserialize_map(Object(PhantomData))
}

/// Reads a word; any text is one. `derive(OpenEnum)` expands to it.
pub fn read_word<'de, D: Deserializer<'de>, T: crate::OpenEnum>(from: D) -> Result<T, D::Error> {
    read_scalar::<String, D>(from).map(|word| T::from(&word))
}

/// Reads a word that may be absent.
pub fn read_optional_word<'de, D: Deserializer<'de>, T: crate::OpenEnum>(from: D) -> Result<Option<T>, D::Error> {
    Ok(read_optional_scalar::<String, D>(from)?.map(|word| T::from(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, OrderId, Symbol, decode, encode_json};

    fn reprinted<T: Wire>(json: &str) -> String {
        match decode::<T>(json.as_bytes()) {
            Ok(value) => encode_json(&value),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn a_bare_number_is_read_digit_for_digit() {
        assert_eq!(reprinted::<Decimal>("0.0065000000000000001"), r#""0.0065000000000000001""#);
        assert_eq!(reprinted::<OrderId>("9223372036854775807"), "9223372036854775807");
        assert_eq!(reprinted::<OrderId>(r#""4611875134427365377""#), "4611875134427365377");
    }

    #[test]
    fn text_and_bare_forms_are_equal() {
        assert_eq!(reprinted::<bool>(r#""true""#), "true");
        assert_eq!(reprinted::<u32>(r#""1200""#), "1200");
        assert_eq!(reprinted::<String>("200"), r#""200""#);
        assert_eq!(reprinted::<Symbol>(r#""\u6bd4\u7279""#), r#""比特""#);
    }

    #[test]
    fn empty_null_and_absent_are_one_absence() {
        for absent in ["null", r#""""#, r#""null""#] {
            assert_eq!(reprinted::<Option<Decimal>>(absent), "null", "{absent}");
        }
        assert_eq!(reprinted::<Option<Vec<u32>>>("null"), "null");
        assert_eq!(reprinted::<Option<Vec<u32>>>("[1,\"2\"]"), "[1,2]");
    }

    #[test]
    fn a_required_scalar_is_never_made_up() {
        for (json, message) in [
            ("null", "expected a decimal number, found null"),
            (r#""""#, "expected a decimal number, found \"\""),
            (r#""1,5""#, "expected a decimal number, found \"1,5\""),
            ("{}", "expected a decimal number, found {}"),
        ] {
            let printed = reprinted::<Decimal>(json);
            assert!(printed.contains(message), "{json}: {printed}");
        }
        assert!(reprinted::<Symbol>("null").contains("expected a text, found null"));
    }

    #[test]
    fn one_or_many_keeps_the_shape_it_came_in() {
        type Shape = OneOrMany<BTreeMap<Symbol, u32>>;
        assert_eq!(reprinted::<Shape>(r#"{"a":1}"#), r#"{"a":1}"#);
        assert_eq!(reprinted::<Shape>(r#"[{"a":"1"},{}]"#), r#"[{"a":1},{}]"#);
        assert!(reprinted::<Shape>("7").contains("an object or a list of objects"));
    }
}

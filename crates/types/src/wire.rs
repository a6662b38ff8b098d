//! How replies are read and printed: one lenient mechanism for all scalars.
//!
//! The wire contradicts its own documentation: numbers come as text and text as numbers, `"true"` stands for `true`,
//! and an empty text stands for an absent value. So every scalar is read from its raw JSON text, quoted or not, and
//! printed in one canonical form. `spec/WIRE.md` lists the tolerated deviations and where they were seen.

use crate::json::{JsonReader, JsonWriter, ReadError};
use crate::spec::Schema;
use std::collections::BTreeMap;

/// A value of a reply: how it is read leniently and printed canonically.
///
/// It is implemented here for scalars, lists and maps, by `#[reply]` and `#[either]` for reply types, and by
/// `derive(OpenEnum)` for words.
pub trait Wire: Sized {
    /// What the printed value looks like.
    const SCHEMA: Schema;

    /// Reads the value; its absence is an error.
    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError>;

    /// Reads a value that may be absent: `null` stands for absence, and for scalars an empty text too.
    fn read_optional(from: &mut JsonReader<'_>) -> Result<Option<Self>, ReadError> {
        if from.take_null() { Ok(None) } else { Self::read(from).map(Some) }
    }

    /// Prints the value.
    fn write(&self, out: &mut JsonWriter);
}

impl<T: Wire> Wire for Option<T> {
    const SCHEMA: Schema = T::SCHEMA;

    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError> {
        T::read_optional(from)
    }

    fn write(&self, out: &mut JsonWriter) {
        match self {
            Some(value) => value.write(out),
            None => out.bare("null"),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    const SCHEMA: Schema = Schema::List(&T::SCHEMA);

    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError> {
        let mut list = Self::new();
        from.list(&mut |from| {
            list.push(T::read(from)?);
            Ok(())
        })?;
        Ok(list)
    }

    fn write(&self, out: &mut JsonWriter) {
        out.list(self);
    }
}

impl<K: for<'a> From<&'a str> + AsRef<str> + Ord, T: Wire> Wire for BTreeMap<K, T> {
    const SCHEMA: Schema = Schema::Map(&T::SCHEMA);

    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError> {
        let mut map = Self::new();
        from.map(&mut |from, key| {
            map.insert(K::from(&key), T::read(from)?);
            Ok(())
        })?;
        Ok(map)
    }

    fn write(&self, out: &mut JsonWriter) {
        out.object(|out| self.iter().for_each(|(key, value)| out.field(key.as_ref(), value)));
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

    fn read(from: &mut JsonReader<'_>) -> Result<Self, ReadError> {
        match from.peek() {
            Some(b'[') => Wire::read(from).map(Self::Many),
            Some(b'{') => T::read(from).map(Self::One),
            _ => Err(from.unexpected("an object or a list of objects")),
        }
    }

    fn write(&self, out: &mut JsonWriter) {
        match self {
            Self::One(value) => value.write(out),
            Self::Many(values) => values.write(out),
        }
    }
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

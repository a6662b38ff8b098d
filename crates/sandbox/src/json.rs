//! JSON that keeps the order of its fields and the digits of its numbers, so that a documented example can be changed
//! in places and is otherwise printed as the page has it.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A piece of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    /// Fields in the order of the text.
    Object(Vec<(String, Json)>),
    /// Values in a list.
    List(Vec<Json>),
    /// Anything else, as it is written.
    Scalar(String),
}

impl Json {
    /// Reads a text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    fn read(text: &str) -> Result<Self, serde_json::Error> {
        match text.trim_start().as_bytes().first() {
            Some(b'{') => serde_json::from_str::<Fields>(text).map(|fields| Self::Object(fields.0)),
            Some(b'[') => {
                let values: Vec<&RawValue> = serde_json::from_str(text)?;
                values.into_iter().map(|value| Self::read(value.get())).collect::<Result<_, _>>().map(Self::List)
            }
            _ => Ok(Self::Scalar(text.trim().to_owned())),
        }
    }

    /// A string.
    pub(crate) fn text(text: &str) -> Self {
        Self::Scalar(serde_json::Value::from(text).to_string())
    }

    /// A whole number.
    pub(crate) fn number(number: i64) -> Self {
        Self::Scalar(number.to_string())
    }

    /// An object of fields with these names.
    pub(crate) fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A field of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(each, _)| each == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Puts another value into a field that is there; an object without the field stays as it is.
    pub(crate) fn replace(&mut self, name: &str, value: Self) {
        if let Self::Object(fields) = self
            && let Some((_, old)) = fields.iter_mut().find(|(each, _)| each == name)
        {
            *old = value;
        }
    }

    /// The values of a list; none of anything else.
    pub(crate) fn rows(&self) -> &[Self] {
        match self {
            Self::List(rows) => rows,
            _ => &[],
        }
    }

    /// What a scalar says, without quotes.
    pub(crate) fn told(&self) -> Option<String> {
        match self {
            Self::Scalar(written) if written.starts_with('"') => serde_json::from_str(written).ok(),
            Self::Scalar(written) => Some(written.clone()),
            _ => None,
        }
    }

    /// The number that a scalar says, quoted or not.
    pub(crate) fn whole(&self) -> Option<i64> {
        self.told()?.parse().ok()
    }

    /// A text, written as this value is: with or without quotes, or as a list of the texts between commas.
    pub(crate) fn like(&self, text: &str) -> Self {
        match self {
            Self::List(_) => Self::List(text.split(',').map(Self::text).collect()),
            Self::Scalar(written)
                if !written.starts_with('"')
                    && written != "null"
                    && serde_json::from_str::<IgnoredAny>(text).is_ok() =>
            {
                Self::Scalar(text.to_owned())
            }
            _ => Self::text(text),
        }
    }

    /// Visits this value if it is an object, and all objects inside it.
    pub(crate) fn each_object(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        if matches!(self, Self::Object(_)) {
            visit(self);
        }
        match self {
            Self::Object(fields) => fields.iter_mut().for_each(|(_, value)| value.each_object(visit)),
            Self::List(rows) => rows.iter_mut().for_each(|row| row.each_object(visit)),
            Self::Scalar(_) => {}
        }
    }

    /// Visits the fields of this value if it is an object, and of all objects inside it.
    pub(crate) fn each_field(&mut self, visit: &mut dyn FnMut(&str, &mut Self)) {
        self.each_object(&mut |object| {
            if let Self::Object(fields) = object {
                for (name, value) in fields {
                    visit(name, value);
                }
            }
        });
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", Self::text(name))?;
                }
                f.write_str("}")
            }
            Self::List(rows) => {
                f.write_str("[")?;
                for (index, row) in rows.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{row}")?;
                }
                f.write_str("]")
            }
            Self::Scalar(written) => f.write_str(written),
        }
    }
}

/// The fields of an object, which a map of the usual kind would sort.
struct Fields(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    fields.push((name, Json::read(value.get()).map_err(Error::custom)?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_are_kept() {
        let text = r#"{"z":1.50,"a":[{"n":null,"币":"安\n"},[]],"big":4611875134427365377,"o":{}}"#;
        assert_eq!(Json::parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn values_are_written_like_the_ones_they_replace() {
        for (example, text, written) in [
            ("\"0.1\"", "0.20", "\"0.20\""),
            ("0.1", "0.20", "0.20"),
            ("true", "false", "false"),
            ("null", "7", "\"7\""),
            ("[\"A\"]", "B,C", "[\"B\",\"C\"]"),
            ("1", "one", "\"one\""),
        ] {
            assert_eq!(Json::parse(example).unwrap().like(text).to_string(), written, "{example} {text}");
        }
    }
}

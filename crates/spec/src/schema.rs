//! What replies look like, as data: for comparing a reply with it, and for laying replies out in columns without code per
//! endpoint.

/// What a value of a reply looks like when it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Schema {
    /// A text.
    Text,
    /// A word of an open enum, with the documented words.
    Word(&'static [&'static str]),
    /// An exact decimal, printed as a text.
    Decimal,
    /// An instant in milliseconds, printed as a number.
    Time,
    /// A whole number, ids included.
    Integer,
    /// `true` or `false`.
    Bool,
    /// A list of values that look alike.
    List(&'static Schema),
    /// An object with these fields, in the order in which they are printed.
    Object(&'static [Field]),
    /// An object whose keys are names, and whose values look alike.
    Map(&'static Schema),
    /// One value, or a list of them.
    OneOrMany(&'static Schema),
    /// Objects of several kinds, told apart by a key that only one kind has.
    Either {
        /// Keys, each with what the objects that have it look like.
        kinds: &'static [(&'static str, Schema)],
        /// What all other objects look like.
        otherwise: &'static Schema,
    },
    /// Objects of several kinds, told apart by the text of a key that all of them have.
    Tagged {
        /// The key.
        key: &'static str,
        /// Its texts, each with what the objects that have it look like. Nothing is said of objects with another text.
        kinds: &'static [(&'static str, Schema)],
    },
}

/// A field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What its value looks like when it is there.
    pub schema: Schema,
}

impl Schema {
    /// Returns what a field of an object looks like; none without that field.
    pub fn field(self, name: &str) -> Option<Schema> {
        match self {
            Self::Object(fields) => fields.iter().find(|field| field.name == name).map(|field| field.schema),
            _ => None,
        }
    }
}

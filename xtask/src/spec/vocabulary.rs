//! What the names of types mean: the scalars of the language, what `types.yaml` shares, what a file declares.

use super::shared::{Shared, WordSet};
use super::types::{Body, Field, Shape, TypeUse};

/// How a scalar is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    Text,
    /// A whole number of up to 32 bits without sign.
    Count,
    /// A whole number of up to 64 bits.
    Integer,
    Decimal,
    Time,
    Bool,
}

impl Notation {
    /// Returns whether bounds make sense.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Integer | Self::Decimal | Self::Time)
    }
}

/// A scalar of the language.
#[derive(Debug)]
pub(crate) struct Scalar {
    pub(crate) name: &'static str,
    pub(crate) notation: Notation,
    /// The type that a reply has in its place, when only requests have this one.
    pub(crate) reply: Option<&'static str>,
    /// Whether Rust has it without an import.
    pub(crate) prelude: bool,
}

const fn ours(name: &'static str, notation: Notation) -> Scalar {
    Scalar { name, notation, reply: None, prelude: false }
}

const fn rust(name: &'static str, notation: Notation) -> Scalar {
    Scalar { name, notation, reply: None, prelude: true }
}

static SCALARS: [Scalar; 13] = [
    ours("Symbol", Notation::Text),
    ours("Pair", Notation::Text),
    ours("Asset", Notation::Text),
    ours("ClientOrderId", Notation::Text),
    ours("OrderId", Notation::Integer),
    ours("Timestamp", Notation::Time),
    ours("Decimal", Notation::Decimal),
    Scalar { name: "Price", notation: Notation::Decimal, reply: Some("Decimal"), prelude: false },
    Scalar { name: "Quantity", notation: Notation::Decimal, reply: Some("Decimal"), prelude: false },
    rust("String", Notation::Text),
    rust("bool", Notation::Bool),
    rust("u32", Notation::Count),
    rust("i64", Notation::Integer),
];

/// What a name of a type means.
#[derive(Clone, Copy)]
pub(crate) enum Meaning<'s> {
    Scalar(&'static Scalar),
    Words(&'s WordSet),
    Id,
    Name,
    Shape(&'s Shape),
}

impl Meaning<'_> {
    /// How its values are written, for all but shapes.
    pub(crate) fn notation(self) -> Option<Notation> {
        match self {
            Self::Scalar(scalar) => Some(scalar.notation),
            Self::Words(_) | Self::Name => Some(Notation::Text),
            Self::Id => Some(Notation::Integer),
            Self::Shape(_) => None,
        }
    }
}

/// The names that one file can use.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'s> {
    shared: &'s Shared,
    own: &'s [Shape],
}

impl<'s> Vocabulary<'s> {
    /// Those of `types.yaml` itself.
    pub(crate) fn shared(shared: &'s Shared) -> Self {
        Self { shared, own: &[] }
    }

    /// Those of the file of an endpoint or an event, which declares types of its own.
    pub(crate) fn of(shared: &'s Shared, own: &'s [Shape]) -> Self {
        Self { shared, own }
    }

    pub(crate) fn find(&self, name: &str) -> Option<Meaning<'s>> {
        let shared = self.shared;
        let shape = self.own.iter().chain(&shared.shapes).find(|shape| *shape.name == name);
        shape
            .map(Meaning::Shape)
            .or_else(|| SCALARS.iter().find(|scalar| scalar.name == name).map(Meaning::Scalar))
            .or_else(|| shared.words.iter().find(|words| *words.name == name).map(Meaning::Words))
            .or_else(|| shared.ids.iter().any(|id| *id.name == name).then_some(Meaning::Id))
            .or_else(|| shared.names.iter().any(|text| *text.name == name).then_some(Meaning::Name))
    }

    /// Returns the shape of this name.
    pub(crate) fn shape(&self, name: &str) -> Option<&'s Shape> {
        match self.find(name)? {
            Meaning::Shape(shape) => Some(shape),
            _ => None,
        }
    }

    /// Returns the fields of the shape of this name; none when it has kinds in their place.
    pub(crate) fn fields(&self, name: &str) -> Option<&'s [Field]> {
        match &self.shape(name)?.body {
            Body::Fields(fields) => Some(fields),
            Body::Either(_) => None,
        }
    }

    /// Returns how the values of a type are written; none when they are not scalars.
    pub(crate) fn notation(&self, ty: &TypeUse) -> Option<Notation> {
        match ty {
            TypeUse::Named(name) => self.find(name)?.notation(),
            _ => None,
        }
    }

    /// Returns whether the file itself declares the name.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        self.own.iter().any(|shape| *shape.name == name)
    }

    /// Every name there is, for suggestions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'s str> {
        let shared = self.shared;
        let shapes = self.own.iter().chain(&shared.shapes).map(|shape| shape.name.as_str());
        let named = shared.ids.iter().chain(&shared.names).map(|named| named.name.as_str());
        let words = shared.words.iter().map(|words| words.name.as_str());
        SCALARS.iter().map(|scalar| scalar.name).chain(shapes).chain(words).chain(named)
    }
}

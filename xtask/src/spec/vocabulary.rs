//! What the names of types mean: the scalars of the language, what `types.yaml` shares, what a file declares.

use super::endpoint::Endpoint;
use super::shared::{Shared, WordSet};
use super::types::Shape;

/// How a scalar is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScalarForm {
    Text,
    /// A whole number of up to 32 bits without sign.
    Count,
    /// A whole number of up to 64 bits.
    Integer,
    Decimal,
    Time,
    Bool,
}

impl ScalarForm {
    /// Whether bounds make sense.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Integer | Self::Decimal | Self::Time)
    }
}

/// A scalar of the language.
#[derive(Debug)]
pub(crate) struct Scalar {
    pub(crate) name: &'static str,
    pub(crate) form: ScalarForm,
    /// What a reply has in its place, for types that only requests need.
    pub(crate) reply: Option<&'static str>,
    /// Whether the prelude of Rust has it.
    pub(crate) prelude: bool,
}

const fn ours(name: &'static str, form: ScalarForm) -> Scalar {
    Scalar { name, form, reply: None, prelude: false }
}

const fn rust(name: &'static str, form: ScalarForm) -> Scalar {
    Scalar { name, form, reply: None, prelude: true }
}

static SCALARS: [Scalar; 13] = [
    ours("Symbol", ScalarForm::Text),
    ours("Pair", ScalarForm::Text),
    ours("Asset", ScalarForm::Text),
    ours("ClientOrderId", ScalarForm::Text),
    ours("OrderId", ScalarForm::Integer),
    ours("Timestamp", ScalarForm::Time),
    ours("Decimal", ScalarForm::Decimal),
    Scalar { name: "Price", form: ScalarForm::Decimal, reply: Some("Decimal"), prelude: false },
    Scalar { name: "Quantity", form: ScalarForm::Decimal, reply: Some("Decimal"), prelude: false },
    rust("String", ScalarForm::Text),
    rust("bool", ScalarForm::Bool),
    rust("u32", ScalarForm::Count),
    rust("i64", ScalarForm::Integer),
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
    pub(crate) fn form(self) -> Option<ScalarForm> {
        match self {
            Self::Scalar(scalar) => Some(scalar.form),
            Self::Words(_) | Self::Name => Some(ScalarForm::Text),
            Self::Id => Some(ScalarForm::Integer),
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

    /// Those of an endpoint's file.
    pub(crate) fn of(shared: &'s Shared, endpoint: &'s Endpoint) -> Self {
        Self { shared, own: &endpoint.types }
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

    /// Whether the file itself declares the name.
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

//! What the names of types mean: the scalars of the language, what `types.yaml` shares, what a file declares.

use super::endpoint::Endpoint;
use super::shared::{Shared, WordSet};
use super::types::Shape;

/// How a scalar is written on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    /// A whole number of up to 32 bits without sign.
    Count,
    /// A whole number of up to 64 bits.
    Integer,
    Decimal,
    Time,
    Bool,
}

impl Form {
    /// Whether bounds make sense.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Integer | Self::Decimal | Self::Time)
    }
}

/// A scalar of the language.
#[derive(Debug)]
pub(crate) struct Scalar {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    /// What a reply has in its place, for types that only requests need.
    pub(crate) reply: Option<&'static str>,
    /// Whether the prelude of Rust has it.
    pub(crate) prelude: bool,
}

const fn ours(name: &'static str, form: Form) -> Scalar {
    Scalar { name, form, reply: None, prelude: false }
}

const fn rust(name: &'static str, form: Form) -> Scalar {
    Scalar { name, form, reply: None, prelude: true }
}

static SCALARS: [Scalar; 13] = [
    ours("Symbol", Form::Text),
    ours("Pair", Form::Text),
    ours("Asset", Form::Text),
    ours("ClientOrderId", Form::Text),
    ours("OrderId", Form::Integer),
    ours("Timestamp", Form::Time),
    ours("Decimal", Form::Decimal),
    Scalar { name: "Price", form: Form::Decimal, reply: Some("Decimal"), prelude: false },
    Scalar { name: "Quantity", form: Form::Decimal, reply: Some("Decimal"), prelude: false },
    rust("String", Form::Text),
    rust("bool", Form::Bool),
    rust("u32", Form::Count),
    rust("i64", Form::Integer),
];

/// What the library itself and the prelude call by a name, so that a spec cannot.
const TAKEN: [&str; 73] = [
    "Access",
    "BTreeMap",
    "BadRow",
    "Box",
    "CallCap",
    "Clock",
    "Clone",
    "Condition",
    "Copy",
    "Cost",
    "Debug",
    "DecodeError",
    "Default",
    "Demand",
    "Display",
    "Drift",
    "DriftKind",
    "Edge",
    "Effect",
    "Endpoint",
    "EndpointInfo",
    "Eq",
    "Err",
    "ErrorCode",
    "From",
    "Group",
    "Hash",
    "History",
    "Into",
    "Invalid",
    "Iterator",
    "Keeps",
    "Kind",
    "LostCall",
    "Method",
    "None",
    "Ok",
    "OneOrMany",
    "OpenEnum",
    "Option",
    "Ord",
    "Paging",
    "PagingWindow",
    "ParamInfo",
    "ParamValue",
    "ParseIdError",
    "ParseSpanError",
    "ParseValueError",
    "Query",
    "Result",
    "Retired",
    "RetiredCall",
    "Route",
    "Rule",
    "Self",
    "SettleCall",
    "Shows",
    "Sighting",
    "Some",
    "Span",
    "SpanLimit",
    "State",
    "StateWords",
    "SystemClock",
    "Unknown",
    "UnknownWord",
    "Value",
    "Vec",
    "Violation",
    "ViolationKind",
    "Weight",
    "Window",
    "Wire",
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
    pub(crate) fn form(self) -> Option<Form> {
        match self {
            Self::Scalar(scalar) => Some(scalar.form),
            Self::Words(_) | Self::Name => Some(Form::Text),
            Self::Id => Some(Form::Integer),
            Self::Shape(_) => None,
        }
    }
}

/// Whether the library has this name already.
pub(crate) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name) || SCALARS.iter().any(|scalar| scalar.name == name)
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

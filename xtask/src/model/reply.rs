//! Reply types: structs of fields, and enums of several kinds of objects.

use super::StructField;
use super::doc::Doc;
use super::types::{Imports, rust_type};
use crate::example::{self, Sighting};
use crate::problem::At;
use crate::rust_name::field_name;
use crate::spec::{self, Body, Shape, Vocabulary};

/// A reply type.
pub(crate) struct Reply {
    pub(crate) doc: Doc,
    pub(crate) name: String,
    /// The name that its key `e` has, when it is an event.
    pub(crate) event: Option<String>,
    /// An example as JSON.
    pub(crate) example: Option<String>,
    pub(crate) body: ReplyBody,
}

pub(crate) enum ReplyBody {
    Struct(Vec<StructField>),
    Enum(Vec<Variant>),
}

/// One kind of object; the variant is named like the type it holds.
pub(crate) struct Variant {
    pub(crate) doc: Doc,
    /// The key that only this kind has; none for the one that is left.
    pub(crate) key: Option<String>,
    pub(crate) name: String,
}

impl Reply {
    pub(crate) fn of(shape: &Shape, vocabulary: &Vocabulary<'_>, seen: &[Sighting<'_>], imports: &mut Imports) -> Self {
        let example = example::best(&shape.name, seen).map(example::json);
        let (kind, body) = match &shape.body {
            Body::Fields(fields) => {
                let fields = fields.iter().map(|each| field(each, vocabulary, imports)).collect();
                ("reply", ReplyBody::Struct(fields))
            }
            Body::Either(either) => ("either", ReplyBody::Enum(variants(either, vocabulary, imports))),
        };
        imports.of_crate.insert(kind.to_owned());
        let event = shape.event.as_ref().map(|event| event.value.clone());
        Self { doc: Doc::text(&shape.doc), name: shape.name.value.clone(), event, example, body }
    }
}

fn field(field: &spec::Field, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> StructField {
    let ty = rust_type(&field.ty, vocabulary, imports);
    let texts = [Some(&field.doc), field.optional.as_ref()].into_iter().flatten();
    StructField {
        doc: Doc::sentences(&texts.map(|text| text.value.clone()).collect::<Vec<_>>()),
        wire: field.wire.value.clone(),
        name: field_name(&field.wire, field.rust.as_ref()).value,
        ty: if field.optional.is_some() { format!("Option<{ty}>") } else { ty },
    }
}

fn variants(either: &spec::Either, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> Vec<Variant> {
    let mut variant = |key: Option<&At<String>>, name: &At<String>| {
        let doc = vocabulary.shape(name).map(|shape| Doc::text(&shape.doc)).unwrap_or_default();
        let name = rust_type(&spec::TypeUse::Named(name.clone()), vocabulary, imports);
        Variant { doc, key: key.map(|key| key.value.clone()), name }
    };
    let cases = either.cases.iter().map(|(key, name)| (Some(key), name));
    cases.chain([(None, &either.otherwise)]).map(|(key, name)| variant(key, name)).collect()
}

//! Reply types: structs of fields, and enums of several kinds of objects.

use super::Field;
use super::annotation::{Annotation, Entry};
use super::doc::Doc;
use super::types::{Imports, rust_type};
use crate::example::{self, Sighting};
use crate::rust_name::snake_case;
use crate::spec::{self, Body, Meaning, Shape, Vocabulary};

/// A reply type.
pub(crate) struct Reply {
    pub(crate) doc: Doc,
    pub(crate) name: String,
    /// `#[reply]` or `#[either]`, and an example.
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) body: ReplyBody,
}

pub(crate) enum ReplyBody {
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
}

/// One kind of object; the variant is named like the type it holds.
pub(crate) struct Variant {
    pub(crate) doc: Doc,
    pub(crate) annotation: Annotation,
    pub(crate) name: String,
}

impl Reply {
    pub(crate) fn of(shape: &Shape, vocabulary: &Vocabulary<'_>, seen: &[Sighting<'_>], imports: &mut Imports) -> Self {
        let example = example::best(&shape.name, seen).map(|node| Annotation::example(&example::json(node)));
        let (kind, body) = match &shape.body {
            Body::Fields(fields) => {
                let fields = fields.iter().map(|each| field(each, vocabulary, imports)).collect();
                ("reply", ReplyBody::Struct(fields))
            }
            Body::Either(either) => ("either", ReplyBody::Enum(variants(either, vocabulary, imports))),
        };
        imports.of_crate.insert(kind.to_owned());
        let annotations = [Annotation::new(kind, Vec::new())].into_iter().chain(example).collect();
        Self { doc: Doc::text(&shape.doc), name: shape.name.value.clone(), annotations, body }
    }
}

fn field(field: &spec::Field, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> Field {
    let ty = rust_type(&field.ty, vocabulary, imports);
    let texts = [Some(&field.doc), field.optional.as_ref()].into_iter().flatten();
    Field {
        doc: Doc::sentences(&texts.map(|text| text.value.clone()).collect::<Vec<_>>()),
        annotation: Annotation::new("field", vec![Entry::quoted(&field.wire)]),
        name: field.rust.as_ref().map_or_else(|| snake_case(&field.wire), |rust| rust.value.clone()),
        ty: if field.optional.is_some() { format!("Option<{ty}>") } else { ty },
    }
}

fn variants(either: &spec::Either, vocabulary: &Vocabulary<'_>, imports: &mut Imports) -> Vec<Variant> {
    let mut variant = |annotation, name: &crate::problem::At<String>| {
        let doc = match vocabulary.find(name) {
            Some(Meaning::Shape(shape)) => Doc::text(&shape.doc),
            _ => Doc::default(),
        };
        let name = rust_type(&spec::TypeUse::Named(name.clone()), vocabulary, imports);
        Variant { doc, annotation, name }
    };
    let mut variants = Vec::new();
    for (key, name) in &either.cases {
        variants.push(variant(Annotation::new("when", vec![Entry::quoted(key)]), name));
    }
    variants.push(variant(Annotation::new("otherwise", Vec::new()), &either.otherwise));
    variants
}

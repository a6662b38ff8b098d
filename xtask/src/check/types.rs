//! Every type that is used must exist, fit its place, and every type that is declared must be used.

use crate::problem::{At, Problems};
use crate::spec::{Body, Meaning, Notation, Shape, Specs, TypeUse, Vocabulary};
use std::collections::BTreeSet;

pub(crate) fn check(specs: &Specs, problems: &mut Problems) {
    let vocabulary = Vocabulary::shared(&specs.shared);
    for shape in &specs.shared.shapes {
        check_shape(shape, &vocabulary, problems);
    }
    let mut reached = BTreeSet::new();
    for endpoint in &specs.endpoints {
        let vocabulary = Vocabulary::of(&specs.shared, &endpoint.types);
        check_reply_use(&endpoint.reply, &vocabulary, problems);
        reached.extend(check_own(specs, &endpoint.reply, &endpoint.types, "reply", problems));
    }
    for event in &specs.events {
        reached.extend(check_own(specs, &event.reply, &event.types, "event", problems));
    }
    for shape in &specs.shared.shapes {
        if !reached.contains(shape.name.as_str()) {
            problems.at(shape.name.place, format!("the shape `{}` is not part of any reply", *shape.name));
        }
    }
}

/// The types that a file declares must be part of the whole that it describes. Returns the names of all that are.
fn check_own<'s>(
    specs: &'s Specs,
    reply: &'s TypeUse,
    types: &'s [Shape],
    whole: &str,
    problems: &mut Problems,
) -> BTreeSet<&'s str> {
    let vocabulary = Vocabulary::of(&specs.shared, types);
    for shape in types {
        check_shape(shape, &vocabulary, problems);
    }
    let reached = specs.shapes_of(reply, types);
    for shape in types.iter().filter(|shape| !reached.contains(shape.name.as_str())) {
        problems.at(shape.name.place, format!("the type `{}` is not part of the {whole}", *shape.name));
    }
    reached
}

/// What `types.yaml` declares must be used by a parameter or a field.
pub(super) fn check_unused(specs: &Specs, problems: &mut Problems) {
    let shared = &specs.shared;
    let mut used = BTreeSet::new();
    let mut note = |ty| TypeUse::names(ty, &mut |name| _ = used.insert(name.as_str()));
    for endpoint in &specs.endpoints {
        note(&endpoint.reply);
        endpoint.params.iter().for_each(|param| note(&param.ty));
    }
    let of_endpoints = specs.endpoints.iter().flat_map(|endpoint| &endpoint.types);
    let of_events = specs.events.iter().flat_map(|event| &event.types);
    for shape in of_endpoints.chain(of_events).chain(&shared.shapes) {
        if let Body::Fields(fields) = &shape.body {
            for field in fields {
                note(&field.ty);
            }
        }
    }
    let words = shared.words.iter().map(|words| ("enum", &words.name));
    let ids = shared.ids.iter().map(|id| ("id", &id.name));
    let names = shared.names.iter().map(|name| ("name", &name.name));
    for (what, name) in words.chain(ids).chain(names).filter(|(_, name)| !used.contains(name.as_str())) {
        let help = "remove it, or give it to a parameter or a field";
        problems.at(name.place, format!("no spec uses the {what} `{}`", **name)).help(help);
    }
}

fn check_shape(shape: &Shape, vocabulary: &Vocabulary<'_>, problems: &mut Problems) {
    match &shape.body {
        Body::Fields(fields) => {
            for field in fields {
                check_reply_use(&field.ty, vocabulary, problems);
                if matches!(&field.ty, TypeUse::Named(name) if *name.value == *shape.name.value) {
                    problems.at(field.wire.place, format!("`{}` contains itself", *shape.name));
                }
            }
        }
        Body::Either(either) => {
            let mut seen = BTreeSet::new();
            for name in either.types().filter(|name| !name.is_empty()) {
                match vocabulary.find(name) {
                    Some(Meaning::Shape(Shape { body: Body::Fields(_), .. })) => {}
                    Some(_) => {
                        problems.at(name.place, format!("`either` is between types with fields, `{}` is none", **name));
                    }
                    None => unknown(name, vocabulary, problems),
                }
                if !seen.insert(name.as_str()) {
                    problems.at(name.place, format!("`either` has `{}` twice", **name));
                }
            }
            check_cases(either, vocabulary, problems);
        }
    }
}

/// The key of a kind must be a required field of it.
fn check_cases(either: &crate::spec::Either, vocabulary: &Vocabulary<'_>, problems: &mut Problems) {
    for (key, ty) in &either.cases {
        let Some(fields) = vocabulary.fields(ty) else { continue };
        match fields.iter().find(|field| *field.wire == **key) {
            Some(field) if field.optional.is_none() => {}
            Some(_) => {
                problems.at(key.place, format!("`{}` cannot tell a `{}`: it is optional there", **key, **ty));
            }
            None => {
                let known = fields.iter().map(|field| field.wire.as_str());
                problems.at(key.place, format!("`{}` has no field `{}`", **ty, **key)).suggest(key, known);
            }
        }
    }
}

fn check_reply_use(ty: &TypeUse, vocabulary: &Vocabulary<'_>, problems: &mut Problems) {
    match ty {
        TypeUse::Named(name) => match vocabulary.find(name) {
            None => unknown(name, vocabulary, problems),
            Some(Meaning::Scalar(scalar)) => {
                if let Some(instead) = scalar.reply {
                    let title = format!("`{}` is a type of parameters", **name);
                    problems.at(name.place, title).help(format!("a reply has a `{instead}` in its place"));
                }
            }
            Some(_) => {}
        },
        TypeUse::Map(key, value) => {
            if let TypeUse::Named(name) = &**key {
                match vocabulary.find(name) {
                    None => unknown(name, vocabulary, problems),
                    Some(meaning) if meaning.notation() == Some(Notation::Text) => {}
                    Some(_) => {
                        problems.at(name.place, format!("the keys of a map are texts, `{}` is none", **name));
                    }
                }
            }
            check_reply_use(value, vocabulary, problems);
        }
        TypeUse::List(inner) | TypeUse::OneOrMany(inner) => check_reply_use(inner, vocabulary, problems),
        TypeUse::Unreadable => {}
    }
}

/// Notes a name that means nothing.
pub(super) fn unknown(name: &At<String>, vocabulary: &Vocabulary<'_>, problems: &mut Problems) {
    if !name.is_empty() {
        let problem = problems.at(name.place, format!("there is no type `{}`", **name));
        problem.suggest(name, vocabulary.names());
        if let Some((_, instead)) = OF_VENDOR.iter().find(|(word, _)| **name == **word) {
            problem.help(format!("`{}` is the vendor's word; write {instead}", **name));
        }
    }
}

/// The vendor's words for types, and what specs write.
const OF_VENDOR: [(&str, &str); 12] = [
    ("INT", "`u32` for counts, `i64` where it can be negative"),
    ("INTEGER", "`u32` for counts, `i64` where it can be negative"),
    ("LONG", "`Timestamp` for times, `OrderId` or another id of `types.yaml`, or `i64`"),
    ("ENUM", "the name of its words, which stand in `types.yaml`"),
    ("STRING", "`Symbol`, `Asset`, `ClientOrderId` or another name, `bool` for true and false, or `String`"),
    ("DECIMAL", "`Price` or `Quantity` for parameters that are one, or `Decimal`"),
    ("BIGDECIMAL", "`Price` or `Quantity` for parameters that are one, or `Decimal`"),
    ("DOUBLE", "`Price` or `Quantity` for parameters that are one, or `Decimal`"),
    ("FLOAT", "`Price` or `Quantity` for parameters that are one, or `Decimal`"),
    ("BOOLEAN", "`bool`"),
    ("ARRAY", "the type of its elements in brackets: `[String]`"),
    ("LIST", "the type of its elements in brackets: `[String]`"),
];

//! Compares the documented replies of a page, and what it says of their fields, with the types of the spec. An example is evidence
//! of names, nesting and the kind of a value, and proves nothing of a field that it lacks and that may be absent.

use super::compare::FieldTypes;
use super::finding::{Both, Change, Findings, NOTHING};
use super::value::{kind_in_spec, type_words};
use crate::import::facts::{CallFacts, FieldFacts, Json};
use crate::problem::Place;
use crate::spec::{Body, Entry, Field, Kind, Node, TypeUse, Vocabulary};
use papi_spec::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// What all examples of one side show of a path.
#[derive(Default)]
struct Shown {
    /// The kinds of its values, without those that stand for absence.
    kinds: BTreeSet<&'static str>,
}

pub(super) fn compare(facts: &CallFacts, types: FieldTypes, vocabulary: &Vocabulary<'_>, findings: &mut Findings<'_>) {
    let endpoint = findings.endpoint;
    let mut page = Walk::new(*vocabulary);
    facts.examples.iter().for_each(|example| page.value(example, &endpoint.reply, ""));
    let mut spec = Walk::new(*vocabulary);
    endpoint.examples.iter().map(json_of).for_each(|example| spec.value(&example, &endpoint.reply, ""));
    // Where one object has a field and another lacks it, the field may be absent, which is no removal.
    let removed: Vec<(String, Place)> = page
        .lacking
        .iter()
        .filter(|(path, _)| !page.shown.contains_key(*path))
        .map(|(path, at)| (path.clone(), *at))
        .collect();
    let absent_at_times = page.lacking.iter().filter(|(path, _)| page.shown.contains_key(*path));
    let mut missing = removed;
    for (path, declared) in &page.unknown {
        let parent = parent_of(path);
        let name = name_of(path);
        let absent = declared.iter().filter(|(field, _)| !page.shown.contains_key(&join(parent, field)));
        let absent: BTreeMap<&str, Place> = absent.map(|(field, at)| (field.as_str(), *at)).collect();
        let gone = missing.iter().filter(|(gone, _)| parent_of(gone) == parent).collect::<Vec<_>>();
        let only = if let [(only, _)] = gone.as_slice() { Some(name_of(only).to_owned()) } else { None };
        let old = nearest(name, absent.keys().copied()).map(str::to_owned).or(only);
        let subject = format!("reply {path}");
        if let Some(old) = old {
            let at = absent.get(old.as_str()).copied().unwrap_or(endpoint.file.place);
            missing.retain(|(gone, _)| *gone != join(parent, &old));
            let write = format!("{name}: the field, and `optional` at `{old}`");
            findings.add(Change::Renamed, format!("reply {}", join(parent, &old)), Both::of(name, old), at, write);
        } else {
            let write = format!("{name}: {{ type: .., doc: .. }}");
            let at = declared.first().map_or(endpoint.file.place, |(_, at)| *at);
            findings.add(Change::Added, subject, Both::new_on_page(), at, write);
        }
    }
    for (path, at) in missing {
        let write = "optional: since when it is absent".to_owned();
        findings.add(Change::Removed, format!("reply {path}"), Both::gone_from_page(), at, write);
    }
    for (path, at) in absent_at_times {
        let write = "optional: when it is absent".to_owned();
        findings.add(Change::Optional, format!("reply {path} optional"), Both::of("yes", NOTHING), *at, write);
    }
    for (path, at) in &page.misfits {
        kind_differs(path, *at, &page, &spec, findings);
    }
    let other_kinds: Vec<(String, Place)> = page
        .shown
        .iter()
        .filter(|(path, shown)| {
            let known = spec.shown.get(*path).map(|known| &known.kinds);
            known.is_some_and(|known| !known.is_empty() && !shown.kinds.is_subset(known))
        })
        .filter(|(path, _)| !page.misfits.contains_key(*path))
        .filter_map(|(path, _)| Some((path.clone(), *page.places.get(path)?)))
        .collect();
    for (path, at) in other_kinds {
        kind_differs(&path, at, &page, &spec, findings);
    }
    for field in &facts.fields {
        described(field, types, &endpoint.reply, vocabulary, findings);
    }
}

fn kind_differs(path: &str, at: Place, page: &Walk<'_>, spec: &Walk<'_>, findings: &mut Findings<'_>) {
    let kinds = |walk: &Walk<'_>| {
        let kinds = walk.shown.get(path).map(|shown| shown.kinds.iter().copied().collect::<Vec<_>>().join(" or "));
        kinds.filter(|kinds| !kinds.is_empty()).unwrap_or_else(|| "another type".to_owned())
    };
    let both = Both::of(kinds(page), kinds(spec));
    findings.add(Change::Retyped, format!("reply {path} type"), both, at, "type: for the example of the page");
}

/// Compares what a page says of a field besides the examples.
fn described(
    told: &FieldFacts,
    types: FieldTypes,
    reply: &TypeUse,
    vocabulary: &Vocabulary<'_>,
    findings: &mut Findings<'_>,
) {
    let subject = format!("reply {}", told.path);
    let Some(field) = field_at(&told.path, reply, vocabulary) else { return };
    if let Some(words) = &told.words {
        let known = type_words(&field.ty, vocabulary);
        let new: Vec<&str> = words.iter().map(String::as_str).filter(|word| !known.contains(word)).collect();
        if !known.is_empty() && !new.is_empty() {
            let write = format!("in `types.yaml`, words of {}: add {}", field.ty, new.join(", "));
            let mut all: Vec<&str> = words.iter().map(String::as_str).collect();
            all.sort_unstable();
            let own: Vec<&str> = all.iter().copied().filter(|word| known.contains(word)).collect();
            findings.add(
                Change::Word,
                format!("{subject} words"),
                Both::of(all.join(" "), own.join(" ")),
                field.wire.place,
                write,
            );
        }
    }
    let own = kind_of_field(&field.ty, vocabulary);
    if let Some(told_kind) = told.page_type.as_deref().filter(|kind| differs(kind, own, types)) {
        let both = Both::of(told_kind, own);
        findings.add(
            Change::Retyped,
            format!("{subject} type"),
            both,
            field.wire.place,
            "type: for what the page says",
        );
    }
    let is_in_examples = findings.list.iter().any(|finding| finding.subject.starts_with(&subject));
    // What examples prove is compared above; here it is the sentence about the field that says so.
    let is_said = told.optional.as_ref() == Some(&told.doc);
    if is_said && field.optional.is_none() && !is_in_examples {
        let write = "optional: when it is absent".to_owned();
        findings.add(
            Change::Optional,
            format!("{subject} optional"),
            Both::of("yes", NOTHING),
            field.wire.place,
            write,
        );
    }
}

fn differs(told: &str, own: &str, types: FieldTypes) -> bool {
    match types {
        FieldTypes::Exact => told != own,
        FieldTypes::Form => form_of(told) != form_of(own),
    }
}

/// What a kind looks like. Which scalar it is was concluded from examples more often than it was said.
fn form_of(kind: &str) -> &'static str {
    match kind {
        "list" => "a list",
        "object" => "an object",
        "bool" => "true or false",
        _ => "a scalar",
    }
}

fn kind_of_field(ty: &TypeUse, vocabulary: &Vocabulary<'_>) -> &'static str {
    let is_time = vocabulary.notation(ty) == Some(crate::spec::Notation::Time);
    match kind_in_spec(ty, vocabulary) {
        "comma list" => "list",
        "true|false" => "bool",
        "integer" if is_time => "time",
        kind => kind,
    }
}

/// Finds the field at a path such as `orders[].orderId`.
fn field_at<'s>(path: &str, reply: &TypeUse, vocabulary: &Vocabulary<'s>) -> Option<&'s Field> {
    let mut fields: Vec<&'s Field> = Vec::new();
    let mut types: Vec<TypeUse> = vec![reply.clone()];
    for step in path.split('.') {
        let name = step.trim_end_matches("[]");
        if name.is_empty() {
            types = types.iter().map(|ty| ty.rows().unwrap_or(ty).clone()).collect();
            continue;
        }
        fields = types.iter().flat_map(|ty| fields_named(name, inner(ty), vocabulary)).collect();
        let values =
            types.iter().filter_map(|ty| if let TypeUse::Map(_, value) = ty { Some((**value).clone()) } else { None });
        let values: Vec<TypeUse> = values.collect();
        types = fields.iter().map(|field| field.ty.clone()).chain(values).collect();
        if step.ends_with("[]") {
            types = types.iter().filter_map(|ty| ty.rows().cloned()).collect();
        }
    }
    if path.ends_with("[]") { None } else { fields.first().copied() }
}

/// One of what may also be many.
fn inner(ty: &TypeUse) -> &TypeUse {
    if let TypeUse::OneOrMany(one) = ty { one } else { ty }
}

fn fields_named<'s>(name: &str, ty: &TypeUse, vocabulary: &Vocabulary<'s>) -> Vec<&'s Field> {
    let TypeUse::Named(shape) = ty else { return Vec::new() };
    let fields = shapes_of(shape, vocabulary).into_iter().flatten();
    fields.filter(|field| *field.wire == *name).collect()
}

/// The fields of a shape, or of each of its kinds.
fn shapes_of<'s>(name: &str, vocabulary: &Vocabulary<'s>) -> Vec<&'s [Field]> {
    match vocabulary.shape(name).map(|shape| &shape.body) {
        Some(Body::Fields(fields)) => vec![fields],
        Some(Body::Either(either)) => either.types().filter_map(|ty| vocabulary.fields(ty)).collect(),
        None => Vec::new(),
    }
}

/// A walk through examples along their types.
struct Walk<'s> {
    vocabulary: Vocabulary<'s>,
    shown: BTreeMap<String, Shown>,
    /// Where the spec declares what is shown.
    places: BTreeMap<String, Place>,
    /// Keys that no type declares, each with the fields that its object may have.
    unknown: BTreeMap<String, Vec<(String, Place)>>,
    /// Required fields that an object lacks.
    lacking: BTreeMap<String, Place>,
    /// Values that are no list or object where their type is one, or the other way round.
    misfits: BTreeMap<String, Place>,
}

impl<'s> Walk<'s> {
    fn new(vocabulary: Vocabulary<'s>) -> Self {
        let (shown, places, unknown) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { vocabulary, shown, places, unknown, lacking: BTreeMap::new(), misfits: BTreeMap::new() }
    }

    fn value(&mut self, value: &Json, ty: &TypeUse, path: &str) {
        match (value, ty) {
            (Json::List(elements), TypeUse::List(row) | TypeUse::OneOrMany(row)) => {
                for element in elements {
                    self.value(element, row, &format!("{path}[]"));
                }
            }
            // One of many is shown with the paths of its list.
            (_, TypeUse::OneOrMany(row)) => self.value(value, row, &format!("{path}[]")),
            (Json::Object(entries), TypeUse::Map(_, inner)) => {
                for (_, value) in entries {
                    self.value(value, inner, &join(path, "<KEY>"));
                }
            }
            (Json::Object(entries), TypeUse::Named(name)) => self.object(entries, name, path),
            _ => {}
        }
    }

    fn object(&mut self, entries: &[(String, Json)], name: &str, path: &str) {
        let Some(shape) = self.vocabulary.shape(name) else { return };
        let has = |key: &str| entries.iter().any(|(name, _)| name == key);
        let fields: &'s [Field] = match &shape.body {
            Body::Fields(fields) => fields,
            Body::Either(either) => {
                let case = either.cases.iter().find(|(key, _)| has(key)).map(|(_, ty)| self.vocabulary.fields(ty));
                // Without the key that tells them apart, it is the kind with the most keys of this one.
                let likest = || {
                    let kinds = either.types().filter_map(|ty| self.vocabulary.fields(ty));
                    kinds.max_by_key(|fields| fields.iter().filter(|field| has(&field.wire)).count())
                };
                case.flatten().or_else(likest).unwrap_or_default()
            }
        };
        for (key, value) in entries {
            let path = join(path, key);
            self.shown.entry(path.clone()).or_default().kinds.extend(kind_of(value));
            let Some(field) = fields.iter().find(|field| *field.wire == **key) else {
                let declared = fields.iter().map(|field| (field.wire.value.clone(), field.wire.place));
                self.unknown.insert(path, declared.collect());
                continue;
            };
            self.places.insert(path.clone(), field.wire.place);
            if is_misfit(value, &field.ty, &self.vocabulary) {
                self.misfits.insert(path, field.wire.place);
            } else {
                self.value(value, &field.ty, &path);
            }
        }
        for field in fields.iter().filter(|field| field.optional.is_none() && !has(&field.wire)) {
            self.lacking.insert(join(path, &field.wire), field.wire.place);
        }
    }
}

fn is_misfit(value: &Json, ty: &TypeUse, vocabulary: &Vocabulary<'_>) -> bool {
    let is_scalar_type = vocabulary.notation(ty).is_some();
    match value {
        Json::Null => false,
        Json::List(_) => !matches!(ty, TypeUse::List(_) | TypeUse::OneOrMany(_)),
        Json::Object(_) => is_scalar_type || matches!(ty, TypeUse::List(_)),
        Json::Text(text) if text.is_empty() => false,
        Json::Bool(_) => vocabulary.notation(ty) != Some(crate::spec::Notation::Bool),
        Json::Text(_) | Json::Number(_) => !is_scalar_type,
    }
}

/// The kind of a value; none for what stands for absence.
fn kind_of(value: &Json) -> Option<&'static str> {
    match value {
        Json::Null => None,
        Json::Text(text) if text.is_empty() || text == "null" => None,
        Json::Bool(_) => Some("bool"),
        Json::Number(_) => Some("number"),
        Json::Text(_) => Some("text"),
        Json::List(_) => Some("list"),
        Json::Object(_) => Some("object"),
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn parent_of(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, name)| name)
}

/// An example of a spec as JSON.
fn json_of(node: &Node) -> Json {
    match &node.kind {
        Kind::Nothing => Json::Null,
        Kind::Bool(on) => Json::Bool(*on),
        Kind::Number(number) => Json::Number(number.clone()),
        Kind::Text(text) => Json::Text(text.clone()),
        Kind::List(list) => Json::List(list.iter().map(json_of).collect()),
        Kind::Map(entries) => {
            Json::Object(entries.iter().map(|Entry { key, value }| (key.value.clone(), json_of(value))).collect())
        }
    }
}

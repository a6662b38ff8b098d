//! The reply of a draft: types of fields by name and value, shapes that are there already, and new ones.

use super::dictionary::Dictionary;
use super::fit::{by_value, fits, is_blank, reads};
use super::naming::{Names, camel, singular};
use super::params::rust_name;
use super::yaml;
use crate::import::facts::seen::{Object, Scalar, Seen};
use crate::import::facts::{CallFacts, FieldFacts, Json};
use crate::rust_name::snake_case;
use crate::spec::{Body, Field, Shape, TypeUse};
use papi_spec::Group;

/// The reply of a draft.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// What stands behind `reply:`.
    pub(super) ty: String,
    /// The declarations of `types`.
    pub(super) types: Vec<String>,
    pub(super) examples: Vec<Json>,
    /// The fields of a row, with their types; of the reply itself when it is no list.
    pub(super) row: Vec<(String, String)>,
    /// The field that has the rows, when they are not the reply itself.
    pub(super) rows: Option<String>,
    pub(super) is_list: bool,
}

pub(super) struct Context<'c, 's> {
    pub(super) facts: &'c CallFacts,
    pub(super) group: Group,
    pub(super) dictionary: Dictionary<'s>,
    /// The file of the draft.
    pub(super) file: &'c str,
    pub(super) call: &'c str,
}

/// A type in one place, and the fields of it when it is an object.
struct Typed {
    text: String,
    row: Vec<(String, String)>,
}

pub(super) fn reply(context: &Context<'_, '_>, names: &mut Names) -> Reply {
    let mut examples = context.facts.examples.clone();
    let mut reply = Reply::default();
    if examples.is_empty() {
        examples.extend(from_fields(&context.facts.fields));
    }
    if examples.is_empty() {
        examples.push(Json::Object(Vec::new()));
    }
    let seen = Seen::of(&examples);
    let name = match &seen.elements {
        Some(_) => singular(context.call),
        None => format!("{}Reply", context.call),
    };
    let mut writer = Writer { context, names, reply: &mut reply };
    let is_either = seen.object.is_some() && seen.elements.as_ref().is_some_and(|elements| elements.object.is_some());
    if is_either {
        // One of them, or a list of the same.
        let mut row = seen.elements.as_deref().cloned().unwrap_or_default();
        row.join(&Seen { object: seen.object.clone(), ..Seen::default() });
        let typed = writer.elements(&row, &singular(context.call), "[].");
        reply.ty = format!("{0} | [{0}]", typed.text);
        reply.row = typed.row;
        reply.is_list = true;
        reply.examples = examples;
        return reply;
    }
    let one = seen.object.as_ref().map(|object| writer.object(object, &name, ""));
    let many = seen.elements.as_ref().map(|elements| writer.elements(elements, &name, "[]."));
    match (one, many) {
        (_, Some(many)) => {
            reply.ty = format!("[{}]", many.text);
            reply.row = many.row;
            reply.is_list = true;
        }
        (Some(one), None) => {
            reply.ty = one.text;
            reply.row = one.row;
        }
        (None, None) => "String".clone_into(&mut reply.ty),
    }
    reply.examples = examples;
    reply
}

/// A reply made of what a table says of its fields, when the page has no example.
fn from_fields(fields: &[FieldFacts]) -> Option<Json> {
    let value = |field: &FieldFacts| match field.page_type.as_deref() {
        Some("integer" | "time") => Json::Number("0".to_owned()),
        Some("decimal") => Json::Text("0".to_owned()),
        Some("bool") => Json::Bool(false),
        Some("list") => Json::List(Vec::new()),
        Some("object") => Json::Object(Vec::new()),
        _ => Json::Text(
            field.words.as_ref().and_then(|words| words.first()).cloned().unwrap_or_else(|| "text".to_owned()),
        ),
    };
    let is_list = fields.first().is_some_and(|field| field.path.starts_with("[]."));
    let plain = |field: &&FieldFacts| {
        let name = field.path.trim_start_matches("[].");
        !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            && field.page_type.is_some()
    };
    let entries: Vec<(String, Json)> = fields
        .iter()
        .filter(plain)
        .map(|field| (field.path.trim_start_matches("[].").to_owned(), value(field)))
        .collect();
    let object = (!entries.is_empty()).then_some(Json::Object(entries))?;
    Some(if is_list { Json::List(vec![object]) } else { object })
}

struct Writer<'w, 'c, 's> {
    context: &'w Context<'c, 's>,
    names: &'w mut Names,
    reply: &'w mut Reply,
}

impl Writer<'_, '_, '_> {
    /// The type of an object: a shared shape when its fields agree, a map when its keys are data, and otherwise a new one.
    fn object(&mut self, object: &Object, wish: &str, path: &str) -> Typed {
        if object.as_map().is_some() {
            let merged = object.merged();
            let inner = self.value("", &merged, wish, &format!("{path}<SYMBOL>."));
            let is_symbol =
                |key: &str| ["USDT", "USDC", "USD", "BTC", "ETH", "BNB", "PERP"].iter().any(|end| key.ends_with(end));
            let key = if object.fields.iter().all(|(key, ..)| is_symbol(key)) { "Symbol" } else { "String" };
            return Typed { text: format!("{{ {key}: {inner} }}"), row: Vec::new() };
        }
        if let Some(shape) = self.shared(object) {
            let fields = match &shape.body {
                Body::Fields(fields) => {
                    fields.iter().map(|field| (field.wire.value.clone(), field.ty.to_string())).collect()
                }
                Body::Either(_) => Vec::new(),
            };
            return Typed { text: shape.name.value.clone(), row: fields };
        }
        let name = self.names.of_type(
            &self.known_name(object).unwrap_or_else(|| camel(wish)),
            self.context.group,
            self.context.file,
            self.context.dictionary,
        );
        let place = self.reply.types.len();
        self.reply.types.push(String::new());
        let mut row = Vec::new();
        let mut used = Vec::new();
        let mut text = format!("  {name}:\n    # TODO: what it is.\n    doc: {}\n", yaml::text("TODO: what it is."));
        if object.fields.is_empty() {
            text.push_str("    fields: {}\n");
        } else {
            text = format!("  {name}:\n    doc: {}\n    fields:\n", self.known_doc(&name));
        }
        for (key, seen, count) in &object.fields {
            let ty = self.field(key, seen, &name, path);
            text.push_str(&self.declare(key, seen, *count < object.count, &ty, path, &mut used));
            row.push((key.clone(), ty));
        }
        self.reply.types[place] = text;
        Typed { text: name, row }
    }

    /// The name that the spec of the same call gives to an object like this.
    fn known_name(&self, object: &Object) -> Option<String> {
        let known = self.context.dictionary.endpoint(self.context.facts.method, &self.context.facts.path)?;
        let common = |shape: &Shape| match &shape.body {
            Body::Fields(fields) => {
                object.fields.iter().filter(|(key, ..)| fields.iter().any(|field| *field.wire == *key)).count()
            }
            Body::Either(_) => 0,
        };
        let best = known.types.iter().max_by_key(|shape| common(shape))?;
        (2 * common(best) > object.fields.len()).then(|| best.name.value.clone())
    }

    fn known_doc(&mut self, name: &str) -> String {
        let known = self.context.dictionary.endpoint(self.context.facts.method, &self.context.facts.path);
        let doc = known
            .and_then(|known| known.types.iter().find(|shape| *shape.name == *name))
            .map(|shape| shape.doc.value.clone());
        match doc {
            Some(doc) => yaml::prose(&doc),
            None => yaml::text("TODO: what it is."),
        }
    }

    /// A shared shape that declares each key, and whose required fields are all there.
    fn shared(&self, object: &Object) -> Option<&Shape> {
        let agrees = |shape: &&&Shape| {
            let Body::Fields(fields) = &shape.body else { return false };
            let declares = |(key, seen, _): &(String, Seen, usize)| {
                fields.iter().any(|field| {
                    *field.wire == *key && fits(seen, &field.ty, field.optional.is_some(), self.context.dictionary)
                })
            };
            let has = |field: &Field| {
                field.optional.is_some()
                    || object.fields.iter().any(|(key, _, count)| *field.wire == *key && *count == object.count)
            };
            // One whose fields are mostly absent agrees by chance.
            let shown = fields.iter().filter(|field| object.fields.iter().any(|(key, ..)| *field.wire == *key)).count();
            object.fields.iter().all(declares) && fields.iter().all(has) && 3 * shown >= 2 * fields.len()
        };
        // Its spec has a type of its own for this.
        if self.known_name(object).is_some() {
            return None;
        }
        let shapes = self.context.dictionary.shapes(self.context.group);
        let of_group = self.context.dictionary.specs.shared_shapes_of(self.context.group);
        let found: Vec<&&Shape> = shapes.iter().filter(agrees).collect();
        found
            .iter()
            .find(|shape| of_group.contains(&shape.name.as_str()))
            .or_else(|| found.first())
            .map(|shape| **shape)
    }

    /// The type of a list's elements.
    fn elements(&mut self, elements: &Seen, wish: &str, path: &str) -> Typed {
        match &elements.object {
            Some(object) => self.object(object, wish, path),
            None => Typed { text: self.value("", elements, wish, path), row: Vec::new() },
        }
    }

    /// The type of a field.
    fn field(&mut self, key: &str, seen: &Seen, parent: &str, path: &str) -> String {
        let known = self.known(key);
        let is_own = |ty: &TypeUse| self.context.dictionary.vocabulary().notation(ty).is_some() || self.is_shared(ty);
        let fitting: Vec<&&Field> = known
            .iter()
            .filter(|field| is_own(&field.ty) && fits(seen, &field.ty, true, self.context.dictionary))
            .collect();
        if let Some(first) = fitting.first()
            && !is_blank(seen)
        {
            return first.ty.to_string();
        }
        if is_blank(seen)
            && let Some(first) = known.iter().find(|field| is_own(&field.ty))
        {
            return first.ty.to_string();
        }
        let child = camel(&singular(key));
        let wish = if child.len() > 2 { child } else { format!("{parent}{child}") };
        self.value(key, seen, &wish, path)
    }

    fn known(&self, key: &str) -> Vec<&Field> {
        self.context.dictionary.fields(self.context.facts.method, &self.context.facts.path, self.context.group, key)
    }

    /// Returns whether a type is made of what `types.yaml` has.
    fn is_shared(&self, ty: &TypeUse) -> bool {
        let mut all = true;
        ty.names(&mut |name| all &= self.context.dictionary.vocabulary().find(name).is_some());
        all
    }

    /// The type of a value whose name tells nothing.
    fn value(&mut self, key: &str, seen: &Seen, wish: &str, path: &str) -> String {
        if let Some(elements) = &seen.elements {
            let inner = self.elements(elements, wish, &format!("{path}{key}[]."));
            return format!("[{}]", inner.text);
        }
        if let Some(object) = &seen.object {
            return self.object(object, wish, &format!("{path}{key}.")).text;
        }
        if let Some((name, notation)) = self.context.dictionary.same_name(key) {
            let words = self.context.dictionary.words(name);
            let is_word =
                |scalar: &Scalar| words.is_none_or(|set| set.words.iter().any(|word| *word.wire == *scalar.text()));
            if seen.scalars.iter().all(|scalar| reads(scalar, notation)) && seen.scalars.iter().any(is_word) {
                return name.to_owned();
            }
        }
        by_value(key, seen).to_owned()
    }

    /// Writes a field.
    fn declare(
        &mut self,
        key: &str,
        seen: &Seen,
        is_missing: bool,
        ty: &str,
        path: &str,
        used: &mut Vec<String>,
    ) -> String {
        let said = self.context.facts.fields.iter().find(|field| field.path == format!("{path}{key}"));
        let known: Vec<&Field> = self.known(key).into_iter().filter(|field| field.ty.to_string() == ty).collect();
        let is_scalar = !ty.starts_with(['[', '{']);
        let setting = known
            .iter()
            .filter_map(|field| field.optional.as_ref())
            .find(|reason| reason.starts_with("A setting of the request"))
            .filter(|_| is_scalar && path.matches('.').count() < 2);
        let optional = if let Some(sentence) = said.and_then(|said| said.optional.as_ref()) {
            // What examples show needs nobody; what the page says is to be said in own words.
            let is_shown = sentence.ends_with("documented replies.") || sentence.ends_with("documented reply.");
            Some(if is_shown {
                sentence.clone()
            } else {
                format!("TODO: {}.", sentence.trim_end_matches(['.', '。']))
            })
        } else if is_missing {
            Some("Absent from some documented replies.".to_owned())
        } else if seen.is_null {
            Some("Null in a documented reply.".to_owned())
        } else if seen.is_empty && is_scalar {
            Some("Empty in a documented reply.".to_owned())
        } else {
            None
        };
        // What siblings leave out is no evidence of this page.
        let hint = setting
            .filter(|_| optional.is_none())
            .map(|reason| format!("      # TODO: siblings have `optional: {}`\n", reason.value))
            .unwrap_or_default();
        let mut entries = vec![("type", ty.to_owned())];
        if let Some(optional) = optional {
            entries.push(("optional", yaml::prose(&optional)));
        }
        let rust = known.iter().find_map(|field| field.rust.as_ref().map(|name| name.value.clone()));
        let rust = rust_name(key, rust.as_deref()).or_else(|| {
            let snake = snake_case(key);
            used.contains(&snake).then(|| format!("{snake}_{}", used.len()))
        });
        used.push(rust.clone().unwrap_or_else(|| snake_case(key)));
        if let Some(rust) = rust {
            entries.push(("rust", rust));
        }
        let facts = self.context.facts;
        let known = self.context.dictionary.field_doc(facts.method, &facts.path, self.context.group, key, ty);
        let doc = match (said.filter(|said| !said.doc.is_empty()), known) {
            (Some(said), _) => format!("TODO: {}.", said.doc.trim_end_matches(['.', '。'])),
            (None, Some(known)) => known.to_owned(),
            (None, None) => "TODO: what it means.".to_owned(),
        };
        entries.push(("doc", yaml::prose(&doc)));
        let key = if key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            key.to_owned()
        } else {
            yaml::quoted(key)
        };
        hint + &yaml::entry(6, &key, &entries)
    }
}

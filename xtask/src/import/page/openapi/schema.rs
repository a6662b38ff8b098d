//! Schemas of an `OpenAPI` document: references followed, parts of a whole put together.

use super::document::Part;
use crate::import::facts::Json;
use std::cell::Cell;

/// How far references are followed.
const DEEPEST: usize = 12;

/// How many schemas are looked at for one call: those that name themselves have no end.
const MOST: usize = 5000;

/// Follows references within a document.
pub(super) struct Schemas<'a> {
    document: &'a Json,
    looked_at: Cell<usize>,
}

/// A schema without references.
#[derive(Debug, Default, Clone)]
pub(super) struct Schema<'a> {
    /// As the document calls it: string, integer, number, boolean, array, object.
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) is_nullable: bool,
    pub(super) description: Option<&'a str>,
    pub(super) default: Option<&'a Json>,
    pub(super) minimum: Option<&'a Json>,
    pub(super) maximum: Option<&'a Json>,
    pub(super) pattern: Option<&'a str>,
    pub(super) example: Option<&'a Json>,
    pub(super) words: Vec<&'a Json>,
    pub(super) items: Option<&'a Json>,
    /// What the values of a map are, whose keys are data.
    pub(super) values: Option<&'a Json>,
    pub(super) fields: Vec<(&'a str, &'a Json)>,
    /// The fields that are always there. None where nothing is said.
    pub(super) required: Option<Vec<&'a str>>,
    /// Of these it is one.
    pub(super) variants: Vec<&'a Json>,
}

impl<'a> Schemas<'a> {
    pub(super) fn of(document: &'a Json) -> Self {
        Self { document, looked_at: Cell::new(0) }
    }

    /// Begins to count anew.
    pub(super) fn next_call(&self) {
        self.looked_at.set(0);
    }

    /// Follows a reference to what it names, or returns what is none.
    pub(super) fn follow(&self, part: &'a Json) -> &'a Json {
        let mut part = part;
        for _ in 0..DEEPEST {
            let Some(reference) = part.text("$ref") else { return part };
            let Some(path) = reference.strip_prefix("#/") else { return &Json::Null };
            let named = path.split('/').try_fold(self.document, |at, key| {
                let key = key.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}");
                at.get(&key)
            });
            part = named.unwrap_or(&Json::Null);
        }
        &Json::Null
    }

    /// Puts a schema together.
    pub(super) fn whole(&self, part: &'a Json) -> Schema<'a> {
        let mut schema = Schema::default();
        self.add(&mut schema, part, 0);
        schema
    }

    fn add(&self, schema: &mut Schema<'a>, part: &'a Json, depth: usize) {
        self.looked_at.set(self.looked_at.get() + 1);
        if depth > DEEPEST || self.looked_at.get() > MOST {
            return;
        }
        // What stands beside a reference says more of it.
        if part.get("$ref").is_some() {
            schema.description = schema.description.or(part.text("description"));
        }
        let part = self.follow(part);
        for own in part.list("allOf") {
            self.add(schema, own, depth + 1);
        }
        match part.get("type") {
            Some(Json::Text(kind)) => schema.kind = Some(kind),
            // Version 3.1 lists `null` beside the type.
            Some(Json::List(kinds)) => {
                for kind in kinds {
                    match kind {
                        Json::Text(kind) if kind == "null" => schema.is_nullable = true,
                        Json::Text(kind) => schema.kind = schema.kind.or(Some(kind)),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        schema.is_nullable |= part.is_true("nullable");
        schema.format = part.text("format").or(schema.format);
        schema.description = schema.description.or(part.text("description"));
        schema.default = part.get("default").or(schema.default);
        schema.minimum = part.get("minimum").or(schema.minimum);
        schema.maximum = part.get("maximum").or(schema.maximum);
        schema.pattern = part.text("pattern").or(schema.pattern);
        schema.example = part.get("example").or_else(|| part.list("examples").first()).or(schema.example);
        schema.words.extend(part.list("enum").iter().chain(part.get("const")));
        schema.items = part.get("items").or(schema.items);
        schema.values =
            part.get("additionalProperties").filter(|values| matches!(values, Json::Object(_))).or(schema.values);
        for (name, field) in part.fields("properties") {
            if !schema.fields.iter().any(|(known, _)| known == name) {
                schema.fields.push((name, field));
            }
        }
        if part.get("required").is_some() {
            let names = part.list("required").iter().filter_map(|name| match name {
                Json::Text(name) => Some(name.as_str()),
                _ => None,
            });
            schema.required.get_or_insert_default().extend(names);
        }
        schema.variants.extend(part.list("oneOf").iter().chain(part.list("anyOf")));
    }

    /// Whether so much was looked at that the rest is left out.
    pub(super) fn is_over(&self) -> bool {
        self.looked_at.get() > MOST
    }
}

impl Schema<'_> {
    /// What a page would call the type.
    pub(super) fn page_type(&self) -> &'static str {
        match self.kind {
            Some("string") | None if !self.words.is_empty() => "ENUM",
            Some("string") => "STRING",
            Some("integer") if self.format == Some("int64") => "LONG",
            Some("integer") => "INT",
            Some("number") => "DECIMAL",
            Some("boolean") => "BOOLEAN",
            Some("array") => "LIST",
            Some("object") => "OBJECT",
            _ if self.items.is_some() => "LIST",
            _ if !self.fields.is_empty() || self.values.is_some() => "OBJECT",
            _ => "",
        }
    }
}

//! Walks example replies along their types. The checks need what does not fit; the model needs the part of an example that shows
//! each type.

use crate::problem::{Place, Problems};
use crate::spec::{Body, Entry, Field, Kind, Meaning, Node, Notation, Shape, TypeUse, Vocabulary, WordSet, is_decimal};

/// An object of an example, and the type it was read as.
pub(crate) type Sighting<'s> = (&'s Shape, &'s Node);

/// Walks all examples of a reply or an event, notes what does not fit, and returns every object met on the way.
pub(crate) fn walk<'s>(
    examples: &'s [Node],
    ty: &TypeUse,
    vocabulary: Vocabulary<'s>,
    problems: &mut Problems,
) -> Vec<Sighting<'s>> {
    let mut walk = Walk { vocabulary, problems, seen: Vec::new() };
    for example in examples {
        walk.value(example, ty);
    }
    walk.seen
}

/// Returns the object that shows a type best: the first of those with the most keys.
pub(crate) fn best<'s>(name: &str, seen: &[Sighting<'s>]) -> Option<&'s Node> {
    let keys = |node: &Node| if let Kind::Map(entries) = &node.kind { entries.len() } else { 0 };
    let mut best: Option<&'s Node> = None;
    for (_, node) in seen.iter().filter(|(shape, _)| *shape.name == name) {
        if best.is_none_or(|best| keys(node) > keys(best)) {
            best = Some(node);
        }
    }
    best
}

/// Returns the example as JSON on one line, with numbers as they were written.
pub(crate) fn json(node: &Node) -> String {
    match &node.kind {
        Kind::Nothing => "null".to_owned(),
        Kind::Bool(on) => on.to_string(),
        Kind::Number(number) => number.clone(),
        Kind::Text(text) => json_text(text),
        Kind::List(list) => format!("[{}]", list.iter().map(json).collect::<Vec<_>>().join(",")),
        Kind::Map(entries) => {
            let entry = |Entry { key, value }: &Entry| format!("{}:{}", json_text(key), json(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Walk<'s, 'p> {
    vocabulary: Vocabulary<'s>,
    problems: &'p mut Problems,
    seen: Vec<Sighting<'s>>,
}

impl<'s> Walk<'s, '_> {
    fn value(&mut self, node: &'s Node, ty: &TypeUse) {
        match ty {
            TypeUse::Named(name) => match self.vocabulary.find(name) {
                Some(Meaning::Shape(shape)) => self.object(node, shape),
                Some(meaning) => {
                    self.scalar(node, name, meaning.notation());
                    if let Meaning::Words(set) = meaning {
                        self.word(node, set);
                    }
                }
                None => {}
            },
            TypeUse::List(inner) => match &node.kind {
                Kind::List(list) => list.iter().for_each(|element| self.value(element, inner)),
                _ => self.wrong(node, "a list"),
            },
            TypeUse::OneOrMany(inner) => match &node.kind {
                Kind::List(list) => list.iter().for_each(|element| self.value(element, inner)),
                _ => self.value(node, inner),
            },
            TypeUse::Map(_, inner) => match &node.kind {
                Kind::Map(entries) => entries.iter().for_each(|entry| self.value(&entry.value, inner)),
                _ => self.wrong(node, "a map"),
            },
            TypeUse::Unreadable => {}
        }
    }

    fn object(&mut self, node: &'s Node, shape: &'s Shape) {
        let Kind::Map(entries) = &node.kind else {
            return self.wrong(node, &format!("a map, for it is a `{}`", *shape.name));
        };
        self.seen.push((shape, node));
        match &shape.body {
            Body::Fields(fields) => self.fields(node.place, entries, shape, fields),
            Body::Either(either) => {
                let has = |key: &str| entries.iter().any(|entry| *entry.key == key);
                let case = either.cases.iter().find(|(key, _)| has(key)).map_or(&either.otherwise, |(_, ty)| ty);
                if let Some(Meaning::Shape(kind @ Shape { body: Body::Fields(fields), .. })) =
                    self.vocabulary.find(case)
                {
                    self.seen.push((kind, node));
                    self.fields(node.place, entries, kind, fields);
                }
            }
        }
    }

    fn fields(&mut self, place: Place, entries: &'s [Entry], shape: &Shape, fields: &[Field]) {
        if let Some(event) = &shape.event {
            self.event(place, entries, event);
        }
        for entry in entries.iter().filter(|entry| shape.event.is_none() || *entry.key != "e") {
            let Some(field) = fields.iter().find(|field| *field.wire == *entry.key) else {
                let known = fields.iter().map(|field| field.wire.as_str());
                let title = format!("the example has a key `{}`, which `{}` does not declare", *entry.key, *shape.name);
                self.problems.at(entry.key.place, title).suggest(&entry.key, known);
                continue;
            };
            if field.optional.is_none() || !self.stands_for_absence(&entry.value, &field.ty) {
                self.value(&entry.value, &field.ty);
            }
        }
        let missing = fields.iter().filter(|field| field.optional.is_none());
        for field in missing.filter(|field| !entries.iter().any(|entry| *entry.key == *field.wire)) {
            let title = format!("the example lacks `{}`, which `{}` requires", *field.wire, *shape.name);
            self.problems.at(place, title).help("a field that may be absent says why: `optional: ..`");
        }
    }

    /// The key `e` of an event has its name.
    fn event(&mut self, place: Place, entries: &[Entry], name: &str) {
        match entries.iter().find(|entry| *entry.key == "e") {
            None => _ = self.problems.at(place, format!("the example lacks `e: {name}`, by which the event is known")),
            Some(entry) if matches!(&entry.value.kind, Kind::Text(text) if text == name) => {}
            Some(entry) => {
                let title = format!("the example has another `e` than `{name}`");
                self.problems.at(entry.value.place, title);
            }
        }
    }

    /// `null` for everything; for scalars also an empty text and the text `null`, which the vendor's pages have.
    fn stands_for_absence(&self, node: &Node, ty: &TypeUse) -> bool {
        match &node.kind {
            Kind::Nothing => true,
            Kind::Text(text) => (text.is_empty() || text == "null") && self.vocabulary.notation(ty).is_some(),
            _ => false,
        }
    }

    /// Scalars are read from their text, quoted or bare.
    fn scalar(&mut self, node: &Node, name: &str, notation: Option<Notation>) {
        let fits = match (&node.kind, notation) {
            (Kind::Text(text), _) if text.is_empty() => false,
            (Kind::Bool(_), Some(Notation::Bool)) | (Kind::Text(_) | Kind::Number(_), Some(Notation::Text)) => true,
            (Kind::Text(text), Some(Notation::Bool)) => text == "true" || text == "false",
            (Kind::Text(text) | Kind::Number(text), Some(Notation::Decimal)) => is_decimal(text),
            (Kind::Text(text) | Kind::Number(text), Some(Notation::Count)) => text.parse::<u32>().is_ok(),
            (Kind::Text(text) | Kind::Number(text), Some(Notation::Integer | Notation::Time)) => {
                text.parse::<i64>().is_ok()
            }
            _ => false,
        };
        if fits {
            return;
        }
        let written = match &node.kind {
            Kind::Text(text) if text.is_empty() => "an empty text".to_owned(),
            Kind::Text(text) => format!("the text `{text}`"),
            Kind::Number(number) => format!("the number {number}"),
            _ => node.describe().to_owned(),
        };
        let problem = self.problems.at(node.place, format!("the example has {written} where the type is `{name}`"));
        if written == "an empty text" || matches!(node.kind, Kind::Nothing) {
            problem.help("only an optional field may be null or empty");
        }
    }

    /// The wire may have words that no page lists, so one of them only causes a warning.
    fn word(&mut self, node: &Node, set: &WordSet) {
        let (Kind::Text(text) | Kind::Number(text)) = &node.kind else { return };
        let known = set.words.iter().map(|word| word.wire.as_str());
        if !text.is_empty() && !known.clone().any(|word| word == text) {
            self.problems
                .warn(node.place, format!("the example has `{text}`, which is no word of `{}`", *set.name))
                .help("when the exchange sends it, add it in `types.yaml`")
                .suggest(text, known);
        }
    }

    fn wrong(&mut self, node: &Node, expected: &str) {
        self.problems.at(node.place, format!("the example has {} here; expected {expected}", node.describe()));
    }
}

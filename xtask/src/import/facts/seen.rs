//! What documented replies look like: kinds of values, by key, over all rows and examples.

use super::Json;

/// What stands in one place of all replies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Scalars, as they are written.
    pub(crate) scalars: Vec<Scalar>,
    pub(crate) is_null: bool,
    /// An empty text.
    pub(crate) is_empty: bool,
    /// The elements of lists, and whether there was a list.
    pub(crate) elements: Option<Box<Seen>>,
    pub(crate) object: Option<Object>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scalar {
    Bool(bool),
    Number(String),
    Text(String),
}

impl Scalar {
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Bool(on) => on.to_string(),
            Self::Number(text) | Self::Text(text) => text.clone(),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    /// How many objects were seen.
    pub(crate) count: usize,
    pub(crate) fields: Vec<(String, Seen, usize)>,
}

impl Seen {
    pub(crate) fn of(examples: &[Json]) -> Self {
        let mut seen = Self::default();
        for example in examples {
            seen.add(example);
        }
        seen
    }

    fn add(&mut self, json: &Json) {
        match json {
            Json::Null => self.is_null = true,
            Json::Bool(on) => self.scalar(Scalar::Bool(*on)),
            Json::Number(text) => self.scalar(Scalar::Number(text.clone())),
            Json::Text(text) if text.is_empty() => self.is_empty = true,
            Json::Text(text) if text == "null" => self.is_null = true,
            Json::Text(text) => self.scalar(Scalar::Text(text.clone())),
            Json::List(list) => {
                let elements = self.elements.get_or_insert_default();
                for element in list {
                    elements.add(element);
                }
            }
            Json::Object(entries) => {
                let object = self.object.get_or_insert_default();
                object.count += 1;
                for (key, value) in entries {
                    if !object.fields.iter().any(|(known, ..)| known == key) {
                        object.fields.push((key.clone(), Self::default(), 0));
                    }
                    if let Some((_, seen, count)) = object.fields.iter_mut().find(|(known, ..)| known == key) {
                        seen.add(value);
                        *count += 1;
                    }
                }
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) {
        if !self.scalars.contains(&scalar) {
            self.scalars.push(scalar);
        }
    }
}

impl Object {
    /// Returns what stands under the keys when they are data and no names: `{ "BTCUSDT": { .. } }`.
    pub(crate) fn as_map(&self) -> Option<&Seen> {
        let is_data = |key: &String| {
            key.len() > 3
                && key.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit())
                && key.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
        };
        let holds_more = |seen: &Seen| seen.object.is_some() || seen.elements.is_some();
        let (_, first, _) = self.fields.first()?;
        self.fields.iter().all(|(key, seen, _)| is_data(key) && holds_more(seen)).then_some(first)
    }

    /// All that stands under the keys of a map, as one.
    pub(crate) fn merged(&self) -> Seen {
        let mut merged = Seen::default();
        for (_, seen, _) in &self.fields {
            merged.join(seen);
        }
        merged
    }
}

impl Seen {
    /// One object or a list of the same, by what was asked: what was seen of one alone joins the elements of the list.
    pub(crate) fn with_rows_united(mut self) -> Self {
        if let (Some(object), Some(elements)) = (&self.object, &mut self.elements)
            && elements.object.is_some()
        {
            elements.join(&Self { object: Some(object.clone()), ..Self::default() });
            self.object = None;
        }
        self
    }

    /// Takes over all that was seen in another place.
    pub(crate) fn join(&mut self, other: &Seen) {
        for scalar in &other.scalars {
            self.scalar(scalar.clone());
        }
        self.is_null |= other.is_null;
        self.is_empty |= other.is_empty;
        if let Some(elements) = &other.elements {
            self.elements.get_or_insert_default().join(elements);
        }
        if let Some(object) = &other.object {
            let own = self.object.get_or_insert_default();
            own.count += object.count;
            for (key, seen, count) in &object.fields {
                match own.fields.iter_mut().find(|(known, ..)| known == key) {
                    Some((_, known, total)) => {
                        known.join(seen);
                        *total += count;
                    }
                    None => own.fields.push((key.clone(), seen.clone(), *count)),
                }
            }
        }
    }
}

//! The tree of an `OpenAPI` document, in JSON or YAML, with numbers as they are written.

use crate::import::example;
use crate::import::facts::Json;
use crate::import::page::Example;
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, StrInput};

/// How deep lists and maps may stand in each other.
const DEEPEST: usize = 64;

/// Reads a document, or says on which line it cannot be read, and why.
pub(super) fn read(text: &str) -> Result<Json, (usize, String)> {
    if text.trim_start().starts_with('{') {
        let example = Example { line: 1, text: text.to_owned(), is_reprinted: false };
        let first = example::read(&example).into_iter().next();
        return first.map(|read| read.json).ok_or_else(|| (1, "it is no JSON".to_owned()));
    }
    let mut reader = Reader { events: Parser::new_from_str(text) };
    reader.document()
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Json, (usize, String)> {
        loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => return Err((1, "it is empty".to_owned())),
                event => return self.node(event, 0),
            }
        }
    }

    fn next(&mut self) -> Result<Event<'a>, (usize, String)> {
        match self.events.next() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err((error.marker().line(), format!("it is no YAML: {}", error.info().to_lowercase()))),
            None => Ok(Event::StreamEnd),
        }
    }

    fn node(&mut self, event: Event<'a>, depth: usize) -> Result<Json, (usize, String)> {
        if depth > DEEPEST {
            return Err((0, "its lists and maps stand too deep in each other".to_owned()));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                Ok(if style == ScalarStyle::Plain { plain(&text) } else { Json::Text(text.into_owned()) })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd | Event::StreamEnd => return Ok(Json::List(items)),
                        event => items.push(self.node(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut fields = Vec::new();
                loop {
                    let key = match self.next()? {
                        Event::MappingEnd | Event::StreamEnd => return Ok(Json::Object(fields)),
                        Event::Scalar(text, ..) => text.into_owned(),
                        event => {
                            self.node(event, depth + 1)?;
                            String::new()
                        }
                    };
                    let event = self.next()?;
                    fields.push((key, self.node(event, depth + 1)?));
                }
            }
            _ => Ok(Json::Null),
        }
    }
}

fn plain(text: &str) -> Json {
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ if serde_json::from_str::<serde_json::Number>(text).is_ok() => Json::Number(text.to_owned()),
        _ => Json::Text(text.to_owned()),
    }
}

/// A part of the document, with what is asked of it.
pub(super) trait Part {
    fn get(&self, key: &str) -> Option<&Json>;
    fn text(&self, key: &str) -> Option<&str>;
    fn list(&self, key: &str) -> &[Json];
    fn fields(&self, key: &str) -> &[(String, Json)];
    fn is_true(&self, key: &str) -> bool;
}

impl Part for Json {
    fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => fields.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn list(&self, key: &str) -> &[Json] {
        match self.get(key) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    fn fields(&self, key: &str) -> &[(String, Json)] {
        match self.get(key) {
            Some(Self::Object(fields)) => fields,
            _ => &[],
        }
    }

    fn is_true(&self, key: &str) -> bool {
        self.get(key) == Some(&Self::Bool(true))
    }
}

/// Writes a value as a page would show it.
pub(super) fn written(json: &Json) -> String {
    let quoted = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(digits) => digits.clone(),
        Json::Text(text) => quoted(text),
        Json::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{}: {}", quoted(key), written(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

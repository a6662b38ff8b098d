//! YAML as a tree with positions, and nothing of YAML beyond scalars, lists and maps. Reading into types at once would
//! stop at the first wrong one; a tree first lets every key of every file be judged in one run.

use crate::problem::{At, Place, Problems};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span, StrInput};

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Nothing,
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: At<String>,
    pub(crate) value: Node,
}

impl Node {
    /// What the node is, in a problem's words.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Nothing => "nothing",
            Kind::Bool(_) => "a bool",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// Reads one file. What cannot be read at all becomes a problem and `None`.
pub(crate) fn read(source: usize, text: &str, problems: &mut Problems) -> Option<Node> {
    let mut reader = Reader { source, text, events: Parser::new_from_str(text), problems };
    reader.document()
}

struct Reader<'a> {
    source: usize,
    text: &'a str,
    events: Parser<'a, StrInput<'a>>,
    problems: &'a mut Problems,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Option<Node> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            let wrong = match (event, &root) {
                (Event::StreamEnd, Some(_)) => return root,
                (Event::StreamEnd, None) => "the file is empty",
                (Event::DocumentStart(..), Some(_)) => "a file holds one document",
                (Event::StreamStart | Event::DocumentStart(..), None) | (_, Some(_)) => continue,
                (event, None) => {
                    root = Some(self.node(event, span)?);
                    continue;
                }
            };
            let place = self.place(span);
            self.problems.at(place, wrong);
            return None;
        }
    }

    /// The next event; a syntax error ends the file.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.events.next()? {
            Ok(event) => Some(event),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
                let place = Place { source: self.source, start: at, end: at };
                self.problems.at(place, format!("not YAML: {}", error.info().to_lowercase()));
                None
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Option<Node> {
        if event.tag().is_some() || event.anchor_id().is_some() || event.is_alias() {
            let place = self.place(span);
            self.problems.at(place, "tags, anchors and aliases are not part of the spec language");
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let kind = if style == ScalarStyle::Plain { plain(&text) } else { Kind::Text(text.into_owned()) };
                Some(Node { place: self.place(span), kind })
            }
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            return Some(Node { place: self.between(span, end), kind: Kind::List(list) });
                        }
                        (event, span) => list.push(self.node(event, span)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut entries: Vec<Entry> = Vec::new();
                loop {
                    match self.next()? {
                        (Event::MappingEnd, end) => {
                            return Some(Node { place: self.between(span, end), kind: Kind::Map(entries) });
                        }
                        (event, span) => self.entry(event, span, &mut entries)?,
                    }
                }
            }
            _ => Some(Node { place: self.place(span), kind: Kind::Nothing }),
        }
    }

    /// Reads one key with its value. A key that does not count is a problem, and what follows is still read.
    fn entry(&mut self, event: Event<'a>, span: Span, entries: &mut Vec<Entry>) -> Option<()> {
        let key = match &event {
            Event::Scalar(text, ..) => Some(text.clone().into_owned()),
            _ => None,
        };
        let key_node = self.node(event, span)?;
        let (event, span) = self.next()?;
        let value = self.node(event, span)?;
        match key {
            None => {
                self.problems.at(key_node.place, "a key must be a plain text");
            }
            Some(key) if entries.iter().any(|entry| *entry.key == key) => {
                self.problems.at(key_node.place, format!("the key `{key}` is given twice"));
            }
            Some(key) => entries.push(Entry { key: At::new(key, key_node.place), value }),
        }
        Some(())
    }

    fn place(&self, span: Span) -> Place {
        self.between(span, span)
    }

    /// The first line of what lies between two events: enough to be found, and snippets stay short.
    fn between(&self, first: Span, last: Span) -> Place {
        let limit = |offset: Option<usize>| offset.unwrap_or(0).min(self.text.len());
        let start = limit(first.start.byte_offset());
        let end = limit(last.end.byte_offset()).max(start);
        let line = self.text[start..end].lines().next().unwrap_or_default().trim_end();
        Place { source: self.source, start, end: start + line.len() }
    }
}

/// What an unquoted scalar is. Only JSON's own spellings count: `0x10`, `.5` or `yes` are texts.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" => Kind::Nothing,
        "true" => Kind::Bool(true),
        "false" => Kind::Bool(false),
        number if is_json_number(number) => Kind::Number(number.to_owned()),
        text => Kind::Text(text.to_owned()),
    }
}

fn is_json_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

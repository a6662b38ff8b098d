//! Reads tables of TOML strictly: each key is known or a problem with its line, and no value is ever repeated, because it
//! may be a secret that was put into the wrong place.

use crate::failure::Failure;
use binance_papi::spec::nearest;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The shortest run of letters and digits that is taken for a secret: a secret of the exchange has 64.
const SHORTEST_SECRET: usize = 41;

/// A place in the text.
pub(super) type Span = Range<usize>;

/// What is wrong with the file, by place.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    text: &'a str,
    /// Where, what, and what to do.
    found: Vec<(Span, String, Option<String>)>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new() }
    }

    pub(super) fn add(&mut self, at: Span, what: impl Into<String>) {
        self.found.push((at, what.into(), None));
    }

    pub(super) fn add_with_hint(&mut self, at: Span, what: impl Into<String>, hint: impl Into<String>) {
        self.found.push((at, what.into(), Some(hint.into())));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns all of them with their lines, in the order of the file.
    pub(super) fn failure(mut self, path: &Path) -> Failure {
        self.found.sort_by_key(|(at, ..)| at.start);
        let mut hints: Vec<String> = Vec::new();
        let mut lines = String::new();
        for (index, (at, what, hint)) in self.found.into_iter().enumerate() {
            let before = self.text.get(..at.start).unwrap_or(self.text);
            let line = 1 + before.matches('\n').count();
            // Writing into a String cannot fail.
            let _ = write!(lines, "{}{}, line {line}: {what}", if index == 0 { "" } else { "\n" }, path.display());
            hints.extend(hint.filter(|hint| !hints.contains(hint)));
        }
        Failure::bad_input(lines).hints(hints)
    }
}

/// A table whose keys are taken out one by one; what is left in the end is unknown.
pub(super) struct Table<'a> {
    /// How the table is called in messages, such as `profile.main.key`.
    pub(super) name: String,
    pub(super) span: Span,
    entries: Vec<(Spanned<String>, &'a Spanned<DeValue<'a>>)>,
    known: Vec<&'static str>,
}

impl<'a> Table<'a> {
    pub(super) fn new(name: impl Into<String>, table: &'a DeTable<'a>, span: Span) -> Self {
        let entries =
            table.iter().map(|(key, value)| (Spanned::new(key.span(), key.get_ref().to_string()), value)).collect();
        Self { name: name.into(), span, entries, known: Vec::new() }
    }

    /// Takes out the value of a key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Item<'a>> {
        self.known.push(key);
        let place = self.entries.iter().position(|(each, _)| each.get_ref() == key)?;
        let (_, value) = self.entries.swap_remove(place);
        Some(Item { name: self.path_of(key), span: value.span(), value: value.get_ref() })
    }

    /// Takes out everything that is left, each with its name, for tables whose keys are names that the user chose.
    pub(super) fn take_all(&mut self) -> Vec<(String, Span, Item<'a>)> {
        let entries = std::mem::take(&mut self.entries);
        let item = |(key, value): (Spanned<String>, &'a Spanned<DeValue<'a>>)| {
            let name = key.get_ref().clone();
            let item = Item { name: self.path_of(&name), span: value.span(), value: value.get_ref() };
            (name, key.span(), item)
        };
        entries.into_iter().map(item).collect()
    }

    /// Returns whether everything was taken.
    pub(super) fn is_taken(&self) -> bool {
        self.entries.is_empty()
    }

    /// Reports what is left: nobody asked for it.
    pub(super) fn end(self, problems: &mut Problems<'_>) {
        for (key, _) in &self.entries {
            let place = if self.name.is_empty() { String::new() } else { format!(" in [{}]", self.name) };
            let what = format!("unknown key {}{place}", quoted(key.get_ref()));
            match nearest(key.get_ref(), self.known.iter().copied()) {
                Some(near) => problems.add(key.span(), format!("{what}; did you mean `{near}`?")),
                None => problems.add(key.span(), format!("{what}; it may have {}", self.known.join(", "))),
            }
        }
    }

    fn path_of(&self, key: &str) -> String {
        match (self.name.as_str(), quoted(key)) {
            (_, shown) if shown.starts_with('(') => format!("{}.{shown}", self.name),
            ("", _) => key.to_owned(),
            (name, _) => format!("{name}.{key}"),
        }
    }
}

/// A value and where it stands.
pub(super) struct Item<'a> {
    /// The keys that lead to it.
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: &'a DeValue<'a>,
}

impl<'a> Item<'a> {
    /// Returns the text, or reports that it is none.
    pub(super) fn text(&self, problems: &mut Problems<'_>) -> Option<&'a str> {
        self.require(self.value.as_str(), "a text in quotes", problems)
    }

    /// Returns the table, or reports that it is none. `example` says what it looks like.
    pub(super) fn table(&self, example: &str, problems: &mut Problems<'_>) -> Option<Table<'a>> {
        let table = self.require(self.value.as_table(), &format!("a table, such as {example}"), problems)?;
        Some(Table::new(self.name.clone(), table, self.span.clone()))
    }

    /// Returns a list of texts, of which none is empty, or reports that it is none.
    pub(super) fn texts(&self, example: &str, problems: &mut Problems<'_>) -> Option<Vec<&'a str>> {
        let texts = self.value.as_array().and_then(|items| {
            items.iter().map(|item| item.get_ref().as_str().filter(|text| !text.is_empty())).collect::<Option<Vec<_>>>()
        });
        let texts = texts.filter(|texts| !texts.is_empty());
        self.require(texts, &format!("a list of texts, such as {example}"), problems)
    }

    /// Returns a whole number within bounds, or reports that it is none.
    pub(super) fn number(&self, least: u32, most: u32, problems: &mut Problems<'_>) -> Option<u32> {
        let number =
            self.value.as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        let wanted = if most == u32::MAX {
            format!("a whole number from {least} on")
        } else {
            format!("a whole number from {least} to {most}")
        };
        self.require(number.filter(|number| (least..=most).contains(number)), &wanted, problems)
    }

    fn require<T>(&self, read: Option<T>, wanted: &str, problems: &mut Problems<'_>) -> Option<T> {
        if read.is_none() {
            let kind = match self.value {
                DeValue::String(_) => "; it is a text",
                // What is wrong may be its size.
                DeValue::Integer(_) | DeValue::Array(_) => "",
                DeValue::Float(_) => "; it is a number with a fraction",
                DeValue::Boolean(_) => "; it is a truth value",
                DeValue::Datetime(_) => "; it is a date",
                DeValue::Table(_) => "; it is a table",
            };
            problems.add(self.span.clone(), format!("`{}` must be {wanted}{kind}", self.name));
        }
        read
    }
}

/// Returns whether a text has a part with the form of a secret. Unlike in a path, words with hyphens, underscores and slashes
/// are no secret.
pub(super) fn has_secret(text: &str) -> bool {
    let mut runs = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    runs.any(|run| run.len() >= SHORTEST_SECRET) || text.contains("-----BEGIN") || text.contains(char::is_control)
}

/// Returns a name in quotes, unless it may be a secret.
pub(super) fn quoted(name: &str) -> String {
    if has_secret(name) { "(not shown: it may be a secret)".to_owned() } else { format!("`{name}`") }
}

//! Changes of a spec's text at the places that its reader knows. Every other byte stays.

use crate::problem::{Place, Source};
use crate::spec::{Entry, Kind, Node};

/// A text that replaces a part of a spec, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Which of the sources.
    pub(crate) source: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

impl Edit {
    /// Replaces what stands at a place.
    pub(super) fn replace(place: Place, text: impl Into<String>) -> Self {
        Self { source: place.source, start: place.start, end: place.end, text: text.into() }
    }

    /// Adds a key to a map, behind its first entry.
    pub(super) fn add_key(map: &Node, key: &str, value: &str, sources: &[Source]) -> Option<Self> {
        let Kind::Map(entries) = &map.kind else { return None };
        let Entry { key: first, value: after } = entries.first()?;
        if matches!(after.kind, Kind::List(_) | Kind::Map(_)) {
            return None;
        }
        let text = &sources.get(map.place.source)?.text;
        let is_flow = text.get(map.place.start..)?.starts_with('{');
        let between = if is_flow {
            ", ".to_owned()
        } else {
            let before = text.get(..first.place.start)?;
            let margin = before.rsplit('\n').next().unwrap_or_default();
            format!("\n{margin}")
        };
        let at = after.place.end;
        Some(Self { source: map.place.source, start: at, end: at, text: format!("{between}{key}: {value}") })
    }

    /// Adds texts to the end of a list.
    pub(super) fn add_elements(list: &Node, added: &[&str], sources: &[Source]) -> Option<Self> {
        let Kind::List(elements) = &list.kind else { return None };
        let end = elements.last()?.place;
        let spec = &sources.get(list.place.source)?.text;
        let is_flow = spec.get(list.place.start..)?.starts_with('[');
        let between = if is_flow {
            ", ".to_owned()
        } else {
            let before = spec.get(..end.start)?;
            let margin = before.rsplit('\n').next().unwrap_or_default();
            format!("\n{margin}")
        };
        let words = added.iter().map(|word| format!("{between}{}", scalar(word)));
        let at = end.end;
        Some(Self { source: list.place.source, start: at, end: at, text: words.collect() })
    }
}

/// Returns a value as YAML. A word that would be read as something else stands in quotes.
pub(super) fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_+ ".contains(letter))
        && !["true", "false", "null"].contains(&text);
    let is_number = serde_json::from_str::<serde_json::Number>(text).is_ok();
    if is_plain || is_number || ["true", "false"].contains(&text) { text.to_owned() } else { format!("{text:?}") }
}

/// Returns the node at a path of keys.
pub(super) fn node<'n>(root: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, key| entry(node, key).map(|entry| &entry.value))
}

/// Returns the entry of a map.
pub(super) fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Entry> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|entry| *entry.key == key)
}

/// Applies edits to the texts of the sources that they are about. Returns each changed source with its new text.
pub(super) fn apply<'s>(sources: &'s [Source], edits: &[Edit]) -> Vec<(&'s str, String)> {
    let mut changed = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let mut own: Vec<&Edit> = edits.iter().filter(|edit| edit.source == index).collect();
        own.sort_by_key(|edit| edit.start);
        own.dedup();
        let mut text = source.text.clone();
        for edit in own.iter().rev() {
            text.replace_range(edit.start..edit.end, &edit.text);
        }
        if !own.is_empty() {
            changed.push((source.path.as_str(), text));
        }
    }
    changed
}

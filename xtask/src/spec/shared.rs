//! `types.yaml`: words, ids, names and shapes that several endpoints share.

use super::keys::{self, Keys};
use super::types::{Shape, read_shapes};
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Problems};

/// What endpoints share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    pub(crate) words: Vec<WordSet>,
    pub(crate) ids: Vec<Named>,
    pub(crate) names: Vec<Named>,
    pub(crate) shapes: Vec<Shape>,
}

/// An open enum.
#[derive(Debug, Clone)]
pub(crate) struct WordSet {
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
    pub(crate) words: Vec<Word>,
}

#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) wire: At<String>,
    pub(crate) doc: At<String>,
    pub(crate) rust: Option<At<String>>,
}

/// A number or text with a type of its own.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
}

impl Shared {
    pub(crate) fn read(node: &Node, problems: &mut Problems) -> Self {
        let mut shared = Self::default();
        let Some(mut keys) = Keys::open(node, "`types.yaml`", node.place, problems) else { return shared };
        if let Some(words) = keys.may("words") {
            let entries = keys::entries(&words.value, "`words`", problems).unwrap_or_default();
            shared.words = entries.iter().filter_map(|entry| read_word_set(entry, problems)).collect();
        }
        if let Some(ids) = keys.may("ids") {
            shared.ids = read_named(&ids.value, "`ids`", problems);
        }
        if let Some(names) = keys.may("names") {
            shared.names = read_named(&names.value, "`names`", problems);
        }
        if let Some(shapes) = keys.may("shapes") {
            shared.shapes = read_shapes(&shapes.value, "`shapes`", problems);
        }
        keys.done(problems);
        shared
    }
}

fn read_word_set(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<WordSet> {
    let mut keys = Keys::open(value, &format!("the enum `{}`", key.value), key.place, problems)?;
    let doc = keys.must_text("doc", problems);
    let words = keys.must("words", problems);
    let words = words.and_then(|words| keys::entries(&words.value, "`words`", problems)).unwrap_or_default();
    keys.done(problems);
    if words.is_empty() {
        problems.at(key.place, format!("the enum `{}` has no words", key.value));
    }
    let words = words.iter().filter_map(|entry| read_word(entry, problems)).collect();
    Some(WordSet { name: key.clone(), doc, words })
}

/// `BUY: Buys.`, or the long form `1H: { doc: One hour., rust: OneHour }`.
fn read_word(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Word> {
    if !matches!(value.kind, Kind::Map(_)) {
        let doc = keys::text(value, key, problems)?;
        return Some(Word { wire: key.clone(), doc, rust: None });
    }
    let mut keys = Keys::open(value, &format!("the word `{}`", key.value), key.place, problems)?;
    let doc = keys.must_text("doc", problems);
    let rust = keys.may_text("rust", problems);
    keys.done(problems);
    Some(Word { wire: key.clone(), doc, rust })
}

fn read_named(node: &Node, what: &str, problems: &mut Problems) -> Vec<Named> {
    let entries = keys::entries(node, what, problems).unwrap_or_default();
    let named = |entry: &Entry| {
        let doc = keys::text(&entry.value, &entry.key, problems)?;
        Some(Named { name: entry.key.clone(), doc })
    };
    entries.iter().filter_map(named).collect()
}

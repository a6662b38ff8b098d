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
    pub(crate) printing: Printing,
}

/// Whether a text may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Printing {
    Plain,
    /// It is a secret.
    Hidden,
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
            shared.ids = read_named(&ids.value, "`ids`", read_id, problems);
        }
        if let Some(names) = keys.may("names") {
            shared.names = read_named(&names.value, "`names`", read_name, problems);
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

/// How one entry is read.
type ReadNamed = fn(&Entry, &mut Problems) -> Option<Named>;

fn read_named(node: &Node, what: &str, read: ReadNamed, problems: &mut Problems) -> Vec<Named> {
    let entries = keys::entries(node, what, problems).unwrap_or_default();
    entries.iter().filter_map(|entry| read(entry, problems)).collect()
}

/// `TradeId: Number of a fill.`
fn read_id(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Named> {
    let doc = keys::text(value, key, problems)?;
    Some(Named { name: key.clone(), doc, printing: Printing::Plain })
}

/// `IncomeId: Number of an income row.`, or the long form `ListenKey: { secret: Key of a stream. }`.
fn read_name(entry: &Entry, problems: &mut Problems) -> Option<Named> {
    let Entry { key, value } = entry;
    if !matches!(value.kind, Kind::Map(_)) {
        return read_id(entry, problems);
    }
    let mut keys = Keys::open(value, &format!("the type `{}`", key.value), key.place, problems)?;
    let doc = keys.must_text("secret", problems);
    keys.done(problems);
    Some(Named { name: key.clone(), doc, printing: Printing::Hidden })
}

//! Parameters as specs write them, and the named constructors made of them.

use super::keys::{self, Keys};
use super::read_date;
use super::types::TypeUse;
use super::yaml::{Entry, Node};
use crate::problem::{At, Problems};
use papi_spec::Limit;

#[derive(Debug, Clone)]
pub(crate) struct Param {
    pub(crate) wire: At<String>,
    pub(crate) ty: TypeUse,
    pub(crate) required: bool,
    pub(crate) default: Option<At<String>>,
    pub(crate) min: Option<At<String>>,
    pub(crate) max: Option<At<String>>,
    pub(crate) above: Option<At<String>>,
    pub(crate) below: Option<At<String>>,
    pub(crate) length: Option<At<(u32, u32)>>,
    pub(crate) chars: Option<At<String>>,
    pub(crate) words: Option<Vec<At<String>>>,
    pub(crate) rust: Option<At<String>>,
    /// The day on which the exchange took it away.
    pub(crate) removed: Option<At<String>>,
    pub(crate) doc: At<String>,
}

/// Reads a number or a time after now, which stays as it was written.
fn read_bound(node: &Node, what: &str, problems: &mut Problems) -> Option<At<String>> {
    let text = keys::scalar(node, what, problems)?;
    if Limit::parse(&text).is_some() {
        return Some(text);
    }
    problems.at(text.place, format!("`{}` is not a bound", *text)).help(Limit::EXPECTED);
    None
}

/// Returns whether a text is a decimal number without an exponent. The exchange prints such numbers, and only they are read
/// exactly.
pub(crate) fn is_decimal(text: &str) -> bool {
    matches!(Limit::parse(text), Some(Limit::Number(_)))
}

pub(crate) fn read_params(node: &Node, problems: &mut Problems) -> Vec<Param> {
    let entries = keys::entries(node, "`params`", problems).unwrap_or_default();
    entries.iter().filter_map(|entry| read_param(entry, problems)).collect()
}

fn read_param(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Param> {
    let mut keys = Keys::open(value, &format!("the parameter `{}`", key.value), key.place, problems)?;
    let ty = keys.must("type", problems).map(|entry| TypeUse::read(&entry.value, problems)).unwrap_or_default();
    let required = keys.may("required").is_some_and(|entry| read_required(&entry.value, problems));
    let default = keys.may("default").and_then(|entry| keys::scalar(&entry.value, "default", problems));
    let mut bound = |name| keys.may(name).and_then(|entry| read_bound(&entry.value, name, problems));
    let [min, max, above, below] = [bound("min"), bound("max"), bound("above"), bound("below")];
    let length = keys.may("length").and_then(|entry| read_length(&entry.value, problems));
    let chars = keys.may("chars").and_then(|entry| keys::scalar(&entry.value, "chars", problems));
    let words = keys.may("words").map(|entry| keys::names(&entry.value, "words", false, problems));
    let rust = keys.may_text("rust", problems);
    let removed = keys.may("removed").and_then(|entry| read_date(entry, problems));
    let doc = keys.must_text("doc", problems);
    keys.done(problems);
    let wire = key.clone();
    Some(Param { wire, ty, required, default, min, max, above, below, length, chars, words, rust, removed, doc })
}

/// `required: false` says nothing and is refused, so that there is one way to write a parameter.
fn read_required(node: &Node, problems: &mut Problems) -> bool {
    let required = matches!(node.kind, super::yaml::Kind::Bool(true));
    if !required {
        problems.at(node.place, "`required` is `true`, or left out");
    }
    required
}

fn read_length(node: &Node, problems: &mut Problems) -> Option<At<(u32, u32)>> {
    let text = keys::scalar(node, "length", problems)?;
    let length = text.split_once("..").and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    match length {
        Some((least, most)) if least <= most && most > 0 => Some(At::new((least, most), node.place)),
        _ => {
            problems.at(node.place, format!("`{}` is not a length", *text)).help("a length is a range such as `1..32`");
            None
        }
    }
}

/// A named constructor.
#[derive(Debug, Clone)]
pub(crate) struct Constructor {
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
    /// What to call in its place, when it is only kept for those who call it already.
    pub(crate) deprecated: Option<At<String>>,
    /// Parameters with the value they get.
    pub(crate) set: Vec<(At<String>, At<String>)>,
    /// Parameters that become arguments, in order.
    pub(crate) take: Vec<At<String>>,
}

pub(crate) fn read_constructors(node: &Node, problems: &mut Problems) -> Vec<Constructor> {
    let entries = keys::entries(node, "`constructors`", problems).unwrap_or_default();
    entries.iter().filter_map(|entry| read_constructor(entry, problems)).collect()
}

fn read_constructor(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Constructor> {
    let mut keys = Keys::open(value, &format!("the constructor `{}`", key.value), key.place, problems)?;
    let doc = keys.must_text("doc", problems);
    let deprecated = keys.may_text("deprecated", problems);
    let set = keys.may("set").map(|entry| read_values(&entry.value, "set", problems)).unwrap_or_default();
    let take = keys.may("take").map(|entry| keys::names(&entry.value, "take", false, problems)).unwrap_or_default();
    keys.done(problems);
    Some(Constructor { name: key.clone(), doc, deprecated, set, take })
}

/// A map of names with one scalar each.
pub(crate) fn read_values(node: &Node, what: &str, problems: &mut Problems) -> Vec<(At<String>, At<String>)> {
    let entries = keys::entries(node, &format!("`{what}`"), problems).unwrap_or_default();
    let value = |entry: &Entry| Some((entry.key.clone(), keys::scalar(&entry.value, &entry.key, problems)?));
    entries.iter().filter_map(value).collect()
}

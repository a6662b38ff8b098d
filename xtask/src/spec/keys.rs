//! Reads a map strictly: each key is asked for by name, and a key that was not asked for is a problem.

use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Place, Problems};

/// A map whose keys are being asked for.
pub(crate) struct Keys<'n> {
    entries: &'n [Entry],
    /// What the map describes, in a problem's words.
    what: String,
    /// Where to say that a key is missing.
    owner: Place,
    asked: Vec<&'static str>,
}

impl<'n> Keys<'n> {
    /// Opens a node that must be a map.
    pub(crate) fn open(node: &'n Node, what: &str, owner: Place, problems: &mut Problems) -> Option<Self> {
        let entries = entries(node, what, problems)?;
        Some(Self { entries, what: what.to_owned(), owner, asked: Vec::new() })
    }

    /// Returns an entry that may be absent.
    pub(crate) fn may(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| *entry.key == key)
    }

    /// Returns an entry that must be present; its absence is a problem.
    pub(crate) fn must(&mut self, key: &'static str, problems: &mut Problems) -> Option<&'n Entry> {
        let entry = self.may(key);
        if entry.is_none() {
            problems.at(self.owner, format!("{} has no `{key}`", self.what));
        }
        entry
    }

    /// Returns a text that must be present. After a problem it is empty, and no check complains about an empty text.
    pub(crate) fn must_text(&mut self, key: &'static str, problems: &mut Problems) -> At<String> {
        self.must(key, problems)
            .and_then(|entry| text(&entry.value, key, problems))
            .unwrap_or_else(|| At::new(String::new(), self.owner))
    }

    /// Returns a text that may be absent.
    pub(crate) fn may_text(&mut self, key: &'static str, problems: &mut Problems) -> Option<At<String>> {
        self.may(key).and_then(|entry| text(&entry.value, key, problems))
    }

    /// Ends the reading: every key that was not asked for is unknown.
    pub(crate) fn done(self, problems: &mut Problems) {
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            if matches!(entry.value.kind, Kind::Nothing) && entry.key.contains(' ') {
                let title = format!("{} is cut off before `{}`", self.what, entry.key.value);
                problems.at(entry.key.place, title).help("a text with a comma inside `{ }` needs quotes");
            } else {
                unknown(&entry.key, &self.what, &self.asked, problems);
            }
        }
    }
}

/// Notes a key that means nothing here.
pub(crate) fn unknown(key: &At<String>, what: &str, known: &[&str], problems: &mut Problems) {
    problems
        .at(key.place, format!("{what} has no key `{}`", key.value))
        .help(format!("the keys are: {}", known.join(", ")))
        .suggest(key, known.iter().copied());
}

/// Returns the entries of a node that must be a map.
pub(crate) fn entries<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> Option<&'n [Entry]> {
    if let Kind::Map(entries) = &node.kind {
        return Some(entries);
    }
    problems.at(node.place, format!("{what} is a map, not {}", node.describe()));
    None
}

/// Returns the text of a node that must be a text and not empty.
pub(crate) fn text(node: &Node, what: &str, problems: &mut Problems) -> Option<At<String>> {
    match &node.kind {
        Kind::Text(text) if text.trim().is_empty() => {
            problems.at(node.place, format!("`{what}` is empty"));
            None
        }
        Kind::Text(text) if text.matches('`').count() % 2 == 1 => {
            problems.at(node.place, format!("a backtick in `{what}` is not closed"));
            None
        }
        Kind::Text(text) => Some(At::new(text.trim().to_owned(), node.place)),
        _ => {
            let problem = problems.at(node.place, format!("`{what}` is a text, not {}", node.describe()));
            if matches!(node.kind, Kind::Map(_) | Kind::Number(_) | Kind::Bool(_)) {
                problem.help("a text with a colon, and one that looks like a number or a bool, needs quotes");
            }
            None
        }
    }
}

/// Returns the text of a node that must be a scalar: a text, a number or a bool.
pub(crate) fn scalar(node: &Node, what: &str, problems: &mut Problems) -> Option<At<String>> {
    let text = match &node.kind {
        Kind::Text(text) | Kind::Number(text) => text.clone(),
        Kind::Bool(on) => on.to_string(),
        Kind::Nothing | Kind::List(_) | Kind::Map(_) => {
            problems.at(node.place, format!("`{what}` is a text or a number, not {}", node.describe()));
            return None;
        }
    };
    Some(At::new(text, node.place))
}

/// Returns the number of a node that must be a whole number from 0.
pub(crate) fn count(node: &Node, what: &str, problems: &mut Problems) -> Option<u32> {
    let count = match &node.kind {
        Kind::Number(text) => text.parse().ok(),
        _ => None,
    };
    if count.is_none() {
        problems.at(node.place, format!("`{what}` is a whole number, not {}", node.describe()));
    }
    count
}

/// Returns the elements of a node that must be a list.
pub(crate) fn list<'n>(node: &'n Node, what: &str, problems: &mut Problems) -> &'n [Node] {
    if let Kind::List(list) = &node.kind {
        return list;
    }
    problems.at(node.place, format!("`{what}` is a list, not {}", node.describe()));
    &[]
}

/// Returns a list of names; a name alone is one too when `single` allows it.
pub(crate) fn names(node: &Node, what: &str, single: bool, problems: &mut Problems) -> Vec<At<String>> {
    let elements = match &node.kind {
        Kind::Text(_) if single => std::slice::from_ref(node),
        Kind::List(list) => list,
        _ if single => {
            problems.at(node.place, format!("`{what}` is a name or a list of names, not {}", node.describe()));
            &[]
        }
        _ => list(node, what, problems),
    };
    if matches!(&node.kind, Kind::List(list) if list.is_empty()) {
        problems.at(node.place, format!("`{what}` names nothing"));
    }
    let names: Vec<At<String>> = elements.iter().filter_map(|element| scalar(element, what, problems)).collect();
    for (index, name) in names.iter().enumerate() {
        if names[..index].iter().any(|before| before.value == name.value) {
            problems.at(name.place, format!("`{}` is listed twice", name.value));
        }
    }
    names
}

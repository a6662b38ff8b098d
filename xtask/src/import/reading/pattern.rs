//! Patterns of sentences: a template with places for names, words, numbers and lengths of time, and what it means.

use super::finding::Finding;
use super::sentence::{Compact, NAME_CLASS, SPAN_CLASS, WORD_CLASS};
use papi_spec::Span;
use regex::{Captures, Regex, RegexSet, RegexSetBuilder};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Makes the facts of a sentence; none when the pieces do not go together.
pub(super) type Make = fn(&Pieces<'_>) -> Option<Vec<Finding>>;

/// Wordings of one meaning. A template is a regular expression over the compact form in which blanks count nothing, groups
/// capture nothing, `~` is any text without an end or comma, and
/// `{P}` is a parameter, `{L}` are two or more, `{M}` one or more, `{W}` words, `{S}` a length of time, `{N}` a number.
pub(super) struct Meaning {
    pub(super) wordings: &'static [&'static str],
    pub(super) make: Make,
}

/// What stood in the places of a template, by kind and in order.
pub(super) struct Pieces<'p> {
    names: Vec<Vec<String>>,
    words: Vec<Vec<String>>,
    spans: Vec<Span>,
    numbers: Vec<String>,
    /// The parameter in whose row the sentence stands.
    pub(super) row: Option<&'p str>,
}

impl Pieces<'_> {
    /// The parameters in a place.
    pub(super) fn names(&self, place: usize) -> Vec<String> {
        self.names.get(place).cloned().unwrap_or_default()
    }

    /// The parameter in a place for one.
    pub(super) fn name(&self, place: usize) -> Option<String> {
        self.names.get(place)?.first().cloned()
    }

    pub(super) fn words(&self) -> Vec<String> {
        self.words.first().cloned().unwrap_or_default()
    }

    pub(super) fn word(&self) -> Option<String> {
        self.words.first().filter(|words| words.len() == 1)?.first().cloned()
    }

    pub(super) fn span(&self, place: usize) -> Option<Span> {
        self.spans.get(place).copied()
    }

    pub(super) fn number(&self, place: usize) -> Option<String> {
        self.numbers.get(place).cloned()
    }

    /// The parameter of the row, for sentences of a cell.
    pub(super) fn row(&self) -> Option<String> {
        self.row.map(str::to_owned)
    }

    /// The two ends of a range, when the sentence names them.
    pub(super) fn ends(&self) -> Option<(String, String)> {
        let mut names = self.names.iter().flatten().cloned();
        Some((names.next()?, names.next()?))
    }
}

/// A place of a template.
#[derive(Clone, Copy)]
enum Place {
    Names,
    Words,
    Span,
    Number,
}

struct Pattern {
    regex: Regex,
    places: Vec<Place>,
    make: Make,
}

/// All patterns, and the set that tells in one pass which of them match.
struct Patterns {
    all: Vec<Pattern>,
    set: RegexSet,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let meanings = super::rules::MEANINGS.iter().chain(super::windows::MEANINGS).chain(super::bounds::MEANINGS);
    let meanings = meanings.chain(super::remarks::MEANINGS);
    let all: Vec<Pattern> = meanings
        .flat_map(|meaning| meaning.wordings.iter().filter_map(|wording| compile(wording, meaning.make)))
        .collect();
    let set = RegexSetBuilder::new(all.iter().map(|pattern| pattern.regex.as_str())).size_limit(1 << 28).build();
    Patterns { set: set.unwrap_or_else(|_| RegexSet::empty()), all }
});

/// What `~` passes over: nothing that ends a statement, and no length of time, which is a fact of its own.
const ANY: &str = "[^,.;\u{E800}-\u{EBFF}]";

/// What joins the names or words of a list.
const JOINT: &str = "(?:,?(?:or|and|以及|或者|或|与|和|及)|[、/&,|]+)";

fn compile(wording: &str, make: Make) -> Option<Pattern> {
    let (mut regex, mut places) = (String::from("^(?:"), Vec::new());
    let mut rest = wording;
    while let Some(letter) = rest.chars().next() {
        let place = ["{P}", "{L}", "{M}", "{W}", "{S}", "{N}"].into_iter().find(|place| rest.starts_with(place));
        if let Some(place) = place {
            let (piece, kind) = match place {
                "{P}" => (NAME_CLASS.to_owned(), Place::Names),
                "{L}" => (format!("{NAME_CLASS}(?:{JOINT}{NAME_CLASS})+"), Place::Names),
                "{M}" => (format!("{NAME_CLASS}(?:{JOINT}{NAME_CLASS})*"), Place::Names),
                "{W}" => (format!("{WORD_CLASS}(?:{JOINT}{WORD_CLASS})*"), Place::Words),
                "{S}" => (SPAN_CLASS.to_owned(), Place::Span),
                _ => (r"\d+(?:\.\d+)?".to_owned(), Place::Number),
            };
            regex.push_str(&format!("({piece})"));
            places.push(kind);
            rest = &rest[place.len()..];
            continue;
        }
        if let Some(escaped) = rest.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
            regex.push_str(&regex::escape(&escaped.to_string()));
            rest = &rest[1 + escaped.len_utf8()..];
            continue;
        }
        match letter {
            ' ' => {}
            // As little as possible, so that it leaves a number whole; at the end, all that is left.
            '~' if rest.len() == 1 => regex.push_str(&format!("{ANY}*")),
            '~' => regex.push_str(&format!("{ANY}*?")),
            '(' => regex.push_str("(?:"),
            letter => regex.push(letter),
        }
        rest = &rest[letter.len_utf8()..];
    }
    regex.push(')');
    Some(Pattern { regex: Regex::new(&regex).ok()?, places, make })
}

/// Reads a whole sentence, which may state several facts one after the other. None when any part of it has no meaning here:
/// what stands beside a fact may change it.
pub(super) fn understand(compact: &Compact, row: Option<&str>) -> Option<Vec<Finding>> {
    let mut dead = BTreeSet::new();
    let found = from(compact, 0, row, &mut dead)?;
    (!found.is_empty()).then_some(found)
}

fn from(compact: &Compact, at: usize, row: Option<&str>, dead: &mut BTreeSet<usize>) -> Option<Vec<Finding>> {
    let at = at + joint(&compact.text[at..]);
    let rest = &compact.text[at..];
    if rest.is_empty() {
        return Some(Vec::new());
    }
    if dead.contains(&at) {
        return None;
    }
    let mut matches = Vec::new();
    for index in PATTERNS.set.matches(rest) {
        let pattern = &PATTERNS.all[index];
        if let Some(captures) = pattern.regex.captures(rest)
            && let Some(found) = (pattern.make)(&pieces(pattern, &captures, compact, row))
        {
            matches.push((captures.get_match().end(), found));
        }
    }
    matches.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
    for (end, mut found) in matches.into_iter().filter(|(end, _)| *end > 0) {
        if let Some(more) = from(compact, at + end, row, dead) {
            found.extend(more);
            return Some(found);
        }
    }
    dead.insert(at);
    None
}

/// Returns the length of what stands between two statements.
fn joint(text: &str) -> usize {
    let mut rest = text;
    loop {
        let shorter = rest.trim_start_matches([',', '.', ';', ':', '(', ')', '、', '!', '*']);
        let shorter = ["and", "but", "also", "并且", "而且", "且", "同时"]
            .iter()
            .find_map(|word| shorter.strip_prefix(word))
            .unwrap_or(shorter);
        if shorter.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = shorter;
    }
}

fn pieces<'p>(pattern: &Pattern, captures: &Captures<'_>, compact: &Compact, row: Option<&'p str>) -> Pieces<'p> {
    let mut pieces = Pieces { names: Vec::new(), words: Vec::new(), spans: Vec::new(), numbers: Vec::new(), row };
    for (index, place) in pattern.places.iter().enumerate() {
        let Some(piece) = captures.get(index + 1) else { continue };
        match place {
            Place::Names => pieces.names.push(compact.names_in(piece.as_str())),
            Place::Words => pieces.words.push(compact.words_in(piece.as_str())),
            Place::Span => pieces.spans.extend(compact.span_in(piece.as_str())),
            Place::Number => pieces.numbers.push(piece.as_str().to_owned()),
        }
    }
    pieces
}

#[test]
fn every_wording_is_a_pattern() {
    let meanings = super::rules::MEANINGS.iter().chain(super::windows::MEANINGS).chain(super::bounds::MEANINGS);
    for meaning in meanings.chain(super::remarks::MEANINGS) {
        for wording in meaning.wordings {
            assert!(compile(wording, meaning.make).is_some(), "{wording}");
        }
    }
}

//! What the sentences of one page say, each counted once: understood, or kept as a note.

use super::finding::Finding;
use super::pattern::understand;
use super::sentence::{Compact, Quoted, sentences};
use crate::import::facts::{Note, Place};

#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) findings: Vec<(Finding, Place)>,
    pub(super) notes: Vec<Note>,
    /// Words of fields of the reply, which items of a list tell.
    pub(super) field_words: Vec<(String, String)>,
    /// How many sentences became facts.
    pub(super) understood: usize,
}

impl Said {
    /// Takes what a sentence was understood to say.
    pub(super) fn understand(&mut self, found: Vec<Finding>, place: &Place) {
        self.understood += 1;
        self.findings.extend(found.into_iter().map(|finding| (finding, place.clone())));
    }

    pub(super) fn note(&mut self, of_param: Option<&str>, text: &str, place: &Place) {
        let note = Note { of_param: of_param.map(str::to_owned), text: tidy(text), place: place.clone() };
        if !self.notes.iter().any(|known| known.text == note.text && known.of_param == note.of_param) {
            self.notes.push(note);
        }
    }

    /// Reads prose that belongs to the whole call. Returns whether all of it was understood.
    pub(super) fn read_prose(&mut self, text: &str, params: &[String], place: &Place) -> bool {
        let notes = self.notes.len();
        for sentence in sentences(text) {
            match understand(&Compact::of(&sentence, params, Quoted::Capitals), None) {
                Some(found) => self.understand(found, place),
                None => self.note(None, &sentence, place),
            }
        }
        self.notes.len() == notes
    }
}

/// One blank between words, and nothing but words at the ends.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|letter: char| letter.is_whitespace() || "*,、，:：".contains(letter)).to_owned()
}

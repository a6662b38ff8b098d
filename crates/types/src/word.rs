//! Open enums: the exchange's words, where a word this version does not know is kept and printed back unchanged.

use smol_str::SmolStr;
use std::fmt;

/// The words of one meaning. Reading never fails; whoever acts on a word can ask whether it is known.
pub trait OpenEnum: for<'a> From<&'a str> + fmt::Display {
    /// The documented words, in declaration order.
    const WORDS: &'static [&'static str];

    /// The word as the exchange spells it.
    fn as_str(&self) -> &str;

    /// Whether this version knows the word. Refuse to act on one that it does not.
    fn is_known(&self) -> bool;
}

/// A word that this version does not know. Only reading makes one, so a known word is never hidden in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownWord(SmolStr);

impl UnknownWord {
    /// The word as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[doc(hidden)]
    pub fn __from_expansion(word: &str) -> Self {
        Self(SmolStr::new(word))
    }
}

//! Open enums: the exchange's words, where a word this version does not know is kept and printed back unchanged.

use smol_str::SmolStr;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The words of one meaning. Reading never fails; before acting on a word, ask whether it is known.
pub trait OpenEnum: for<'a> From<&'a str> + FromStr<Err = Infallible> + fmt::Display {
    /// The documented words, in declaration order.
    const WORDS: &'static [&'static str];

    /// Returns the word as the exchange spells it.
    fn as_str(&self) -> &str;

    /// Returns whether this version knows the word. Do not act on a word that it does not know.
    fn is_known(&self) -> bool;
}

/// A word that this version does not know. Only reading makes one, so it never holds a known word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownWord(SmolStr);

impl UnknownWord {
    /// Returns the word as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[doc(hidden)]
    pub fn __from_expansion(word: &str) -> Self {
        Self(SmolStr::new(word))
    }
}

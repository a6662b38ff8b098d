//! How much of the command line is described: all of it, or what the words of one line can need.

use std::ffi::OsString;

/// The commands that are described.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent<'a> {
    /// All.
    Whole,
    /// Those whose names are among these words. A word may be a value instead; then there is a command too many.
    Named(&'a [OsString]),
}

impl Extent<'_> {
    /// Returns whether a command with this name is described.
    pub(super) fn has(self, name: &str) -> bool {
        self.has_any(|word| word == name)
    }

    /// Returns whether one of several commands is described.
    pub(super) fn has_any(self, is_one: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Whole => true,
            Self::Named(words) => words.iter().any(|word| word.to_str().is_some_and(&is_one)),
        }
    }
}

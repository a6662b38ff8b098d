//! Reads the examples of pages, few of which are JSON: people wrote them, with comments, and commas where they remembered them.
//! Each repair is told, because an example that needed one is weaker evidence.

mod between;
mod build;
mod scalar;
mod token;

#[cfg(test)]
mod tests;

use crate::import::facts::Json;
use crate::import::page::Example;
use std::fmt;

/// One documented reply. A block of code may hold several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadExample {
    pub(crate) json: Json,
    /// What comments say of fields, by path as in `[].orderId`; the path is empty for the reply as a whole. In the order of the
    /// page, and several for one field when there are several.
    pub(crate) comments: Vec<(String, String)>,
    pub(crate) repairs: Vec<Repair>,
}

/// Something that is not JSON, and was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    /// The line of the file.
    pub(crate) line: usize,
    pub(crate) kind: RepairKind,
}

/// What was repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RepairKind {
    UnquotedKey(String),
    OtherQuotes(String),
    FullWidthMark(char),
    MissingComma,
    ExtraComma,
    MissingColon(String),
    /// The field is null now, and nothing is known of its kind.
    MissingValue(String),
    UnquotedText(String),
    /// A number that JSON does not write so; it is a text now.
    OddNumber(String),
    /// The first one counts.
    RepeatedKey(String),
    Ellipsis,
    /// Words that are neither key nor value; they became a comment.
    StrayText(String),
    StrayMark(char),
    Unclosed(char),
    UnclosedText(String),
    Unopened(char),
    SeveralExamples,
    TooDeep,
    /// The layout printed the number again, and may have rounded it: its digits are not those of the exchange.
    MayBeRounded(String),
}

impl fmt::Display for RepairKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnquotedKey(key) => write!(f, "the key `{key}` has no quotes"),
            Self::OtherQuotes(text) => write!(f, "`{text}` stands in quotes that are not those of JSON"),
            Self::FullWidthMark(mark) => write!(f, "`{mark}` stands between values"),
            Self::MissingComma => write!(f, "a comma is missing"),
            Self::ExtraComma => write!(f, "a comma has nothing before or after it"),
            Self::MissingColon(key) => write!(f, "the colon after `{key}` is missing"),
            Self::MissingValue(key) => write!(f, "the value of `{key}` is missing"),
            Self::UnquotedText(text) => write!(f, "the text `{text}` has no quotes"),
            Self::OddNumber(text) => write!(f, "JSON does not write a number as `{text}`"),
            Self::RepeatedKey(key) => write!(f, "the key `{key}` is given twice; the first one counts"),
            Self::Ellipsis => write!(f, "dots stand for what was left out"),
            Self::StrayText(text) => write!(f, "`{text}` is neither a key nor a value"),
            Self::StrayMark(mark) => write!(f, "`{mark}` belongs to nothing"),
            Self::Unclosed(mark) => write!(f, "a `{mark}` is not closed"),
            Self::UnclosedText(text) => write!(f, "the text `{text}` is not closed on its line"),
            Self::Unopened(mark) => write!(f, "a `{mark}` is missing"),
            Self::SeveralExamples => write!(f, "several examples stand in one block"),
            Self::TooDeep => write!(f, "brackets stand too deep in each other"),
            Self::MayBeRounded(number) => write!(f, "the layout may have rounded `{number}`"),
        }
    }
}

/// Reads all examples of a block. None are read where there is no JSON in it.
pub(crate) fn read(example: &Example) -> Vec<ReadExample> {
    build::examples(token::tokens(&example.text, example.line), example.is_reprinted)
}

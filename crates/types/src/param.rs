//! What a parameter is and which values it may have, as data.

use crate::Span;
use std::fmt;

/// A parameter of an endpoint, as its page describes it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ParamInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The Rust type that carries it.
    pub type_name: &'static str,
    /// What kind of value it is.
    pub kind: Kind,
    /// Whether the exchange insists on it.
    pub required: bool,
    /// The value the exchange takes when it is absent, as documented. Never sent by this library.
    pub default: Option<&'static str>,
    /// The lowest value.
    pub min: Option<Edge>,
    /// The highest value.
    pub max: Option<Edge>,
    /// The shortest and longest text, in characters.
    pub length: Option<(u32, u32)>,
    /// The characters a text may have, written as the inside of a character class: `A-Za-z0-9._-`.
    pub chars: Option<&'static str>,
    /// The words it may be, where that is a fixed set.
    pub words: &'static [&'static str],
}

impl ParamInfo {
    #[doc(hidden)]
    pub const fn __new(name: &'static str, doc: &'static str, type_name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            doc,
            type_name,
            kind,
            required: false,
            default: None,
            min: None,
            max: None,
            length: None,
            chars: None,
            words: &[],
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __required(mut self) -> Self {
        self.required = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __min(mut self, edge: Edge) -> Self {
        self.min = Some(edge);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __max(mut self, edge: Edge) -> Self {
        self.max = Some(edge);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __length(mut self, shortest: u32, longest: u32) -> Self {
        self.length = Some((shortest, longest));
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __chars(mut self, class: &'static str) -> Self {
        self.chars = Some(class);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __words(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }

    /// Whether a character belongs to [`chars`](Self::chars); any does where none are listed.
    pub(crate) fn allows(&self, character: char) -> bool {
        let Some(class) = self.chars else { return true };
        let mut rest = class.chars().peekable();
        while let Some(first) = rest.next() {
            let mut ahead = rest.clone();
            let last = match (ahead.next(), ahead.next()) {
                (Some('-'), Some(last)) => {
                    rest = ahead;
                    last
                }
                _ => first,
            };
            if (first..=last).contains(&character) {
                return true;
            }
        }
        false
    }
}

/// What kind of value a parameter carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Free text.
    Text,
    /// One of a set of words.
    Word,
    /// A whole number.
    Integer,
    /// An exact decimal number.
    Decimal,
    /// Milliseconds since the epoch.
    Time,
    /// `true` or `false`, sent as text.
    Switch,
    /// Several texts with commas between them.
    List,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Word => "word",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Time => "time (ms)",
            Self::Switch => "true|false",
            Self::List => "comma list",
        })
    }
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Edge {
    /// This number is still in the range.
    Closed(&'static str),
    /// This number is already outside.
    Open(&'static str),
    /// The time this far after now is still in the range.
    ClosedFromNow(Span),
    /// The time this far after now is already outside.
    OpenFromNow(Span),
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(number) | Self::Open(number) => f.write_str(number),
            Self::ClosedFromNow(span) | Self::OpenFromNow(span) => write!(f, "now + {span}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_class_lists_ranges_and_single_characters() {
        let id = ParamInfo::__new("newClientOrderId", "", "", Kind::Text).__chars(".A-Z:/a-z0-9_-");
        for allowed in ".AMZ:/az09_-".chars() {
            assert!(id.allows(allowed), "{allowed}");
        }
        for refused in " @[`{;,ä\n".chars() {
            assert!(!id.allows(refused), "{refused}");
        }
    }
}

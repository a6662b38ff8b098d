//! What a parameter is and which values it may have, as data.

use crate::decimal::number;
use crate::{Decimal, Span, Timestamp};
use std::fmt;
use std::ops::RangeInclusive;

/// A parameter of an endpoint, as its page describes it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use]
pub struct ParamInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The Rust type that carries it.
    pub type_name: &'static str,
    /// What kind of value it is.
    pub kind: Kind,
    /// Whether the exchange refuses a request without it.
    pub required: bool,
    /// The value the exchange takes when it is absent, as documented. Never sent by this library.
    pub default: Option<&'static str>,
    /// The lowest value.
    pub min: Option<Bound>,
    /// The highest value.
    pub max: Option<Bound>,
    /// The shortest and longest text, in characters.
    pub length: Option<(u32, u32)>,
    /// The characters a text may have, written as the inside of a character class: `A-Za-z0-9._-`.
    pub chars: Option<&'static str>,
    /// The words that it may have; empty when they are not a fixed set.
    pub words: &'static [&'static str],
    /// All words of its type.
    pub(crate) type_words: &'static [&'static str],
    /// What is wrong with what is said of it, and cannot be kept in the other fields.
    pub(crate) problem: Option<&'static str>,
}

/// The parameters that the runtime adds to a call; no request has them.
pub const RUNTIME_PARAMS: [&str; 3] = ["recvWindow", "timestamp", "signature"];

impl ParamInfo {
    /// Describes an optional parameter: its name on the wire, what it means, the Rust type that carries it, the kind of its
    /// values, and the words of an open enum.
    pub const fn new(
        name: &'static str,
        doc: &'static str,
        type_name: &'static str,
        kind: Kind,
        words: &'static [&'static str],
    ) -> Self {
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
            words,
            type_words: words,
            problem: None,
        }
    }

    /// Says that the exchange refuses a request without it.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Says which value the exchange takes when it is absent.
    pub const fn default(self, value: &'static str) -> Self {
        Self { default: Some(value), ..self }
    }

    /// Says that the value is at least this: a number, or `now + 600s`.
    pub const fn min(self, bound: &'static str) -> Self {
        self.lower(Bound::closed(bound))
    }

    /// Says that the value is greater than this: a number, or `now + 600s`.
    pub const fn above(self, bound: &'static str) -> Self {
        self.lower(Bound::open(bound))
    }

    /// Says that the value is at most this: a number, or `now + 600s`.
    pub const fn max(self, bound: &'static str) -> Self {
        self.upper(Bound::closed(bound))
    }

    /// Says that the value is less than this: a number, or `now + 600s`.
    pub const fn below(self, bound: &'static str) -> Self {
        self.upper(Bound::open(bound))
    }

    const fn lower(self, bound: Option<Bound>) -> Self {
        let problem = match (bound, self.min) {
            (None, _) => Some(Limit::EXPECTED),
            (_, Some(_)) => Some("`min` and `above` exclude each other"),
            _ => self.problem,
        };
        Self { min: bound, problem, ..self }
    }

    const fn upper(self, bound: Option<Bound>) -> Self {
        let problem = match (bound, self.max) {
            (None, _) => Some(Limit::EXPECTED),
            (_, Some(_)) => Some("`max` and `below` exclude each other"),
            _ => self.problem,
        };
        Self { max: bound, problem, ..self }
    }

    /// Says how many characters the text has: `1..=32`.
    pub const fn length(self, range: RangeInclusive<u32>) -> Self {
        Self { length: Some((*range.start(), *range.end())), ..self }
    }

    /// Says which characters the text may have, written as the inside of a character class.
    pub const fn chars(self, class: &'static str) -> Self {
        Self { chars: Some(class), ..self }
    }

    /// Says which words this endpoint offers, when it does not offer all words of the type.
    pub const fn words(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }

    /// Returns whether a character belongs to [`chars`](Self::chars); every character does when that is absent.
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
    Bool,
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
            Self::Bool => "true|false",
            Self::List => "comma list",
        })
    }
}

/// One end of a range of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// The limit itself is in the range.
    Closed(Limit),
    /// The limit itself is outside the range.
    Open(Limit),
}

impl Bound {
    const fn closed(limit: &str) -> Option<Self> {
        match Limit::parse(limit) {
            Some(limit) => Some(Self::Closed(limit)),
            None => None,
        }
    }

    const fn open(limit: &str) -> Option<Self> {
        match Limit::parse(limit) {
            Some(limit) => Some(Self::Open(limit)),
            None => None,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Closed(limit) | Self::Open(limit)) = self;
        limit.fmt(f)
    }
}

/// What the values of a range are compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// A number.
    Number(Decimal),
    /// The time this far after now.
    FromNow(Span),
}

impl Limit {
    /// What [`parse`](Self::parse) reads, for messages.
    pub const EXPECTED: &'static str = "a bound is a number, or `now + 600s`";

    /// Reads a number, or `now + 600s`. Returns none for any other text.
    pub const fn parse(text: &str) -> Option<Self> {
        match (after_now(text), number(text)) {
            (Some(span), _) => match Span::parse(span) {
                Some(span) => Some(Self::FromNow(span)),
                None => None,
            },
            (None, Some(number)) => Some(Self::Number(number)),
            (None, None) => None,
        }
    }

    /// Returns the limit at exchange time `now`; a time is returned in milliseconds.
    pub fn at(self, now: Timestamp) -> Decimal {
        match self {
            Self::Number(number) => number,
            Self::FromNow(span) => {
                let now_millis = now.as_millis();
                now_millis.saturating_add(now_millis.saturating_sub(span.before(now).as_millis())).into()
            }
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::FromNow(span) => write!(f, "now + {span}"),
        }
    }
}

/// Returns the span of `now + <span>`.
const fn after_now(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [b'n', b'o', b'w', b' ', b'+', b' ', ..] => Some(text.split_at("now + ".len()).1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_class_lists_ranges_and_single_characters() {
        let id = ParamInfo::new("newClientOrderId", "", "", Kind::Text, &[]).chars(".A-Z:/a-z0-9_-");
        for allowed in ".AMZ:/az09_-".chars() {
            assert!(id.allows(allowed), "{allowed}");
        }
        for refused in " @[`{;,ä\n".chars() {
            assert!(!id.allows(refused), "{refused}");
        }
    }
}

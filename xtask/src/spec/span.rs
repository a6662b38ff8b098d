//! Lengths of time as specs write them: `30s`, `10m`, `24h`, `7d`, `3mo`, `1y`.

use super::keys;
use super::yaml::Node;
use crate::problem::Problems;
use std::fmt;

/// A length of time. `Display` prints it in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Span {
    /// As it was written.
    pub(crate) text: String,
    count: u64,
    unit: &'static str,
}

/// The suffixes with their names and how many of a unit make the next larger one, smallest first.
const UNITS: [(&str, &str, u64); 6] = [
    ("s", "second", 60),
    ("m", "minute", 60),
    ("h", "hour", 24),
    ("d", "day", 0),
    ("mo", "month", 12),
    ("y", "year", 0),
];

pub(crate) const EXPECTED: &str = "a span is a whole number and a unit: 30s, 10m, 24h, 7d, 3mo or 1y";

impl Span {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, suffix) = text.split_at(digits);
        let mut count = u64::from(count.parse::<u32>().ok().filter(|count| *count > 0)?);
        let mut at = UNITS.iter().position(|(short, ..)| *short == suffix)?;
        while UNITS[at].2 > 0 && count.is_multiple_of(UNITS[at].2) {
            count /= UNITS[at].2;
            at += 1;
        }
        Some(Self { text: text.to_owned(), count, unit: UNITS[at].1 })
    }

    /// In words after an article or `per`, where one of a unit needs no number: `7 days`, `day`.
    pub(crate) fn bare(&self) -> String {
        if self.count == 1 { self.unit.to_owned() } else { self.to_string() }
    }

    /// Reads a span from a node.
    pub(crate) fn read(node: &Node, what: &str, problems: &mut Problems) -> Option<Self> {
        let text = keys::scalar(node, what, problems)?;
        let span = Self::parse(&text);
        if span.is_none() {
            problems.at(node.place, format!("`{}` is not a span", *text)).help(EXPECTED);
        }
        span
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.count, self.unit, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn spans_print_in_the_largest_unit_that_fits() {
        let cases =
            [("600s", "10 minutes"), ("24h", "1 day"), ("7d", "7 days"), ("12mo", "1 year"), ("90s", "90 seconds")];
        for (text, printed) in cases {
            assert_eq!(Span::parse(text).map(|span| span.to_string()).as_deref(), Some(printed));
        }
        for bad in ["", "d", "7", "-7d", "7 d", "7w", "0d", "99999999999d"] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
    }
}

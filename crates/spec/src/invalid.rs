//! What is wrong with a request, found before it is sent.

use std::fmt;

/// A request that breaks the rules of its endpoint. Nothing was sent.
///
/// It lists every broken rule, each with its parameter; [`doc_url`](Self::doc_url) is where the rules come from. When the
/// exchange has changed its rules since, `send_unchecked` sends the request anyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    doc_url: &'static str,
    violations: Vec<Violation>,
}

impl Invalid {
    /// Says that a request breaks the rules that a page of the vendor states.
    pub fn new(doc_url: &'static str, violations: Vec<Violation>) -> Self {
        Self { doc_url, violations }
    }

    /// Returns the broken rules, in the order of the parameters.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Returns the address of the vendor's page that states the rules.
    pub fn doc_url(&self) -> &'static str {
        self.doc_url
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        write!(f, " (see {})", self.doc_url)
    }
}

impl std::error::Error for Invalid {}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    kind: ViolationKind,
    param: String,
    text: String,
}

impl Violation {
    /// Says that a parameter breaks a rule, in a sentence.
    pub fn new(kind: ViolationKind, param: &str, text: String) -> Self {
        Self { kind, param: param.to_owned(), text }
    }

    /// Returns what sort of rule is broken.
    pub fn kind(&self) -> ViolationKind {
        self.kind
    }

    /// Returns the parameter's wire name; when the rule is about several parameters, the first of them.
    pub fn param(&self) -> &str {
        &self.param
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The sorts of rules a request can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A required parameter is absent.
    Missing,
    /// A parameter is sent as an empty text.
    Empty,
    /// The endpoint has no such parameter.
    Unknown,
    /// A parameter is given twice.
    Duplicate,
    /// The text does not read as the parameter's type.
    Malformed,
    /// A number or time is outside its range.
    OutOfRange,
    /// A text is too short or too long.
    Length,
    /// A text has a character that is not allowed.
    Chars,
    /// A word is not offered by this endpoint.
    Word,
    /// Parameters do not go together, or too many or too few of them are sent.
    Combination,
    /// A parameter is sent that is not allowed here.
    Forbidden,
    /// The start of a range is after its end.
    WindowReversed,
    /// A range of time is too long.
    WindowTooLong,
    /// A range of time reaches further back than there is data.
    WindowTooOld,
}

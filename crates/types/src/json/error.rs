//! What is wrong with a text, and where. It is made after the first mistake only, so it may cost what it likes.

use std::fmt;

/// Why a JSON text cannot be read into its type.
///
/// It is made at the mistake, and learns on its way out which fields and elements it came through.
pub struct ReadError(Box<Mistake>);

struct Mistake {
    reason: Reason,
    /// From the inside out.
    path: Vec<Step>,
    /// How many bytes of the text stand before the mistake; none until it is known.
    offset: Option<usize>,
    /// The line and column, once the offset is known.
    place: String,
}

enum Reason {
    Malformed(String),
    Unfit(String),
    RepeatedField,
}

pub(super) enum Step {
    Field(String),
    Element(usize),
}

impl ReadError {
    /// Returns the error of a value that is JSON, but not what its type needs. Where it stands is added by those who
    /// read what is around it.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self::of(Reason::Unfit(reason.to_string()))
    }

    /// The text is no JSON.
    pub(super) fn malformed(reason: impl fmt::Display) -> Self {
        Self::of(Reason::Malformed(reason.to_string()))
    }

    /// The field was read before. Whoever knows the name of the field says it.
    pub(super) fn repeated_field() -> Self {
        Self::of(Reason::RepeatedField)
    }

    fn of(reason: Reason) -> Self {
        Self(Box::new(Mistake { reason, path: Vec::new(), offset: None, place: String::new() }))
    }

    /// Says after how many bytes of `text` the mistake is, unless that is known.
    pub(super) fn placed(mut self, text: &str, offset: usize) -> Self {
        if self.0.offset.is_none() {
            let before = &text.as_bytes()[..offset];
            let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
            let line = 1 + text[..line_start].matches('\n').count();
            self.0.place = format!(" at line {line} column {}", offset - line_start);
            self.0.offset = Some(offset);
        }
        self
    }

    pub(super) fn is_placed(&self) -> bool {
        self.0.offset.is_some()
    }

    pub(super) fn is_repeated_field(&self) -> bool {
        matches!(self.0.reason, Reason::RepeatedField)
    }

    pub(super) fn inside(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }

    /// Returns where malformed text begins; none when the text is JSON as far as it was read.
    pub(crate) fn malformed_at(&self) -> Option<usize> {
        self.0.offset.filter(|_| matches!(self.0.reason, Reason::Malformed(_)))
    }

    /// Says that the text ends here because what follows is not UTF-8.
    pub(crate) fn no_text(text: &str, path: Option<Self>) -> Self {
        let mut error = Self::malformed("invalid unicode code point").placed(text, text.len());
        error.0.path = path.map(|error| error.0.path).unwrap_or_default();
        error
    }

    /// Returns where in the text the value is, such as `[3].price`; `.` is the whole text.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Field(name) if path.is_empty() => path.push_str(name),
                Step::Field(name) => path.extend([".", name]),
                Step::Element(index) => path.push_str(&format!("[{index}]")),
            }
        }
        if path.is_empty() { ".".to_owned() } else { path }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.reason {
            Reason::Malformed(reason) | Reason::Unfit(reason) => f.write_str(reason)?,
            Reason::RepeatedField => f.write_str("the field stands twice")?,
        }
        f.write_str(&self.0.place)
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({:?}: {:?})", self.path(), self.to_string())
    }
}

impl std::error::Error for ReadError {}

//! Why a file gives no page.

use std::fmt;

/// A file that no call could be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The file, as the user named it.
    pub(crate) file: String,
    /// Counted from 1; 0 where it is about the file as a whole.
    pub(crate) line: usize,
    pub(crate) reason: Reason,
}

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It is a page, but about no call: a stream, error codes, general information. No mistake of the user.
    NoCall,
    /// It is no text in UTF-8; the encoding that it seems to have.
    UnknownEncoding(&'static str),
    /// It is neither a page nor an `OpenAPI` document.
    NotAPage(String),
}

impl Refusal {
    pub(super) fn new(file: &str, line: usize, reason: Reason) -> Self {
        Self { file: file.to_owned(), line, reason }
    }

    /// Returns whether the file is in order, and only tells of no call.
    pub(crate) fn is_no_call(&self) -> bool {
        self.reason == Reason::NoCall
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        f.write_str(": ")?;
        match &self.reason {
            Reason::NoCall => {
                write!(f, "no call here: no section gives a method and a path, such as `GET /papi/v1/um/exampleOrders`")
            }
            Reason::UnknownEncoding(encoding) => {
                write!(f, "the text is not UTF-8 but seems to be {encoding}; save the page as UTF-8")
            }
            Reason::NotAPage(why) => {
                write!(f, "{why}; give a page saved as Markdown or HTML, or an OpenAPI 3 document in JSON or YAML")
            }
        }
    }
}

impl std::error::Error for Refusal {}

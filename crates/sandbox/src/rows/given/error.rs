//! Why rows that a test gives cannot be served.

use std::fmt;

/// Why rows cannot be a history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GivenRowsError {
    /// No call with this path lists rows that have a time.
    NoHistory {
        /// The path.
        path: String,
    },
    /// The history was not given, and nothing can be added to it.
    NotGiven {
        /// The path.
        path: String,
    },
    /// A row is no JSON object, or has no whole number in its time field.
    NoTime {
        /// The path.
        path: String,
        /// Which of the rows it is, counted from 0.
        index: usize,
        /// The name of the time field.
        field: &'static str,
    },
}

impl GivenRowsError {
    pub(super) fn no_time(path: &str, index: usize, field: &'static str) -> Self {
        Self::NoTime { path: path.to_owned(), index, field }
    }
}

impl fmt::Display for GivenRowsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHistory { path } => write!(f, "GET {path} lists no history"),
            Self::NotGiven { path } => {
                write!(f, "the history of {path} is the seeded one; give it rows of its own first, or an empty list")
            }
            Self::NoTime { path, index, field } => {
                write!(f, "row {index} for {path} must be a JSON object with milliseconds in `{field}`")
            }
        }
    }
}

impl std::error::Error for GivenRowsError {}

//! Why a history has no good row to give.

use crate::error::Error;
use papi_types::error::BadRow;
use std::fmt;

/// Why a history has no good row to give: one row does not read, or the walk has ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum RowError {
    /// This row does not read as its type. The walk goes on after it.
    Bad(BadRow),
    /// A request failed and repeating it does not help, or the walk is at its end and rows may be missing. Nothing comes after
    /// it.
    Ended(Error),
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bad(row) => row.fmt(f),
            Self::Ended(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RowError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bad(row) => row.source(),
            Self::Ended(error) => error.source(),
        }
    }
}

//! Reading a reply's body into its type, and printing it back.

use crate::Wire;
use crate::error::Drift;
use crate::salvage::{BadRow, Salvage, salvage};
use crate::wire::{Printed, Reading};
use serde::de::DeserializeSeed as _;
use std::fmt;

/// A body that is not what the endpoint is documented to answer.
///
/// When only rows of a list are bad, the good ones are kept: [`good_rows`](Self::good_rows).
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
    salvage: Option<Salvage>,
}

impl DecodeError {
    /// Returns the error for a caller that accepts nothing unknown; none when there is nothing unknown.
    pub fn of_drift(drift: &[Drift]) -> Option<Self> {
        let first = drift.first()?;
        let rest = if drift.len() > 1 { format!(" (and {} more)", drift.len() - 1) } else { String::new() };
        let source = serde::de::Error::custom(format_args!("{first}{rest}"));
        Some(Self::new(&*first.path, source))
    }

    /// Says what is wrong at a path.
    pub(crate) fn new(path: impl Into<String>, source: serde_json::Error) -> Self {
        Self { path: path.into(), source, salvage: None }
    }

    /// Returns where in the body the first mistake is, such as `[3].price`; `.` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    pub fn reason(&self) -> String {
        self.source.to_string()
    }

    /// Returns the rows that cannot be read; nothing when something else is wrong too.
    pub fn bad_rows(&self) -> &[BadRow] {
        self.salvage.as_ref().map_or(&[], |salvage| &salvage.bad_rows)
    }

    /// Returns the reply without its bad rows; none when something else is wrong too.
    pub fn good_rows<T: Wire>(&self) -> Option<T> {
        read(self.good_json()?.as_bytes()).ok()
    }

    /// Returns the body without its bad rows, as JSON; none when something else is wrong too.
    pub fn good_json(&self) -> Option<&str> {
        self.salvage.as_ref().map(|salvage| salvage.json.as_str())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.path, self.source)?;
        match self.bad_rows().len() {
            0 | 1 => Ok(()),
            count => write!(f, " (and {} more rows)", count - 1),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads a reply. Unknown fields are skipped and unknown words kept; any other difference from the documented shape is an
/// error with its path, which keeps the good rows.
pub fn decode<T: Wire>(body: &[u8]) -> Result<T, DecodeError> {
    read(body).map_err(|mut error| {
        // Text that is no JSON, or not UTF-8, has no rows.
        error.salvage = std::str::from_utf8(body).ok().and_then(|body| salvage::<T>(body, &error));
        error
    })
}

/// Reads fast. After a failure it reads again, more slowly, to find out where it fails.
pub(crate) fn read<T: Wire>(body: &[u8]) -> Result<T, DecodeError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    if let Ok(value) = T::read(&mut json).and_then(|value| json.end().map(|()| value)) {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let read = Reading::<T>::new().deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track));
    read.and_then(|value| json.end().map(|()| value))
        .map_err(|source| DecodeError::new(track.path().to_string(), source))
}

/// Prints a reply as JSON from its typed value: wire names, exact decimals as text, absent fields left out.
pub fn encode_json<T: Wire>(value: &T) -> String {
    // Only a map with keys that are not text, or a failing writer, could fail; neither exists here.
    serde_json::to_string(&Printed(value)).unwrap_or_default()
}

/// Reads a reply and prints it back.
pub fn reprint<T: Wire>(body: &[u8]) -> Result<String, DecodeError> {
    decode::<T>(body).map(|value| encode_json(&value))
}

/// Returns the value of a documented example. The examples come from the same spec as the type, and a test reads each.
///
/// # Panics
///
/// When the example does not fit its type, which is a mistake in an annotation written by hand.
pub fn example<T: Wire>(json: &str) -> T {
    match decode(json.as_bytes()) {
        Ok(value) => value,
        Err(error) => panic!("the example of {} does not fit it: {error}", std::any::type_name::<T>()),
    }
}

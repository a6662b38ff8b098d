//! Reading a reply's body into its type, and printing it back.

use crate::Wire;
use crate::error::Drift;
use crate::json::{JsonReader, JsonWriter, ReadError};
use crate::listen_key_mask::mask_listen_keys;
use crate::salvage::{BadRow, Salvage, salvage};
use std::fmt;

/// A body that is not what the endpoint is documented to answer.
///
/// When only rows of a list are bad, the good ones are kept: [`good_rows`](Self::good_rows).
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    reason: String,
    salvage: Option<Salvage>,
}

impl DecodeError {
    /// Returns the error for a caller that accepts nothing unknown; none when there is nothing unknown.
    pub fn of_drift(drift: &[Drift]) -> Option<Self> {
        let first = drift.first()?;
        let rest = if drift.len() > 1 { format!(" (and {} more)", drift.len() - 1) } else { String::new() };
        Some(Self::new(&*first.path, format_args!("{first}{rest}")))
    }

    /// Says what is wrong at a path.
    pub(crate) fn new(path: impl Into<String>, reason: impl fmt::Display) -> Self {
        let reason = mask_listen_keys(&reason.to_string()).into_owned();
        Self { path: path.into(), reason, salvage: None }
    }

    /// Returns where in the body the first mistake is, such as `[3].price`; `.` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    pub fn reason(&self) -> String {
        self.reason.clone()
    }

    /// Returns the rows that cannot be read; nothing when something else is wrong too.
    pub fn bad_rows(&self) -> &[BadRow] {
        self.salvage.as_ref().map_or(&[], |salvage| &salvage.bad_rows)
    }

    /// Returns the reply without its bad rows; none when something else is wrong too.
    pub fn good_rows<T: Wire>(&self) -> Option<T> {
        read(self.good_json()?).ok()
    }

    /// Returns the body without its bad rows, as JSON; none when something else is wrong too.
    pub fn good_json(&self) -> Option<&str> {
        self.salvage.as_ref().map(|salvage| salvage.json.as_str())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.path, self.reason)?;
        match self.bad_rows().len() {
            0 | 1 => Ok(()),
            count => write!(f, " (and {} more rows)", count - 1),
        }
    }
}

impl std::error::Error for DecodeError {}

impl From<ReadError> for DecodeError {
    fn from(error: ReadError) -> Self {
        Self::new(error.path(), error)
    }
}

/// Reads a reply. Unknown fields are skipped and unknown words kept; any other difference from the documented shape is an
/// error with its path, which keeps the good rows.
pub fn decode<T: Wire>(body: &[u8]) -> Result<T, DecodeError> {
    let mistake_in = |text: &str| read::<T>(text).err();
    match std::str::from_utf8(body) {
        Ok(text) => read(text).map_err(|error| unreadable(text, error, &mistake_in)),
        Err(error) => Err(no_text(&body[..error.valid_up_to()], &mistake_in)),
    }
}

/// Reads a text into the type that is asked for, and returns what is wrong with it. What is done after a mistake exists once
/// and not for each type of reply: it is much to compile.
pub(crate) type FindMistake<'a> = &'a dyn Fn(&str) -> Option<ReadError>;

/// Returns the error of a text that cannot be read, with its good rows.
#[cold]
fn unreadable(text: &str, error: ReadError, mistake_in: FindMistake<'_>) -> DecodeError {
    let mut error = DecodeError::from(error);
    error.salvage = salvage(text, error.path(), mistake_in);
    error
}

/// Reads all of a text.
pub(crate) fn read<T: Wire>(text: &str) -> Result<T, ReadError> {
    let mut from = JsonReader::new(text);
    let value = T::read(&mut from)?;
    from.end().map(|()| value)
}

/// Returns the error of a body that is text up to here only: what is wrong before, or in which field the text ends.
#[cold]
fn no_text(before: &[u8], mistake_in: FindMistake<'_>) -> DecodeError {
    let before = String::from_utf8_lossy(before);
    match mistake_in(&before) {
        Some(error) if error.malformed_at() != Some(before.len()) => error,
        end => ReadError::no_text(&before, end),
    }
    .into()
}

/// Prints a reply as JSON from its typed value: wire names, exact decimals as text, absent fields left out.
pub fn encode_json<T: Wire>(value: &T) -> String {
    let mut out = JsonWriter::new();
    value.write(&mut out);
    out.into_string()
}

/// Reads a reply and prints it back.
pub fn reprint<T: Wire>(body: &[u8]) -> Result<String, DecodeError> {
    let value = decode::<T>(body)?;
    let mut out = JsonWriter::with_capacity(body.len());
    value.write(&mut out);
    Ok(out.into_string())
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

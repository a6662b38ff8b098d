//! Reading a reply's body into its type, and printing it back.

use crate::Wire;
use crate::wire::{Printed, Reading};
use serde::de::DeserializeSeed as _;
use std::fmt;

/// A body that is not what the endpoint is documented to answer.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    source: serde_json::Error,
}

impl DecodeError {
    /// Where in the body it went wrong, such as `[3].price`; `.` is the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.path, self.source)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads a reply. Unknown fields are passed over, unknown words kept; anything else that differs from the documented
/// shape is an error with its path.
pub fn decode<T: Wire>(body: &[u8]) -> Result<T, DecodeError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    if let Ok(value) = T::read(&mut json).and_then(|value| json.end().map(|()| value)) {
        return Ok(value);
    }
    decode_with_path(body)
}

/// Reads once more, slower, to learn where it fails.
fn decode_with_path<T: Wire>(body: &[u8]) -> Result<T, DecodeError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let read = Reading::<T>::new().deserialize(serde_path_to_error::Deserializer::new(&mut json, &mut track));
    match read.and_then(|value| json.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(source) => Err(DecodeError { path: track.path().to_string(), source }),
    }
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

/// The value of a documented example. The examples come from the same spec as the type, and a test reads each.
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

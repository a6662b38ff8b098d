//! Splits objects and lists into the texts of their parts, which are not read.

use super::{JsonReader, ReadError};
use std::borrow::Cow;

/// Returns the fields of a JSON object, in order, as raw text.
pub(crate) fn fields(json: &str) -> Result<Vec<(Cow<'_, str>, &str)>, ReadError> {
    let mut from = JsonReader::new(json);
    let mut fields = Vec::new();
    from.map(&mut |from, name| {
        fields.push((name, from.raw()?));
        Ok(())
    })?;
    from.end().map(|()| fields)
}

/// Returns the elements of a JSON list as raw text.
pub(crate) fn elements(json: &str) -> Result<Vec<&str>, ReadError> {
    let mut from = JsonReader::new(json);
    let mut elements = Vec::new();
    from.list(&mut |from| {
        elements.push(from.raw()?);
        Ok(())
    })?;
    from.end().map(|()| elements)
}

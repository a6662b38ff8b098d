//! Splits a reply into the texts of its rows without reading them, so that a list is walked without knowing its type.

use crate::error::DecodeError;
use crate::scalar::Text;
use crate::spec::Paging;
use crate::wire::{RawValue, fields};
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize as _, Deserializer as _};
use std::fmt;

/// The rows of one reply, as they were received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<'a> {
    /// The JSON text of each row, in the order of the reply.
    pub rows: Vec<&'a str>,
    /// The number of rows on all pages, when the reply has it.
    pub total: Option<u64>,
}

impl<'a> Page<'a> {
    /// Splits a reply into its rows, which are not read.
    ///
    /// # Errors
    ///
    /// When the body is not JSON, or lacks the list of rows or the total that `paging` names.
    pub fn of(paging: &Paging, body: &'a [u8]) -> Result<Self, DecodeError> {
        let whole = |source| DecodeError::new(".", source);
        let text = std::str::from_utf8(body).map_err(|error| whole(serde_json::Error::custom(error)))?;
        let Some(name) = paging.rows else {
            return Ok(Page { rows: rows(text).map_err(whole)?, total: None });
        };
        let fields = fields(text.trim()).map_err(whole)?;
        let field = |wanted: &str| {
            let found = fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.get());
            found.ok_or_else(|| whole(serde_json::Error::custom(format_args!("missing field `{wanted}`"))))
        };
        let total = match paging.total {
            None => None,
            Some(name) => {
                let total = field(name)?.trim_matches('"').parse();
                Some(total.map_err(|error| DecodeError::new(name, serde_json::Error::custom(error)))?)
            }
        };
        let rows = rows(field(name)?).map_err(|source| DecodeError::new(name, source))?;
        Ok(Page { rows, total })
    }
}

fn rows(list: &str) -> Result<Vec<&str>, serde_json::Error> {
    let rows: Vec<&RawValue> = serde_json::from_str(list)?;
    Ok(rows.into_iter().map(RawValue::get).collect())
}

/// Returns the texts of some fields of a row, which may be quoted or bare on the wire. A field that is absent, `null`, an
/// object or a list gives none, and so does every field of a row that is not an object.
///
/// ```
/// let row = r#"{"symbol":"BTCUSDT","orderId":7,"fills":[]}"#;
/// let found = papi_types::spec::scalars(row, &["orderId", "symbol", "fills", "side"]);
/// assert_eq!(found, [Some("7".to_owned()), Some("BTCUSDT".to_owned()), None, None]);
/// ```
pub fn scalars(row: &str, names: &[&str]) -> Vec<Option<String>> {
    let mut found = vec![None; names.len()];
    let mut json = serde_json::Deserializer::from_str(row);
    // What stands before a mistake was read.
    let _ = json.deserialize_map(Pick { names, found: &mut found });
    found
}

/// Reads the named fields of an object and skips the others.
struct Pick<'a> {
    names: &'a [&'a str],
    found: &'a mut [Option<String>],
}

impl<'de> Visitor<'de> for Pick<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = entries.next_key()? {
            if self.names.iter().any(|wanted| *wanted == name) {
                let text = scalar(entries.next_value()?);
                for (wanted, found) in self.names.iter().zip(self.found.iter_mut()) {
                    if *wanted == name {
                        found.clone_from(&text);
                    }
                }
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Returns the text of a scalar, without quotes; none for `null`, lists and objects.
pub(crate) fn scalar(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    match text.as_bytes().first()? {
        b'"' => String::deserialize(&mut serde_json::Deserializer::from_str(text)).ok(),
        b'{' | b'[' => None,
        _ if text == "null" => None,
        _ => Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_the_list_or_a_field_of_the_reply() {
        let list = Paging::by_key(&["id"]);
        assert_eq!(Page::of(&list, b" [{\"id\":1}, 7]\n").expect("a list").rows, ["{\"id\":1}", "7"]);
        let page = list.rows("rows").total("total");
        for total in ["12", "\"12\""] {
            let body = format!("{{\"rows\":[ {{}} ],\"more\":{{}},\"total\":{total}}}");
            let page = Page::of(&page, body.as_bytes()).expect("a page");
            assert_eq!((page.rows, page.total), (vec!["{}"], Some(12)));
        }
    }

    #[test]
    fn a_reply_without_rows_or_total_is_an_error_that_says_where() {
        let list = Paging::by_key(&["id"]);
        let page = list.rows("rows").total("total");
        for (paging, body, path) in [
            (list, "{}", "."),
            (list, "<html>", "."),
            (list, "", "."),
            (page, "[]", "."),
            (page, "{\"total\":1}", "."),
            (page, "{\"rows\":[]}", "."),
            (page, "{\"rows\":7,\"total\":1}", "rows"),
            (page, "{\"rows\":[],\"total\":-1}", "total"),
        ] {
            assert_eq!(Page::of(&paging, body.as_bytes()).expect_err(body).path(), path, "{body}");
        }
        assert!(Page::of(&list, b"[\"\xff\"]").is_err());
    }

    #[test]
    fn fields_of_a_broken_row_are_read_up_to_the_mistake() {
        assert_eq!(scalars("{\"a\":\"x\\u0041\",\"b\":tru", &["a", "b"]), [Some("xA".to_owned()), None]);
        for row in ["7", "[1]", "null", ""] {
            assert_eq!(scalars(row, &["a"]), [None], "{row}");
        }
    }
}

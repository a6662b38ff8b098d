//! Splits a reply into the texts of its rows without reading them, so that a list is walked without knowing its type.

use crate::error::DecodeError;
use crate::json::{JsonReader, elements, fields};
use crate::spec::Paging;
use std::borrow::Cow;
use std::fmt;
use std::num::ParseIntError;

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
        let whole = |reason: &dyn fmt::Display| DecodeError::new(".", reason);
        let text = std::str::from_utf8(body).map_err(|error| whole(&error))?;
        let Some(name) = paging.rows else {
            return Ok(Page { rows: elements(text).map_err(|error| whole(&error))?, total: None });
        };
        let fields = fields(text).map_err(|error| whole(&error))?;
        let field = |wanted: &str| {
            let found = fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
            found.ok_or_else(|| whole(&format_args!("missing field `{wanted}`")))
        };
        let total = match paging.total {
            None => None,
            Some(name) => {
                let total = field(name)?.trim_matches('"').parse();
                Some(total.map_err(|error: ParseIntError| DecodeError::new(name, error))?)
            }
        };
        let rows = elements(field(name)?).map_err(|error| DecodeError::new(name, error))?;
        Ok(Page { rows, total })
    }
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
    // What stands before a mistake was read.
    let _ = JsonReader::new(row).map(&mut |from, name| {
        let value = from.raw()?;
        for (wanted, found) in names.iter().zip(&mut found) {
            if **wanted == *name {
                *found = scalar(value);
            }
        }
        Ok(())
    });
    found
}

/// Returns the text of a scalar, without quotes; none for `null`, lists and objects.
pub(crate) fn scalar(raw: &str) -> Option<String> {
    JsonReader::new(raw).scalar("a text").ok()?.map(Cow::into_owned)
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

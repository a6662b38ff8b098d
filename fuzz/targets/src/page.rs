//! Pages of histories: they are split into rows as `serde_json` splits them, and a row alone reads as it does in its page.

use crate::slow::Fields;
use crate::{endpoint, examples, first_line};
use papi_types::spec::{Page, Paging, scalars};
use papi_types::{ENDPOINTS, EndpointInfo};
use serde_json::value::RawValue;

/// Reads the name of an endpoint on the first line, and a page of its rows below.
///
/// # Panics
///
/// When rows are lost, changed or made up.
pub fn page(data: &[u8]) {
    let (name, body) = first_line(data);
    let info = endpoint(name, paged());
    let (Some(paging), Some(reprint_row)) = (info.paging, info.reprint_row) else { return };
    let page = Page::of(&paging, body);
    let slow = slow_page(&paging, body);
    match (&page, &slow) {
        (Ok(page), Some((rows, total))) => {
            assert_eq!((&page.rows, page.total), (rows, *total), "rows and total");
        }
        (Err(error), None) => assert!(!error.path().is_empty() && !error.reason().is_empty(), "{error:?}"),
        _ => panic!("{page:?}, but {slow:?}"),
    }
    let Ok(page) = page else { return };
    let read: Vec<_> = page.rows.iter().map(|row| reprint_row(row.as_bytes())).collect();
    for (row, read) in page.rows.iter().zip(&read) {
        if read.is_ok() {
            keys_are_those_of_a_slow_reader(row, paging.key);
        }
    }
    if paging.rows.is_none() {
        let together = (info.reprint)(body).ok();
        let rows: Option<Vec<String>> = read.into_iter().map(Result::ok).collect();
        assert_eq!(together, rows.map(|rows| format!("[{}]", rows.join(","))), "row by row");
    }
}

fn paged() -> impl Iterator<Item = &'static EndpointInfo> + Clone {
    ENDPOINTS.iter().copied().filter(|info| info.paging.is_some() && info.reprint_row.is_some())
}

/// The slow way to the rows of a page and its total.
fn slow_page<'a>(paging: &Paging, body: &'a [u8]) -> Option<(Vec<&'a str>, Option<u64>)> {
    let body = std::str::from_utf8(body).ok()?;
    let rows = |text: &'a str| -> Option<Vec<&'a str>> {
        let rows: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        Some(rows.into_iter().map(RawValue::get).collect())
    };
    let Some(name) = paging.rows else { return Some((rows(body)?, None)) };
    let Fields(fields) = serde_json::from_str(body).ok()?;
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, raw)| raw.get());
    let total = match paging.total {
        None => None,
        Some(name) => Some(field(name)?.trim_matches('"').parse().ok()?),
    };
    Some((rows(field(name)?)?, total))
}

/// Of a row that reads, the fields that tell it from others are found as `serde_json` finds them.
fn keys_are_those_of_a_slow_reader(row: &str, key: &[&str]) {
    let Ok(Fields(fields)) = serde_json::from_str::<Fields<'_>>(row) else { panic!("no object reads as a row: {row}") };
    let slow = key.iter().map(|wanted| {
        let raw = fields.iter().rev().find(|(name, _)| name == wanted)?.1.get();
        match raw.as_bytes().first()? {
            b'{' | b'[' | b'n' => None,
            b'"' => serde_json::from_str(raw).ok(),
            _ => Some(raw.to_owned()),
        }
    });
    assert_eq!(scalars(row, key), slow.collect::<Vec<Option<String>>>(), "the key of {row}");
}

/// The documented pages.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    examples(paged())
}

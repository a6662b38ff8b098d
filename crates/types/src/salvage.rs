//! Saves the good rows of a reply that has bad ones. It reads each element of a list alone, and an element that fails is a
//! bad row. It works on the text, so that no type needs code for it.

use crate::decode::{DecodeError, FindMistake};
use crate::json::{elements, fields};
use std::collections::BTreeSet;
use std::fmt;

/// An element of a list that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadRow {
    /// Its place in the list, counted from 0.
    pub index: usize,
    /// Where in the reply it went wrong, such as `rows[3].price`.
    pub path: String,
    /// What is wrong.
    pub reason: String,
    /// The element as it was received.
    pub raw: String,
}

impl BadRow {
    /// Returns the bad row for the error of reading it alone. `index` is its place in the list, `raw` the row as received.
    pub fn of(error: &DecodeError, index: usize, raw: impl Into<String>) -> Self {
        Self { index, path: error.path().to_owned(), reason: error.reason(), raw: raw.into() }
    }
}

impl std::error::Error for BadRow {}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.path, self.reason)
    }
}

/// A reply without its bad rows, and the bad rows.
#[derive(Debug)]
pub(crate) struct Salvage {
    pub(crate) json: String,
    pub(crate) bad_rows: Vec<BadRow>,
}

/// Takes bad rows out of a body until the rest can be read. Returns none when something else is wrong too.
pub(crate) fn salvage(body: &str, path: &str, mistake_in: FindMistake<'_>) -> Option<Salvage> {
    let mut json = body.to_owned();
    let mut bad_rows = Vec::new();
    let mut searched = BTreeSet::new();
    let mut path = path.to_owned();
    loop {
        // The outermost list: a bad part of a row makes the row bad, not the part.
        let list = path.split_once('[')?.0.to_owned();
        // Each list is searched once; one that was cleaned and still fails is wrong in another way.
        if !searched.insert(list.clone()) {
            return None;
        }
        let (cleaned, bad) = clean(&json, &list, mistake_in)?;
        json = cleaned;
        bad_rows.extend(bad);
        match mistake_in(&json) {
            None => return Some(Salvage { json, bad_rows }),
            Some(error) => path = error.path(),
        }
    }
}

/// Returns the text without the bad elements of one list, and the bad elements.
fn clean(json: &str, list: &str, mistake_in: FindMistake<'_>) -> Option<(String, Vec<BadRow>)> {
    let raw = find(json, list)?;
    let elements = elements(raw).ok()?;
    let start = raw.as_ptr() as usize - json.as_ptr() as usize;
    let (before, after) = (&json[..start], &json[start + raw.len()..]);
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (index, element) in elements.iter().enumerate() {
        match mistake_in(&format!("{before}[{element}]{after}")).map(DecodeError::from) {
            // What fails elsewhere says nothing about this element.
            Some(error) if error.path().starts_with(&format!("{list}[0]")) => bad.push(BadRow {
                path: error.path().replacen("[0]", &format!("[{index}]"), 1),
                ..BadRow::of(&error, index, *element)
            }),
            _ => good.push(*element),
        }
    }
    Some((format!("{before}[{}]{after}", good.join(",")), bad))
}

/// Returns the text of the value at a path of field names, such as `indicators.BTCUSDT`; the whole text for an empty path.
fn find<'a>(json: &'a str, path: &str) -> Option<&'a str> {
    if path.is_empty() {
        return Some(json.trim());
    }
    // A name may contain a dot, so the names are tried rather than the path split.
    fields(json).ok()?.into_iter().find_map(|(name, value)| match path.strip_prefix(&*name)? {
        "" => Some(value),
        rest => find(value, rest.strip_prefix('.')?),
    })
}

#[cfg(test)]
mod tests {
    use crate::decode;
    use std::collections::BTreeMap;

    type Lists = BTreeMap<String, Vec<u32>>;

    #[test]
    fn the_good_rows_of_every_list_are_kept() {
        let body = br#"{"a.b":[1,"x",3],"c":[],"d":["4",{},null,7]}"#;
        let error = decode::<Lists>(body).expect_err("has bad rows");
        let bad: Vec<_> = error.bad_rows().iter().map(|row| (row.index, row.path.as_str(), row.raw.as_str())).collect();
        assert_eq!(bad, [(1, "a.b[1]", "\"x\""), (1, "d[1]", "{}"), (2, "d[2]", "null")]);
        let good = error.good_rows::<Lists>().expect("the rest reads");
        assert_eq!((&good["a.b"][..], &good["d"][..]), (&[1, 3][..], &[4, 7][..]));
    }

    #[test]
    fn a_bad_part_makes_its_row_bad() {
        let error = decode::<Vec<Vec<u32>>>(b"[[1],[2,\"x\"],[3]]").expect_err("has a bad row");
        let [bad] = error.bad_rows() else { panic!("one bad row: {error}") };
        assert_eq!((bad.path.as_str(), bad.raw.as_str()), ("[1][1]", "[2,\"x\"]"));
        assert_eq!(error.good_rows::<Vec<Vec<u32>>>(), Some(vec![vec![1], vec![3]]));
    }

    #[test]
    fn what_is_no_row_is_not_salvaged() {
        for body in ["{\"a\":7}", "[1,2", "", "[1,2]3"] {
            let error = decode::<Lists>(body.as_bytes()).expect_err(body);
            assert!(error.bad_rows().is_empty() && error.good_rows::<Lists>().is_none(), "{body}");
        }
    }
}

//! Replies of all endpoints: the one-pass reader agrees with slower ones, prints what it can read again, says where it stops, and
//! keeps the good rows.

use crate::rewritten::rewritten;
use crate::slow::SHAPES;
use crate::{endpoint, examples, first_line};
use papi_types::error::DecodeError;
use papi_types::{ENDPOINTS, EndpointInfo};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// Reads the name of an endpoint on the first line, and the body of its reply below.
///
/// # Panics
///
/// When two ways to read the reply differ, or an error does not say where and why.
pub fn reply(data: &[u8]) {
    let (name, body) = first_line(data);
    let info = endpoint(name, ENDPOINTS.iter().copied());
    let read = (info.reprint)(body);
    if let Some(shape) = SHAPES.iter().find(|shape| shape.info.type_path() == info.type_path()) {
        assert_eq!(read.as_ref().ok(), shape.reprint(body).as_ref(), "a slow reader, {read:?}");
    }
    if let Some(other) = rewritten(body, &info.reply) {
        let reread = (info.reprint)(other.as_bytes());
        assert_eq!(read.as_ref().ok(), reread.as_ref().ok(), "{read:?}, {reread:?} when it is written as {other}");
    }
    match (&read, info.find_drift(body)) {
        (Ok(printed), Ok(_)) => {
            assert!(serde_json::from_slice::<IgnoredAny>(body).is_ok(), "what is no JSON reads as {printed}");
            assert_eq!((info.reprint)(printed.as_bytes()).as_ref().ok(), Some(printed), "read again");
        }
        (Err(error), Err(other)) => {
            assert_eq!(error.to_string(), other.to_string(), "the two ways to read");
            let told = format!("at {}: {}", error.path(), error.reason());
            assert!(!error.path().is_empty() && !error.reason().is_empty(), "it says where and why: {told}");
            assert!(error.to_string().starts_with(&told), "it says so: {error}");
            keeps_good_rows(info, body, error);
        }
        (one, other) => panic!("{one:?}, but {other:?}"),
    }
}

/// The rows that read and those that do not are together all rows, as they were received.
fn keeps_good_rows(info: &EndpointInfo, body: &[u8], error: &DecodeError) {
    let bad = error.bad_rows();
    let Some(good) = error.good_json() else {
        assert!(bad.is_empty(), "bad rows without good ones");
        return;
    };
    assert!(!bad.is_empty(), "an error without a bad row: {error}");
    assert!((info.reprint)(good.as_bytes()).is_ok(), "the good rows do not read: {good}");
    let Ok(rows) = serde_json::from_slice::<Vec<&RawValue>>(body) else { return };
    for row in bad {
        assert_eq!(rows.get(row.index).map(|raw| raw.get()), Some(row.raw.as_str()), "a bad row");
        assert!(row.path.starts_with(&format!("[{}]", row.index)), "its place: {}", row.path);
    }
    let is_good = |index: usize| bad.iter().all(|row| row.index != index);
    let expected: Vec<&str> =
        rows.iter().enumerate().filter(|(index, _)| is_good(*index)).map(|(_, raw)| raw.get()).collect();
    let kept: Vec<&RawValue> = serde_json::from_str(good).unwrap_or_default();
    assert_eq!(kept.iter().map(|raw| raw.get()).collect::<Vec<_>>(), expected, "the good rows");
}

/// The documented replies.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    examples(ENDPOINTS.iter().copied())
}

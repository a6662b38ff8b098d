//! Segments: files with rows in order, one JSON object a line, with all that is needed to write any output again.

use binance_papi::Timestamp;
use binance_papi::history::Identity;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write};
use std::num::NonZeroU32;
use std::path::Path;

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: Identity,
    pub(crate) content: Content,
}

/// What is kept of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// The row as its type prints it; as it was received, where the output wants it.
    Good { row: String, raw: Option<String> },
    /// A row that does not read, or has no place in the columns.
    Bad(BadRow),
}

/// A row that cannot be exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BadRow {
    pub(crate) path: String,
    pub(crate) reason: String,
    pub(crate) raw: String,
}

/// A line of a segment. Nothing in it is flattened: serde would buffer the row, and numbers would lose digits.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    time: Option<i64>,
    key: Vec<String>,
    /// Absent for the first row of a time and key.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<NonZeroU32>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    row: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bad: Option<Cow<'a, BadRow>>,
}

/// Writes an entry.
pub(crate) fn write(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let Entry { key, content } = entry;
    let (row, raw, bad) = match content {
        Content::Good { row, raw } => (Some(serde_json::from_str(row)?), raw.as_deref().map(Cow::Borrowed), None),
        Content::Bad(bad) => (None, None, Some(Cow::Borrowed(bad))),
    };
    let (time, ordinal) = (key.time().map(Timestamp::as_millis), NonZeroU32::new(key.ordinal()));
    serde_json::to_writer(&mut *out, &Line { time, key: key.key().collect(), ordinal, row, raw, bad })?;
    out.write_all(b"\n")
}

/// Reads a segment from its beginning to its end.
#[derive(Debug)]
pub(crate) struct SegmentReader {
    lines: BufReader<File>,
    line: String,
    last: Option<Identity>,
}

impl SegmentReader {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let lines = BufReader::with_capacity(1 << 15, File::open(path)?);
        Ok(Self { lines, line: String::new(), last: None })
    }

    /// Returns the next entry, or none at the end. Entries that are not in order are an error: the file was changed.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        self.line.clear();
        if self.lines.read_line(&mut self.line)? == 0 {
            return Ok(None);
        }
        let damaged =
            |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("the segment is damaged: {what}"));
        let line: Line<'_> = serde_json::from_str(&self.line).map_err(|error| damaged(&error.to_string()))?;
        let key =
            Identity::new(line.time.map(Timestamp::from_millis), line.key, line.ordinal.map_or(0, NonZeroU32::get));
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(damaged("its rows are not in order"));
        }
        self.last = Some(key.clone());
        let content = match (line.row, line.bad) {
            (Some(row), None) => Content::Good { row: row.get().to_owned(), raw: line.raw.map(Cow::into_owned) },
            (None, Some(bad)) => Content::Bad(bad.into_owned()),
            _ => return Err(damaged("a line is neither a row nor a bad one")),
        };
        Ok(Some(Entry { key, content }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(time: Option<i64>, content: Content) -> Entry {
        Entry { key: Identity::new(time.map(Timestamp::from_millis), ["BTCUSDT", "7"], 0), content }
    }

    fn read(text: &str) -> io::Result<Vec<Entry>> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        let mut reader = SegmentReader::open(file.path())?;
        std::iter::from_fn(|| reader.next().transpose()).collect()
    }

    #[test]
    fn entries_read_back_with_every_digit() {
        let good = |raw: Option<&str>| Content::Good {
            row: r#"{"id":12345678901234567890123,"price":"1.10"}"#.to_owned(),
            raw: raw.map(ToOwned::to_owned),
        };
        let bad = BadRow { path: ".".into(), reason: "no\nobject".into(), raw: "[\n]".into() };
        let entries =
            [entry(Some(1), good(None)), entry(Some(2), good(Some("{\n \"id\": 1}"))), entry(None, Content::Bad(bad))];
        let mut text = Vec::new();
        for entry in &entries {
            write(&mut text, entry).expect("printable");
        }
        assert_eq!(read(&String::from_utf8(text).expect("text")).expect("readable"), entries);
    }

    #[test]
    fn a_changed_file_is_an_error() {
        let row = |time: u32| format!("{{\"time\":{time},\"key\":[\"1\"],\"row\":{{}}}}\n");
        assert_eq!(read(&(row(1) + &row(2))).expect("in order").len(), 2);
        assert!(read(&(row(2) + &row(1))).is_err());
        assert!(read(&(row(1) + &row(1))).is_err());
        assert!(read(&row(1)[..9]).is_err());
        assert!(read("{\"time\":1,\"key\":[]}\n").is_err());
    }

    #[test]
    fn a_key_survives_being_written_down() {
        let identity = |time: Option<i64>, key: &[&str], ordinal| {
            Identity::new(time.map(Timestamp::from_millis), key.iter().copied(), ordinal)
        };
        for key in [identity(Some(-5), &["BTC", "007", "7"], 2), identity(None, &["{\"a\":\"\\n\"}"], 0)] {
            let entry = Entry { key, content: Content::Good { row: "{}".to_owned(), raw: None } };
            let mut written = Vec::new();
            write(&mut written, &entry).expect("printable");
            assert_eq!(read(&String::from_utf8(written).expect("text")).expect("readable"), [entry]);
        }
    }
}

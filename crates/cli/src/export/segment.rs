//! Segments: files with rows in order, one JSON object a line, with all that is needed to write any output again.

use super::row_key::RowKey;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::Path;

/// A row that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: RowKey,
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

#[derive(Serialize)]
struct LineOut<'a> {
    #[serde(flatten)]
    key: &'a RowKey,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bad: Option<&'a BadRow>,
}

// Not flattened: serde would buffer the row, and numbers would lose digits.
#[derive(Deserialize)]
struct LineIn {
    time: Option<i64>,
    key: Vec<String>,
    #[serde(default)]
    ordinal: u32,
    row: Option<Box<RawValue>>,
    raw: Option<String>,
    bad: Option<BadRow>,
}

/// Writes an entry.
pub(crate) fn write(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let key = &entry.key;
    let line = match &entry.content {
        Content::Good { row, raw } => {
            LineOut { key, row: Some(serde_json::from_str(row)?), raw: raw.as_deref(), bad: None }
        }
        Content::Bad(bad) => LineOut { key, row: None, raw: None, bad: Some(bad) },
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Reads a segment from its beginning to its end.
#[derive(Debug)]
pub(crate) struct SegmentReader {
    lines: BufReader<File>,
    line: String,
    last: Option<RowKey>,
}

impl SegmentReader {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let lines = BufReader::with_capacity(1 << 15, File::open(path)?);
        Ok(Self { lines, line: String::new(), last: None })
    }

    /// The next entry; none at the end. Entries that are not in order are an error: the file was changed.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        self.line.clear();
        if self.lines.read_line(&mut self.line)? == 0 {
            return Ok(None);
        }
        let damaged =
            |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("the segment is damaged: {what}"));
        let line: LineIn = serde_json::from_str(&self.line).map_err(|error| damaged(&error.to_string()))?;
        let key = RowKey::new(line.time, line.key, line.ordinal);
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(damaged("its rows are not in order"));
        }
        self.last = Some(key.clone());
        let content = match (line.row, line.bad) {
            (Some(row), None) => Content::Good { row: String::from(Box::<str>::from(row)), raw: line.raw },
            (None, Some(bad)) => Content::Bad(bad),
            _ => return Err(damaged("a line is neither a row nor a bad one")),
        };
        Ok(Some(Entry { key, content }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(time: Option<i64>, content: Content) -> Entry {
        Entry { key: RowKey::new(time, ["BTCUSDT", "7"], 0), content }
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
}

//! Segments: files with rows in order, one JSON object a line, with all that is needed to write any output again.

use super::damage::{Damage, MISSING, Part};
use super::journal::SegmentNote;
use super::row_text::write_text;
use super::seal::{Hashed, Hasher, Seal, Tally};
use binance_papi::Timestamp;
use binance_papi::history::Identity;
use papi_runtime::counted;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::iter;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

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
#[derive(Deserialize)]
struct Line<'a> {
    time: Option<i64>,
    #[serde(borrow)]
    key: Vec<Cow<'a, str>>,
    /// Absent for the first row of a time and key.
    ordinal: Option<NonZeroU32>,
    #[serde(borrow)]
    row: Option<&'a RawValue>,
    raw: Option<String>,
    bad: Option<BadRow>,
}

/// Writes an entry as one line. The row stands in it as it is: it was printed as JSON.
pub(crate) fn write(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let Entry { key, content } = entry;
    match key.time() {
        Some(time) => write!(out, "{{\"time\":{}", time.as_millis())?,
        None => out.write_all(b"{\"time\":null")?,
    }
    out.write_all(b",\"key\":[")?;
    for (index, part) in key.key().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        write_text(out, &part)?;
    }
    out.write_all(b"]")?;
    if key.ordinal() > 0 {
        write!(out, ",\"ordinal\":{}", key.ordinal())?;
    }
    match content {
        Content::Good { row, raw } => {
            out.write_all(b",\"row\":")?;
            out.write_all(row.as_bytes())?;
            if let Some(raw) = raw {
                out.write_all(b",\"raw\":")?;
                write_text(out, raw)?;
            }
        }
        Content::Bad(bad) => {
            out.write_all(b",\"bad\":")?;
            serde_json::to_writer(&mut *out, bad)?;
        }
    }
    out.write_all(b"}\n")
}

/// Reads a line with nothing but a row in it, as [`write()`] writes it, without looking into the row. None for any other line.
fn row_line(line: &str) -> Option<(Identity, &str)> {
    let (time, rest) = line.strip_prefix("{\"time\":")?.split_once(',')?;
    let time = Timestamp::from_millis(time.parse().ok()?);
    let (mut rest, mut has_escape) = (rest.strip_prefix("\"key\":[")?, false);
    let parts = iter::from_fn(|| {
        let (part, after) = rest.strip_prefix('"')?.split_once('"')?;
        has_escape |= part.contains('\\');
        rest = after.strip_prefix(',').unwrap_or(after);
        Some(part)
    });
    let key = Identity::new(Some(time), parts, 0);
    let row = rest.strip_prefix("],\"row\":")?.strip_suffix("}\n")?;
    // What is received, or the reason of a bad row, would end with a quote.
    (!has_escape && row.starts_with('{') && row.ends_with('}')).then_some((key, row))
}

/// Reads a segment from its beginning to its end, and proves there that it is the one that was written.
#[derive(Debug)]
pub(crate) struct SegmentReader<R> {
    lines: BufReader<Hashed<R>>,
    path: PathBuf,
    /// None in exports from before there were seals.
    seal: Option<Seal>,
    line: String,
    last: Option<Identity>,
    tally: Tally,
}

/// Reads a segment, and returns its seal or what is wrong with it.
pub(crate) fn check(folder: &Path, note: &SegmentNote) -> io::Result<Result<Seal, Damage>> {
    match SegmentReader::open(folder, note).and_then(SegmentReader::read_to_end) {
        Ok(seal) => Ok(Ok(seal)),
        Err(error) => Damage::of(&error).cloned().map(Err).ok_or(error),
    }
}

impl SegmentReader<File> {
    pub(crate) fn open(folder: &Path, note: &SegmentNote) -> io::Result<Self> {
        let (path, seal) = (folder.join(&note.file), note.seal.clone());
        match File::open(&path) {
            Ok(file) => Ok(Self::new(file, path, seal)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let times = seal.and_then(|seal| seal.times);
                Err(Damage { part: Part::Segment, path, what: MISSING.to_owned(), times }.into())
            }
            Err(error) => Err(error),
        }
    }
}

impl<R: Read> SegmentReader<R> {
    pub(crate) fn new(from: R, path: PathBuf, seal: Option<Seal>) -> Self {
        let hasher = seal.as_ref().map_or_else(Hasher::xxh3, |seal| seal.checksum.hasher());
        let lines = BufReader::with_capacity(1 << 15, Hashed::new(from, hasher));
        Self { lines, path, seal, line: String::new(), last: None, tally: Tally::default() }
    }

    /// Returns the next entry, or none at the end. Damage that a line does not show is an error at the end, so no entry may be
    /// taken for good before.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        self.line.clear();
        match self.lines.read_line(&mut self.line) {
            Ok(0) => return self.check_seal().map(|()| None),
            Ok(_) => {}
            // Bytes that are no text.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(self.damage(error.to_string())),
            Err(error) => return Err(error),
        }
        // What a seal will prove is not read twice.
        let plain = if self.seal.is_some() { row_line(&self.line) } else { None };
        let entry = match plain {
            Some((key, row)) => Entry { key, content: Content::Good { row: row.to_owned(), raw: None } },
            None => self.entry()?,
        };
        if self.last.as_ref().is_some_and(|last| *last >= entry.key) {
            return Err(self.damage("its rows are not in order"));
        }
        self.last = Some(entry.key.clone());
        self.tally.note(&entry.key);
        Ok(Some(entry))
    }

    /// Reads the line with all checks.
    fn entry(&self) -> io::Result<Entry> {
        let line: Line<'_> = serde_json::from_str(&self.line).map_err(|error| self.damage(error.to_string()))?;
        let (time, ordinal) = (line.time.map(Timestamp::from_millis), line.ordinal.map_or(0, NonZeroU32::get));
        let content = match (line.row, line.bad) {
            (Some(row), None) => Content::Good { row: row.get().to_owned(), raw: line.raw },
            (None, Some(bad)) => Content::Bad(bad),
            _ => return Err(self.damage("a line is neither a row nor a bad one")),
        };
        Ok(Entry { key: Identity::new(time, line.key, ordinal), content })
    }

    /// Reads what is left, and returns the seal of what was read.
    pub(crate) fn read_to_end(mut self) -> io::Result<Seal> {
        while self.next()?.is_some() {}
        Ok(self.tally.sealed(self.lines.get_ref().checksum()))
    }

    /// Reads as far as it can be read, and returns what was counted.
    pub(crate) fn readable(mut self) -> Tally {
        while matches!(self.next(), Ok(Some(_))) {}
        self.tally
    }

    fn check_seal(&self) -> io::Result<()> {
        let Some(seal) = &self.seal else { return Ok(()) };
        if self.tally.rows() != seal.rows {
            return Err(self.damage(format!("it has {} of {}", counted(self.tally.rows(), "row"), seal.rows)));
        }
        if self.lines.get_ref().checksum() != seal.checksum {
            return Err(self.damage("its content is not what was written"));
        }
        Ok(())
    }

    fn damage(&self, what: impl Into<String>) -> io::Error {
        let times = self.seal.as_ref().and_then(|seal| seal.times);
        Damage { part: Part::Segment, path: self.path.clone(), what: what.into(), times }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(time: Option<i64>, content: Content) -> Entry {
        Entry { key: Identity::new(time.map(Timestamp::from_millis), ["BTCUSDT", "7"], 0), content }
    }

    fn read(text: &str) -> io::Result<Vec<Entry>> {
        let mut reader = SegmentReader::new(text.as_bytes(), PathBuf::from("rows"), None);
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
    fn a_sealed_segment_reads_as_one_without_a_seal() {
        let content = |row: &str| Content::Good { row: row.to_owned(), raw: None };
        let odd = Identity::new(Some(Timestamp::from_millis(3)), ["a\"],\"row\":{", "\\", "x\",\"y"], 0);
        let numbered = Identity::new(Some(Timestamp::from_millis(4)), ["7"], 2);
        let row = r#"{"a":"\"],\"row\":{","b":{"c":[{}]}}"#;
        let received = Content::Good { row: "{}".to_owned(), raw: Some("{\"a\":{}}".to_owned()) };
        let bad = BadRow { path: ".".into(), reason: "r".into(), raw: "{}}".into() };
        let entries = [
            entry(Some(-1), content("{}")),
            entry(Some(1), content(row)),
            entry(Some(2), received),
            Entry { key: odd, content: content(row) },
            Entry { key: numbered, content: content(row) },
            entry(Some(5), Content::Bad(bad)),
            entry(None, content(row)),
        ];
        let mut text = Vec::new();
        for entry in &entries {
            write(&mut text, entry).expect("printable");
        }
        let reader = |seal| SegmentReader::new(text.as_slice(), PathBuf::from("rows"), seal);
        let seal = reader(None).read_to_end().expect("readable");
        let mut sealed = reader(Some(seal));
        let read: Vec<_> = std::iter::from_fn(|| sealed.next().expect("readable")).collect();
        assert_eq!(read, entries);
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

//! The file of intents as a whole: no intent without an end is ever lost.

mod content;
mod deaths;
mod file;
mod owner;
mod writer;

use super::content::Finding;
use super::file::read as read_file;
use super::record::tests::intent;
use super::record::{EndOfIntent, Record};
use super::writer::IntentWriter;
use papi_types::Timestamp;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

const AT: Timestamp = Timestamp::from_millis(1_792_000_000_500);

fn lines(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in records {
        record.write_line(&mut lines);
    }
    lines
}

fn end(number: u64) -> Record {
    Record::End { number, how: EndOfIntent::Accepted, at: AT }
}

/// A file in a folder of its own.
struct Disk {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Disk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { path: folder.path().join("intents"), _folder: folder }
    }

    fn with(bytes: &[u8]) -> Self {
        let disk = Self::new();
        disk.put("intents", bytes);
        disk
    }

    /// Puts a file there that only its owner can read.
    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path.with_file_name(name);
        let file = tempfile::NamedTempFile::new_in(self.path.parent().expect("a folder")).expect("room");
        fs::write(file.path(), bytes).expect("room");
        file.persist(path).expect("a name");
    }

    fn open(&self) -> (Arc<IntentWriter>, Vec<Finding>) {
        let (writer, findings) = IntentWriter::open(&self.path).expect("a file");
        (Arc::new(writer), findings)
    }

    fn numbers(&self) -> Vec<u64> {
        read_file(&self.path).expect("a file").open.into_keys().collect()
    }
}

fn left(writer: &IntentWriter) -> Vec<u64> {
    writer.look(|intents| intents.left().map(|intent| intent.record.number).collect())
}

async fn began(writer: &Arc<IntentWriter>) -> io::Result<u64> {
    let (number, durable) = writer.begin(intent(0), None);
    let result = durable.wait().await;
    writer.leave(number);
    if result.is_err() {
        writer.take_back(number, None);
    }
    result.map(|()| number)
}

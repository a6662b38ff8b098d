//! A file of intents as fuzzing sees it: bytes that are read, listed and written anew.

use super::content::{Content, Finding, rewritten};
use super::intent::Intent;
use super::open_intents::{OpenIntent, OpenIntents};
use super::record::Record;
use std::collections::BTreeMap;

/// What the bytes of a file hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// The line of each intent without an end, by its number.
    pub open: BTreeMap<u64, Vec<u8>>,
    /// What the numbers of further intents begin with.
    pub next: u64,
    /// The lines that cannot be read.
    pub damaged: Vec<Vec<u8>>,
    /// What is said of the file.
    pub findings: Vec<Finding>,
    /// The file when it is written anew.
    pub rewritten: Vec<u8>,
}

/// Reads the bytes of a file; none when it is left alone.
pub fn read(bytes: &[u8]) -> Option<ReadFile> {
    let content = Content::read(bytes).ok()?;
    let rewritten = rewritten(content.next, content.open.values(), &content.damaged);
    let line = |record| {
        let mut line = Vec::new();
        Record::Intent(record).write_line(&mut line);
        line
    };
    let findings = content.findings();
    let open = content.open.into_iter().map(|(number, record)| (number, line(record))).collect();
    Some(ReadFile { open, next: content.next, damaged: content.damaged, findings, rewritten })
}

/// Shows each intent of a file as users see it, and what the exchange would be asked with.
pub fn list(bytes: &[u8]) -> Vec<String> {
    let open = Content::read(bytes).map(|content| content.open).unwrap_or_default();
    let shown = open.into_values().map(|record| {
        let intent = Intent::of(&OpenIntent::read(record));
        let asked = intent.pending().map(|pending| (pending.params_to_ask_with(), pending.lost().last_taken()));
        format!("{intent:?} {:?} {:?} {asked:?}", intent.client_order_id(), intent.pending())
    });
    shown.collect()
}

/// Begins two further intents, the first of a file with one. Returns their numbers.
pub fn begin_two(bytes: &[u8]) -> Option<[u64; 2]> {
    let Content { next, open, .. } = Content::read(bytes).ok()?;
    let some = open.values().next()?.clone();
    let mut intents = OpenIntents::read(next, open);
    Some([intents.begin(some.clone(), None).number, intents.begin(some, None).number])
}

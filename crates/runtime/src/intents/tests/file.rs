//! The file on its disk: what is left alone, what stays in it, and how it is written anew.

use super::{Disk, end, lines};
use crate::intents::content::{Content, Finding, Unfit, rewritten};
use crate::intents::file::{IntentFile, Opened};
use crate::intents::record::Record;
use crate::intents::record::tests::intent;
use crate::intents::writer::IntentWriter;
use std::fs;
use std::io;

#[test]
fn damage_in_the_middle_stays_in_the_file_whatever_becomes_of_it() {
    let mut bytes =
        lines(&[Record::header(), Record::Intent(intent(1)), Record::Intent(intent(2)), Record::Intent(intent(3))]);
    let second = lines(&[Record::header(), Record::Intent(intent(1))]).len();
    bytes[second + 60] = 0xff;
    let disk = Disk::with(&bytes);
    let Opened { mut file, content, findings } = IntentFile::open(&disk.path).expect("a file");
    assert_eq!(content.open.keys().copied().collect::<Vec<_>>(), [1, 3]);
    assert!(matches!(&findings[..], [Finding::Damaged { lines: 1, text }] if text.contains("order-2")), "{findings:?}");
    file.rewrite(content.next, content.open.values()).expect("room");
    let again = fs::read(&disk.path).expect("a file");
    assert!(again.windows(100).any(|window| *window == bytes[second + 20..second + 120]));
    assert_eq!(Content::read(&again).expect("intents").findings(), findings);
}

#[test]
fn what_holds_no_intents_is_left_alone() {
    let mut later = lines(&[Record::Header { format: "intents of binance-papi".to_owned(), version: 2 }]);
    assert_eq!(Content::read(&later), Err(Unfit::OtherVersion));
    later.extend(lines(&[Record::Intent(intent(1))]));
    for bytes in [b"[profile]\nkey = 1\n".as_slice(), b"no line", b"\n", b"papi-ledger 2\n\0\0", &later] {
        let disk = Disk::with(bytes);
        let error = IntentWriter::open(&disk.path).expect_err("no intents");
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert_eq!(fs::read(&disk.path).expect("a file"), bytes);
    }
    assert!(IntentWriter::open(Disk::new().path.parent().expect("a folder")).is_err(), "a folder");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_file_even_when_that_is_written_anew() {
    let disk = Disk::with(&lines(&[Record::header(), Record::Intent(intent(1))]));
    let link = disk.path.with_file_name("link");
    std::os::unix::fs::symlink(&disk.path, &link).expect("a link");
    let Opened { mut file, content, .. } = IntentFile::open(&link).expect("a file");
    assert!(IntentWriter::open(&disk.path).is_err(), "by its other name it has the same owner");
    file.rewrite(content.next, content.open.values()).expect("room");
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(disk.numbers(), [1]);
}

/// A rewriting may end anywhere: before the new file is whole, before it has the name, and after.
#[test]
fn a_rewriting_that_ends_anywhere_loses_nothing() {
    let bytes = lines(&[Record::header(), Record::Intent(intent(1)), end(1), Record::Intent(intent(2))]);
    let content = Content::read(&bytes).expect("intents");
    let new = rewritten(content.next, content.open.values(), &[]);
    for length in (0..new.len()).step_by(9).chain([new.len()]) {
        let disk = Disk::with(&bytes);
        disk.put("intents.new", &new[..length]);
        let Opened { mut file, content, findings } = IntentFile::open(&disk.path).expect("a file");
        assert!(content.open.contains_key(&2) && findings.is_empty());
        file.rewrite(content.next, content.open.values()).expect("room");
        assert_eq!(fs::read(&disk.path).expect("a file"), new);
    }
    let content = Content::read(&new).expect("intents");
    assert_eq!((content.open.keys().copied().collect::<Vec<_>>(), content.next), (vec![2], 3));
}

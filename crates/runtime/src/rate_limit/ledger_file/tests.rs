//! What the file promises: what was written whole is read, also after a crash.

use super::*;
use crate::rate_limit::charge::Priority;
use crate::rate_limit::ledger::PermitRequest;
use crate::rate_limit::{Account, CooldownLength, Limits};
use papi_types::{Cost, Timestamp};
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

/// Ledgers that can be told apart, the longer the higher the number.
fn some_ledger(number: u32) -> UsageLedger {
    let mut ledger = UsageLedger::new(Timestamp::from_millis(0));
    let _ = ledger.close(
        CooldownLength::For(Duration::from_secs(10_u64.pow(number))),
        &Limits::default(),
        Timestamp::from_millis(0),
    );
    ledger
}

struct Place {
    _folder: TempDir,
    file: LedgerFile,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = LedgerFile::new(folder.path().join("ledger"));
        Self { _folder: folder, file }
    }

    fn lock(&self) -> Locked {
        self.file.try_lock().expect("a file").expect("it is free")
    }

    fn read(&self) -> io::Result<FileContent> {
        self.lock().read(None)
    }

    fn write(&self, ledger: &UsageLedger) -> Version {
        let mut locked = self.lock();
        locked.read(None).expect("a ledger or nothing");
        locked.write(ledger).expect("room on the disk")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.file.path()).expect("a file")
    }

    fn put(&self, bytes: &[u8]) {
        fs::write(self.file.path(), bytes).expect("room on the disk");
    }
}

fn newer(found: io::Result<FileContent>) -> UsageLedger {
    match found {
        Ok(FileContent::Newer(ledger, _)) => ledger,
        other => panic!("expected a ledger, got {other:?}"),
    }
}

#[test]
fn what_one_writes_the_next_one_reads() {
    let place = Place::new();
    assert!(matches!(place.read(), Ok(FileContent::Nothing)));
    for number in [1, 3, 2, 0] {
        let version = place.write(&some_ledger(number));
        assert_eq!(newer(place.read()), some_ledger(number));
        assert!(matches!(place.lock().read(Some(version)), Ok(FileContent::Same)));
    }
}

/// When this text changes, so must the version in `MAGIC`: processes of two versions must not share a file.
#[test]
fn the_books_have_the_shape_of_version_1() {
    let limits = Limits { weight: 2, ..Limits::default() };
    let mut ledger = some_ledger(1);
    let now = Timestamp::from_millis(20_000);
    let request = PermitRequest {
        priority: Priority::Act,
        cost: Cost::new(1, 1),
        account: Account::of(b"key"),
        lease: Duration::from_secs(9),
        place: None,
        patience: Duration::MAX,
    };
    let call = ledger.reserve(&request, &limits, now).expect("there is room");
    ledger.settle(&call, Cost::default(), &limits, now);
    ledger.reserve(&request, &limits, now).expect("there is room");
    ledger.reserve(&request, &limits, now).expect_err("there is none");
    let account = serde_json::to_string(&request.account).expect("a number");
    let text = serde_json::to_string(&ledger).expect("JSON").replace(&account, "ACCOUNT");
    let parts = [
        r#"{"last_number":3,"longest_window":{"secs":60,"nanos":0},"#,
        r#""door":{"closed_until":10000,"unsaid_ban":null},"#,
        r#""under_way":[{"number":2,"charge":["act",1,1,ACCOUNT],"asked":20000,"lease_end":30000}],"#,
        r#""spent":[{"since":20000,"charge":["act",1,1,ACCOUNT]}],"#,
        r#""waiting":[{"place":3,"charge":["act",1,1,ACCOUNT],"kept_until":24000}]}"#,
    ];
    assert_eq!(text, parts.concat());
    assert!(MAGIC.ends_with(" 1 "));
}

#[test]
fn only_one_has_the_file() {
    let place = Place::new();
    let locked = place.lock();
    assert!(place.file.try_lock().expect("a file").is_none());
    drop(locked);
    assert!(place.file.try_lock().expect("a file").is_some());
}

#[test]
fn a_write_that_was_cut_off_anywhere_leaves_what_was_there_before() {
    let place = Place::new();
    place.write(&some_ledger(2));
    place.write(&some_ledger(1));
    let before = place.bytes();
    place.write(&some_ledger(3));
    let after = place.bytes();
    let end = (0..before.len()).rev().find(|index| before[*index] != after[*index]).expect("a difference");
    for cut in 0..=end {
        place.put(&[&after[..cut], &before[cut..]].concat());
        assert_eq!(newer(place.read()), some_ledger(1), "cut after {cut} bytes");
        place.write(&some_ledger(0));
        assert_eq!(newer(place.read()), some_ledger(0), "written again after a cut at {cut}");
    }
    place.put(&after);
    assert_eq!(newer(place.read()), some_ledger(3));
}

#[test]
fn books_of_which_nothing_is_whole_are_torn_and_can_be_written_again() {
    let place = Place::new();
    place.write(&some_ledger(1));
    let whole = place.bytes();
    let zeros = vec![0; whole.len()];
    let [mut cut, mut short, mut turned] = [whole.clone(), whole.clone(), whole];
    cut.truncate(HEADER + 5);
    short.truncate(3);
    turned[HEADER + 5] ^= 1;
    for torn in [cut, short, turned, zeros] {
        place.put(&torn);
        assert!(matches!(place.read(), Ok(FileContent::Torn)));
        place.write(&some_ledger(2));
        assert_eq!(newer(place.read()), some_ledger(2));
    }
}

#[test]
fn what_is_no_ledger_is_refused_and_left_as_it_is() {
    let place = Place::new();
    for foreign in ["papi-ledger 2 0000000000000000 00000000 0000000000000000\n", "-----BEGIN PRIVATE KEY-----", "x"] {
        place.put(foreign.as_bytes());
        assert_eq!(place.read().expect_err("no ledger").kind(), io::ErrorKind::InvalidData, "{foreign}");
        assert_eq!(place.bytes(), foreign.as_bytes());
    }
}

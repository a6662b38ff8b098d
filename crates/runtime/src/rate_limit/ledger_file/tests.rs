//! What the file promises: what was written whole is read, also after a crash.

use super::*;
use crate::rate_limit::charge::Priority;
use crate::rate_limit::ledger::{BeyondShare, PermitRequest};
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

/// No file is from before this moment.
const NOW: Timestamp = Timestamp::from_millis(0);

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
        self.lock().read(None, NOW)
    }

    fn write(&self, ledger: &UsageLedger) -> Version {
        let mut locked = self.lock();
        locked.read(None, NOW).expect("a ledger or nothing");
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
        Ok(FileContent::Newer(ledger, _)) => *ledger,
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
        assert!(matches!(place.lock().read(Some(version), NOW), Ok(FileContent::Same)));
    }
}

/// When these words change, so must the version in `MAGIC`: processes of two versions must not share a file.
#[test]
fn the_records_have_the_shape_of_version_2() {
    let limits = Limits { weight: 7, ..Limits::default() };
    let mut ledger = some_ledger(1);
    let ban = Timestamp::from_millis(15_000);
    let _ = ledger.close(CooldownLength::UnsaidBan, &limits, ban);
    let now = Timestamp::from_millis(200_000);
    let request = PermitRequest {
        priority: Priority::Act,
        cost: Cost::new(3, 1),
        account: Account::of(b"key"),
        lease: Duration::from_secs(9),
        place: None,
        patience: Duration::MAX,
        beyond_share: BeyondShare::Waits,
    };
    let call = ledger.reserve(&request, &limits, now).expect("there is room");
    ledger.settle(&call, Cost::default(), &limits, now);
    ledger.reserve(&request, &limits, now).expect("there is room");
    let read = PermitRequest { priority: Priority::Read, cost: Cost::new(2, 0), ..request };
    ledger.reserve(&read, &limits, now).expect_err("there is none");
    let mut bytes = Vec::new();
    ledger.write_records(&mut bytes);
    let (act, account) = (1 << 32, Account::of(b"key").0);
    let expected = [
        [3, 60, 0].as_slice(),                       // the last number, the longest window
        &[1, 135_000, 1, 135_000, 120, 0],           // closed until then; by a ban until then, of that length
        &[1, 1, 1],                                  // how many slots, calls and places there are
        &[200_000, 3, act | 1, account],             // a slot: since when, weight, priority and orders, account
        &[2, 200_000, 210_000, 3, act | 1, account], // a call: number, asked, end of its lease, and the same
        &[3, 204_000, 2, 0, 0],                      // a place: number, kept until then, and the same
    ];
    assert_eq!(words(&bytes).collect::<Vec<u64>>(), expected.concat());
    assert_eq!(bytes.len(), ledger.records_length());
    assert_eq!(UsageLedger::read_records(&bytes), Some(ledger));
    assert!(MAGIC.starts_with(b"papi-ledger 2\n"));
}

#[test]
fn bytes_that_are_not_exactly_one_ledger_are_none() {
    let mut bytes = Vec::new();
    some_ledger(1).write_records(&mut bytes);
    for length in 0..bytes.len() {
        assert_eq!(UsageLedger::read_records(&bytes[..length]), None, "{length} bytes");
    }
    bytes.push(0);
    assert_eq!(UsageLedger::read_records(&bytes), None);
}

#[test]
fn records_that_would_print_otherwise_are_no_ledger() {
    let head = [3, 60, 0, 1, 135_000, 0, 0, 0, 0, 0];
    let call = |number: u64| [number, 200_000, 210_000, 3, 1, 5];
    let read = |head: [u64; 10], numbers: &[u64]| {
        let calls = numbers.iter().flat_map(|number| call(*number));
        let words = head.into_iter().chain([numbers.len() as u64, 0]).chain(calls);
        UsageLedger::read_records(&words.flat_map(u64::to_le_bytes).collect::<Vec<u8>>())
    };
    assert!(read(head, &[1, 2]).is_some());
    assert_eq!(read(head, &[2, 2]), None, "two calls with one number");
    assert_eq!(read(head, &[2, 1]), None, "an earlier call after a later one");
    for (word, value) in [(3, 2), (3, 0), (7, 1)] {
        let mut head = head;
        head[word] = value;
        assert_eq!(read(head, &[]), None, "something that is neither there nor missing");
    }
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
    for foreign in [
        "papi-ledger 1 0000000000000000 00000000 0000000000000000\n",
        "papi-ledger 3\n",
        "-----BEGIN PRIVATE KEY-----",
        "x",
    ] {
        place.put(foreign.as_bytes());
        assert_eq!(place.read().expect_err("no ledger").kind(), io::ErrorKind::InvalidData, "{foreign}");
        assert_eq!(place.bytes(), foreign.as_bytes());
    }
}

#[test]
fn a_ledger_of_the_version_before_is_replaced_when_nobody_has_used_it_for_long() {
    // Beyond the place of the second copy.
    const OLD_LENGTH: usize = 1 << 14;
    let place = Place::new();
    let old = [b"papi-ledger 1 0000000000000000 00000002 0000000000000000\n{}".as_slice(), &[b' '; OLD_LENGTH]];
    place.put(&old.concat());
    let changed = |place: &Place| {
        let changed = fs::metadata(place.file.path()).expect("a file").modified().expect("a time");
        let changed = changed.duration_since(SystemTime::UNIX_EPOCH).expect("it is later");
        Timestamp::from_millis(i64::try_from(changed.as_millis()).expect("it is not that late"))
    };
    let soon = changed(&place).plus(DISUSE_OF_1.saturating_sub(Duration::from_millis(1)));
    let error = place.lock().read(None, soon).expect_err("it may be in use");
    assert!(error.to_string().contains("end those processes and delete it"), "{error}");
    assert_eq!(place.bytes(), old.concat());

    let late = changed(&place).plus(DISUSE_OF_1 + Duration::from_millis(1));
    let mut locked = place.lock();
    assert!(matches!(locked.read(None, late), Ok(FileContent::Nothing)));
    assert_eq!(place.bytes(), old.concat(), "reading alone changes nothing");
    locked.write(&some_ledger(1)).expect("room on the disk");
    drop(locked);
    assert_eq!(newer(place.read()), some_ledger(1));
    place.write(&some_ledger(2));
    assert_eq!(newer(place.read()), some_ledger(2), "nothing is left of the old second copy");
}

//! The file of intents as a whole: no intent without an end is ever lost.

use super::content::{Content, Finding, Tail, Unfit};
use super::file::{self, IntentFile, Opened};
use super::owner::{Owner, owner};
use super::record::tests::intent;
use super::record::{EndOfIntent, IntentRecord, Record};
use super::writer::{Durable, IntentWriter};
use papi_types::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
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
        file::read(&self.path).expect("a file").open.into_keys().collect()
    }
}

fn left(writer: &IntentWriter) -> Vec<u64> {
    writer.look(|intents| intents.left().map(|intent| intent.record.number).collect())
}

#[test]
fn a_file_is_read_to_its_open_intents() {
    let second = Timestamp::from_millis(1_792_000_000_400);
    let bytes = lines(&[
        Record::header(),
        Record::Intent(intent(1)),
        Record::Intent(intent(2)),
        end(1),
        Record::Attempt { number: 2, sent_at: second },
        // Of an intent that was not kept when the file was written anew.
        end(9),
    ]);
    let content = Content::read(&bytes).expect("intents");
    let expected = IntentRecord { sent_at: vec![intent(2).sent_at[0], second], ..intent(2) };
    assert_eq!(content.open.into_values().collect::<Vec<_>>(), [expected]);
    assert_eq!((content.next, content.tail, content.damaged.len()), (10, Tail::Whole, 0));
}

#[test]
fn every_cut_of_a_file_loses_what_stands_behind_it_and_nothing_else() {
    let records = [Record::header(), Record::Intent(intent(1)), Record::Intent(intent(2)), end(1)];
    let ends: Vec<_> = (0..=records.len()).map(|count| lines(&records[..count]).len()).collect();
    let bytes = lines(&records);
    for length in 0..=bytes.len() {
        let content = Content::read(&bytes[..length]).expect("intents");
        // A line counts from its last letter on; its end may be missing.
        let whole = ends.iter().filter(|end| **end > 0 && length + 1 >= **end).count();
        let expected: &[u64] = [&[][..], &[], &[1], &[1, 2], &[2]][whole];
        assert_eq!(content.open.keys().copied().collect::<Vec<_>>(), expected, "{length}");
        let is_torn = !ends.contains(&length) && !ends.contains(&(length + 1));
        assert_eq!(matches!(content.findings()[..], [Finding::TornTail { .. }]), is_torn, "{length}");
    }
}

#[test]
fn every_byte_that_changes_is_said_and_costs_one_line() {
    let bytes =
        lines(&[Record::header(), Record::Intent(intent(1)), Record::Intent(intent(2)), Record::Intent(intent(3))]);
    for place in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[place] ^= 1 << (place % 8);
        let content = Content::read(&bad).expect("intents");
        // The end of a line that is lost takes the next line with it; the last one is not needed.
        let least = if bytes[place] == b'\n' { 1 } else { 2 };
        assert!(content.open.len() >= least, "{place}: {:?}", content.open.keys());
        assert_eq!(content.findings().len(), 1, "{place}: {:?}", content.findings());
    }
}

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

#[test]
fn the_second_owner_is_told_who_the_first_is() {
    let disk = Disk::new();
    let first = disk.open();
    let error = IntentWriter::open(&disk.path).expect_err("it has an owner").to_string();
    assert!(error.contains(&format!("another client of this process ({})", std::process::id())), "{error}");
    let listed = super::read(&disk.path).expect("reading needs no owner");
    assert!(listed.intents.is_empty());
    drop(first);
    disk.open();
}

#[cfg(unix)]
#[test]
fn only_the_owner_of_the_file_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let rights = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let disk = Disk::new();
    assert!(disk.open().1.is_empty());
    assert_eq!(rights(&disk.path), 0o600);
    assert_eq!(rights(&disk.path.with_file_name("intents.lock")), 0o600);
    fs::set_permissions(&disk.path, fs::Permissions::from_mode(0o644)).expect("our file");
    let (_writer, findings) = disk.open();
    assert_eq!((findings, rights(&disk.path)), (vec![Finding::OpenToOthers], 0o600));
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

async fn began(writer: &Arc<IntentWriter>) -> io::Result<u64> {
    let (number, durable) = writer.begin(intent(0), None);
    let result = durable.wait().await;
    writer.leave(number);
    if result.is_err() {
        writer.take_back(number, None);
    }
    result.map(|()| number)
}

#[tokio::test]
async fn calls_that_begin_at_the_same_time_share_the_waiting_for_the_disk() {
    let disk = Disk::new();
    let (writer, _) = disk.open();
    // All stand in the queue before this task waits for the first time; the thread that writes may have taken some already.
    let begun: Vec<(u64, Durable)> = (0..100).map(|_| writer.begin(intent(0), None)).collect();
    for (_, durable) in begun {
        durable.wait().await.expect("room");
    }
    assert_eq!(disk.numbers().len(), 100);
    assert!(writer.syncs() < 50, "{} times for 100 intents", writer.syncs());
    began(&writer).await.expect("room");
}

#[tokio::test]
async fn an_intent_is_on_the_disk_when_it_is_said_to_be_and_until_its_end() {
    let disk = Disk::new();
    let (writer, _) = disk.open();
    let before = writer.syncs();
    let (first, second) = (began(&writer).await.expect("room"), began(&writer).await.expect("room"));
    assert_eq!((disk.numbers(), writer.syncs() - before), (vec![first, second], 2));
    writer.end(first, EndOfIntent::Accepted, AT);
    writer.end(first, EndOfIntent::Refused, AT);
    assert_eq!((disk.numbers(), writer.syncs() - before), (vec![second], 2), "an end is not waited for");
    writer.stamp(second, AT).wait().await.expect("room");
    drop(writer);
    let (writer, findings) = disk.open();
    assert!(findings.is_empty());
    let stamps = writer.look(|intents| intents.records().next().expect("one").sent_at.clone());
    assert_eq!(stamps, [intent(0).sent_at[0], AT]);
    assert_eq!(began(&writer).await.expect("room"), second + 1);
}

#[tokio::test]
async fn what_cannot_be_written_is_refused_and_the_next_one_finds_a_new_file() {
    let disk = Disk::new();
    let (writer, _) = disk.open();
    let kept = began(&writer).await.expect("room");
    // Opened for reading, so every write fails, as on a disk that is full.
    writer.break_with(File::open(&disk.path).expect("a file"));
    began(&writer).await.expect_err("no room");
    assert_eq!((left(&writer), disk.numbers()), (vec![kept], vec![kept]));
    let next = began(&writer).await.expect("room again");
    assert_eq!(disk.numbers(), [kept, next]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_was_deleted_comes_back_with_all_that_has_no_end() {
    let disk = Disk::new();
    let (writer, _) = disk.open();
    let first = began(&writer).await.expect("room");
    fs::remove_file(&disk.path).expect("a file");
    let second = began(&writer).await.expect("room");
    assert_eq!(disk.numbers(), [first, second]);
}

#[test]
fn a_turn_that_is_never_taken_leaves_nobody_waiting() {
    let disk = Disk::new();
    let (writer, _) = disk.open();
    let runtime = || tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    // Its threads that may wait are gone.
    let stopped = runtime().handle().clone();
    let (number, durable) = {
        let _here = stopped.enter();
        writer.begin(intent(0), None)
    };
    runtime().block_on(durable.wait()).expect_err("nobody has written it");
    writer.take_back(number, None);
    let next = runtime().block_on(began(&writer)).expect("room");
    assert_eq!(disk.numbers(), [next]);
}

/// What happens to a file.
#[derive(Debug, Clone)]
enum Step {
    Begin,
    /// Begins so many at once.
    BeginSome(u8),
    /// Ends one of those that are open.
    End(usize),
    Stamp(usize),
    Fail,
    /// The process ends, and its machine keeps only a part of what it was not asked to keep; what is durable stays.
    Die {
        keeps: usize,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Begin),
        2 => (1_u8..8).prop_map(Step::BeginSome),
        6 => any::<usize>().prop_map(Step::End),
        1 => any::<usize>().prop_map(Step::Stamp),
        1 => Just(Step::Fail),
        2 => any::<usize>().prop_map(|keeps| Step::Die { keeps }),
    ];
    proptest::collection::vec(step, 1..80)
}

/// The length of the file and the numbers that have to stand in it, at the last time that it was durable.
#[derive(Debug, Default)]
struct Expected {
    open: BTreeSet<u64>,
    /// Ended, which may have got lost.
    ended: BTreeSet<u64>,
    durable: usize,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_intent_without_an_end_is_lost_by_any_death(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let disk = Disk::new();
        let mut writer = disk.open().0;
        let mut expected = Expected::default();
        let pick = |open: &BTreeSet<u64>, index: usize| open.iter().nth(index % open.len().max(1)).copied();
        for step in steps {
            match step {
                Step::Begin => drop(expected.open.insert(runtime.block_on(began(&writer)).expect("room"))),
                Step::BeginSome(count) => {
                    let _here = runtime.enter();
                    let begun: Vec<_> = (0..count).map(|_| writer.begin(intent(0), None)).collect();
                    for (number, durable) in begun {
                        runtime.block_on(durable.wait()).expect("room");
                        writer.leave(number);
                        expected.open.insert(number);
                    }
                }
                Step::End(index) => {
                    let Some(number) = pick(&expected.open, index) else { continue };
                    writer.end(number, EndOfIntent::Accepted, AT);
                    expected.open.remove(&number);
                    expected.ended.insert(number);
                    continue;
                }
                Step::Stamp(index) => {
                    let Some(number) = pick(&expected.open, index) else { continue };
                    let _here = runtime.enter();
                    runtime.block_on(writer.stamp(number, AT).wait()).expect("room");
                }
                Step::Fail => {
                    writer.break_with(File::open(&disk.path).expect("a file"));
                    // When it is due to be written anew, that comes before it can fail.
                    match runtime.block_on(began(&writer)) {
                        Ok(number) => drop(expected.open.insert(number)),
                        Err(_) => continue,
                    }
                }
                Step::Die { keeps } => {
                    drop(std::mem::replace(&mut writer, Disk::new().open().0));
                    let bytes = fs::read(&disk.path).expect("a file");
                    let unsure = bytes.len().saturating_sub(expected.durable) + 1;
                    disk.put("intents", &bytes[..bytes.len() - keeps % unsure]);
                    // What a rewriting that was not finished leaves behind.
                    disk.put("intents.new", &bytes[..keeps % (bytes.len() + 1)]);
                    writer = disk.open().0;
                }
            }
            expected.durable = usize::try_from(fs::metadata(&disk.path).expect("a file").len()).expect("a length");
            let found: BTreeSet<_> = left(&writer).into_iter().collect();
            prop_assert!(found.is_superset(&expected.open), "{:?} of {:?}", found, expected.open);
            let revived: Vec<_> = found.difference(&expected.open).collect();
            prop_assert!(revived.iter().all(|number| expected.ended.contains(number)), "{:?}", revived);
            expected.ended.retain(|number| !found.contains(number));
            expected.open = found;
        }
        let on_disk: BTreeSet<_> = disk.numbers().into_iter().collect();
        prop_assert!(on_disk.is_superset(&expected.open), "{:?} of {:?}", on_disk, expected.open);
        let length = fs::metadata(&disk.path).expect("a file").len();
        prop_assert!(length < 4_096 + 2 * 400 * (10 + expected.open.len() as u64) + 4_096, "it has grown to {}", length);
    }
}

/// A rewriting may end anywhere: before the new file is whole, before it has the name, and after.
#[test]
fn a_rewriting_that_ends_anywhere_loses_nothing() {
    let bytes = lines(&[Record::header(), Record::Intent(intent(1)), end(1), Record::Intent(intent(2))]);
    let content = Content::read(&bytes).expect("intents");
    let new = super::content::rewritten(content.next, content.open.values(), &[]);
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

#[test]
fn who_looks_for_the_owner_is_told_and_disturbs_nobody() {
    let disk = Disk::new();
    assert_eq!(owner(&disk.path), None, "there is no file");
    let opened = IntentFile::open(&disk.path).expect("room");
    assert_eq!(owner(&disk.path).and_then(Owner::process), Some(std::process::id()));
    assert!(IntentFile::open(&disk.path).is_err(), "it is still its owner's");
    drop(opened);
    assert_eq!(owner(&disk.path), None, "the file stays, its owner has gone");
}

/// Whoever looks has the lock for a moment, in which an owner may come.
#[test]
fn an_owner_is_not_refused_because_somebody_looks() {
    let disk = Disk::new();
    drop(IntentFile::open(&disk.path).expect("room"));
    let looking = File::open(disk.path.with_file_name("intents.lock")).expect("a file");
    looking.lock_shared().expect("nobody has it");
    std::thread::scope(|scope| {
        let opening = scope.spawn(|| IntentFile::open(&disk.path));
        std::thread::sleep(std::time::Duration::from_millis(1));
        looking.unlock().expect("it was held");
        assert!(opening.join().expect("no panic").is_ok());
    });
}

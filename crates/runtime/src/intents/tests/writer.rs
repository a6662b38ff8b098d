//! Many calls and one disk: when an intent is durable, what becomes of one that cannot be written, and who waits.

use super::{AT, Disk, began, left};
use crate::intents::record::EndOfIntent;
use crate::intents::record::tests::intent;
use crate::intents::writer::Durable;
use std::fs::{self, File};

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

//! What the bytes of a file mean, whole, cut or changed.

use super::{end, lines};
use crate::intents::content::{Content, Finding, Tail};
use crate::intents::open_intents::OpenIntents;
use crate::intents::record::tests::intent;
use crate::intents::record::{IntentRecord, Record};
use papi_types::Timestamp;

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

/// A right checksum proves that a line is as it was written, not that this library wrote it.
#[test]
fn behind_the_last_number_come_those_that_are_not_open() {
    for last in [u64::MAX - 1, u64::MAX] {
        let bytes = lines(&[Record::header(), Record::Intent(intent(1)), Record::Intent(intent(last))]);
        let content = Content::read(&bytes).expect("intents");
        let mut intents = OpenIntents::read(content.next, content.open);
        let numbers: Vec<_> = (0..3).map(|_| intents.begin(intent(0), None).number).collect();
        assert_eq!(numbers, [[u64::MAX, 0, 2], [0, 2, 3]][usize::from(last == u64::MAX)]);
        assert_eq!(intents.records().count(), 5);
    }
}

//! The records of a shared ledger: what is read prints back byte for byte, and stays a ledger when it is used.

use papi_runtime::__fuzz::ledger::{reprint, use_and_print};
use papi_types::Timestamp;

/// The moment at which a ledger is used.
const NOW: i64 = 1_790_000_000_000;

/// Reads the records of a ledger, without the header of its file.
///
/// # Panics
///
/// When a ledger is printed as another one, or cannot be read any more after a call.
pub fn ledger(data: &[u8]) {
    let Some(printed) = reprint(data) else { return };
    assert!(printed == data, "it prints as another ledger: {printed:?}");
    let Some(used) = use_and_print(data, Timestamp::from_millis(NOW)) else { panic!("it reads only once") };
    assert_eq!(reprint(&used).as_ref(), Some(&used), "after a call it is none any more");
}

/// Ledgers with and without a cooldown, rows, calls and places.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let now = NOW.unsigned_abs();
    let act = 1 << 32;
    let open = [7, 60, 0, 0, 0, 0, 0, 0, 0];
    let closed = [7, 60, 0, 1, now + 5_000, 1, now + 9_000, 120, 500];
    let row = |since: u64, account: u64| vec![since, 40, account & 1, account];
    let call = |number: u64| vec![number, now - 50, now + 10_000, 1, act | 1, 12_345];
    let place = |place: u64| vec![place, now + 1_000, 50, 0, 0];
    let bytes = |head: [u64; 9], rows: &[Vec<u64>], calls: &[Vec<u64>], places: &[Vec<u64>]| {
        let counts = [rows.len(), calls.len(), places.len()].map(|count| count as u64);
        let records = [rows, calls, places].concat().concat();
        let words = head.into_iter().chain(counts).chain(records);
        words.flat_map(u64::to_le_bytes).collect::<Vec<u8>>()
    };
    vec![
        bytes(open, &[], &[], &[]),
        bytes(closed, &[], &[], &[]),
        bytes(open, &[row(now - 30_000, 0), row(now - 250, 12_345)], &[call(5), call(6)], &[place(7)]),
        bytes(closed, &[row(now, 0)], &[call(3), call(4), call(6)], &[place(1), place(2)]),
    ]
}

//! A ledger as fuzzing sees it: bytes that are read, used and printed.

use super::ledger::{PermitRequest, UsageLedger};
use super::limits::Limits;
use papi_types::{Cost, Effect, Timestamp};
use std::time::Duration;

/// Reads the records of a ledger and prints them; none when they are not exactly one.
pub fn reprint(bytes: &[u8]) -> Option<Vec<u8>> {
    UsageLedger::read_records(bytes).map(|ledger| printed(&ledger))
}

/// Reads the records of a ledger, makes a call at an instant and another one an hour later, and prints what is left; none when
/// they are not exactly one.
pub fn use_and_print(bytes: &[u8], now: Timestamp) -> Option<Vec<u8>> {
    let mut ledger = UsageLedger::read_records(bytes)?;
    let limits = Limits::default();
    for at in [now, now.plus(Duration::from_secs(3_600))] {
        let request = PermitRequest::new(Effect::Once, Cost::new(1, 1), Duration::from_secs(10));
        if let Ok(grant) = ledger.reserve(&request, &limits, at) {
            ledger.settle(&grant, Cost::new(40, 2), &limits, at.plus(Duration::from_secs(1)));
        }
    }
    Some(printed(&ledger))
}

fn printed(ledger: &UsageLedger) -> Vec<u8> {
    let mut bytes = Vec::new();
    ledger.write_records(&mut bytes);
    bytes
}

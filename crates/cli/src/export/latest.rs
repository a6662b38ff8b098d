//! Datasets with rows that move: where the time of a row is that of its last change, a row that changed was read at two
//! times, and only its key tells that it is the same row.

use super::dataset::Dataset;
use super::journal::SegmentNote;
use super::merge::Merge;
use super::seal::sha256_of;
use binance_papi::Timestamp;
use binance_papi::history::Identity;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// The names of time fields that move when the row changes.
const MOVING: [&str; 3] = ["updateTime", "updatedTime", "transactionTime"];

/// Returns whether rows with this field as their time move.
fn moves(time_field: &str) -> bool {
    MOVING.contains(&time_field)
}

/// Returns the latest time of each row of segments, where the time of a row moves when the row changes.
pub(crate) fn of<'a>(
    dataset: &Dataset,
    folder: &Path,
    notes: impl IntoIterator<Item = &'a SegmentNote>,
) -> io::Result<Option<Latest>> {
    if !dataset.info.paging.and_then(|paging| paging.time).is_some_and(moves) {
        return Ok(None);
    }
    let (mut latest, mut merge) = (Latest::default(), Merge::open(folder, notes)?);
    while let Some(entry) = merge.next()? {
        latest.note(&entry.key);
    }
    Ok(Some(latest))
}

/// The latest time of every key. It takes some 40 bytes for a key.
#[derive(Debug, Default)]
pub(crate) struct Latest(HashMap<u128, Timestamp>);

impl Latest {
    /// Notes a row. One without a time is never replaced by a later one, and is not noted.
    pub(crate) fn note(&mut self, key: &Identity) {
        if let Some(time) = key.time() {
            let latest = self.0.entry(digest(key)).or_insert(time);
            *latest = time.max(*latest);
        }
    }

    /// Returns whether a row is the latest of its key.
    pub(crate) fn is_latest(&self, key: &Identity) -> bool {
        key.time().is_none_or(|time| self.0.get(&digest(key)).is_none_or(|latest| *latest == time))
    }
}

/// Returns the key without the time, as a text that no other key has.
fn name(key: &Identity) -> String {
    let parts = key.key().map(|part| format!(" {}:{part}", part.len()));
    key.ordinal().to_string() + &parts.collect::<String>()
}

/// Returns 128 bits that are different for every key.
fn digest(key: &Identity) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha256_of(name(key).as_bytes()).as_ref()[..16]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_readings_of_a_key_the_later_time_counts() {
        let key = |time: Option<i64>, name: &str| Identity::new(time.map(Timestamp::from_millis), [name], 0);
        let mut latest = Latest::default();
        for row in [key(Some(1), "a"), key(Some(2), "b"), key(Some(3), "a"), key(None, "c")] {
            latest.note(&row);
        }
        assert!(!latest.is_latest(&key(Some(1), "a")));
        assert!(latest.is_latest(&key(Some(3), "a")) && latest.is_latest(&key(Some(2), "b")));
        assert!(latest.is_latest(&key(None, "c")));
    }

    #[test]
    fn no_two_keys_have_one_name() {
        let name = |key: [&str; 2], ordinal| name(&Identity::new(Some(Timestamp::from_millis(1)), key, ordinal));
        assert_ne!(name(["a 1:b", "c"], 0), name(["a", "b 1:c"], 0));
        assert_ne!(name(["a", "b"], 0), name(["a", "b"], 1));
    }
}

//! For datasets whose rows move: where the time of a row is that of its last change, a row that changed was read at two
//! times, and only its key tells that it is the same row.

use super::row_key::RowKey;
use sha2::{Digest as _, Sha256};

/// The names of time fields that move when the row changes.
const MOVING: [&str; 3] = ["updateTime", "updatedTime", "transactionTime"];

/// Whether rows with this field as their time move.
pub(crate) fn moves(time_field: &str) -> bool {
    MOVING.contains(&time_field)
}

/// The latest time of every key. It takes 32 bytes for a row.
#[derive(Debug, Default)]
pub(crate) struct Latest {
    times: Vec<(u128, i64)>,
}

impl Latest {
    /// Reckons with so many rows.
    pub(crate) fn with_capacity(rows: usize) -> Self {
        Self { times: Vec::with_capacity(rows) }
    }

    /// Notes a row. Without a time it has no place among the others.
    pub(crate) fn note(&mut self, key: &RowKey) {
        self.times.extend(key.time().map(|time| (digest(key), time)));
    }

    /// No further rows come.
    pub(crate) fn sort(&mut self) {
        self.times.sort_unstable();
    }

    /// Whether a row is the latest of its key.
    pub(crate) fn is_latest(&self, key: &RowKey) -> bool {
        let Some(time) = key.time() else { return true };
        let digest = digest(key);
        let after = self.times.partition_point(|(other, _)| *other <= digest);
        match after.checked_sub(1).and_then(|last| self.times.get(last)) {
            Some((other, latest)) if *other == digest => *latest == time,
            _ => true,
        }
    }
}

/// 128 bits that no two keys have in common.
fn digest(key: &RowKey) -> u128 {
    let mut bytes = [0; 16];
    let hash = Sha256::digest(key.name());
    bytes.copy_from_slice(&hash[..16]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_readings_of_a_key_the_later_time_counts() {
        let key = |time, name: &str| RowKey::new(time, [name], 0);
        let mut latest = Latest::with_capacity(4);
        for row in [key(Some(1), "a"), key(Some(2), "b"), key(Some(3), "a"), key(None, "c")] {
            latest.note(&row);
        }
        latest.sort();
        assert!(!latest.is_latest(&key(Some(1), "a")));
        assert!(latest.is_latest(&key(Some(3), "a")) && latest.is_latest(&key(Some(2), "b")));
        assert!(latest.is_latest(&key(None, "c")));
    }
}

//! What tells one row of a history from the others.

use papi_types::Timestamp;

/// The identity of a row: its time, the fields that its endpoint's paging names as key, and its place among the rows that
/// have all of these in common.
///
/// It orders rows as a history does: by time, then by key, numbers as numbers; rows without a readable time come last. The
/// same row read twice has the same identity, also when its other fields changed in between; so a merge of two readings
/// keeps the later one of each identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub(crate) id: Id,
    pub(crate) ordinal: u32,
}

impl Identity {
    /// Returns an identity that was written down: time and key as the row had them, and the ordinal that it was given.
    pub fn new<T: AsRef<str>>(time: Option<Timestamp>, key: impl IntoIterator<Item = T>, ordinal: u32) -> Self {
        let key = key.into_iter().map(|part| KeyPart::of(part.as_ref())).collect();
        Self { id: Id { time: time.map_or(UNTIMED, Timestamp::as_millis), key }, ordinal }
    }

    /// Returns the row's time; none when it has none that reads.
    pub fn time(&self) -> Option<Timestamp> {
        self.id.time().map(Timestamp::from_millis)
    }

    /// Returns the texts of the key's fields, in the order of the paging. A row without a readable key has its whole
    /// text here.
    pub fn key(&self) -> impl Iterator<Item = String> {
        self.id.key.iter().map(|part| match part {
            KeyPart::Number(number) => number.to_string(),
            KeyPart::Text(text) => text.clone(),
        })
    }

    /// Returns the place among rows of the same time and key, counted from 0. It is 0 for all rows of an endpoint whose
    /// key is one.
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }
}

/// Rows without a time come after all others.
pub(crate) const UNTIMED: i64 = i64::MAX;

/// Time and key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id {
    time: i64,
    key: Vec<KeyPart>,
}

impl Id {
    /// The identity of a row by what was read of it. A row that lacks a part of its key is only equal to itself.
    pub(crate) fn of(time: Option<i64>, key: &[Option<String>], row: &str) -> Self {
        let parts: Option<Vec<_>> = key.iter().map(|part| part.as_deref().map(KeyPart::of)).collect();
        let key = parts.unwrap_or_else(|| vec![KeyPart::Text(row.to_owned())]);
        Self { time: time.unwrap_or(UNTIMED), key }
    }

    /// What comes before every row of a millisecond.
    pub(crate) fn before(time: i64) -> Self {
        Self { time, key: Vec::new() }
    }

    pub(crate) fn time(&self) -> Option<i64> {
        (self.time != UNTIMED).then_some(self.time)
    }
}

/// A field of a key. Numbers are compared as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum KeyPart {
    Number(i64),
    Text(String),
}

impl KeyPart {
    fn of(text: &str) -> Self {
        // Another spelling of a number is another text.
        let is_as_printed = match text.as_bytes() {
            [b'-', digits @ ..] | digits => matches!(digits, [b'1'..=b'9', ..]) || text == "0",
        };
        match text.parse() {
            Ok(number) if is_as_printed => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_order_by_time_then_by_key_numbers_as_numbers() {
        let at = |millis, key: [&str; 2]| Identity::new(Some(Timestamp::from_millis(millis)), key, 0);
        let untimed = Identity::new(None, ["A", "1"], 0);
        let mut sorted =
            vec![untimed.clone(), at(2, ["A", "1"]), at(1, ["B", "3"]), at(1, ["A", "10"]), at(1, ["A", "9"])];
        sorted.sort();
        assert_eq!(sorted, [at(1, ["A", "9"]), at(1, ["A", "10"]), at(1, ["B", "3"]), at(2, ["A", "1"]), untimed]);
    }

    #[test]
    fn only_what_a_number_prints_as_is_a_number() {
        let mut texts: Vec<String> = [i64::MIN, -10, -1, 0, 1, 9, 10, i64::MAX].iter().map(i64::to_string).collect();
        for odd in ["", "-", "+", "-0", "+0", "00", "01", "-01", "+1", "--1", "1.0", " 1", "BTC", "9223372036854775808"]
        {
            texts.push(odd.to_owned());
        }
        for text in texts {
            let slow = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
            assert_eq!(
                KeyPart::of(&text),
                slow.map_or_else(|| KeyPart::Text(text.clone()), KeyPart::Number),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_row_without_its_key_is_only_equal_to_itself() {
        let id = |key: &[Option<String>], row| Id::of(Some(1), key, row);
        let half = [Some("A".to_owned()), None];
        assert_ne!(id(&half, "{1}"), id(&half, "{2}"));
        assert_eq!(id(&half, "{1}"), id(&half, "{1}"));
    }

    #[test]
    fn an_identity_can_be_written_down() {
        let identity = Identity::new(Some(Timestamp::from_millis(5)), ["BTCUSDT", "007", "-3"], 2);
        let key: Vec<_> = identity.key().collect();
        assert_eq!(key, ["BTCUSDT", "007", "-3"]);
        assert_eq!(Identity::new(identity.time(), &key, identity.ordinal()), identity);
    }
}

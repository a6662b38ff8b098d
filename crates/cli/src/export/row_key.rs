//! What tells a row from the others, and orders it among them.

use serde::{Deserialize, Serialize};

/// Time, key and place among rows that have both in common. Rows order by time, then by key, numbers as numbers; rows
/// without a time come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct RowKey {
    time: Time,
    #[serde(rename = "key")]
    parts: Vec<Part>,
    #[serde(default, skip_serializing_if = "is_first")]
    ordinal: u32,
}

/// The derived order: what has a time comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Option<i64>", into = "Option<i64>")]
enum Time {
    At(i64),
    Nowhere,
}

/// A field of a key. The derived order: numbers before texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
enum Part {
    Number(i64),
    Text(String),
}

impl RowKey {
    pub(crate) fn new(time: Option<i64>, key: impl IntoIterator<Item = impl Into<String>>, ordinal: u32) -> Self {
        let parts = key.into_iter().map(|part| Part::from(part.into())).collect();
        Self { time: time.into(), parts, ordinal }
    }

    pub(crate) fn time(&self) -> Option<i64> {
        self.time.into()
    }

    /// The key without the time, as one text that no other key has.
    pub(crate) fn name(&self) -> String {
        let mut name = self.ordinal.to_string();
        for part in &self.parts {
            let text = String::from(part.clone());
            name.push_str(&format!(" {}:{text}", text.len()));
        }
        name
    }
}

// Serde wants a reference.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_first(ordinal: &u32) -> bool {
    *ordinal == 0
}

impl From<Option<i64>> for Time {
    fn from(millis: Option<i64>) -> Self {
        millis.map_or(Self::Nowhere, Self::At)
    }
}

impl From<Time> for Option<i64> {
    fn from(time: Time) -> Self {
        match time {
            Time::At(millis) => Some(millis),
            Time::Nowhere => None,
        }
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        match text.parse::<i64>() {
            // Another spelling of a number is another text.
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text),
        }
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        match part {
            Part::Number(number) => number.to_string(),
            Part::Text(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_order_by_time_then_by_key_numbers_as_numbers() {
        let key = |time, key: [&str; 2], ordinal| RowKey::new(time, key, ordinal);
        let sorted = [
            key(Some(1), ["A", "9"], 0),
            key(Some(1), ["A", "10"], 0),
            key(Some(1), ["A", "10"], 1),
            key(Some(1), ["B", "1"], 0),
            key(Some(2), ["A", "1"], 0),
            key(None, ["A", "1"], 0),
        ];
        assert!(sorted.is_sorted());
    }

    #[test]
    fn a_key_survives_being_written_down() {
        for key in [RowKey::new(Some(-5), ["BTC", "007", "7"], 2), RowKey::new(None, ["{\"a\":\"\\n\"}"], 0)] {
            let written = serde_json::to_string(&key).expect("printable");
            assert_eq!(serde_json::from_str::<RowKey>(&written).expect("readable"), key, "{written}");
        }
    }

    #[test]
    fn no_two_keys_have_one_name() {
        let name = |key: [&str; 2], ordinal| RowKey::new(Some(1), key, ordinal).name();
        assert_ne!(name(["a 1:b", "c"], 0), name(["a", "b 1:c"], 0));
        assert_ne!(name(["a", "b"], 0), name(["a", "b"], 1));
    }
}

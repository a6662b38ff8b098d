//! One record of the file of intents, and the line that holds it: JSON that a person can read, behind a checksum.

use crate::percent::percent_decoded;
use papi_types::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What the first line says that the file is.
const FORMAT: &str = "intents of binance-papi";
/// Raised whenever a record changes its meaning.
const VERSION: u32 = 1;

/// How many hexadecimal digits of the hash of its record a line begins with.
const CHECK_DIGITS: usize = 16;

/// How many bytes of a line stand before its record; see [`line_of`].
const HEAD: usize = r#"{"check":"","record":"#.len() + CHECK_DIGITS;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Record {
    /// What the file is. The first line.
    Header { format: String, version: u32 },
    /// The number that the next intent gets at least. Written when the file is rewritten, so that no number is given twice.
    Numbering { next: u64 },
    /// A call that is going to leave.
    Intent(IntentRecord),
    /// A further attempt of a call.
    Attempt { number: u64, sent_at: Timestamp },
    /// What became of a call.
    End { number: u64, how: EndOfIntent, at: Timestamp },
}

/// A call that acts, as it is going to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct IntentRecord {
    pub(super) number: u64,
    pub(super) method: String,
    pub(super) path: String,
    /// As it is sent, client ids included, without `recvWindow`, `timestamp` and `signature`.
    pub(super) query: String,
    pub(super) form: CallForm,
    /// A part of a hash of the API key, in hexadecimal.
    pub(super) account: String,
    pub(super) host: String,
    /// The timestamp of each attempt, in exchange time.
    pub(super) sent_at: Vec<Timestamp>,
    pub(super) recv_window_ms: u64,
}

/// Whether the parameters of a call are those of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CallForm {
    Typed,
    Raw,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndOfIntent {
    /// The exchange answered with success.
    Accepted,
    /// The exchange refused it, and nothing was executed.
    Refused,
    /// No attempt arrived.
    NotSent,
    /// The exchange was asked, and shows that it was executed.
    SettledAccepted,
    /// The exchange was asked, and it was not executed and will not be.
    SettledAbsent,
    /// A person or a program has decided to ask no more.
    Forgotten,
}

impl Record {
    pub(super) fn header() -> Self {
        Self::Header { format: FORMAT.to_owned(), version: VERSION }
    }

    /// Whether a header is that of a file that this version reads.
    pub(super) fn is_known_header(&self) -> bool {
        *self == Self::header()
    }

    /// Appends the record as a line, with its end.
    pub(super) fn write_line(&self, to: &mut Vec<u8>) {
        // Nothing in a record can fail to be written: its keys are texts, and it holds no floating point.
        let json = serde_json::to_string(self).unwrap_or_default();
        to.extend_from_slice(line_of(&json).as_bytes());
        to.push(b'\n');
    }

    /// Reads a line without its end. None when anything in it is not as it was written.
    pub(super) fn read_line(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let json = line.get(HEAD..line.len().checked_sub(1)?)?;
        // Compared as a whole: so nothing in the line, not even a digit of other case, can differ.
        (line_of(json) == line).then(|| serde_json::from_str(json).ok()).flatten()
    }
}

/// The line of a record whose JSON is given.
fn line_of(json: &str) -> String {
    let hash = Sha256::digest(json.as_bytes());
    let check: String = hash.iter().take(CHECK_DIGITS / 2).map(|byte| format!("{byte:02x}")).collect();
    format!(r#"{{"check":"{check}","record":{json}}}"#)
}

/// Reads the parameters of a query, percent-decoded.
pub(super) fn params_of(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let decoded = |value| String::from_utf8_lossy(&percent_decoded(value)).into_owned();
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use papi_types::Query;
    use proptest::prelude::*;

    pub(in crate::intents) fn intent(number: u64) -> IntentRecord {
        IntentRecord {
            number,
            method: "POST".to_owned(),
            path: "/papi/v1/um/order".to_owned(),
            query: format!("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010&newClientOrderId=order-{number}"),
            form: CallForm::Typed,
            account: "00000000000000a1".to_owned(),
            host: "papi.binance.com".to_owned(),
            sent_at: vec![Timestamp::from_millis(1_792_000_000_000)],
            recv_window_ms: 5_000,
        }
    }

    fn line(record: &Record) -> Vec<u8> {
        let mut line = Vec::new();
        record.write_line(&mut line);
        assert_eq!(line.pop(), Some(b'\n'));
        line
    }

    fn records() -> Vec<Record> {
        let at = Timestamp::from_millis(1_792_000_000_123);
        let ends = [
            EndOfIntent::Accepted,
            EndOfIntent::Refused,
            EndOfIntent::NotSent,
            EndOfIntent::SettledAccepted,
            EndOfIntent::SettledAbsent,
            EndOfIntent::Forgotten,
        ];
        let mut records = vec![
            Record::header(),
            Record::Numbering { next: 8 },
            Record::Intent(intent(7)),
            Record::Attempt { number: 7, sent_at: at },
        ];
        records.extend(ends.map(|how| Record::End { number: 7, how, at }));
        records
    }

    /// The form on disk: what an operator reads, and what a later version has to read.
    #[test]
    fn a_line_is_json_that_people_can_read() {
        let lines: Vec<_> = records().iter().map(|record| String::from_utf8(line(record)).expect("text")).collect();
        insta::assert_snapshot!(lines.join("\n"));
        for line in lines {
            assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{line}");
        }
    }

    #[test]
    fn every_record_reads_as_it_was_written() {
        for record in records() {
            assert_eq!(Record::read_line(&line(&record)), Some(record));
        }
    }

    #[test]
    fn every_byte_that_is_another_is_noticed() {
        for record in records() {
            let good = line(&record);
            for place in 0..good.len() {
                for bit in 0..8 {
                    let mut bad = good.clone();
                    bad[place] ^= 1 << bit;
                    assert_eq!(Record::read_line(&bad), None, "{}", String::from_utf8_lossy(&bad));
                }
            }
        }
    }

    #[test]
    fn every_line_that_is_cut_or_longer_is_noticed() {
        for record in records() {
            let good = line(&record);
            for length in 0..good.len() {
                assert_eq!(Record::read_line(&good[..length]), None, "{length}");
                assert_eq!(Record::read_line(&good[length + 1..]), None, "{length}");
            }
            assert_eq!(Record::read_line(&[good.as_slice(), b" "].concat()), None);
            assert_eq!(Record::read_line(&[good.as_slice(), good.as_slice()].concat()), None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_is_not(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(Record::read_line(&line), None);
        }

        #[test]
        fn parameters_come_back_as_they_were(values in proptest::collection::vec(".*", 1..4)) {
            let mut query = Query::new();
            for value in &values {
                query.push_display("name", value);
            }
            let read: Vec<_> = params_of(query.as_str()).into_iter().map(|(_, value)| value).collect();
            prop_assert_eq!(read, values);
        }
    }

    #[test]
    fn a_query_that_somebody_else_wrote_is_read_as_well_as_it_can_be() {
        let value = |query| params_of(query).pop().map(|(_, value)| value);
        for (query, text) in
            [("a=%", "%"), ("a=%4", "%4"), ("a=%zz", "%zz"), ("a=%+1", "%+1"), ("a=%41b", "Ab"), ("a=", "")]
        {
            assert_eq!(value(query).as_deref(), Some(text), "{query}");
        }
        assert_eq!(value("a"), None);
    }
}

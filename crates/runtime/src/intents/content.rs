//! What a file of intents holds, read from its bytes: pure, because nothing in it may be forgotten.

use super::record::{IntentRecord, Record};
use std::collections::BTreeMap;
use std::fmt;

/// What was found in a file of intents that is not as it was written, or was mended when it was opened. Its `Display` is a sentence
/// without the name of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The last line was not written to its end, because the process or the machine stopped. What it was about was not
    /// sent. Whoever opens the file to write cuts it off.
    TornTail {
        /// The beginning of what is cut off.
        text: String,
    },
    /// Lines in the middle cannot be read. They stay in the file; what they say is not known, and may be an intent without
    /// an end.
    Damaged {
        /// How many lines.
        lines: u64,
        /// The beginning of the first of them.
        text: String,
    },
    /// Others than its owner could read or write the file. Its rights are 0600 now.
    OpenToOthers,
}

/// How many characters of a bad line are shown: an order with its client id is shorter.
const SHOWN: usize = 500;

impl Finding {
    fn shown(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).chars().filter(|character| !character.is_control()).take(SHOWN).collect()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TornTail { text } => {
                write!(f, "its last line was not finished and does not count; what it was about was not sent: {text}")
            }
            Self::Damaged { lines, text } => write!(
                f,
                "{} cannot be read and may have been an intent without an end; look at the account; the first: {text}",
                crate::plural::counted(*lines, "damaged line")
            ),
            Self::OpenToOthers => f.write_str("others could read or write it; now only its owner can"),
        }
    }
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Nothing in it is a record.
    NoIntents,
    /// A later version of this library wrote it.
    OtherVersion,
}

/// Everything that a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Content {
    /// The intents without an end, by number.
    pub(super) open: BTreeMap<u64, IntentRecord>,
    /// The number that the next intent gets.
    pub(super) next: u64,
    /// The lines that cannot be read.
    pub(super) damaged: Vec<Vec<u8>>,
    /// How many bytes of the file stand before a tail that is cut off.
    pub(super) whole: usize,
    pub(super) tail: Tail,
}

/// How a file ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Tail {
    /// With the end of a line, or it is empty.
    #[default]
    Whole,
    /// With a record that only lacks the end of its line.
    Unterminated,
    /// With something else.
    Torn(Vec<u8>),
}

impl Content {
    /// Reads the bytes of a file.
    ///
    /// Only what follows the last end of a line counts as torn: a line is durable with its end, and what is not durable was
    /// not sent. A line with an end that cannot be read was durable once, so it is damage, even when it is the last one.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unfit> {
        let (lines, tail) = match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (&bytes[..=end], &bytes[end + 1..]),
            None => (&bytes[..0], bytes),
        };
        let mut content = Self { next: 1, whole: lines.len(), ..Self::default() };
        let mut records = 0_u64;
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            match Record::read_line(&line[..line.len() - 1]) {
                Some(record) => {
                    content.take(record)?;
                    records += 1;
                }
                None => content.damaged.push(line[..line.len() - 1].to_owned()),
            }
        }
        match Record::read_line(tail) {
            Some(record) => {
                content.take(record)?;
                records += 1;
                (content.whole, content.tail) = (bytes.len(), Tail::Unterminated);
            }
            None if !tail.is_empty() => content.tail = Tail::Torn(tail.to_owned()),
            None => {}
        }
        let mut header = Vec::new();
        Record::header().write_line(&mut header);
        let is_ours = records > 0 || (lines.is_empty() && header.starts_with(tail));
        if is_ours { Ok(content) } else { Err(Unfit::NoIntents) }
    }

    fn take(&mut self, record: Record) -> Result<(), Unfit> {
        match record {
            Record::Header { .. } if !record.is_known_header() => return Err(Unfit::OtherVersion),
            Record::Header { .. } => {}
            Record::Numbering { next } => self.next = self.next.max(next),
            Record::Intent(intent) => {
                self.next = self.next.max(intent.number.saturating_add(1));
                self.open.insert(intent.number, intent);
            }
            Record::Attempt { number, sent_at } => {
                if let Some(intent) =
                    self.open.get_mut(&number).filter(|intent| intent.sent_at.last() != Some(&sent_at))
                {
                    intent.sent_at.push(sent_at);
                }
            }
            Record::End { number, .. } => {
                self.next = self.next.max(number.saturating_add(1));
                self.open.remove(&number);
            }
        }
        Ok(())
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let torn = match &self.tail {
            Tail::Torn(tail) => Some(Finding::TornTail { text: Finding::shown(tail) }),
            Tail::Whole | Tail::Unterminated => None,
        };
        let damaged = self.damaged.first().map(|first| Finding::Damaged {
            lines: u64::try_from(self.damaged.len()).unwrap_or(u64::MAX),
            text: Finding::shown(first),
        });
        torn.into_iter().chain(damaged).collect()
    }
}

/// The bytes of a file that is written anew: what has no end, and what could not be read.
pub(super) fn rewritten<'a>(next: u64, open: impl Iterator<Item = &'a IntentRecord>, damaged: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    Record::header().write_line(&mut bytes);
    Record::Numbering { next }.write_line(&mut bytes);
    for intent in open {
        Record::Intent(intent.clone()).write_line(&mut bytes);
    }
    for line in damaged {
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
    }
    bytes
}

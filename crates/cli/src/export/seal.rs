//! Seals: what proves that a file is, byte for byte, the one that was written.

use super::range::{Range, joined};
use binance_papi::Timestamp;
use binance_papi::history::Identity;
use ring::digest::{self, Context, SHA256};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Read};
use twox_hash::xxhash3_128;

/// What a file with rows is known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenSeal", into = "WrittenSeal")]
pub(crate) struct Seal {
    pub(crate) rows: u64,
    /// The times of the first and of the last row; none when no row has a time.
    pub(crate) times: Option<Range>,
    pub(crate) checksum: Checksum,
}

/// What all bytes of a file are known by, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Checksum {
    /// The SHA-256: people check it with other programs.
    Sha256(String),
    /// The XXH3 of 128 bits, for files that this program alone reads. It notices every accident, costs next to nothing, and
    /// is no proof against those who mean it.
    Xxh3(String),
}

/// A seal as it stands in a journal, with the checksum under the name of its algorithm.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSeal {
    rows: u64,
    times: Option<Range>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    xxh3: Option<String>,
}

impl From<Seal> for WrittenSeal {
    fn from(Seal { rows, times, checksum }: Seal) -> Self {
        let (sha256, xxh3) = match checksum {
            Checksum::Sha256(digits) => (Some(digits), None),
            Checksum::Xxh3(digits) => (None, Some(digits)),
        };
        Self { rows, times, sha256, xxh3 }
    }
}

impl TryFrom<WrittenSeal> for Seal {
    type Error = &'static str;

    fn try_from(WrittenSeal { rows, times, sha256, xxh3 }: WrittenSeal) -> Result<Self, Self::Error> {
        let checksum = match (sha256, xxh3) {
            (Some(digits), None) => Checksum::Sha256(digits),
            (None, Some(digits)) => Checksum::Xxh3(digits),
            _ => return Err("a seal has one checksum"),
        };
        Ok(Self { rows, times, checksum })
    }
}

/// Counts the rows of a file, for its seal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    rows: u64,
    times: Option<Range>,
}

impl Tally {
    pub(crate) fn note(&mut self, key: &Identity) {
        self.rows += 1;
        if let Some(time) = key.time().map(Timestamp::as_millis) {
            self.times = joined(self.times, &[Range { from: time, to: time }]);
        }
    }

    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn times(&self) -> Option<Range> {
        self.times
    }

    pub(crate) fn sealed(self, checksum: Checksum) -> Seal {
        Seal { rows: self.rows, times: self.times, checksum }
    }
}

/// The checksum of what was seen so far.
#[derive(Clone)]
pub(crate) enum Hasher {
    Sha256(Context),
    Xxh3(xxhash3_128::Hasher),
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").finish_non_exhaustive()
    }
}

impl Hasher {
    /// Begins a checksum for a file that people read.
    pub(crate) fn sha256() -> Self {
        Self::Sha256(Context::new(&SHA256))
    }

    /// Begins a checksum for a file that this program alone reads.
    pub(crate) fn xxh3() -> Self {
        Self::Xxh3(xxhash3_128::Hasher::new())
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(context) => context.update(bytes),
            Self::Xxh3(hasher) => hasher.write(bytes),
        }
    }

    pub(crate) fn finish(self) -> Checksum {
        match self {
            Self::Sha256(context) => Checksum::Sha256(hex(context.finish().as_ref())),
            Self::Xxh3(hasher) => Checksum::Xxh3(hex(&hasher.finish_128().to_be_bytes())),
        }
    }
}

impl Checksum {
    /// Begins a checksum that can be compared with this one.
    pub(crate) fn hasher(&self) -> Hasher {
        match self {
            Self::Sha256(_) => Hasher::sha256(),
            Self::Xxh3(_) => Hasher::xxh3(),
        }
    }

    /// Returns it without the name of its algorithm.
    pub(crate) fn into_digits(self) -> String {
        match self {
            Self::Sha256(digits) | Self::Xxh3(digits) => digits,
        }
    }
}

/// A reader whose bytes go into a checksum as they are read.
#[derive(Debug)]
pub(crate) struct Hashed<R> {
    from: R,
    hasher: Hasher,
}

impl<R: Read> Hashed<R> {
    pub(crate) fn new(from: R, hasher: Hasher) -> Self {
        Self { from, hasher }
    }

    /// Returns the checksum of what was read.
    pub(crate) fn checksum(&self) -> Checksum {
        self.hasher.clone().finish()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(bytes)?;
        self.hasher.update(&bytes[..count]);
        Ok(count)
    }
}

/// Returns the SHA-256 of bytes.
pub(crate) fn sha256_of(bytes: &[u8]) -> digest::Digest {
    digest::digest(&SHA256, bytes)
}

/// Returns the SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(sha256_of(bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the SHA-256 of all that a reader gives.
pub(crate) fn sha256(reader: &mut impl Read) -> io::Result<Checksum> {
    let mut hashed = Hashed::new(reader, Hasher::sha256());
    io::copy(&mut hashed, &mut io::sink())?;
    Ok(hashed.checksum())
}

/// What may stand in a place: nothing, or a file with a seal. There are several when a run died while it replaced the file,
/// and none as long as nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing(Vec<Option<Seal>>);

impl Standing {
    /// Returns that this stands there, and nothing else can.
    pub(crate) fn only(seal: Option<Seal>) -> Self {
        Self(vec![seal])
    }

    /// Notes what is about to be put there.
    pub(crate) fn may_become(&mut self, seal: Option<&Seal>) {
        if !self.0.iter().any(|known| known.as_ref() == seal) {
            self.0.push(seal.cloned());
        }
    }

    pub(crate) fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether nothing may stand there.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.0.contains(&None)
    }

    /// Returns whether a file with these bytes may stand there.
    pub(crate) fn may_be(&self, bytes: &mut impl Read) -> io::Result<bool> {
        Ok(self.may_have(&sha256(bytes)?))
    }

    /// Returns whether a file with this SHA-256 may stand there.
    pub(crate) fn may_have(&self, sha256: &Checksum) -> bool {
        self.0.iter().flatten().any(|seal| seal.checksum == *sha256)
    }

    /// Returns the times of the rows that may stand there.
    pub(crate) fn times(&self) -> Option<Range> {
        let times: Vec<_> = self.0.iter().flatten().filter_map(|seal| seal.times).collect();
        joined(None, &times)
    }

    /// Returns how many rows stood there before a run that has died replaced it, if there was one.
    pub(crate) fn rows_before(&self) -> u64 {
        self.0.first().and_then(Option::as_ref).map_or(0, |seal| seal.rows)
    }

    /// Returns how many rows stand there, the last that was put there.
    pub(crate) fn rows(&self) -> u64 {
        self.0.iter().flatten().last().map_or(0, |seal| seal.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_has_the_count_the_times_and_the_hash() {
        let mut tally = Tally::default();
        for time in [Some(5), Some(9), None] {
            tally.note(&Identity::new(time.map(Timestamp::from_millis), ["k"], 0));
        }
        let seal = tally.sealed(sha256(&mut &b"abc"[..]).expect("readable"));
        assert_eq!((seal.rows, seal.times), (3, Some(Range { from: 5, to: 9 })));
        let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(seal.checksum, Checksum::Sha256(digits.to_owned()));
        let mut hasher = Hasher::xxh3();
        hasher.update(b"ab");
        hasher.update(b"c");
        assert_eq!(hasher.finish(), Checksum::Xxh3("06b05ab6733a618578af5f94892f3950".to_owned()));
    }

    #[test]
    fn a_seal_is_written_with_one_checksum_under_its_name() {
        let sealed = |checksum| Tally::default().sealed(checksum);
        for (seal, text) in [
            (sealed(Checksum::Sha256("ab".into())), r#"{"rows":0,"times":null,"sha256":"ab"}"#),
            (sealed(Checksum::Xxh3("cd".into())), r#"{"rows":0,"times":null,"xxh3":"cd"}"#),
        ] {
            assert_eq!(serde_json::to_string(&seal).expect("printable"), text);
            assert_eq!(serde_json::from_str::<Seal>(text).expect("readable"), seal);
        }
        for text in [
            r#"{"rows":0,"times":null}"#,
            r#"{"rows":0,"times":null,"sha256":"ab","xxh3":"cd"}"#,
            r#"{"rows":0,"times":null,"md5":"ab"}"#,
        ] {
            assert!(serde_json::from_str::<Seal>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_stood_there_may_stand_there_until_what_follows_does() {
        let seal = |text: &[u8]| Tally::default().sealed(sha256(&mut &*text).expect("readable"));
        let mut standing = Standing::only(None);
        assert!(standing.may_be_absent() && !standing.may_be(&mut &b"a"[..]).expect("readable"));
        standing.may_become(Some(&seal(b"a")));
        assert!(standing.may_be_absent() && standing.may_be(&mut &b"a"[..]).expect("readable"));
        standing = Standing::only(Some(seal(b"a")));
        assert!(!standing.may_be_absent() && !standing.may_be(&mut &b"b"[..]).expect("readable"));
    }
}

//! Seals: what proves that a file is, byte for byte, the one that was written.

use super::range::{Range, joined};
use binance_papi::Timestamp;
use binance_papi::history::Identity;
use ring::digest::{self, Context, SHA256};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Read};

/// What a file with rows is known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seal {
    pub(crate) rows: u64,
    /// The times of the first and of the last row; none when no row has a time.
    pub(crate) times: Option<Range>,
    /// The SHA-256 of all bytes, in hexadecimal.
    pub(crate) sha256: String,
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

    pub(crate) fn sealed(self, sha256: String) -> Seal {
        Seal { rows: self.rows, times: self.times, sha256 }
    }
}

/// The SHA-256 of what was seen so far.
#[derive(Clone)]
pub(crate) struct Hasher(Context);

impl Default for Hasher {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").finish_non_exhaustive()
    }
}

impl Hasher {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> String {
        hex(self.0.finish().as_ref())
    }
}

/// Returns the SHA-256 of bytes.
pub(crate) fn sha256_of(bytes: &[u8]) -> digest::Digest {
    digest::digest(&SHA256, bytes)
}

/// Returns bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the SHA-256 of all that a reader gives, in hexadecimal.
pub(crate) fn sha256(reader: &mut impl Read) -> io::Result<String> {
    let (mut hasher, mut chunk) = (Hasher::default(), vec![0; 1 << 16]);
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(count) => hasher.update(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
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
        let found = sha256(bytes)?;
        Ok(self.0.iter().flatten().any(|seal| seal.sha256 == found))
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
        assert_eq!(seal.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
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

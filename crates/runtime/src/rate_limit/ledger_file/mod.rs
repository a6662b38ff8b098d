//! The file of a shared ledger: one lock, two copies.
//!
//! A change is written over the older copy, so that a process that ends in the middle of it leaves the newer one whole.
//! Each copy begins with a line that says which change it is, how long it is and what its checksum is; the ledger follows
//! as JSON. Nothing is forced to the disk: what a power failure takes is no longer than a window of memory.

use crate::rate_limit::ledger::UsageLedger;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Where the second copy begins. A ledger takes some kilobytes; what lies between takes no room on the disk. Tests fill a
/// smaller one.
const ROOM: u64 = if cfg!(test) { 1 << 14 } else { 1 << 20 };

/// The first words of each copy, with the version of the format: raised whenever the ledger changes its shape.
const MAGIC: &str = "papi-ledger 1 ";
/// The magic words, then change, length and checksum in hexadecimal, each with what separates it.
const HEADER: usize = MAGIC.len() + 17 + 9 + 17;

/// A file that may be used by many processes.
#[derive(Debug)]
pub(super) struct LedgerFile {
    path: PathBuf,
}

/// The file while no other process may touch it, until it is dropped.
#[derive(Debug)]
pub(super) struct Locked {
    file: File,
    /// The newest copy that is whole.
    newest: Option<Version>,
}

/// Which change a copy holds, and its checksum: two copies with the same version are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    change: u64,
    checksum: u64,
}

/// What the file holds.
#[derive(Debug)]
pub(super) enum FileContent {
    /// Nothing yet.
    Nothing,
    /// What was known already.
    Same,
    /// A newer state of the ledger.
    Newer(UsageLedger, Version),
    /// A ledger, but neither copy of it is whole.
    Torn,
}

impl LedgerFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens and locks the file; none when another process has it at this moment. It is opened anew each time, so that a
    /// file that was deleted or replaced is noticed.
    pub(super) fn try_lock(&self) -> io::Result<Option<Locked>> {
        // Looked at before it is opened: to open a pipe or a device does something.
        if fs::metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Locked { file, newest: None })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Locked {
    /// Reads the newest copy that is whole, unless it is the known one.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds something that is no ledger: that is left as it is.
    pub(super) fn read(&mut self, known: Option<Version>) -> io::Result<FileContent> {
        if self.file.metadata()?.len() == 0 {
            return Ok(FileContent::Nothing);
        }
        let mut copies: Vec<_> = [self.read_header(0)?, self.read_header(ROOM)?].into_iter().flatten().collect();
        copies.sort_by_key(|(version, _)| std::cmp::Reverse(version.change));
        for (version, length) in copies {
            if known == Some(version) {
                self.newest = known;
                return Ok(FileContent::Same);
            }
            if let Some(ledger) = self.read_ledger(version, length)? {
                self.newest = Some(version);
                return Ok(FileContent::Newer(ledger, version));
            }
        }
        Ok(FileContent::Torn)
    }

    /// Writes the ledger over the older copy.
    pub(super) fn write(&mut self, ledger: &UsageLedger) -> io::Result<Version> {
        // The first change of a file is an even one, so that it stands at the beginning.
        let change = self.newest.map_or(0, |newest| newest.change.wrapping_add(1));
        let mut copy = vec![b' '; HEADER];
        serde_json::to_writer(&mut copy, ledger)?;
        copy.push(b'\n');
        let length = copy.len() - HEADER;
        if copy.len() as u64 > ROOM {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "there are more calls than it has room for"));
        }
        let checksum = checksum(change, &copy[HEADER..]);
        copy[..HEADER].copy_from_slice(format!("{MAGIC}{change:016x} {length:08x} {checksum:016x}\n").as_bytes());
        self.file.seek(SeekFrom::Start(place_of(change)))?;
        self.file.write_all(&copy)?;
        Ok(Version { change, checksum })
    }

    /// The version of a copy and the length of its ledger; none when it was never written, or cut off while it was.
    ///
    /// # Errors
    ///
    /// When something else stands there, which is not ours to write over.
    fn read_header(&mut self, place: u64) -> io::Result<Option<(Version, usize)>> {
        let bytes = self.read_at(place, HEADER)?;
        let written = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        if bytes.starts_with(MAGIC.as_bytes()) || MAGIC.as_bytes().starts_with(written) {
            return Ok(header(&bytes, place));
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "it is no ledger, or one of another version"))
    }

    /// The ledger of a copy; none when it is not whole.
    fn read_ledger(&mut self, version: Version, length: usize) -> io::Result<Option<UsageLedger>> {
        let text = self.read_at(place_of(version.change) + HEADER as u64, length)?;
        let is_whole = checksum(version.change, &text) == version.checksum;
        Ok(is_whole.then(|| serde_json::from_slice(&text).ok()).flatten())
    }

    /// The `length` bytes at a place, or fewer at the end of the file.
    fn read_at(&mut self, place: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(length);
        self.file.seek(SeekFrom::Start(place))?;
        (&mut self.file).take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Reads how a copy begins; none when that is not whole.
fn header(bytes: &[u8], place: u64) -> Option<(Version, usize)> {
    let numbers = bytes.strip_prefix(MAGIC.as_bytes())?.get(..HEADER - MAGIC.len())?;
    let mut numbers = std::str::from_utf8(numbers).ok()?.trim_end().split(' ');
    let mut number = || u64::from_str_radix(numbers.next()?, 16).ok();
    let (change, length, checksum) = (number()?, number()?, number()?);
    let fits = place_of(change) == place && length <= ROOM - HEADER as u64;
    fits.then_some((Version { change, checksum }, usize::try_from(length).ok()?))
}

/// Where the copy with a change begins.
fn place_of(change: u64) -> u64 {
    (change % 2) * ROOM
}

/// FNV-1a, eight bytes at a time, over the change and the ledger. It finds what was cut off, which is all that it has to.
fn checksum(change: u64, text: &[u8]) -> u64 {
    let words = text.chunks(8).map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    std::iter::once(change)
        .chain(words)
        .fold(0xcbf2_9ce4_8422_2325, |hash, word: u64| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests;

//! The file of a shared ledger: one lock, two copies.
//!
//! A change is written over the older copy, so that a process that ends in the middle of it leaves the newer one whole.
//! Each copy begins with a header that says which change it is, how long it is and what its checksum is; the records of
//! the ledger follow. Nothing is forced to the disk: what a power failure takes is no longer than a window of memory.

use crate::rate_limit::ledger::UsageLedger;
use papi_types::Timestamp;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where the second copy begins. A ledger takes some kilobytes; what lies between takes no room on the disk. Tests fill a
/// smaller one.
const ROOM: u64 = if cfg!(test) { 1 << 13 } else { 1 << 20 };

/// The first bytes of each copy, with the version of the format: raised whenever the ledger changes its shape.
const MAGIC: &[u8; 16] = b"papi-ledger 2\n\0\0";
/// The magic bytes, then change, length and checksum as words of eight bytes, little endian.
const HEADER: usize = MAGIC.len() + 3 * 8;

/// How files of the version before begin.
const MAGIC_1: &[u8] = b"papi-ledger 1 ";
/// When nobody has changed a file of the version before for this time, its calls are over and count no longer, whatever
/// their timeouts were: their leases end after ten minutes. A ban that it tells of is told again by the exchange.
const DISUSE_OF_1: Duration = Duration::from_secs(30 * 60);

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
    /// Whether the version before left something that the first change takes away.
    is_to_be_emptied: bool,
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
    Newer(Box<UsageLedger>, Version),
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
            Ok(()) => Ok(Some(Locked { file, newest: None, is_to_be_emptied: false })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Locked {
    /// Reads the newest copy that is whole, unless it is the known one. What a version before left behind is nothing.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds something that is no ledger: that is left as it is. So is a ledger of
    /// another version that may be in use.
    pub(super) fn read(&mut self, known: Option<Version>, now: Timestamp) -> io::Result<FileContent> {
        let found = self.file.metadata()?;
        if found.len() == 0 {
            return Ok(FileContent::Nothing);
        }
        let first = self.read_at(0, HEADER)?;
        if first.starts_with(MAGIC_1) {
            if !is_disused(found.modified()?, now) {
                let why =
                    "it is one of an older version, which may be using it still: end those processes and delete it";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            self.is_to_be_emptied = true;
            return Ok(FileContent::Nothing);
        }
        let second = self.read_at(ROOM, HEADER)?;
        let mut copies: Vec<_> = [header(&first, 0)?, header(&second, ROOM)?].into_iter().flatten().collect();
        copies.sort_by_key(|(version, _)| std::cmp::Reverse(version.change));
        for (version, length) in copies {
            if known == Some(version) {
                self.newest = known;
                return Ok(FileContent::Same);
            }
            if let Some(ledger) = self.read_ledger(version, length)? {
                self.newest = Some(version);
                return Ok(FileContent::Newer(Box::new(ledger), version));
            }
        }
        Ok(FileContent::Torn)
    }

    /// Writes the ledger over the older copy.
    pub(super) fn write(&mut self, ledger: &UsageLedger) -> io::Result<Version> {
        // The first change of a file is an even one, so that it stands at the beginning.
        let change = self.newest.map_or(0, |newest| newest.change.wrapping_add(1));
        let length = ledger.records_length();
        if (HEADER + length) as u64 > ROOM {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "there are more calls than it has room for"));
        }
        let mut copy = Vec::with_capacity(HEADER + length);
        copy.resize(HEADER, 0);
        ledger.write_records(&mut copy);
        let (header, records) = copy.split_at_mut(HEADER);
        let checksum = checksum(change, records);
        let words = [change, length as u64, checksum];
        header[..MAGIC.len()].copy_from_slice(MAGIC);
        for (place, word) in header[MAGIC.len()..].chunks_exact_mut(8).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        if self.is_to_be_emptied {
            self.file.set_len(0)?;
        }
        self.file.seek(SeekFrom::Start(place_of(change)))?;
        self.file.write_all(&copy)?;
        Ok(Version { change, checksum })
    }

    /// The ledger of a copy; none when it is not whole.
    fn read_ledger(&mut self, version: Version, length: usize) -> io::Result<Option<UsageLedger>> {
        let records = self.read_at(place_of(version.change) + HEADER as u64, length)?;
        let is_whole = records.len() == length && checksum(version.change, &records) == version.checksum;
        Ok(is_whole.then(|| UsageLedger::read_records(&records)).flatten())
    }

    /// The `length` bytes at a place, or fewer at the end of the file.
    fn read_at(&mut self, place: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(length);
        self.file.seek(SeekFrom::Start(place))?;
        (&mut self.file).take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Reads how the copy at a place begins: its version and the length of its records. None when it was never written, or cut
/// off while it was.
///
/// # Errors
///
/// When something else stands there, which is not ours to write over.
fn header(bytes: &[u8], place: u64) -> io::Result<Option<(Version, usize)>> {
    let Some(numbers) = bytes.strip_prefix(MAGIC.as_slice()) else {
        // What was cut off ends where the file ends, or where it was empty before.
        let magic_bytes = &bytes[..bytes.len().min(MAGIC.len())];
        let written = magic_bytes.iter().zip(MAGIC).take_while(|(byte, magic)| byte == magic).count();
        if magic_bytes[written..].iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no ledger, or one of another version"));
    };
    let mut numbers = words(numbers);
    let (Some(change), Some(length), Some(checksum)) = (numbers.next(), numbers.next(), numbers.next()) else {
        return Ok(None);
    };
    let fits = place_of(change) == place && length <= ROOM - HEADER as u64;
    let length = usize::try_from(length).ok().filter(|_| fits);
    Ok(length.map(|length| (Version { change, checksum }, length)))
}

/// Whether a file that was last changed then has been left by all who used it.
fn is_disused(changed: SystemTime, now: Timestamp) -> bool {
    let changed = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.since(Timestamp::from_millis(0)) >= changed.saturating_add(DISUSE_OF_1)
}

/// Where the copy with a change begins.
fn place_of(change: u64) -> u64 {
    (change % 2) * ROOM
}

/// FNV-1a, eight bytes at a time, over the change and the records. It finds what was cut off, which is all that it has to.
fn checksum(change: u64, records: &[u8]) -> u64 {
    std::iter::once(change)
        .chain(words(records))
        .fold(0xcbf2_9ce4_8422_2325, |hash, word: u64| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The words of eight bytes that bytes consist of. Records have no others; what is left in the end was cut off.
fn words(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word))
}

#[cfg(test)]
mod tests;

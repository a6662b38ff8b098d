//! The file of `--record`: lines are appended, forced to the disk at intervals and at gaps, and a file that has grown gets another
//! name. What a death leaves half written is cut off when the file is opened again.

use super::entry::Entry;
use crate::exit_code::ExitCode;
use crate::export::{close_to_others, for_owner};
use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A recording that belongs to this process until it is dropped.
#[derive(Debug)]
pub(super) struct Recording {
    path: PathBuf,
    file: File,
    length: u64,
    rotate_at: u64,
    is_synced: bool,
}

impl Recording {
    /// Opens a recording to be gone on with, or begins one. Returns it with the number of bytes that were cut off.
    pub(super) fn open(path: &Path, rotate_at: u64) -> Result<(Self, u64), Failure> {
        let refused = |error: io::Error| {
            Failure::bad_input(format!("--record {}: {error}", path.display()))
                .hint("name a file in a folder that you may write to; nothing was sent")
        };
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(refused(io::Error::other("it is not a file")));
        }
        let mut file = opened(path).map_err(refused)?;
        file.try_lock().map_err(|_| refused(io::Error::other("another program is recording into it")))?;
        let first = first_line(&mut file).map_err(refused)?;
        if let Some(line) = first
            && let Err(error) = Entry::read(&line)
        {
            return Err(refused(io::Error::other(format!("it is no recording: {error}"))));
        }
        let length = file.metadata().map_err(refused)?.len();
        let whole = whole_length(&mut file, length).map_err(refused)?;
        if whole < length {
            file.set_len(whole).map_err(refused)?;
        }
        Ok((Self { path: path.to_owned(), file, length: whole, rotate_at, is_synced: false }, length - whole))
    }

    /// Appends an entry. It is durable after the next [`sync`](Self::sync).
    pub(super) fn append(&mut self, entry: &Entry) -> Result<(), Failure> {
        let line = entry.to_line() + "\n";
        let appended = self.rotated(line.len() as u64).and_then(|()| self.file.write_all(line.as_bytes()));
        appended.map_err(|error| self.failed(&error))?;
        self.length += line.len() as u64;
        self.is_synced = false;
        Ok(())
    }

    /// Makes durable what was appended.
    pub(super) fn sync(&mut self) -> Result<(), Failure> {
        if !self.is_synced {
            self.file.sync_data().map_err(|error| self.failed(&error))?;
            self.is_synced = true;
        }
        Ok(())
    }

    /// Begins a new file when this many bytes more would be too many.
    fn rotated(&mut self, more: u64) -> io::Result<()> {
        if self.length == 0 || self.length + more <= self.rotate_at {
            return Ok(());
        }
        self.file.sync_all()?;
        let numbered = |number: u32| {
            let mut name = self.path.as_os_str().to_owned();
            name.push(format!(".{number}"));
            PathBuf::from(name)
        };
        let free = (1..u32::MAX).map(numbered).find(|path| !path.exists());
        fs::rename(&self.path, free.ok_or_else(|| io::Error::other("there are too many files of it"))?)?;
        self.file = opened(&self.path)?;
        self.file.try_lock().map_err(|_| io::Error::other("another program is recording into it"))?;
        self.length = 0;
        Ok(())
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::new(ExitCode::Other, format!("the recording {} cannot be written: {error}", self.path.display()))
            .hint("what was recorded before can be read; look at the room on the disk")
    }
}

/// Opens a file to append to, which its owner alone can read.
fn opened(path: &Path) -> io::Result<File> {
    let file = for_owner(File::options().read(true).append(true).create(true)).open(path)?;
    close_to_others(&file)?;
    Ok(file)
}

/// No line is nearly as long.
const LONGEST_LINE: u64 = 4 << 20;

/// Returns the first line; none where there is no whole one.
fn first_line(file: &mut File) -> io::Result<Option<String>> {
    file.seek(SeekFrom::Start(0))?;
    let mut line = Vec::new();
    io::BufRead::read_until(&mut io::BufReader::new(file.take(LONGEST_LINE)), b'\n', &mut line)?;
    let is_whole = line.pop() == Some(b'\n');
    Ok(is_whole.then(|| String::from_utf8_lossy(&line).into_owned()))
}

/// Returns the length without a line at the end that is not whole.
fn whole_length(file: &mut File, length: u64) -> io::Result<u64> {
    let start = length.saturating_sub(LONGEST_LINE);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    match tail.iter().rposition(|byte| *byte == b'\n') {
        Some(end) => Ok(start + end as u64 + 1),
        None if start == 0 && (tail.is_empty() || tail.starts_with(b"{")) => Ok(0),
        None => Err(io::Error::other("it is no recording: it has no lines")),
    }
}

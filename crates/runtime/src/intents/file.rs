//! The file of intents on its disk: its owner, its rights, how it is appended to, and how it is written anew when it has
//! grown. Nothing is decided here about what stands in it.

use super::content::{Content, Finding, Tail, Unfit, rewritten};
use super::disk;
use super::owner::own;
use super::record::{IntentRecord, Record};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that has grown beyond so many bytes, and beyond twice of what had to stay when it was last written anew, is written
/// anew with the intents without an end. That is after some eight thousand orders.
const REWRITE_BEYOND: u64 = if cfg!(any(test, papi_simulation)) { 4_096 } else { 4 << 20 };

/// A file of intents that belongs to this process until it is dropped.
#[derive(Debug)]
pub(super) struct IntentFile {
    path: PathBuf,
    file: Arc<File>,
    length: u64,
    /// How long it may become before it is written anew.
    allowed: u64,
    /// Lines that cannot be read, which no rewriting takes away.
    damaged: Vec<Vec<u8>>,
    trust: Trust,
    folder: Folder,
    /// Locked as long as the file is in use. A file of its own, because the other one is replaced when it is written anew.
    _owner: File,
}

/// Whether what stands on the disk is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Known,
    /// Writing or forcing it to the disk has failed: whatever the system says afterwards, only a new file is certain.
    Lost,
}

/// Whether the folder has the name of the file on its disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    Synced,
    ToBeSynced,
}

/// A file that was opened, and what stands in it.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) file: IntentFile,
    pub(super) content: Content,
    pub(super) findings: Vec<Finding>,
}

impl IntentFile {
    /// Opens the file, which is made when it is not there, and becomes its owner. Nothing needs room on the disk for that but the
    /// names of new files.
    pub(super) fn open(path: &Path) -> io::Result<Opened> {
        let path = real_path(path)?;
        // Looked at before it is opened: to open a pipe or a device does something.
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        let owner = own(&path)?;
        let mut file = private().read(true).append(true).create(true).open(&path)?;
        let tightened = tighten(&file)?;
        let content = read_content(&mut file)?;
        let mut findings = content.findings();
        findings.extend(tightened);
        let whole = content.whole as u64;
        let is_torn = matches!(content.tail, Tail::Torn(_));
        // A tail that cannot be cut off, or lacks its end, is left behind by writing the file anew.
        let is_cut = !is_torn || file.set_len(whole).is_ok();
        let trust = if is_cut && content.tail != Tail::Unterminated { Trust::Known } else { Trust::Lost };
        let file = Self {
            path,
            file: Arc::new(file),
            length: whole,
            allowed: REWRITE_BEYOND,
            damaged: content.damaged.clone(),
            trust,
            folder: Folder::ToBeSynced,
            _owner: owner,
        };
        Ok(Opened { file, content, findings })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the next change has to be a rewriting.
    pub(super) fn is_to_be_rewritten(&self) -> bool {
        self.trust == Trust::Lost || self.length > self.allowed || is_deleted(&self.file)
    }

    /// Appends lines. They are durable when what this returns has been forced to the disk.
    pub(super) fn append(&mut self, lines: &[u8]) -> io::Result<Arc<File>> {
        let mut bytes = Vec::with_capacity(lines.len());
        if self.length == 0 {
            Record::header().write_line(&mut bytes);
        }
        bytes.extend_from_slice(lines);
        self.trust = Trust::Lost;
        disk::append(&self.file, &bytes)?;
        self.length += bytes.len() as u64;
        if self.folder == Folder::ToBeSynced {
            sync_folder(&self.path)?;
            self.folder = Folder::Synced;
        }
        self.trust = Trust::Known;
        Ok(self.file.clone())
    }

    /// Notes that nobody knows what stands on the disk.
    pub(super) fn distrust(&mut self) {
        self.trust = Trust::Lost;
    }

    /// Whether lines may be appended that need not be durable.
    pub(super) fn is_trusted(&self) -> bool {
        self.trust == Trust::Known && self.length > 0
    }

    /// Writes the file anew, with what has no end. The old one stays until the new one is durable.
    pub(super) fn rewrite<'a>(&mut self, next: u64, open: impl Iterator<Item = &'a IntentRecord>) -> io::Result<()> {
        let bytes = rewritten(next, open, &self.damaged);
        let new = beside(&self.path, ".new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = private().read(true).append(true).create_new(true).open(&new)?;
        let written = disk::append(&file, &bytes).and_then(|()| disk::force(&file, File::sync_all));
        if let Err(error) = written.and_then(|()| fs::rename(&new, &self.path)) {
            // It holds nothing that the old one lacks, and takes room that is needed.
            let _ = fs::remove_file(&new);
            return Err(error);
        }
        // From here on the name may lead to the new file, so everything else has to go there as well.
        self.length = bytes.len() as u64;
        self.allowed = REWRITE_BEYOND.max(2 * self.length);
        self.file = Arc::new(file);
        self.trust = Trust::Lost;
        sync_folder(&self.path)?;
        (self.trust, self.folder) = (Trust::Known, Folder::Synced);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn break_with(&mut self, file: File) {
        self.file = Arc::new(file);
    }
}

/// Reads what stands in a file that may belong to another process.
pub(super) fn read(path: &Path) -> io::Result<Content> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    read_content(&mut File::open(path)?)
}

fn read_content(file: &mut File) -> io::Result<Content> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Content::read(&bytes).map_err(|unfit| {
        let why = match unfit {
            Unfit::NoIntents => "it holds something else than intents, and is left as it is: name another file",
            Unfit::OtherVersion => "it was written by a later version, which has to be used for it",
        };
        io::Error::new(io::ErrorKind::InvalidData, why)
    })
}

/// The file that a path leads to, so that a link is not replaced by the file.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
            let missing = |error: io::Error| match error.kind() {
                io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist"),
                _ => error,
            };
            Ok(folder.canonicalize().map_err(missing)?.join(name))
        }
        found => found,
    }
}

/// A file of the same name with something behind it.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(end);
    path.with_file_name(name)
}

/// Forces the name of a file to the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and the system keeps its names by itself.
    if cfg!(unix) {
        let folder = path.parent().unwrap_or(Path::new("."));
        disk::force(&File::open(folder)?, File::sync_all)?;
    }
    Ok(())
}

/// Options that make files which only their owner may use.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the rights to a file from all but its owner.
#[cfg(unix)]
fn tighten(file: &File) -> io::Result<Option<Finding>> {
    use std::os::unix::fs::PermissionsExt as _;
    let rights_of_others = file.metadata()?.permissions().mode() & 0o077;
    if rights_of_others == 0 {
        return Ok(None);
    }
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(Some(Finding::OpenToOthers))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as where rights are known")]
fn tighten(_: &File) -> io::Result<Option<Finding>> {
    Ok(None)
}

/// Whether somebody has deleted the file that this process writes.
#[cfg(unix)]
fn is_deleted(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|found| found.nlink() == 0)
}

#[cfg(not(unix))]
fn is_deleted(_: &File) -> bool {
    false
}

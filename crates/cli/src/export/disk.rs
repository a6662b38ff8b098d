//! Every change of the disk that an export makes, each durable before the next begins: a file is written beside its place,
//! flushed to the device, and only then gets its name. Files and folders are for their owner alone.

use super::seal::{Checksum, Hasher};
use serde::Serialize;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
#[cfg(test)]
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// The disk.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    /// How many more changes succeed, for tests.
    #[cfg(test)]
    left: Option<Arc<AtomicU32>>,
}

/// A new file that has no name yet.
#[derive(Debug)]
pub(super) struct Draft {
    file: BufWriter<Counted>,
    path: PathBuf,
    place: PathBuf,
}

/// The ending of files that are not finished.
pub(super) const DRAFT: &str = "tmp";

impl Disk {
    /// Returns a disk on which everything fails after so many changes, as if the process had died there.
    #[cfg(test)]
    pub(super) fn failing_after(changes: u32) -> Self {
        Self { left: Some(Arc::new(AtomicU32::new(changes))) }
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        let Some(left) = &self.left else { return Ok(()) };
        let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken.map(|_| ()).map_err(|_| io::Error::other("the disk failed, as the test wants it"))
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests make it fail")]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    /// Begins a file that will stand at `place`; it is written in `folder`, which is on the same device. Its bytes go into the
    /// checksum.
    pub(super) fn draft(&self, folder: &Path, place: &Path, hasher: Hasher) -> io::Result<Draft> {
        self.step()?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!("{name}.{DRAFT}"));
        let counted = Counted { file: create(&path)?, hasher, disk: self.clone() };
        Ok(Draft { file: BufWriter::with_capacity(1 << 16, counted), path, place: place.to_owned() })
    }

    /// Writes a file as a whole, gives it its name, and returns the checksum of its bytes.
    pub(super) fn write(
        &self,
        folder: &Path,
        place: &Path,
        write: impl FnOnce(&mut Draft) -> io::Result<()>,
    ) -> io::Result<Checksum> {
        let mut draft = self.draft(folder, place, Hasher::xxh3())?;
        write(&mut draft)?;
        let settled = draft.settle()?;
        let checksum = settled.checksum.clone();
        settled.publish().map(|()| checksum)
    }

    /// Writes a value as a file of JSON.
    pub(super) fn write_json(&self, folder: &Path, place: &Path, value: &impl Serialize) -> io::Result<()> {
        self.write(folder, place, |draft| {
            serde_json::to_writer_pretty(&mut *draft, value)?;
            draft.write_all(b"\n")
        })?;
        Ok(())
    }

    /// Makes a folder if there is none.
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        match create_folder(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            Err(error) => Err(error),
            Ok(()) => remember(parent(path)),
        }
    }

    /// Removes a file; one that is not there is removed already.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(()) => remember(parent(path)),
        }
    }
}

impl Draft {
    /// Makes its content durable. It has no name yet.
    pub(super) fn settle(self) -> io::Result<Settled> {
        let Self { file, path, place } = self;
        let Counted { file, hasher, disk } = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        disk.step()?;
        file.sync_all()?;
        Ok(Settled { checksum: hasher.finish(), path, place, disk })
    }
}

/// A file that is durable and has no name yet.
#[derive(Debug)]
#[must_use]
pub(super) struct Settled {
    pub(super) checksum: Checksum,
    path: PathBuf,
    place: PathBuf,
    disk: Disk,
}

impl Settled {
    /// Gives it its name, in one step, in place of what had it before.
    pub(super) fn publish(self) -> io::Result<()> {
        self.disk.step()?;
        fs::rename(&self.path, &self.place)?;
        remember(parent(&self.place))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file; each write is a change of the disk.
#[derive(Debug)]
struct Counted {
    file: File,
    /// Of what was written.
    hasher: Hasher,
    disk: Disk,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.disk.step() {
            // A disk that is full takes a part.
            self.file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes a file that its owner alone can read, in place of one that is there.
fn create(path: &Path) -> io::Result<File> {
    let file = for_owner(File::options().create(true).truncate(true).write(true)).open(path)?;
    close_to_others(&file)?;
    Ok(file)
}

/// Makes the file that is opened with these options one that its owner alone can read.
#[cfg(unix)]
pub(crate) fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

/// Does the same to a file that may have been there: it keeps its mode when it is opened.
#[cfg(unix)]
pub(crate) fn close_to_others(file: &File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(unix)]
fn create_folder(path: &Path) -> io::Result<()> {
    std::os::unix::fs::DirBuilderExt::mode(&mut fs::DirBuilder::new(), 0o700).create(path)
}

#[cfg(not(unix))]
pub(crate) fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn close_to_others(_: &File) -> io::Result<()> {
    // What others may read there follows from the folder.
    Ok(())
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// Returns the folder of a file.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Makes the names in a folder durable.
#[cfg(unix)]
fn remember(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn remember(_: &Path) -> io::Result<()> {
    // Folders cannot be opened there; the file system's own journal has to be enough.
    Ok(())
}

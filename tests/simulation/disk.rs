//! The disk under the files of intents: it gets full in the middle of a line, forcing it fails, and what was not forced may be
//! lost, from any byte on, when a process dies.

use crate::seed::Rng;
use crate::world::World;
use papi_runtime::simulation::{DiskRequest, set_disk};
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// What the disk really holds of each file, by inode.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    files: BTreeMap<u64, Forced>,
}

/// How much of a file was forced to the disk.
#[derive(Debug, Clone, Copy, Default)]
struct Forced {
    length: u64,
    /// Whether forcing has failed once: a later success then says nothing of what was written before.
    has_failed: bool,
}

impl Disk {
    fn forced(&self, file: &Metadata) -> usize {
        let forced = self.files.get(&file.ino()).map_or(0, |forced| forced.length);
        usize::try_from(forced.min(file.len())).unwrap_or(usize::MAX)
    }

    /// Returns the bytes of a file that outlive everything.
    pub(crate) fn durable(&self, path: &Path) -> Vec<u8> {
        let Ok(file) = fs::metadata(path) else { return Vec::new() };
        let mut bytes = fs::read(path).unwrap_or_default();
        bytes.truncate(self.forced(&file));
        bytes
    }
}

impl World {
    /// Puts the disk of this world under all files of intents of this thread.
    pub(crate) fn plug_disk(&self) {
        let world = self.clone();
        set_disk(move |file, request| world.ask_disk(file, request));
    }

    fn ask_disk(&self, mut file: &File, request: DiskRequest<'_>) -> io::Result<()> {
        let found = file.metadata()?;
        if found.is_dir() {
            return Ok(());
        }
        let mut state = self.state();
        let weather = state.weather();
        let mut chance = state.disk_chance.clone();
        let forced = state.disk.files.entry(found.ino()).or_default();
        // A file may have the inode of one that is gone.
        if found.len() == 0 {
            *forced = Forced::default();
        }
        let (fails, failure) = match request {
            DiskRequest::Append(bytes) => {
                let fails = chance.per_mille(weather.disk_full);
                let part = if fails { chance.below(bytes.len()) } else { bytes.len() };
                file.write_all(&bytes[..part])?;
                (fails, ErrorKind::StorageFull)
            }
            DiskRequest::Force => {
                let fails = chance.per_mille(weather.disk_fails);
                forced.has_failed |= fails;
                if !forced.has_failed {
                    forced.length = found.len();
                }
                (fails, ErrorKind::Other)
            }
        };
        state.disk_chance = chance;
        drop(state);
        if fails {
            self.note("disk", format_args!("fails: {failure}"));
            return Err(failure.into());
        }
        Ok(())
    }

    /// Takes from a file what a death may take: a part of what was not forced. Sometimes a line that was being written is there
    /// in part.
    pub(crate) fn tear(&self, path: &Path, chance: &mut Rng) {
        let Ok(found) = fs::metadata(path) else { return };
        let bytes = fs::read(path).unwrap_or_default();
        let mut state = self.state();
        let forced = state.disk.forced(&found);
        // Who begins anew reads what the disk gives, and forces it again.
        state.disk.files.entry(found.ino()).or_default().has_failed = false;
        drop(state);
        if chance.per_mille(500) && bytes.len() > forced {
            let kept = forced + chance.below(bytes.len() - forced);
            let cut = File::options().write(true).open(path).and_then(|file| file.set_len(kept as u64));
            cut.expect("a file that can be cut");
            self.note("disk", format_args!("loses what was not forced: keeps {kept} of {} bytes", bytes.len()));
        } else if chance.per_mille(300) && bytes.ends_with(b"\n") {
            let line = bytes.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            let part = chance.below(line.len());
            let torn = File::options().append(true).open(path).and_then(|mut file| file.write_all(&line[..part]));
            torn.expect("a file that can be written");
            self.note("disk", format_args!("has {part} bytes of a line that was being written"));
        }
    }
}

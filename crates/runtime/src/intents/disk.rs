//! The two things that a file of intents asks of its disk. A simulation plays the disk.

use std::fs::File;
use std::io::{self, Write as _};

/// Appends bytes to a file.
pub(super) fn append(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    #[cfg(papi_simulation)]
    if let Some(played) = crate::simulation::play_disk(file, crate::simulation::DiskRequest::Append(bytes)) {
        return played;
    }
    file.write_all(bytes)
}

/// Forces what was written to a file, or into a folder, to the disk, by one of the two calls that do so.
pub(super) fn force(file: &File, sync: fn(&File) -> io::Result<()>) -> io::Result<()> {
    #[cfg(papi_simulation)]
    if let Some(played) = crate::simulation::play_disk(file, crate::simulation::DiskRequest::Force) {
        return played;
    }
    sync(file)
}

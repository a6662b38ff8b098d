//! Archives: the same files give the same bytes, whenever and by whomever they are packed.

use crate::failure::Failure;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tar::{Archive, Builder, HeaderMode};

/// Packs a folder, under its own name. Order, times, owners and modes of the files do not depend on the disk.
pub(crate) fn pack(folder: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::io("pack", folder, error);
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    builder.mode(HeaderMode::Deterministic);
    let parent = folder.parent().unwrap_or(folder);
    for file in files_of(folder).map_err(failed)? {
        let name = file.strip_prefix(parent).unwrap_or(&file);
        builder.append_path_with_name(&file, name).map_err(failed)?;
    }
    builder.into_inner().and_then(GzEncoder::finish).map_err(failed)
}

/// Unpacks an archive into a folder.
pub(crate) fn unpack(archive: &Path, into: &Path) -> Result<(), Failure> {
    let unpacked = File::open(archive).and_then(|file| Archive::new(GzDecoder::new(file)).unpack(into));
    unpacked.map_err(|error| Failure::io("unpack", archive, error))
}

/// Returns all files below a folder, sorted.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut files, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::time::{Duration, SystemTime};

    fn packed(names: [&str; 3]) -> Vec<u8> {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("papi-1");
        fs::create_dir_all(folder.join("man")).expect("a folder");
        for name in names {
            fs::write(folder.join(name), name).expect("written");
        }
        let old = SystemTime::now() - Duration::from_secs(names[0].len() as u64 * 1000);
        File::options().append(true).open(folder.join("b")).expect("a file").set_modified(old).expect("a time");
        pack(&folder).expect("packed")
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        assert_eq!(packed(["b", "man/a.1", "a"]), packed(["man/a.1", "a", "b"]));
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let home = tempfile::tempdir().expect("a folder");
        let archive = home.path().join("it.tar.gz");
        fs::write(&archive, packed(["b", "man/a.1", "a"])).expect("written");
        unpack(&archive, home.path()).expect("unpacked");
        assert_eq!(fs::read_to_string(home.path().join("papi-1/man/a.1")).expect("a file"), "man/a.1");
    }
}

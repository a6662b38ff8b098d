//! Whose a file is: one client has it, others are told who that is, and nobody else may read it.

use super::Disk;
use crate::intents::content::Finding;
use crate::intents::file::IntentFile;
use crate::intents::owner::{Owner, owner};
use crate::intents::writer::IntentWriter;
use std::fs::{self, File};
use std::path::Path;

#[test]
fn the_second_owner_is_told_who_the_first_is() {
    let disk = Disk::new();
    let first = disk.open();
    let error = IntentWriter::open(&disk.path).expect_err("it has an owner").to_string();
    assert!(error.contains(&format!("another client of this process ({})", std::process::id())), "{error}");
    let listed = crate::intents::read(&disk.path).expect("reading needs no owner");
    assert!(listed.intents.is_empty());
    drop(first);
    disk.open();
}

#[cfg(unix)]
#[test]
fn only_the_owner_of_the_file_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let rights = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let disk = Disk::new();
    assert!(disk.open().1.is_empty());
    assert_eq!(rights(&disk.path), 0o600);
    assert_eq!(rights(&disk.path.with_file_name("intents.lock")), 0o600);
    fs::set_permissions(&disk.path, fs::Permissions::from_mode(0o644)).expect("our file");
    let (_writer, findings) = disk.open();
    assert_eq!((findings, rights(&disk.path)), (vec![Finding::OpenToOthers], 0o600));
}

#[test]
fn who_looks_for_the_owner_is_told_and_disturbs_nobody() {
    let disk = Disk::new();
    assert_eq!(owner(&disk.path), None, "there is no file");
    let opened = IntentFile::open(&disk.path).expect("room");
    assert_eq!(owner(&disk.path).and_then(Owner::process), Some(std::process::id()));
    assert!(IntentFile::open(&disk.path).is_err(), "it is still its owner's");
    drop(opened);
    assert_eq!(owner(&disk.path), None, "the file stays, its owner has gone");
}

/// Whoever looks has the lock for a moment, in which an owner may come.
#[test]
fn an_owner_is_not_refused_because_somebody_looks() {
    let disk = Disk::new();
    drop(IntentFile::open(&disk.path).expect("room"));
    let looking = File::open(disk.path.with_file_name("intents.lock")).expect("a file");
    looking.lock_shared().expect("nobody has it");
    std::thread::scope(|scope| {
        let opening = scope.spawn(|| IntentFile::open(&disk.path));
        std::thread::sleep(std::time::Duration::from_millis(1));
        looking.unlock().expect("it was held");
        assert!(opening.join().expect("no panic").is_ok());
    });
}

//! Who uses a file of intents: one process, which holds a lock beside it.

use super::file::{beside, private, real_path};
use super::require_path;
use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How long [`owner`] may have the lock, and much longer: it only looks whether there is one.
const LOOK: Duration = Duration::from_millis(20);

/// The process that uses a file of intents. Its `Display` names it, such as `process 4711`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    process: Option<u32>,
}

impl Owner {
    /// Reads what stands in the file of the lock. What cannot be read, as on systems where a lock keeps readers out, is only
    /// missing in messages.
    fn read(lock: &mut File) -> Self {
        let mut text = String::new();
        let _ = lock.read_to_string(&mut text);
        Self { process: text.trim().parse().ok() }
    }

    /// Returns the number of the process; none when it could not write it down.
    pub fn process(self) -> Option<u32> {
        self.process
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.process {
            None => f.write_str("another process"),
            Some(id) if id == std::process::id() => write!(f, "another client of this process ({id})"),
            Some(id) => write!(f, "process {id}"),
        }
    }
}

/// Returns the process that uses a file of intents; none when there is none, or that cannot be found out. Nothing is written.
pub fn owner(path: impl AsRef<Path>) -> Option<Owner> {
    let path = path.as_ref();
    require_path(path).ok()?;
    let mut lock = File::open(lock_of(&real_path(path).ok()?)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(Owner::read(&mut lock)),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

/// Locks the file that says who the owner is, and writes this process into it.
#[allow(
    clippy::disallowed_methods,
    reason = "a client is built outside of tasks, and this is waited for only when it is refused"
)]
pub(super) fn own(path: &Path) -> io::Result<File> {
    let mut lock = private().read(true).write(true).create(true).truncate(false).open(lock_of(path))?;
    let locked = lock.try_lock().or_else(|error| match error {
        // Somebody may just be looking.
        TryLockError::WouldBlock => {
            thread::sleep(LOOK);
            lock.try_lock()
        }
        TryLockError::Error(_) => Err(error),
    });
    match locked {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let owner = Owner::read(&mut lock);
            let why = format!("it belongs to {owner}: end that first, share its client, or name another file");
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // On a full disk the owner has no name, which costs others a word of their message.
    let _ = lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id()));
    Ok(lock)
}

fn lock_of(path: &Path) -> PathBuf {
    beside(path, ".lock")
}

//! A ledger that many processes share through a file, without a daemon: each change locks the file, reads what others
//! wrote, and writes the ledger back.

use crate::error::Error;
use crate::hook::Hook;
use crate::rate_limit::Limits;
use crate::rate_limit::ledger::UsageLedger;
use crate::rate_limit::ledger_file::{FileContent, LedgerFile, Locked, Version};
use crate::secret_shape::path_in_message;
use papi_types::{Clock, Timestamp};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

/// Others hold the lock for a fraction of a millisecond. A process that holds it for longer than this was stopped in the middle.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_PAUSE: Duration = Duration::from_millis(1);

/// The shared ledger, seen by one client.
#[derive(Debug)]
pub(crate) struct SharedLedger {
    file: LedgerFile,
    on_degraded: Hook<io::Error>,
    state: Mutex<SharedState>,
}

#[derive(Debug)]
struct SharedState {
    /// The ledger as it was last seen; what a client that has to go on alone goes on with.
    ledger: UsageLedger,
    version: Option<Version>,
    standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Sharing,
    /// The file could not be used, so it lacks the calls since then. There is no way back: it is not possible to tell the calls
    /// that both count from those that only one does.
    Alone,
}

impl SharedLedger {
    pub(super) fn new(path: PathBuf, ledger: UsageLedger, on_degraded: Hook<io::Error>) -> Self {
        let state = SharedState { ledger, version: None, standing: Standing::Sharing };
        Self { file: LedgerFile::new(path), on_degraded, state: Mutex::new(state) }
    }

    /// Fails when the file cannot be used. One that another process has locked at this moment can.
    ///
    /// # Errors
    ///
    /// Invalid, with the reason and the path.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Error> {
        let read = |locked: Option<Locked>| locked.map(|mut locked| locked.read(None, now)).transpose();
        let unusable = |error: io::Error| {
            let path = path_in_message(self.file.path());
            let why = if error.kind() == io::ErrorKind::NotFound { ": its folder does not exist" } else { "" };
            Error::setting(format!("the shared ledger {path} cannot be used{why}"), error)
        };
        self.file.try_lock().and_then(read).map(drop).map_err(unusable)
    }

    /// Makes one change to the ledger in the file; to the one that was last seen, when the file cannot be used.
    ///
    /// Reading and writing take some tens of microseconds, less than handing them to another thread would.
    pub(super) async fn change<T>(
        &self,
        limits: &Limits,
        clock: &dyn Clock,
        change: impl FnOnce(&mut UsageLedger, Timestamp) -> T,
    ) -> T {
        let mut state = self.state.lock().await;
        if state.standing == Standing::Alone {
            return change(&mut state.ledger, clock.now());
        }
        let locked = self.lock().await.and_then(|locked| state.read(locked, limits, clock));
        // The present moment is that at which the ledger is locked: what others wrote lies before it.
        let result = change(&mut state.ledger, clock.now());
        let written = locked.and_then(|mut locked| locked.write(&state.ledger));
        match written {
            Ok(version) => state.version = Some(version),
            Err(error) => self.degrade(state, &error),
        }
        result
    }

    /// Waits for the lock, asking again and again: a process that is stopped while it holds the lock must not stop all others.
    async fn lock(&self) -> io::Result<Locked> {
        let patience = Instant::now() + LOCK_PATIENCE;
        loop {
            if let Some(locked) = self.file.try_lock()? {
                return Ok(locked);
            }
            if Instant::now() > patience {
                return Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "another process holds its lock and does not let go",
                ));
            }
            tokio::time::sleep(LOCK_PAUSE).await;
        }
    }

    fn degrade(&self, mut state: MutexGuard<'_, SharedState>, error: &io::Error) {
        state.standing = Standing::Alone;
        drop(state);
        let path = self.file.path().display();
        let text =
            format!("the shared ledger {path} cannot be used, so this client counts only its own calls: {error}");
        self.on_degraded.tell(&io::Error::new(error.kind(), text));
    }
}

impl SharedState {
    fn read(&mut self, mut locked: Locked, limits: &Limits, clock: &dyn Clock) -> io::Result<Locked> {
        match locked.read(self.version, clock.now())? {
            // A file that was deleted meanwhile gets back what was last seen of it.
            FileContent::Nothing | FileContent::Same => {}
            FileContent::Newer(ledger, version) => (self.ledger, self.version) = (*ledger, Some(version)),
            FileContent::Torn => self.ledger = self.ledger.clone().in_doubt(limits, clock.now()),
        }
        Ok(locked)
    }
}

#[cfg(test)]
mod tests;

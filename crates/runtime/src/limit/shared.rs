//! A ledger that many processes share through a file, without a daemon: each change locks the file, reads what others
//! wrote, and writes the books back.

use crate::limit::Limits;
use crate::limit::file::{Found, LedgerFile, Locked, Version};
use crate::limit::ledger::Ledger;
use crate::reading::Report;
use papi_types::{Clock, Timestamp};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

/// Others hold the lock for a fraction of a millisecond. Whoever has it for so long was stopped in the middle.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_PAUSE: Duration = Duration::from_millis(1);

/// The shared ledger, seen by one client.
#[derive(Debug)]
pub(crate) struct SharedLedger {
    file: LedgerFile,
    on_degraded: Report<io::Error>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The books as they were last seen; what a client that has to go on alone goes on with.
    ledger: Ledger,
    version: Option<Version>,
    standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Sharing,
    /// The file could not be used, and what was done since does not stand in it. There is no way back: nobody could
    /// tell what both know from what only one does.
    Alone,
}

impl SharedLedger {
    pub(super) fn new(path: PathBuf, ledger: Ledger, on_degraded: Report<io::Error>) -> Self {
        let state = State { ledger, version: None, standing: Standing::Sharing };
        Self { file: LedgerFile::new(path), on_degraded, state: Mutex::new(state) }
    }

    /// Makes one change to the books in the file; to the last that were seen, when the file cannot be used.
    ///
    /// Reading and writing take some tens of microseconds, less than handing them to another thread would.
    pub(super) async fn change<T>(
        &self,
        limits: &Limits,
        clock: &dyn Clock,
        change: impl FnOnce(&mut Ledger, Timestamp) -> T,
    ) -> T {
        let mut state = self.state.lock().await;
        if state.standing == Standing::Alone {
            return change(&mut state.ledger, clock.now());
        }
        let locked = match self.lock().await {
            Ok(locked) => state.read(locked, limits, clock),
            Err(error) => Err(error),
        };
        // The present moment is that at which the books are in hand: what others wrote lies before it.
        let result = change(&mut state.ledger, clock.now());
        let written = locked.and_then(|mut locked| locked.write(&state.ledger));
        match written {
            Ok(version) => state.version = Some(version),
            Err(error) => self.degrade(state, &error),
        }
        result
    }

    /// Waits for the lock, asking again and again: whoever is stopped while holding it must not stop everyone.
    async fn lock(&self) -> io::Result<Locked> {
        let patience = Instant::now() + LOCK_PATIENCE;
        loop {
            if let Some(locked) = self.file.try_lock()? {
                return Ok(locked);
            }
            if Instant::now() > patience {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "somebody holds its lock and does not let go"));
            }
            tokio::time::sleep(LOCK_PAUSE).await;
        }
    }

    fn degrade(&self, mut state: MutexGuard<'_, State>, error: &io::Error) {
        state.standing = Standing::Alone;
        drop(state);
        let path = self.file.path().display();
        let text =
            format!("the shared ledger {path} cannot be used, so this client counts only its own calls: {error}");
        (self.on_degraded.0)(&io::Error::new(error.kind(), text));
    }
}

impl State {
    fn read(&mut self, mut locked: Locked, limits: &Limits, clock: &dyn Clock) -> io::Result<Locked> {
        match locked.read(self.version)? {
            // A file that was deleted meanwhile gets back what was last seen of it.
            Found::Nothing | Found::Same => {}
            Found::Newer(ledger, version) => (self.ledger, self.version) = (ledger, Some(version)),
            Found::Torn => self.ledger = self.ledger.clone().in_doubt(limits, clock.now()),
        }
        Ok(locked)
    }
}

#[cfg(test)]
mod tests;

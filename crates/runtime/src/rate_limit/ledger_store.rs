//! Where the ledger is kept: in this process, or in a file that all processes of a machine share.
//!
//! There are two things to do with it, reserve and settle, with plain data in and out. A ledger on the network would be
//! another variant that sends these to a server, which does the same with the same pure functions.

use crate::error::Error;
use crate::hook::Hook;
use crate::rate_limit::ledger::{Denied, Grant, PermitRequest, UsageLedger};
use crate::rate_limit::shared_ledger::SharedLedger;
use crate::rate_limit::{CooldownLength, Limits};
use crate::secret_shape::require_path;
use papi_types::{Clock, Cost, Timestamp};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The ledger, alone or shared.
#[derive(Debug)]
pub(crate) enum LedgerStore {
    /// This client and its clones use it.
    Own(Mutex<UsageLedger>),
    /// All clients that name the same file use it.
    Shared(SharedLedger),
}

impl LedgerStore {
    /// A ledger in a file, or of this client alone. When the file cannot be used later on, `on_degraded` is told once and
    /// the client goes on by itself.
    ///
    /// # Errors
    ///
    /// Invalid when the file cannot be used already now.
    pub(crate) fn open(path: Option<PathBuf>, clock: &dyn Clock, on_degraded: Hook<io::Error>) -> Result<Self, Error> {
        let ledger = UsageLedger::new(clock.now());
        let Some(path) = path else { return Ok(Self::Own(Mutex::new(ledger))) };
        require_path("the shared ledger", &path)?;
        let shared = SharedLedger::new(path, ledger, on_degraded);
        shared.check(clock.now())?;
        Ok(Self::Shared(shared))
    }

    /// Notes a call as under way, or says when there may be room.
    pub(super) async fn reserve(
        &self,
        request: &PermitRequest,
        limits: &Limits,
        clock: &dyn Clock,
    ) -> Result<Grant, Denied> {
        self.change(limits, clock, |ledger, now| ledger.reserve(request, limits, now)).await
    }

    /// Notes a call as answered now, adopts the exchange's counts, and starts the cooldown if the exchange closed itself.
    /// Returns for how long then.
    pub(super) async fn settle(
        &self,
        call: &Grant,
        used: Cost,
        length: Option<CooldownLength>,
        limits: &Limits,
        clock: &dyn Clock,
    ) -> Option<Duration> {
        let settle = |ledger: &mut UsageLedger, now| {
            ledger.settle(call, used, limits, now);
            length.map(|length| ledger.close(length, limits, now))
        };
        self.change(limits, clock, settle).await
    }

    /// Makes one change, given the present moment: that at which the ledger is locked.
    async fn change<T>(
        &self,
        limits: &Limits,
        clock: &dyn Clock,
        change: impl FnOnce(&mut UsageLedger, Timestamp) -> T,
    ) -> T {
        match self {
            Self::Own(ledger) => {
                // A panic while holding the lock leaves at worst one entry too many.
                let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
                change(&mut ledger, clock.now())
            }
            Self::Shared(shared) => shared.change(limits, clock, change).await,
        }
    }
}

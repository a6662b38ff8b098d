//! Where the ledger is kept: in this process, or in a file that all processes of a machine share.
//!
//! There are two things to do with it, reserve and settle, with plain data in and out. A ledger on the network would be
//! another variant that sends these to a server, which does the same with the same pure functions.

use crate::limit::ledger::{Booked, Full, Ledger, Wish};
use crate::limit::shared::SharedLedger;
use crate::limit::{Closing, Limits};
use crate::reading::Report;
use papi_types::{Clock, Cost, Timestamp};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The ledger and who else uses it.
#[derive(Debug)]
pub(crate) enum Books {
    /// Only this client and its clones.
    Own(Mutex<Ledger>),
    /// Everyone who names the same file.
    Shared(SharedLedger),
}

impl Books {
    /// Books of this client alone.
    pub(crate) fn own(clock: &dyn Clock) -> Self {
        Self::Own(Mutex::new(Ledger::new(clock.now())))
    }

    /// Books in a file. When it cannot be used, `on_degraded` is told once and the client goes on by itself.
    pub(crate) fn shared(path: PathBuf, clock: &dyn Clock, on_degraded: Report<io::Error>) -> Self {
        Self::Shared(SharedLedger::new(path, Ledger::new(clock.now()), on_degraded))
    }

    /// Books a call as under way, or says when there may be room.
    pub(super) async fn reserve(&self, wish: &Wish, limits: &Limits, clock: &dyn Clock) -> Result<Booked, Full> {
        self.change(limits, clock, |ledger, now| ledger.reserve(wish, limits, now)).await
    }

    /// Books a call as answered now, adopts the exchange's counts, and closes the door if the exchange did. Answers for
    /// how long then.
    pub(super) async fn settle(
        &self,
        call: &Booked,
        used: Cost,
        closing: Option<Closing>,
        limits: &Limits,
        clock: &dyn Clock,
    ) -> Option<Duration> {
        let settle = |ledger: &mut Ledger, now| {
            ledger.settle(call, used, limits, now);
            closing.map(|closing| ledger.close(closing, limits, now))
        };
        self.change(limits, clock, settle).await
    }

    /// Makes one change, given the present moment: that at which the books are in hand.
    async fn change<T>(
        &self,
        limits: &Limits,
        clock: &dyn Clock,
        change: impl FnOnce(&mut Ledger, Timestamp) -> T,
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

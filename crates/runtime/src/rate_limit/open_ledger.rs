//! The ledger that a client uses, wherever it is kept: in this process, in a file, or on a server.
//!
//! There are two things to do with it, reserve and settle, with plain data in and out.

use crate::error::Error;
use crate::hook::Hook;
use crate::notice::Notice;
use crate::rate_limit::ledger::{Denied, Grant, PermitRequest, UsageLedger};
use crate::rate_limit::ledger_store::{LedgerStore, Place};
#[cfg(feature = "redis")]
use crate::rate_limit::redis_ledger::{RedisGrant, RedisLedger};
use crate::rate_limit::shared_ledger::SharedLedger;
use crate::rate_limit::{Account, CooldownLength, Limits};
use crate::secret_shape::require_path;
use papi_types::{Clock, Cost, Timestamp};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The ledger, alone or shared.
#[derive(Debug)]
pub(crate) enum OpenLedger {
    /// This client and its clones use it.
    Own(Mutex<UsageLedger>),
    /// All clients that name the same file use it.
    File(SharedLedger),
    /// All clients that name the same server use it.
    #[cfg(feature = "redis")]
    Redis(RedisLedger),
}

/// What a ledger needs to know of its client.
#[derive(Debug)]
#[cfg_attr(not(feature = "redis"), expect(dead_code, reason = "a file needs little of it"))]
pub(crate) struct LedgerSurroundings<'a> {
    pub(crate) limits: Limits,
    pub(crate) account: Account,
    pub(crate) clock: Arc<dyn Clock>,
    /// The certificates that the client trusts.
    pub(crate) tls: &'a rustls::ClientConfig,
    pub(crate) on_notice: Hook<Notice>,
}

/// A call that is noted as under way.
#[derive(Debug)]
pub(super) enum Reserved {
    Here(Grant),
    #[cfg(feature = "redis")]
    OnServer(Box<RedisGrant>),
}

impl OpenLedger {
    /// Opens a shared ledger, or one of this client alone. When a shared one cannot be used later on, the client is told and
    /// goes on by itself.
    ///
    /// # Errors
    ///
    /// Invalid when it cannot be used already now.
    pub(crate) fn open(store: Option<LedgerStore>, around: LedgerSurroundings<'_>) -> Result<Self, Error> {
        match store.map(|LedgerStore(place)| place) {
            None => Ok(Self::Own(Mutex::new(UsageLedger::new(around.clock.now())))),
            Some(Place::File(path)) => Self::of_file(path, around),
            #[cfg(feature = "redis")]
            Some(Place::Redis(address)) => RedisLedger::open(address, around).map(Self::Redis),
        }
    }

    fn of_file(path: PathBuf, around: LedgerSurroundings<'_>) -> Result<Self, Error> {
        require_no_url(&path)?;
        require_path("the shared ledger", &path)?;
        let LedgerSurroundings { clock, on_notice, .. } = around;
        let on_degraded = Hook::new(move |error: &io::Error| {
            on_notice.notify(&Notice::LedgerUnavailable { reason: error.to_string() });
        });
        let shared = SharedLedger::new(path, UsageLedger::new(clock.now()), on_degraded);
        shared.check(clock.now())?;
        Ok(Self::File(shared))
    }

    /// Notes a call as under way, or says when there may be room.
    pub(super) async fn reserve(
        &self,
        request: &PermitRequest,
        limits: &Limits,
        clock: &dyn Clock,
    ) -> Result<Reserved, Denied> {
        let reserve = |ledger: &mut UsageLedger, now| ledger.reserve(request, limits, now);
        match self {
            Self::Own(ledger) => change(ledger, clock, reserve).map(Reserved::Here),
            Self::File(shared) => shared.change(limits, clock, reserve).await.map(Reserved::Here),
            #[cfg(feature = "redis")]
            Self::Redis(ledger) => ledger.reserve(request).await.map(|call| Reserved::OnServer(Box::new(call))),
        }
    }

    /// Notes a call as answered now, adopts the exchange's counts, and starts the cooldown if the exchange closed itself.
    /// Returns for how long then.
    pub(super) async fn settle(
        &self,
        call: &Reserved,
        used: Cost,
        length: Option<CooldownLength>,
        limits: &Limits,
        clock: &dyn Clock,
    ) -> Option<Duration> {
        let settle = |call: &Grant, ledger: &mut UsageLedger, now| {
            ledger.settle(call, used, limits, now);
            length.map(|length| ledger.close(length, limits, now))
        };
        match (self, call) {
            (Self::Own(ledger), Reserved::Here(call)) => change(ledger, clock, |ledger, now| settle(call, ledger, now)),
            (Self::File(shared), Reserved::Here(call)) => {
                shared.change(limits, clock, |ledger, now| settle(call, ledger, now)).await
            }
            #[cfg(feature = "redis")]
            (Self::Redis(ledger), Reserved::OnServer(call)) => ledger.settle(call, used, length).await,
            // A permit is settled by the ledger that gave it.
            #[cfg(feature = "redis")]
            (Self::Redis(_), Reserved::Here(_)) | (Self::Own(_) | Self::File(_), Reserved::OnServer(_)) => None,
        }
    }
}

/// Makes one change to a ledger of this process, given the present moment: that at which it is locked.
fn change<T>(
    ledger: &Mutex<UsageLedger>,
    clock: &dyn Clock,
    change: impl FnOnce(&mut UsageLedger, Timestamp) -> T,
) -> T {
    // A panic while holding the lock leaves at worst one entry too many.
    let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
    change(&mut ledger, clock.now())
}

/// Refuses the address of a server in the place of a path: it may hold a password, which must not become the name of a file.
fn require_no_url(path: &Path) -> Result<(), Error> {
    let is_url = path
        .to_str()
        .is_some_and(|text| ["redis://", "rediss://", "redis+unix://"].iter().any(|scheme| text.starts_with(scheme)));
    if is_url {
        return Err(Error::invalid(
            "the shared ledger has the address of a server where a path is wanted: give `LedgerStore::redis(..)?` (cargo feature `redis`)",
        ));
    }
    Ok(())
}

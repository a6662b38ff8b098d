//! What the client asks of the limits: reserve and wait for room, send, settle with what the exchange said.

use crate::deadline::left;
#[cfg(feature = "redis")]
use crate::error::Error;
use crate::plural::counted;
#[cfg(feature = "redis")]
use crate::rate_limit::LedgerStatus;
use crate::rate_limit::charge::Priority;
use crate::rate_limit::ledger::{Denied, PermitRequest, UsageLedger};
use crate::rate_limit::open_ledger::{OpenLedger, Reserved};
use crate::rate_limit::{Account, CooldownLength, Limits};
use papi_types::{Clock, Cost};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Keeps the limits for all clones of a client, and with a shared ledger for all processes.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    limits: Limits,
    account: Account,
    /// This machine's clock, without any estimate of the exchange's.
    clock: Arc<dyn Clock>,
    ledger: OpenLedger,
}

/// Shorter waits are not told.
const NOTICEABLE: Duration = Duration::from_secs(1);

impl RateLimiter {
    pub(crate) fn new(limits: Limits, account: Account, clock: Arc<dyn Clock>, ledger: OpenLedger) -> Self {
        Self { limits, account, clock, ledger }
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// What the ledger on a server holds; none when it is kept elsewhere.
    #[cfg(feature = "redis")]
    pub(crate) async fn ledger_status(&self) -> Result<Option<LedgerStatus>, Error> {
        match &self.ledger {
            OpenLedger::Redis(ledger) => ledger.status().await.map(Some),
            OpenLedger::Own(_) | OpenLedger::File(_) => Ok(None),
        }
    }

    /// Reserves what an attempt costs, waiting for room until an instant at most. Fails at once when there will be
    /// none until then. Calls that wait are served in the order in which they came, reads after all others.
    /// A wait that people would notice is told to `on_wait`, once.
    pub(crate) async fn reserve(
        &self,
        mut request: PermitRequest,
        deadline: Instant,
        on_wait: &(dyn Fn(Duration) + Sync),
    ) -> Result<Permit<'_>, Denied> {
        let mut told = false;
        request.account = self.account;
        loop {
            request.patience = left(deadline);
            let denied = match self.ledger.reserve(&request, &self.limits, self.clock.as_ref()).await {
                Ok(reserved) => return Ok(Permit { limiter: self, reserved }),
                Err(denied) => denied,
            };
            let wait = match denied {
                Denied::Never => return Err(denied),
                Denied::Closed(wait) => wait,
                Denied::UsedUp { wait, place } => {
                    request.place = place;
                    wait
                }
            };
            if wait > request.patience {
                return Err(denied);
            }
            if wait >= NOTICEABLE && !told {
                told = true;
                on_wait(wait);
            }
            tokio::time::sleep(wait.min(UsageLedger::nap(&self.limits)).max(Duration::from_millis(1))).await;
        }
    }

    /// Returns which limit a request exceeds that is never granted, in words.
    pub(crate) fn too_much(&self, request: &PermitRequest) -> String {
        let (limits, cost) = (self.limits, request.cost);
        let reads = limits.weight_of_reads(cost.weight);
        if request.priority == Priority::Read && cost.weight <= limits.weight && cost.orders <= limits.orders {
            let share = limits.order_share.unwrap_or_default();
            return format!(
                "one call costs a weight of {}, more than the {reads} that reads may use: the limit of {} less the \
                 order share of {share}; lower `Limits::order_share`",
                cost.weight, limits.weight,
            );
        }
        format!(
            "one call costs a weight of {} and {}, more than the limits of {} and {}",
            cost.weight,
            counted(cost.orders, "order"),
            limits.weight,
            limits.orders
        )
    }
}

/// Weight and orders that are reserved for one attempt.
///
/// To be settled when the answer is there. One that is not, because the call was given up or the process ended, counts
/// as if the answer had come when the attempt's timeout was over.
#[derive(Debug)]
#[must_use = "a reservation that is not settled counts for longer than it should"]
pub(crate) struct Permit<'a> {
    limiter: &'a RateLimiter,
    reserved: Reserved,
}

impl Permit<'_> {
    /// Notes the attempt as answered now, with the exchange's own counts, zero when it gave none. If the exchange closed
    /// itself, all calls wait; returns for how long then.
    pub(crate) async fn settle(self, used: Cost, length: Option<CooldownLength>) -> Option<Duration> {
        let RateLimiter { limits, clock, ledger, .. } = self.limiter;
        ledger.settle(&self.reserved, used, length, limits, clock.as_ref()).await
    }
}

//! What the client asks of the budget: reserve and wait for room, send, settle with what the exchange said.

use crate::limit::charge::Class;
use crate::limit::ledger::{Booked, Full, Ledger, Wish};
use crate::limit::{Account, Books, Closing, Limits};
use papi_types::{Clock, Cost, Effect};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The budget that all clones of a client share, and with shared books all processes.
#[derive(Debug, Clone)]
pub(crate) struct Budget(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    limits: Limits,
    account: Account,
    /// This machine's clock, without any estimate of the exchange's.
    clock: Arc<dyn Clock>,
    books: Books,
}

/// What an attempt wants to reserve.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask {
    pub(crate) cost: Cost,
    pub(crate) effect: Effect,
    /// How long the attempt may take. If this process ends meanwhile, what was reserved is free a window after that.
    pub(crate) timeout: Duration,
}

/// Shorter waits are nobody's business.
const NOTICEABLE: Duration = Duration::from_secs(1);

/// Why nothing was reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// There never is: the call costs more than the whole limit. Says which one.
    Never(String),
    /// The exchange has closed its door to everyone, for so long.
    Closed(Duration),
    /// The budget is used up, for so long at least.
    UsedUp(Duration),
}

impl Budget {
    pub(crate) fn new(limits: Limits, account: Account, clock: Arc<dyn Clock>, books: Books) -> Self {
        Self(Arc::new(Inner { limits, account, clock, books }))
    }

    /// Reserves what an attempt costs, waiting for room until an instant at most. Fails at once when there will be
    /// none until then. Those who wait are served in the order in which they came, reads after all others.
    /// A wait that people would notice is told to `on_wait`, once.
    pub(crate) async fn reserve(
        &self,
        ask: Ask,
        patience: Instant,
        on_wait: &(dyn Fn(Duration) + Sync),
    ) -> Result<Reservation, NoRoom> {
        let Inner { limits, account, clock, books } = &*self.0;
        let (mut place, mut told) = (None, false);
        loop {
            let wish = Wish {
                class: Class::of(ask.effect),
                cost: ask.cost,
                account: *account,
                lease: ask.timeout,
                place,
                patience: left(patience),
            };
            let (wait, no_room): (_, fn(Duration) -> NoRoom) = match books.reserve(&wish, limits, clock.as_ref()).await
            {
                Ok(booked) => return Ok(Reservation { budget: self.clone(), booked }),
                Err(Full::Never) => return Err(NoRoom::Never(self.too_much(ask))),
                Err(Full::Closed(wait)) => (wait, NoRoom::Closed),
                Err(Full::UsedUp { wait, place: given }) => {
                    place = given;
                    (wait, NoRoom::UsedUp)
                }
            };
            if wait > wish.patience {
                return Err(no_room(wait));
            }
            if wait >= NOTICEABLE && !told {
                told = true;
                on_wait(wait);
            }
            tokio::time::sleep(wait.min(Ledger::nap(limits)).max(Duration::from_millis(1))).await;
        }
    }

    fn too_much(&self, ask: Ask) -> String {
        let (limits, cost) = (self.0.limits, ask.cost);
        let reads = limits.weight_of_reads(cost.weight);
        if Class::of(ask.effect) == Class::Read && cost.weight <= limits.weight && cost.orders <= limits.orders {
            let share = limits.order_share.unwrap_or_default();
            return format!(
                "one call costs a weight of {}, more than the {reads} that reads may use: the limit of {} less the \
                 order share of {share}; lower `Limits::order_share`",
                cost.weight, limits.weight,
            );
        }
        format!(
            "one call costs a weight of {} and {} orders, more than the limits of {} and {}",
            cost.weight, cost.orders, limits.weight, limits.orders
        )
    }
}

/// Budget that is reserved for one attempt.
///
/// To be settled when the answer is there. One that is not, because the call was given up or the process ended, counts
/// as if the answer had come when the attempt's timeout was over.
#[derive(Debug)]
#[must_use = "a reservation that is not settled counts for longer than it should"]
pub(crate) struct Reservation {
    budget: Budget,
    booked: Booked,
}

impl Reservation {
    /// Books the attempt as answered now, with the exchange's own counts, zero when it gave none. If the exchange
    /// closed its door, everyone is stopped; answers for how long then.
    pub(crate) async fn settle(self, used: Cost, closing: Option<Closing>) -> Option<Duration> {
        let Inner { limits, clock, books, .. } = &*self.budget.0;
        books.settle(&self.booked, used, closing, limits, clock.as_ref()).await
    }
}

fn left(patience: Instant) -> Duration {
    patience.saturating_duration_since(Instant::now())
}

//! The pure book-keeping behind the limits: what is under way, what was answered within the last window, which calls wait, and
//! what all of that leaves.
//!
//! Everything is a function of the ledger, the limits and the present moment, so that one process can keep it for
//! itself or many can share them, each with limits of its own.

mod calls_under_way;
#[cfg(test)]
mod no_window_overflows;
mod records;
#[cfg(test)]
mod tests;

use crate::rate_limit::charge::{Charge, Priority, Sum, Tally};
use crate::rate_limit::cooldown::Cooldown;
use crate::rate_limit::{Account, CooldownLength, Limits};
use calls_under_way::{CallsUnderWay, UnderWay};
use papi_types::{Cost, Effect, Timestamp};
use std::collections::VecDeque;
use std::time::Duration;

/// A call counts as over when this time has passed after its timeout, even when the process that made it has ended.
const LEASE_MARGIN: Duration = Duration::from_secs(1);
/// No lease is longer, so that a call without a timeout does not count for ever when its process ends. A call that does
/// take longer is noted again when its answer comes.
const LONGEST_LEASE: Duration = Duration::from_secs(10 * 60);
/// A place in the queue is lost when its call comes back later than announced by more than this.
const PLACE_MARGIN: Duration = Duration::from_secs(1);
/// A call that waits comes back after a twentieth of the window, and after this at the latest, because those ahead may
/// have given up.
const LONGEST_NAP: Duration = Duration::from_secs(3);

/// What is known about the use of the limits. Times are those of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UsageLedger {
    /// The last number that was given to a call or a place in the queue.
    last_number: u64,
    /// The longest window of all clients that use this ledger: what is older than that does not count.
    longest_window: Duration,
    cooldown: Cooldown,
    under_way: CallsUnderWay,
    /// What was answered, a row for each slot, priority and account; oldest first.
    spent: VecDeque<Spent>,
    /// What all rows of `spent` and all calls under way add up to, so that no call has to go through them.
    noted: Tally,
    waiting: Vec<QueuePlace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spent {
    since: Timestamp,
    charge: Charge,
}

/// A place in the queue of those for whom there was no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QueuePlace {
    place: u64,
    charge: Charge,
    kept_until: Timestamp,
}

/// What a call asks for before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PermitRequest {
    pub(super) priority: Priority,
    pub(super) cost: Cost,
    pub(super) account: Account,
    /// How long the call takes at most; ten minutes are believed. If this process ends meanwhile, what was reserved is
    /// free a window after that.
    pub(super) lease: Duration,
    /// The place in the queue that an earlier denial gave.
    pub(super) place: Option<u64>,
    /// Room that comes later than this is of no use.
    pub(super) patience: Duration,
    pub(super) beyond_share: BeyondShare,
}

/// What a call does for which the share of a client is used up, while a ledger of many hosts is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BeyondShare {
    Waits,
    /// Cancels and what may be repeated: to hold them back costs more than the weight.
    Passes,
}

impl PermitRequest {
    /// A request of a call with this effect, whose attempt takes no longer than `timeout`.
    pub(crate) fn new(effect: Effect, cost: Cost, timeout: Duration) -> Self {
        let priority = Priority::of(effect);
        let beyond_share = if effect == Effect::Idempotent { BeyondShare::Passes } else { BeyondShare::Waits };
        let (account, patience) = (Account::NONE, Duration::MAX);
        Self { priority, cost, account, lease: timeout, place: None, patience, beyond_share }
    }

    /// The most that may count together with this request.
    fn most(&self, limits: &Limits) -> Sum {
        Sum {
            weight: limits.weight.into(),
            orders: limits.orders.into(),
            reads: match self.priority {
                Priority::Read => limits.weight_of_reads(self.cost.weight).into(),
                Priority::Act => u64::MAX,
            },
        }
    }

    fn charge(&self) -> Charge {
        Charge::new(self.priority, self.cost, self.account)
    }

    /// Whether it costs more than is ever granted.
    pub(super) fn is_too_much(&self, limits: &Limits) -> bool {
        !Sum::of(self.charge(), self.account).beyond(self.most(limits)).is_zero()
    }

    /// How long what is reserved counts when the call has no end.
    pub(super) fn lease_length(&self) -> Duration {
        self.lease.min(LONGEST_LEASE) + LEASE_MARGIN
    }
}

/// A call that is noted as under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    number: u64,
    request: PermitRequest,
    asked: Timestamp,
}

/// Why nothing was reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// One call costs more than the whole limit.
    Never,
    /// The exchange has closed itself to this address, for this time.
    Closed(Duration),
    /// There is no room for at least `wait`; `place` is the caller's place in the queue, if it waits.
    UsedUp { wait: Duration, place: Option<u64> },
}

impl UsageLedger {
    /// A ledger without any call.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            // Later than all numbers of a ledger that was lost, so that a call noted there is not found here.
            last_number: u64::try_from(now.as_millis()).unwrap_or_default().saturating_mul(1_000),
            longest_window: Duration::ZERO,
            cooldown: Cooldown::default(),
            under_way: CallsUnderWay::default(),
            spent: VecDeque::new(),
            noted: Tally::default(),
            waiting: Vec::new(),
        }
    }

    /// A ledger in place of one that cannot be read any more: as if reads had just used up all that they may. They wait
    /// for one window, and the order share is there for trading meanwhile. The exchange's count does the rest.
    pub(super) fn in_doubt(mut self, limits: &Limits, now: Timestamp) -> Self {
        self.last_number = self.last_number.max(Self::new(now).last_number);
        let reads = Cost::new(limits.weight_of_reads(0), 0);
        self.spend(Charge::new(Priority::Read, reads, Account::NONE), limits, now);
        self
    }

    /// How long a call that waits may sleep at a time.
    pub(super) fn nap(limits: &Limits) -> Duration {
        (limits.window / 20).min(LONGEST_NAP)
    }

    /// Notes a call as under way, or says when there may be room.
    pub(super) fn reserve(
        &mut self,
        request: &PermitRequest,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<Grant, Denied> {
        self.tidy(limits, now);
        let charge = request.charge();
        if request.is_too_much(limits) {
            return Err(Denied::Never);
        }
        if let Some(until) = self.cooldown.closed_until(now) {
            return Err(Denied::Closed(until.since(now)));
        }
        let counted = self.counted(request.account, limits, now);
        let alone = Sum::of(charge, request.account);
        let missing = counted.plus(self.ahead_of(request)).plus(alone).beyond(request.most(limits));
        if missing.is_zero() {
            self.leave(request.place);
            return Ok(self.note(request, now));
        }
        let wait = self.free_at(missing, request.account, limits, now).since(now);
        // There is no queue for orders: they cost the same for all.
        if wait > request.patience || (missing.weight == 0 && missing.reads == 0) {
            self.leave(request.place);
            return Err(Denied::UsedUp { wait, place: None });
        }
        let place = self.queue(request.place, charge, now.plus(wait.min(Self::nap(limits))).plus(PLACE_MARGIN));
        Err(Denied::UsedUp { wait, place: Some(place) })
    }

    /// Says when there may be room, if there is none now. Nothing is noted.
    #[cfg(feature = "redis")]
    pub(super) fn would_grant(
        &mut self,
        request: &PermitRequest,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<(), Denied> {
        let grant = self.reserve(request, limits, now)?;
        if let Some(noted) = self.under_way.remove(grant.number) {
            self.noted.take(noted.charge);
        }
        Ok(())
    }

    /// Notes a call as under way, whatever else is.
    pub(super) fn note(&mut self, request: &PermitRequest, now: Timestamp) -> Grant {
        let (number, charge) = (self.next_number(), request.charge());
        self.under_way.add(UnderWay { number, charge, asked: now, lease_end: now.plus(request.lease_length()) });
        self.noted.add(charge);
        Grant { number, request: *request, asked: now }
    }

    /// Notes a call as answered now, and adopts the exchange's counts where they are higher than what is known here.
    pub(super) fn settle(&mut self, call: &Grant, theirs: Cost, limits: &Limits, now: Timestamp) {
        self.tidy(limits, now);
        // The exchange counted at some moment of the call, so all that stood here at any moment of it is known: what
        // was freed since must not be taken for the use of others.
        let PermitRequest { priority, cost, account, .. } = call.request;
        let known = self.counted(account, limits, call.asked);
        let others = |theirs: u32, known: u64| u32::try_from(u64::from(theirs).saturating_sub(known)).unwrap_or(theirs);
        let unknown = Cost::new(others(theirs.weight, known.weight), others(theirs.orders, known.orders));
        if let Some(answered) = self.under_way.remove(call.number) {
            self.noted.take(answered.charge);
        }
        self.spend(Charge::new(priority, cost, account), limits, now);
        self.spend(Charge::new(Priority::Read, unknown, account), limits, now);
    }

    /// Starts a cooldown for all calls. Returns for how long.
    pub(super) fn close(&mut self, length: CooldownLength, limits: &Limits, now: Timestamp) -> Duration {
        self.cooldown.close(length, limits.window, now).since(now)
    }

    /// For how long the exchange is closed, if it is.
    #[cfg(feature = "redis")]
    pub(super) fn closed_for(&self, now: Timestamp) -> Option<Duration> {
        self.cooldown.closed_until(now).map(|until| until.since(now))
    }

    /// What counts at an instant: calls under way, and what was answered less than a window before.
    pub(super) fn counted(&self, account: Account, limits: &Limits, at: Timestamp) -> Sum {
        let over = self.spent.range(..self.first_counting(limits, at)).map(|row| Sum::of(row.charge, account));
        over.fold(self.noted.seen_by(account), Sum::beyond)
    }

    /// Where the rows begin that count at an instant.
    fn first_counting(&self, limits: &Limits, at: Timestamp) -> usize {
        let is_over = |row: &&Spent| row.since.plus(limits.window) <= at;
        self.spent.iter().take_while(is_over).count()
    }

    /// What is kept for calls that are served first: those that came earlier and, before reads, all others.
    fn ahead_of(&self, request: &PermitRequest) -> Sum {
        let is_ahead = |other: &QueuePlace| match (other.charge.priority, request.priority) {
            (Priority::Act, Priority::Read) => true,
            (Priority::Read, Priority::Act) => false,
            _ => request.place.is_none_or(|place| other.place < place),
        };
        let ahead = self.waiting.iter().filter(|other| is_ahead(other));
        ahead.fold(Sum::default(), |sum, other| sum.plus(Sum::of(other.charge, request.account)))
    }

    /// When what is missing will be free, if no other call comes.
    fn free_at(&self, missing: Sum, account: Account, limits: &Limits, now: Timestamp) -> Timestamp {
        let mut missing = missing;
        for row in self.spent.range(self.first_counting(limits, now)..) {
            missing = missing.beyond(Sum::of(row.charge, account));
            if missing.is_zero() {
                return row.since.plus(limits.window);
            }
        }
        // The rest is held by calls under way, and of these none is free before a window has passed.
        now.plus(limits.window)
    }

    /// Keeps a place in the queue, or takes the last one.
    fn queue(&mut self, place: Option<u64>, charge: Charge, kept_until: Timestamp) -> u64 {
        if let Some(mine) = self.waiting.iter_mut().find(|other| Some(other.place) == place) {
            mine.kept_until = kept_until;
            return mine.place;
        }
        let place = self.next_number();
        self.waiting.push(QueuePlace { place, charge, kept_until });
        place
    }

    fn leave(&mut self, place: Option<u64>) {
        self.waiting.retain(|other| Some(other.place) != place);
    }

    fn next_number(&mut self) -> u64 {
        self.last_number = self.last_number.saturating_add(1);
        self.last_number
    }

    /// Notes a charge as answered at an instant, in the slot of that instant.
    fn spend(&mut self, charge: Charge, limits: &Limits, at: Timestamp) {
        if charge.weight == 0 && charge.orders == 0 {
            return;
        }
        let since = end_of_slot(at, limits);
        // Most are answered now, so the slot is one of the last.
        let later = self.spent.iter().rev().take_while(|row| row.since > since).count();
        let end = self.spent.len() - later;
        let mut slot = self.spent.range_mut(..end).rev().take_while(|row| row.since == since);
        if let Some(row) = slot.find(|row| row.charge.is_alike(&charge)) {
            self.noted.take(row.charge);
            row.charge.weight = row.charge.weight.saturating_add(charge.weight);
            row.charge.orders = row.charge.orders.saturating_add(charge.orders);
            self.noted.add(row.charge);
        } else {
            self.spent.insert(end, Spent { since, charge });
            self.noted.add(charge);
        }
    }

    /// Brings the ledger up to an instant: leases that have run out, places that are lost, rows that no longer count.
    fn tidy(&mut self, limits: &Limits, now: Timestamp) {
        self.longest_window = self.longest_window.max(limits.window);
        self.mend_future(limits, now);
        while let Some(lapsed) = self.under_way.take_lapsed(now) {
            self.noted.take(lapsed.charge);
            self.spend(lapsed.charge, limits, lapsed.lease_end);
        }
        self.waiting.retain(|other| other.kept_until > now);
        // `settle` looks back to the beginning of its call.
        let horizon = self.under_way.oldest().map_or(now, |call| call.asked.min(now));
        while let Some(row) = self.spent.front().filter(|row| row.since.plus(self.longest_window) <= horizon) {
            self.noted.take(row.charge);
            self.spent.pop_front();
        }
    }

    /// When the clock was set back, entries lie in the future. They are taken to have happened just now.
    fn mend_future(&mut self, limits: &Limits, now: Timestamp) {
        self.under_way.mend_future(now);
        let latest = end_of_slot(now, limits);
        for row in self.spent.iter_mut().rev().take_while(|row| row.since > latest) {
            row.since = latest;
        }
        for other in &mut self.waiting {
            other.kept_until = other.kept_until.min(now.plus(LONGEST_NAP).plus(PLACE_MARGIN));
        }
    }
}

fn end_of_slot(at: Timestamp, limits: &Limits) -> Timestamp {
    let slot = i64::try_from(limits.slot().as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(at.as_millis().saturating_add(slot - 1).div_euclid(slot).saturating_mul(slot))
}

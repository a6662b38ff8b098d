//! The pure book-keeping behind the budget: what is under way, what was answered within the last window, who waits, and
//! what all of that leaves.
//!
//! Everything is a function of the books, the limits and the present moment, so that one process can keep the books for
//! itself or many can share them, each with limits of its own.

#[cfg(test)]
mod no_window_overflows;
#[cfg(test)]
mod tests;

use crate::limit::charge::{Charge, Class, Sum};
use crate::limit::door::Door;
use crate::limit::{Account, Closing, Limits, millis};
use papi_types::{Cost, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A call is taken to be over so long after its timeout, whatever became of the process that made it.
const LEASE_MARGIN: Duration = Duration::from_secs(1);
/// No lease is longer, so that a call without a timeout does not count for ever when its process ends. A call that does
/// take longer is booked again when its answer comes.
const LONGEST_LEASE: Duration = Duration::from_secs(10 * 60);
/// A place in the queue is lost when its owner does not come back so long after it said it would.
const PLACE_MARGIN: Duration = Duration::from_secs(1);
/// Whoever waits comes back after a twentieth of the window, and after this at the latest, because those ahead may
/// have given up.
const LONGEST_NAP: Duration = Duration::from_secs(3);

/// The books. Times are those of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ledger {
    /// The last number that was given to a call or a place in the queue.
    last_number: u64,
    /// The longest window of all who use these books: what is older than that concerns nobody.
    longest_window: Duration,
    door: Door,
    under_way: Vec<UnderWay>,
    /// What was answered, a row for each slot, class and account; oldest first.
    spent: Vec<Spent>,
    waiting: Vec<Waiting>,
}

/// A call without an answer yet. Its lease says when there will be none any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct UnderWay {
    number: u64,
    charge: Charge,
    #[serde(with = "millis")]
    asked: Timestamp,
    #[serde(with = "millis")]
    lease_end: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    #[serde(with = "millis")]
    since: Timestamp,
    charge: Charge,
}

/// A place in the queue of those for whom there was no weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    place: u64,
    charge: Charge,
    #[serde(with = "millis")]
    kept_until: Timestamp,
}

/// What somebody wants to reserve.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) class: Class,
    pub(super) cost: Cost,
    pub(super) account: Account,
    /// How long the call takes at most; ten minutes are believed.
    pub(super) lease: Duration,
    /// The place in the queue that an earlier refusal gave.
    pub(super) place: Option<u64>,
    /// Room that comes later than this is of no use.
    pub(super) patience: Duration,
}

/// A call that is booked as under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Booked {
    number: u64,
    class: Class,
    cost: Cost,
    account: Account,
    asked: Timestamp,
}

/// Why nothing could be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    /// One call costs more than the whole limit.
    Never,
    /// The exchange lets nobody in, for so long.
    Closed(Duration),
    /// There is no room for so long at least; `place` is where the caller stands in the queue, if it waits.
    UsedUp { wait: Duration, place: Option<u64> },
}

impl Ledger {
    /// Books in which nothing stands yet.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            // Later than all numbers of books that were lost, so that a call booked there is not found here.
            last_number: u64::try_from(now.as_millis()).unwrap_or_default().saturating_mul(1_000),
            longest_window: Duration::ZERO,
            door: Door::default(),
            under_way: Vec::new(),
            spent: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Books in place of some that cannot be read any more: as if reads had just used up all that they may. They wait
    /// for one window, and the order share is there for trading meanwhile. The exchange's count does the rest.
    pub(super) fn in_doubt(mut self, limits: &Limits, now: Timestamp) -> Self {
        self.last_number = self.last_number.max(Self::new(now).last_number);
        let reads = Cost::new(limits.weight_of_reads(0), 0);
        self.spend(Charge::new(Class::Read, reads, Account::NOBODY), limits, now);
        self
    }

    /// How long somebody who waits may sleep at a time.
    pub(super) fn nap(limits: &Limits) -> Duration {
        (limits.window / 20).min(LONGEST_NAP)
    }

    /// Books a call as under way, or says when there may be room.
    pub(super) fn reserve(&mut self, wish: &Wish, limits: &Limits, now: Timestamp) -> Result<Booked, Full> {
        self.tidy(limits, now);
        let charge = Charge::new(wish.class, wish.cost, wish.account);
        let most = Sum {
            weight: limits.weight.into(),
            orders: limits.orders.into(),
            reads: match wish.class {
                Class::Read => limits.weight_of_reads(charge.weight).into(),
                Class::Act => u64::MAX,
            },
        };
        let alone = Sum::of(charge, wish.account);
        if !alone.beyond(most).is_zero() {
            return Err(Full::Never);
        }
        if let Some(until) = self.door.closed_until(now) {
            return Err(Full::Closed(until.since(now)));
        }
        let counted = self.counted(wish.account, limits, now);
        let missing = counted.plus(self.ahead_of(wish)).plus(alone).beyond(most);
        if missing.is_zero() {
            self.leave(wish.place);
            let lease_end = now.plus(wish.lease.min(LONGEST_LEASE)).plus(LEASE_MARGIN);
            let number = self.next_number();
            self.under_way.push(UnderWay { number, charge, asked: now, lease_end });
            return Ok(Booked { number, class: wish.class, cost: wish.cost, account: wish.account, asked: now });
        }
        let wait = self.free_at(missing, wish.account, limits, now).since(now);
        // Nobody has to queue for orders: they cost the same for all.
        if wait > wish.patience || (missing.weight == 0 && missing.reads == 0) {
            self.leave(wish.place);
            return Err(Full::UsedUp { wait, place: None });
        }
        let place = self.queue(wish.place, charge, now.plus(wait.min(Self::nap(limits))).plus(PLACE_MARGIN));
        Err(Full::UsedUp { wait, place: Some(place) })
    }

    /// Books a call as answered now, and adopts the exchange's counts where they are higher than what these books know.
    pub(super) fn settle(&mut self, call: &Booked, theirs: Cost, limits: &Limits, now: Timestamp) {
        self.tidy(limits, now);
        // The exchange counted at some moment of the call, so all that stood here at any moment of it is known: what
        // was freed since must not be taken for the use of others.
        let known = self.counted(call.account, limits, call.asked);
        let others = |theirs: u32, known: u64| u32::try_from(u64::from(theirs).saturating_sub(known)).unwrap_or(theirs);
        let unknown = Cost::new(others(theirs.weight, known.weight), others(theirs.orders, known.orders));
        self.under_way.retain(|other| other.number != call.number);
        self.spend(Charge::new(call.class, call.cost, call.account), limits, now);
        self.spend(Charge::new(Class::Read, unknown, call.account), limits, now);
    }

    /// Closes the door for everyone. Answers for how long.
    pub(super) fn close(&mut self, closing: Closing, limits: &Limits, now: Timestamp) -> Duration {
        self.door.close(closing, limits.window, now).since(now)
    }

    /// What counts at an instant: calls under way, and what was answered less than a window before.
    fn counted(&self, account: Account, limits: &Limits, at: Timestamp) -> Sum {
        let under_way = self.under_way.iter().map(|call| call.charge);
        let spent = self.counting(limits, at).map(|row| row.charge);
        under_way.chain(spent).fold(Sum::default(), |sum, charge| sum.plus(Sum::of(charge, account)))
    }

    fn counting(&self, limits: &Limits, at: Timestamp) -> impl Iterator<Item = &Spent> {
        self.spent.iter().filter(move |row| row.since.plus(limits.window) > at)
    }

    /// What those get who are served first: whoever came earlier, and before a read everyone who is not one.
    fn ahead_of(&self, wish: &Wish) -> Sum {
        let is_ahead = |other: &Waiting| match (other.charge.class, wish.class) {
            (Class::Act, Class::Read) => true,
            (Class::Read, Class::Act) => false,
            _ => wish.place.is_none_or(|place| other.place < place),
        };
        let ahead = self.waiting.iter().filter(|other| is_ahead(other));
        ahead.fold(Sum::default(), |sum, other| sum.plus(Sum::of(other.charge, wish.account)))
    }

    /// When what is missing will be free, if nobody else comes.
    fn free_at(&self, missing: Sum, account: Account, limits: &Limits, now: Timestamp) -> Timestamp {
        let mut missing = missing;
        for row in self.counting(limits, now) {
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
        self.waiting.push(Waiting { place, charge, kept_until });
        place
    }

    fn leave(&mut self, place: Option<u64>) {
        self.waiting.retain(|other| Some(other.place) != place);
    }

    fn next_number(&mut self) -> u64 {
        self.last_number = self.last_number.saturating_add(1);
        self.last_number
    }

    /// Books a charge as answered at an instant, in the slot of that instant.
    fn spend(&mut self, charge: Charge, limits: &Limits, at: Timestamp) {
        if charge.weight == 0 && charge.orders == 0 {
            return;
        }
        let since = end_of_slot(at, limits);
        let position = self.spent.partition_point(|row| row.since < since);
        match self.spent[position..]
            .iter_mut()
            .take_while(|row| row.since == since)
            .find(|row| row.charge.is_alike(&charge))
        {
            Some(row) => {
                row.charge.weight = row.charge.weight.saturating_add(charge.weight);
                row.charge.orders = row.charge.orders.saturating_add(charge.orders);
            }
            None => self.spent.insert(position, Spent { since, charge }),
        }
    }

    /// Brings the books up to an instant: leases that have run out, places that are lost, rows that concern nobody.
    fn tidy(&mut self, limits: &Limits, now: Timestamp) {
        self.longest_window = self.longest_window.max(limits.window);
        self.mend_future(limits, now);
        let (lapsed, alive) = self.under_way.iter().partition::<Vec<_>, _>(|call| call.lease_end <= now);
        self.under_way = alive;
        for call in lapsed {
            self.spend(call.charge, limits, call.lease_end);
        }
        self.waiting.retain(|other| other.kept_until > now);
        // `settle` looks back to the beginning of its call.
        let horizon = self.under_way.iter().map(|call| call.asked).fold(now, Timestamp::min);
        let longest = self.longest_window;
        self.spent.retain(|row| row.since.plus(longest) > horizon);
    }

    /// Nothing here lies in the future but by a clock that was set back since: then it happened just now.
    fn mend_future(&mut self, limits: &Limits, now: Timestamp) {
        for call in &mut self.under_way {
            call.lease_end = call.lease_end.min(now.plus(call.lease_end.since(call.asked)));
            call.asked = call.asked.min(now);
        }
        for row in &mut self.spent {
            row.since = row.since.min(end_of_slot(now, limits));
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

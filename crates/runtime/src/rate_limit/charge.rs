//! What calls cost, whose limit they count against, and sums of that.

use crate::rate_limit::Account;
use papi_types::{Cost, Effect};
use std::collections::BTreeMap;

/// Which part of the weight a call may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Priority {
    /// All but the order share. What others at the same address use is counted here as well.
    Read,
    /// All of it.
    Act,
}

impl Priority {
    pub(super) fn of(effect: Effect) -> Self {
        match effect {
            Effect::Read => Self::Read,
            Effect::Idempotent | Effect::Once => Self::Act,
        }
    }
}

/// What a call costs, and whose limit that counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Charge {
    pub(super) priority: Priority,
    pub(super) weight: u32,
    pub(super) orders: u32,
    /// The account whose orders they are; none when there are no orders, because weight belongs to the address.
    pub(super) account: Account,
}

impl Charge {
    pub(super) fn new(priority: Priority, cost: Cost, account: Account) -> Self {
        let account = if cost.orders == 0 { Account::NONE } else { account };
        Self { priority, weight: cost.weight, orders: cost.orders, account }
    }

    /// Whether the two can be counted as one.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.priority == other.priority && self.account == other.account
    }
}

/// What charges add up to, seen by one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    /// The weight of all calls.
    pub(super) weight: u64,
    /// The part of it that is due to reads.
    pub(super) reads: u64,
    /// The orders of that account.
    pub(super) orders: u64,
}

impl Sum {
    pub(super) fn of(charge: Charge, account: Account) -> Self {
        Self {
            weight: charge.weight.into(),
            reads: if charge.priority == Priority::Read { charge.weight.into() } else { 0 },
            orders: if charge.account == account { charge.orders.into() } else { 0 },
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let add = u64::saturating_add;
        Self {
            weight: add(self.weight, other.weight),
            reads: add(self.reads, other.reads),
            orders: add(self.orders, other.orders),
        }
    }

    /// What of this goes beyond `most`.
    pub(super) fn beyond(self, most: Self) -> Self {
        let less = u64::saturating_sub;
        Self {
            weight: less(self.weight, most.weight),
            reads: less(self.reads, most.reads),
            orders: less(self.orders, most.orders),
        }
    }

    pub(super) fn is_zero(self) -> bool {
        self == Self::default()
    }
}

/// What charges add up to, seen by every account. It is kept while charges come and go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    weight: u64,
    reads: u64,
    /// None of them is zero.
    orders: BTreeMap<Account, u64>,
}

impl Tally {
    pub(super) fn add(&mut self, charge: Charge) {
        let one = Sum::of(charge, charge.account);
        self.weight = self.weight.saturating_add(one.weight);
        self.reads = self.reads.saturating_add(one.reads);
        if one.orders > 0 {
            let orders = self.orders.entry(charge.account).or_default();
            *orders = orders.saturating_add(one.orders);
        }
    }

    /// Takes out a charge that was added.
    pub(super) fn take(&mut self, charge: Charge) {
        let one = Sum::of(charge, charge.account);
        self.weight = self.weight.saturating_sub(one.weight);
        self.reads = self.reads.saturating_sub(one.reads);
        if let Some(orders) = self.orders.get_mut(&charge.account) {
            *orders = orders.saturating_sub(one.orders);
            if *orders == 0 {
                self.orders.remove(&charge.account);
            }
        }
    }

    pub(super) fn seen_by(&self, account: Account) -> Sum {
        let orders = self.orders.get(&account).copied().unwrap_or_default();
        Sum { weight: self.weight, reads: self.reads, orders }
    }
}

//! What calls cost, whose limit they count against, and sums of that.

use crate::rate_limit::Account;
use papi_types::{Cost, Effect};
use serde::{Deserialize, Serialize};

/// Which part of the weight a call may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Priority {
    /// All but the order share. What others at the same address use is counted here as well.
    #[serde(rename = "read")]
    Read,
    /// All of it.
    #[serde(rename = "act")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ChargeRow", into = "ChargeRow")]
pub(super) struct Charge {
    pub(super) priority: Priority,
    pub(super) weight: u32,
    pub(super) orders: u32,
    /// The account whose orders they are; none when there are no orders, because weight belongs to the address.
    account: Account,
}

/// A charge in a file, where there are many.
type ChargeRow = (Priority, u32, u32, Account);

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

impl From<ChargeRow> for Charge {
    fn from((priority, weight, orders, account): ChargeRow) -> Self {
        Self { priority, weight, orders, account }
    }
}

impl From<Charge> for ChargeRow {
    fn from(charge: Charge) -> Self {
        (charge.priority, charge.weight, charge.orders, charge.account)
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

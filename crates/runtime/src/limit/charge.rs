//! What calls cost whom, and what costs add up to.

use crate::limit::Account;
use papi_types::{Cost, Effect};
use serde::{Deserialize, Serialize};

/// Which part of the weight a call may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Class {
    /// All but the order share. What others at the same address use is booked here as well.
    #[serde(rename = "read")]
    Read,
    /// All of it.
    #[serde(rename = "act")]
    Act,
}

impl Class {
    pub(super) fn of(effect: Effect) -> Self {
        match effect {
            Effect::Read => Self::Read,
            Effect::Idempotent | Effect::Once => Self::Act,
        }
    }
}

/// What a call costs whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub(super) struct Charge {
    pub(super) class: Class,
    pub(super) weight: u32,
    pub(super) orders: u32,
    /// Whose orders; nobody's when there are none, because weight is everyone's.
    account: Account,
}

/// A charge in a file, where there are many.
type Row = (Class, u32, u32, Account);

impl Charge {
    pub(super) fn new(class: Class, cost: Cost, account: Account) -> Self {
        let account = if cost.orders == 0 { Account::NOBODY } else { account };
        Self { class, weight: cost.weight, orders: cost.orders, account }
    }

    /// Whether the two can be booked as one.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.class == other.class && self.account == other.account
    }
}

impl From<Row> for Charge {
    fn from((class, weight, orders, account): Row) -> Self {
        Self { class, weight, orders, account }
    }
}

impl From<Charge> for Row {
    fn from(charge: Charge) -> Self {
        (charge.class, charge.weight, charge.orders, charge.account)
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
            reads: if charge.class == Class::Read { charge.weight.into() } else { 0 },
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

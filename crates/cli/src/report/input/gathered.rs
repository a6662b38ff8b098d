//! Rows from several sources on their way into one report: each order and each transaction once.

use super::super::model::{Close, Income, IncomeKind, Part, Rows};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// Rows that were read so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    closes: HashMap<(Part, Arc<str>, i64), Close>,
    income: HashMap<(IncomeKind, Arc<str>, String), Income>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    New,
    /// It was there already; the later reading of it counts.
    Repeated,
    /// An order with its number is there, and is another one.
    Contradicts,
}

impl Gathered {
    pub(super) fn close(&mut self, close: Close) -> Taken {
        match self.closes.entry((close.part, close.symbol.clone(), close.order_id)) {
            Entry::Vacant(place) => {
                place.insert(close);
                Taken::New
            }
            Entry::Occupied(known) if !known.get().agrees_with(&close) => Taken::Contradicts,
            Entry::Occupied(mut known) => {
                if close.updated >= known.get().updated {
                    known.insert(close);
                }
                Taken::Repeated
            }
        }
    }

    pub(super) fn income(&mut self, income: Income) -> Taken {
        let key = (income.kind, income.symbol.clone(), income.transaction.clone());
        match self.income.entry(key) {
            Entry::Vacant(place) => {
                place.insert(income);
                Taken::New
            }
            Entry::Occupied(known) if *known.get() == income => Taken::Repeated,
            Entry::Occupied(_) => Taken::Contradicts,
        }
    }

    /// Puts all rows in the order of time.
    pub(super) fn into_rows(self, with_income: bool) -> Rows {
        let mut closes: Vec<_> = self.closes.into_values().collect();
        closes.sort_by(|a, b| a.place().cmp(&b.place()));
        let mut income: Vec<_> = self.income.into_values().collect();
        income.sort_by(|a, b| (a.time, a.kind, &a.transaction).cmp(&(b.time, b.kind, &b.transaction)));
        Rows { closes, income: with_income.then_some(income), ..Rows::default() }
    }
}

//! What an output holds, counted while it is written.

use super::cell::Cell;
use super::dataset::Dataset;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows of one kind and symbol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// The close kind; none in datasets without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// The symbol, or the asset in datasets without symbols.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) symbol: Option<String>,
    pub(crate) rows: u64,
}

/// What an output holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    pub(crate) rows: u64,
    pub(crate) by_kind_and_symbol: Vec<Count>,
    pub(crate) quarantined: u64,
}

/// Counts rows.
#[derive(Debug)]
pub(crate) struct Counter {
    kind: Option<usize>,
    symbol: Option<usize>,
    counts: BTreeMap<(Option<String>, Option<String>), u64>,
}

impl Counter {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let symbol = dataset.position("symbol").or_else(|| dataset.position("asset"));
        Self { kind: dataset.position("close_kind"), symbol, counts: BTreeMap::new() }
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) {
        let text = |column: Option<usize>| match column.and_then(|index| cells.get(index)) {
            Some(Cell::Text(text)) => Some(text.clone()),
            _ => None,
        };
        *self.counts.entry((text(self.kind), text(self.symbol))).or_default() += 1;
    }

    pub(crate) fn finish(self, quarantined: u64) -> Totals {
        let rows = self.counts.values().sum();
        let counts = self.counts.into_iter().map(|((kind, symbol), rows)| Count { kind, symbol, rows });
        Totals { rows, by_kind_and_symbol: counts.collect(), quarantined }
    }
}

//! What an output holds, counted while it is written.

use super::cell::Cell;
use super::dataset::Dataset;
use serde::Serialize;

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
    /// In the order of kind and symbol.
    counts: Vec<Count>,
}

impl Counter {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let symbol = dataset.position("symbol").or_else(|| dataset.position("asset"));
        Self { kind: dataset.position("close_kind"), symbol, counts: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) {
        let text = |column: Option<usize>| match column.and_then(|index| cells.get(index)) {
            Some(Cell::Text(text)) => Some(text.as_ref()),
            _ => None,
        };
        let (kind, symbol) = (text(self.kind), text(self.symbol));
        let order = |count: &Count| (count.kind.as_deref(), count.symbol.as_deref()).cmp(&(kind, symbol));
        match self.counts.binary_search_by(order) {
            Ok(place) => self.counts[place].rows += 1,
            Err(place) => {
                let (kind, symbol) = (kind.map(ToOwned::to_owned), symbol.map(ToOwned::to_owned));
                self.counts.insert(place, Count { kind, symbol, rows: 1 });
            }
        }
    }

    pub(crate) fn finish(self, quarantined: u64) -> Totals {
        let rows = self.counts.iter().map(|count| count.rows).sum();
        Totals { rows, by_kind_and_symbol: self.counts, quarantined }
    }
}

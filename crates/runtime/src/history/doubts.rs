//! Pages below the cap that may have been cut all the same: an exchange may give fewer rows than it was asked for, and not
//! say so. Such a page has as many rows as others, or as the documented default; it is asked once more in halves, and when
//! these show no further row, pages of as many rows are believed from then on.

use super::identity::Id;
use super::rows::{ReadPage, RowSet};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer rows than this may well be the same in several windows.
const FEW_ROWS: usize = 10;

#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// What the exchange gives when no cap is asked for.
    default: Option<usize>,
    believed: BTreeSet<usize>,
    /// The most rows that any page had.
    most: usize,
    open: Vec<CapDoubt>,
    /// Spans that were handed out, by the rows of their page, while that number is not believed.
    handed_out: BTreeMap<usize, Vec<(i64, i64)>>,
}

/// A span that is asked once more in parts.
#[derive(Debug)]
struct CapDoubt {
    from: i64,
    to: i64,
    count: usize,
    known: BTreeSet<Id>,
}

impl Doubts {
    pub(crate) fn new(default: Option<usize>) -> Self {
        Self { default, ..Self::default() }
    }

    /// Whether a page is doubtful by itself. One whose rows lie elsewhere for the most part would be so in each part as well.
    pub(crate) fn is_doubtful(&self, page: &ReadPage, from: i64, to: i64) -> bool {
        let count = page.len();
        let inside = page.rows.iter().filter(|(id, _)| id.time().is_some_and(|at| (from..=to).contains(&at))).count();
        self.default == Some(count) && count > 1 && inside * 2 >= count && !self.believed.contains(&count)
    }

    /// Whether several windows in a row with as many rows are doubtful.
    pub(crate) fn is_doubtful_run_of(&self, count: usize) -> bool {
        count >= FEW_ROWS && count >= self.most && !self.believed.contains(&count)
    }

    /// Notes a page. Fewer rows than it has are no cap that several windows in a row may have met.
    pub(crate) fn saw(&mut self, rows: usize) {
        self.most = self.most.max(rows);
    }

    pub(crate) fn open(&mut self, from: i64, to: i64, count: usize, page: &RowSet) {
        self.open.push(CapDoubt { from, to, count, known: page.ids().cloned().collect() });
    }

    /// The cap of the exchange, if a page has a row that a doubtful page should have had.
    pub(crate) fn refuted_by(&self, page: &ReadPage) -> Option<usize> {
        let lacks = |doubt: &&CapDoubt| {
            let inside = |id: &Id| id.time().is_some_and(|at| (doubt.from..=doubt.to).contains(&at));
            page.rows.iter().any(|(id, _)| inside(id) && !doubt.known.contains(id))
        };
        self.open.iter().filter(lacks).map(|doubt| doubt.count).min()
    }

    /// Believes the pages whose spans were asked again to the end.
    pub(crate) fn close(&mut self, is_read: impl Fn(i64, i64) -> bool) {
        for doubt in std::mem::take(&mut self.open) {
            if is_read(doubt.from, doubt.to) {
                self.believe(doubt.count);
            } else {
                self.open.push(doubt);
            }
        }
    }

    pub(crate) fn believe(&mut self, count: usize) {
        self.believed.insert(count);
        self.handed_out.remove(&count);
    }

    /// Nothing can be found out about the rows of this millisecond.
    pub(crate) fn give_up(&mut self, at: i64) {
        self.open.retain(|doubt| at < doubt.from || doubt.to < at);
    }

    /// Notes a span that is handed out.
    pub(crate) fn hand_out(&mut self, count: usize, from: i64, to: i64) {
        if self.is_doubtful_run_of(count) {
            self.handed_out.entry(count).or_default().push((from, to));
        }
    }

    /// The exchange gives no more rows than this. Returns the spans that must be walked again.
    pub(crate) fn confirm(&mut self, cap: usize) -> Vec<(i64, i64)> {
        self.open.clear();
        self.default = None;
        self.handed_out.remove(&cap).unwrap_or_default()
    }
}

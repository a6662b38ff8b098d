//! Which rows of a search stand on a page, and in which order: the usual ones, or those that a test chooses, because
//! the exchange promises neither.

use crate::request::Request;
use crate::rng::Rng;
use crate::search::count;
use papi_types::{cm, um};
use std::ops::Range;

/// Which rows a page holds when there are more than it has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Selection {
    /// The earliest ones. Numbered pages are counted from the oldest row.
    Earliest,
    /// The latest ones. Numbered pages are counted from the newest row.
    Latest,
}

/// In which order the rows of a page stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RowOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
    /// By chance, which follows from the seed and the request: the same request gets the same order again.
    Shuffled,
}

/// How pages are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    seed: u64,
    selection: Option<Selection>,
    order: Option<RowOrder>,
}

/// The histories that are always searched from their beginning.
const FROM_THE_BEGINNING: [&str; 2] = [um::ForceOrders::INFO.path, cm::ForceOrders::INFO.path];

impl Pages {
    /// Returns pages with the chosen selection and order, or with the usual ones.
    pub(crate) const fn new(seed: u64, selection: Option<Selection>, order: Option<RowOrder>) -> Self {
        Self { seed, selection, order }
    }

    /// Returns the page that a request asks for, of the rows that were found, oldest first.
    pub(crate) fn page<T>(self, found: Vec<T>, request: &Request<'_>) -> Vec<T> {
        let held = self.held(found.len(), request);
        let rows = found.into_iter().skip(held.start).take(held.len()).collect();
        self.arranged(rows, request)
    }

    /// Returns which of the rows that were found, oldest first, stand on the page that a request asks for.
    pub(crate) fn held(self, found: usize, request: &Request<'_>) -> Range<usize> {
        let Some(paging) = request.info.paging else { return 0..found };
        let room = room(request);
        let earlier_pages = paging.page.map_or(0, |page| count(request, page).saturating_sub(1));
        let skipped = earlier_pages.saturating_mul(room).min(found);
        match self.selection(request) {
            Selection::Earliest => skipped..skipped.saturating_add(room).min(found),
            Selection::Latest => (found - skipped).saturating_sub(room)..found - skipped,
        }
    }

    /// Puts the rows of a page, which come oldest first, into the order in which they are served.
    pub(crate) fn arranged<T>(self, mut rows: Vec<T>, request: &Request<'_>) -> Vec<T> {
        match self.order.unwrap_or_else(|| usual_order(request)) {
            RowOrder::Ascending => {}
            RowOrder::Descending => rows.reverse(),
            RowOrder::Shuffled => {
                let mut rng = Rng::new(self.seed, &[number_of(request)]);
                for last in (1..rows.len()).rev() {
                    rows.swap(last, rng.index(last + 1));
                }
            }
        }
        rows
    }

    /// Returns from which end of the rows that were found a page is filled.
    pub(crate) fn selection(self, request: &Request<'_>) -> Selection {
        self.selection.unwrap_or_else(|| usual_selection(request))
    }
}

/// Returns how many rows a reply has room for.
pub(crate) fn room(request: &Request<'_>) -> usize {
    let cap = request.info.paging.and_then(|paging| paging.cap);
    cap.map_or(usize::MAX, |cap| count(request, cap))
}

/// Returns the latest for numbered pages; elsewhere the earliest for a search that has a beginning, and the latest for
/// one that has none.
fn usual_selection(request: &Request<'_>) -> Selection {
    let Some(paging) = request.info.paging else { return Selection::Earliest };
    let starts = |name: Option<&str>| name.is_some_and(|name| request.sent(name).is_some());
    let has_beginning = FROM_THE_BEGINNING.contains(&request.info.path)
        || starts(paging.window.map(|window| window.from))
        || starts(paging.from_id);
    if has_beginning && paging.page.is_none() { Selection::Earliest } else { Selection::Latest }
}

/// Returns newest first in numbered pages, oldest first elsewhere.
fn usual_order(request: &Request<'_>) -> RowOrder {
    match request.info.paging.and_then(|paging| paging.page) {
        Some(_) => RowOrder::Descending,
        None => RowOrder::Ascending,
    }
}

/// Returns a number that stands for the request.
fn number_of(request: &Request<'_>) -> i64 {
    let texts = request.params.iter().flat_map(|(name, value)| [*name, *value]);
    let bytes = std::iter::once(request.info.path).chain(texts).flat_map(str::bytes);
    bytes.fold(0_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

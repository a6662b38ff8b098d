//! Which rows of a search stand on a page, and in which order: as the sandbox does by itself, or as a test wants it,
//! because the exchange promises neither.

use crate::history::dice::Dice;
use crate::routes::Request;
use crate::windows::count;
use std::ops::Range;

/// Which rows a page holds that has no room for all of them.
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
    /// By chance, which follows from the seed and the request: whoever asks the same again gets the same order.
    Shuffled,
}

/// How pages are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    seed: u64,
    selection: Option<Selection>,
    order: Option<RowOrder>,
}

/// The histories that are searched from their beginning whatever was asked.
const FROM_THE_BEGINNING: [&str; 2] = ["/papi/v1/um/forceOrders", "/papi/v1/cm/forceOrders"];

impl Pages {
    /// Pages as the sandbox makes them where it was told nothing.
    pub(crate) const fn new(seed: u64, selection: Option<Selection>, order: Option<RowOrder>) -> Self {
        Self { seed, selection, order }
    }

    /// The page that a request asks for, of the rows that were found, oldest first.
    pub(crate) fn page<T>(self, found: Vec<T>, request: &Request<'_>) -> Vec<T> {
        let held = self.held(found.len(), request);
        let rows = found.into_iter().skip(held.start).take(held.len()).collect();
        self.arranged(rows, request)
    }

    /// Which of so many rows, oldest first, stand on the page that a request asks for.
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

    /// Rows of a page, which stand oldest first, in the order in which they go out.
    pub(crate) fn arranged<T>(self, mut rows: Vec<T>, request: &Request<'_>) -> Vec<T> {
        match self.order.unwrap_or_else(|| usual_order(request)) {
            RowOrder::Ascending => {}
            RowOrder::Descending => rows.reverse(),
            RowOrder::Shuffled => {
                let mut dice = Dice::new(self.seed, &[number_of(request)]);
                for last in (1..rows.len()).rev() {
                    rows.swap(last, dice.index(last + 1));
                }
            }
        }
        rows
    }

    /// From which end of what was found a page is filled.
    pub(crate) fn selection(self, request: &Request<'_>) -> Selection {
        self.selection.unwrap_or_else(|| usual_selection(request))
    }
}

/// How many rows a reply has room for.
pub(crate) fn room(request: &Request<'_>) -> usize {
    let cap = request.info.paging.and_then(|paging| paging.cap);
    cap.map_or(usize::MAX, |cap| count(request, cap))
}

/// The latest in numbered pages; elsewhere the first of a search that has a beginning, and otherwise the latest.
fn usual_selection(request: &Request<'_>) -> Selection {
    let Some(paging) = request.info.paging else { return Selection::Earliest };
    let starts = |name: Option<&str>| name.is_some_and(|name| request.sent(name).is_some());
    let has_beginning = FROM_THE_BEGINNING.contains(&request.info.path)
        || starts(paging.window.map(|window| window.from))
        || starts(paging.from_id);
    if has_beginning && paging.page.is_none() { Selection::Earliest } else { Selection::Latest }
}

/// Newest first in numbered pages, oldest first elsewhere.
fn usual_order(request: &Request<'_>) -> RowOrder {
    match request.info.paging.and_then(|paging| paging.page) {
        Some(_) => RowOrder::Descending,
        None => RowOrder::Ascending,
    }
}

/// A number that stands for what is asked.
fn number_of(request: &Request<'_>) -> i64 {
    let texts = request.params.iter().flat_map(|(name, value)| [*name, *value]);
    let bytes = std::iter::once(request.info.path).chain(texts).flat_map(str::bytes);
    bytes.fold(0_i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

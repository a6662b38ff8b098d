//! What full pages tell. That a window was full proves something about every window around it; which rows it left out is a
//! guess, which saves requests when it is right and costs some when it is not.
//!
//! Requests for the five histories of `tests/requests.rs`, for pages of the earliest rows and for pages of the latest:
//!
//! | | quiet | one burst | near the cap | busy | 100,000 rows |
//! |---|---|---|---|---|---|
//! | with | 13, 13 | 17, 22 | 16, 16 | 87, 105 | 1313, 1375 |
//! | without | 13, 13 | 17, 88 | 16, 16 | 100, 1241 | 14136, 2186 |

/// A page that was full, so that rows of its window may be missing.
#[derive(Debug, Clone)]
pub(crate) struct FullPage {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The times of its rows, in order.
    pub(crate) times: Vec<i64>,
    belief: Belief,
}

/// Which rows of its window a full page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Belief {
    /// At first, because it is what is documented.
    #[default]
    Earliest,
    Latest,
}

impl FullPage {
    /// The span whose rows it holds, all of them.
    pub(crate) fn mapped(&self) -> Option<(i64, i64)> {
        let (first, last) = (*self.times.first()?, *self.times.last()?);
        let span = match self.belief {
            // There may be more rows in the last millisecond.
            Belief::Earliest => (self.from, last - 1),
            Belief::Latest => (first + 1, self.to),
        };
        (span.0 <= span.1).then_some(span)
    }

    /// How dense its rows are next to those that it left out: the number of rows in that half, and the milliseconds that
    /// they span.
    pub(crate) fn near_half(&self) -> Option<(usize, i64)> {
        let (first, last) = (*self.times.first()?, *self.times.last()?);
        let half = self.times.len() / 2;
        let middle = *self.times.get(half)?;
        let (earlier, later) = ((half.max(1), middle - first), (self.times.len() - half, last - middle));
        Some(if self.belief == Belief::Latest { earlier } else { later })
    }

    /// Turns the belief over, and returns the new one.
    fn refuted(&mut self) -> Belief {
        self.belief = match self.belief {
            Belief::Earliest => Belief::Latest,
            Belief::Latest => Belief::Earliest,
        };
        self.belief
    }

    fn count(&self, from: i64, to: i64) -> usize {
        self.times.partition_point(|at| *at <= to) - self.times.partition_point(|at| *at < from)
    }
}

/// The full pages of what is not walked yet.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    pub(super) pages: Vec<FullPage>,
    /// The last belief that a test left.
    usual: Belief,
    /// Whether a belief has stood or failed a test.
    pub(super) tested: bool,
}

impl Hints {
    /// Notes a full page and answers how it is understood.
    pub(crate) fn add(&mut self, from: i64, to: i64, mut times: Vec<i64>) -> &FullPage {
        times.retain(|at| (from..=to).contains(at));
        times.sort_unstable();
        for page in &mut self.pages {
            // All its rows should have been known.
            if page.mapped().is_some_and(|(first, last)| first <= from && to <= last) {
                self.usual = page.refuted();
            }
        }
        self.pages.push(FullPage { from, to, times, belief: self.usual });
        &self.pages[self.pages.len() - 1]
    }

    /// Learns from a window that is proven to have this many rows: those that a full page around it did not have should lie
    /// on the side that the page left out.
    pub(crate) fn proven(&mut self, from: i64, to: i64, rows: usize) {
        for page in self.pages.iter_mut().filter(|page| page.from <= from && to <= page.to) {
            let Some((first, last)) = page.times.first().copied().zip(page.times.last().copied()) else { continue };
            let is_test = match page.belief {
                Belief::Earliest => to < last,
                Belief::Latest => from > first,
            };
            self.tested |= is_test;
            if is_test && rows != page.count(from, to) {
                self.usual = page.refuted();
            }
        }
    }

    /// Forgets what is walked.
    pub(crate) fn forget_until(&mut self, edge: i64) {
        self.pages.retain(|page| page.to > edge);
    }

    /// The first end of a full window that lies within a span: a window that contains a full one is full.
    pub(crate) fn first_full_end(&self, from: i64, to: i64) -> Option<i64> {
        self.pages.iter().filter(|page| page.from >= from && page.to <= to).map(|page| page.to).min()
    }

    /// The first end of a full window after `from`.
    pub(crate) fn next_full_end(&self, from: i64) -> Option<i64> {
        self.pages.iter().filter(|page| page.to > from).map(|page| page.to).min()
    }

    /// The last millisecond up to which, from `from` on, all rows are known; before `from` when none are.
    pub(crate) fn mapped_until(&self, from: i64) -> i64 {
        let mut until = from - 1;
        while let Some(further) = self
            .pages
            .iter()
            .filter_map(FullPage::mapped)
            .filter(|(first, last)| *first <= until + 1 && *last > until)
            .map(|(_, last)| last)
            .max()
        {
            until = further;
        }
        until
    }

    /// Where a window from `from` should end so that the rows of a page which holds the latest of its window are left to
    /// the next one, as many as stay below the cap.
    pub(crate) fn leave_to_the_next(&self, from: i64, to: i64, most: usize) -> Option<i64> {
        let pages = self.pages.iter().filter(|page| page.belief == Belief::Latest);
        let cuts = pages.filter_map(|page| {
            let last_kept = *page.times.get(page.times.len().checked_sub(most + 1)?)?;
            (from <= last_kept && last_kept + 1 < to).then_some(last_kept + 1)
        });
        cuts.min()
    }
}

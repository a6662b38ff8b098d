//! What full pages tell. That a window was full proves something about every window around it; which rows it left out is a
//! guess, which saves requests when it is right and costs some when it is not.

/// A page that was full, so that rows of its window may be missing.
#[derive(Debug, Clone)]
pub(crate) struct FullPage {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The times of its rows, in order.
    pub(crate) times: Vec<i64>,
    belief: Belief,
    refuted: [bool; 2],
}

/// Which rows of its window a full page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belief {
    Earliest,
    Latest,
    /// Neither of the two.
    Any,
}

impl FullPage {
    /// The span of which it holds all rows.
    pub(crate) fn mapped(&self) -> Option<(i64, i64)> {
        let (first, last) = (*self.times.first()?, *self.times.last()?);
        let span = match self.belief {
            // There may be more rows in the last millisecond.
            Belief::Earliest => (self.from, last - 1),
            Belief::Latest => (first + 1, self.to),
            Belief::Any => return None,
        };
        (span.0 <= span.1).then_some(span)
    }

    /// How dense its rows are: its halves, each as a number of rows and the time that they take; first the half that
    /// stands next to what it left out.
    pub(crate) fn halves(&self) -> Option<[(usize, i64); 2]> {
        let (first, last) = (*self.times.first()?, *self.times.last()?);
        let half = self.times.len() / 2;
        let middle = *self.times.get(half)?;
        let halves = [(half.max(1), middle - first), (self.times.len() - half, last - middle)];
        Some(if self.belief == Belief::Latest { halves } else { [halves[1], halves[0]] })
    }

    fn count(&self, from: i64, to: i64) -> usize {
        self.times.partition_point(|at| *at <= to) - self.times.partition_point(|at| *at < from)
    }
}

/// The full pages of what is not walked yet.
#[derive(Debug)]
pub(crate) struct Hints {
    pages: Vec<FullPage>,
    /// What the last page that was understood held.
    usual: Belief,
    /// Whether that was ever more than the documented default, oldest first.
    learned: bool,
}

impl Hints {
    pub(crate) fn new() -> Self {
        Self { pages: Vec::new(), usual: Belief::Earliest, learned: false }
    }

    /// Whether the guess has stood a test.
    pub(crate) fn are_trusted(&self) -> bool {
        self.learned
    }

    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Notes a full page and answers how it is understood.
    pub(crate) fn add(&mut self, from: i64, to: i64, mut times: Vec<i64>) -> &FullPage {
        times.retain(|at| (from..=to).contains(at));
        times.sort_unstable();
        for page in &mut self.pages {
            // All its rows should have been known.
            if page.mapped().is_some_and(|(first, last)| first <= from && to <= last) {
                page.refute(page.belief);
                if page.belief != Belief::Any {
                    self.usual = page.belief;
                    self.learned = true;
                }
            }
        }
        let belief = if self.learned { self.usual } else { guess(from, to, &times).unwrap_or(self.usual) };
        self.pages.push(FullPage { from, to, times, belief, refuted: [false; 2] });
        &self.pages[self.pages.len() - 1]
    }

    /// Learns from a window that is proven to have this many rows.
    pub(crate) fn proven(&mut self, from: i64, to: i64, rows: usize) {
        for page in &mut self.pages {
            if from < page.from || to > page.to {
                continue;
            }
            let Some((first, last)) = page.times.first().copied().zip(page.times.last().copied()) else { continue };
            let nothing_new = rows == page.count(from, to);
            let before = page.belief;
            if nothing_new {
                // What was left out is not where it was thought to be.
                if from == page.from && to >= first && to < last {
                    page.refute(Belief::Latest);
                }
                if to == page.to && from <= last && from > first {
                    page.refute(Belief::Earliest);
                }
            } else {
                if to < last {
                    page.refute(Belief::Earliest);
                }
                if from > first {
                    page.refute(Belief::Latest);
                }
            }
            let tested = page.refuted != [false; 2] && page.belief != Belief::Any;
            if tested || (nothing_new && before != Belief::Any && page.belief == before) {
                self.usual = page.belief;
                self.learned |= tested;
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

impl FullPage {
    fn refute(&mut self, belief: Belief) {
        match belief {
            Belief::Earliest => self.refuted[0] = true,
            Belief::Latest => self.refuted[1] = true,
            Belief::Any => {}
        }
        self.belief = match (self.refuted, self.belief) {
            ([false, false], belief) => belief,
            ([true, false], _) => Belief::Latest,
            ([false, true], _) => Belief::Earliest,
            ([true, true], _) => Belief::Any,
        };
    }
}

/// Guesses from where the rows lie in their window. A page that reaches right up to one end of its window and is far from
/// the other was probably filled from that end.
fn guess(from: i64, to: i64, times: &[i64]) -> Option<Belief> {
    let (first, last) = times.first().zip(times.last())?;
    let gap = (last - first) / i64::try_from(times.len()).unwrap_or(i64::MAX).max(1) + 1;
    let (before, after) = (first - from, to - last);
    if after <= gap.saturating_mul(3) && before > gap.saturating_mul(20) {
        Some(Belief::Latest)
    } else if before <= gap.saturating_mul(3) && after > gap.saturating_mul(20) {
        Some(Belief::Earliest)
    } else {
        None
    }
}

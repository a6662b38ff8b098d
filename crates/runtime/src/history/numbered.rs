//! A window whose rows come in numbered pages: all of them are read, then the first one again. When that one changed, or
//! the count of all rows did, rows may have moved from page to page meanwhile, and everything is read anew.

use super::identity::Id;
use super::rows::{ReadPage, RowSet};

/// The reading of one window.
#[derive(Debug, Default)]
pub(crate) struct NumberedReading {
    size: usize,
    /// How often it was read before.
    repeats: u32,
    rows: RowSet,
    received: usize,
    /// What the first page said: its rows, and how many there are on all pages.
    first: Option<(Vec<Id>, Option<u64>)>,
    /// The last page that must be there.
    last: u32,
    next: u32,
    under_way: u32,
    step: ReadStep,
}

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum ReadStep {
    #[default]
    Pages,
    /// The first page once more.
    FirstPageAgain,
    /// Nothing: pages contradict one another, and those under way are waited for.
    Contradiction,
}

/// What a page made of the reading.
#[derive(Debug)]
pub(crate) enum PageEffect {
    /// There is more to ask.
    More,
    /// There are more rows than are read at once.
    TooMany {
        rows: u64,
    },
    Complete(RowSet),
    /// It changed whenever it was read.
    Unsteady(RowSet),
}

/// How often a window is read anew.
const MOST_REPEATS: u32 = 5;

impl NumberedReading {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, last: 1, next: 1, ..Self::default() }
    }

    /// The next page to ask for, counted from 1.
    pub(crate) fn next(&mut self) -> Option<u32> {
        let page = match self.step {
            ReadStep::Pages if self.next <= self.last => {
                self.next += 1;
                self.next - 1
            }
            ReadStep::FirstPageAgain if self.under_way == 0 => 1,
            _ => return None,
        };
        self.under_way += 1;
        Some(page)
    }

    /// Takes a page. More rows than `most` in the window are too many to be read at once; none is no limit.
    pub(crate) fn take(&mut self, number: u32, page: ReadPage, most: Option<usize>) -> PageEffect {
        self.under_way = self.under_way.saturating_sub(1);
        let first = (page.rows.iter().map(|(id, _)| id.clone()).collect(), page.total);
        match self.step {
            ReadStep::Pages => {
                if let (Some(rows), Some(most)) = (page.total, most)
                    && rows > most as u64
                {
                    return PageEffect::TooMany { rows };
                }
                self.collect(number, page, first)
            }
            ReadStep::FirstPageAgain => {
                let is_whole = page.total.is_none_or(|total| total == self.received as u64);
                let all = is_whole && self.first == Some(first);
                self.rows.absorb(RowSet::of(page.rows));
                if all { PageEffect::Complete(std::mem::take(&mut self.rows)) } else { self.repeat() }
            }
            ReadStep::Contradiction => self.repeat(),
        }
    }

    fn collect(&mut self, number: u32, page: ReadPage, first: (Vec<Id>, Option<u64>)) -> PageEffect {
        let (count, total) = (page.len(), page.total);
        self.received += count;
        self.rows.absorb(RowSet::of(page.rows));
        if number == 1 {
            self.last = total.map_or(1, |total| self.pages(total)).max(1);
            self.first = Some(first);
            if total.map_or(count < self.size, |total| total == count as u64) {
                // One page that holds everything was read in one instant.
                return PageEffect::Complete(std::mem::take(&mut self.rows));
            }
        }
        let is_other_total = self.first.as_ref().is_some_and(|(_, first)| *first != total);
        if is_other_total || (count < self.size && number < self.last) {
            return self.repeat();
        }
        if total.is_none() && count == self.size && number == self.last {
            self.last += 1;
        }
        if self.under_way == 0 && self.next > self.last {
            self.step = ReadStep::FirstPageAgain;
        }
        PageEffect::More
    }

    fn pages(&self, total: u64) -> u32 {
        u32::try_from(total.div_ceil(self.size.max(1) as u64)).unwrap_or(u32::MAX)
    }

    fn repeat(&mut self) -> PageEffect {
        self.step = ReadStep::Contradiction;
        if self.under_way > 0 {
            return PageEffect::More;
        }
        if self.repeats == MOST_REPEATS {
            return PageEffect::Unsteady(std::mem::take(&mut self.rows));
        }
        *self = Self { repeats: self.repeats + 1, ..Self::new(self.size) };
        PageEffect::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list that may change before each request; answers what came out and how many requests it took.
    fn read(mut list: impl FnMut(u32) -> Vec<i64>) -> (PageEffect, u32) {
        let mut reading = NumberedReading::new(3);
        let mut asked = 0;
        loop {
            let page = reading.next().expect("a page to ask for");
            asked += 1;
            let list = list(asked);
            let row = |at: &i64| (Id::of(Some(*at), &[], ""), Box::from("{}"));
            let rows = list.iter().skip((page as usize - 1) * 3).take(3).map(row).collect();
            let page_read = ReadPage { rows, total: Some(list.len() as u64), names: Vec::new() };
            match reading.take(page, page_read, None) {
                PageEffect::More => {}
                done => return (done, asked),
            }
        }
    }

    fn times(read: PageEffect) -> Vec<i64> {
        match read {
            PageEffect::Complete(rows) => rows.times(0, 1_000).collect(),
            other => panic!("not complete: {other:?}"),
        }
    }

    #[test]
    fn a_list_that_fits_one_page_takes_one_request() {
        for count in 0..=3 {
            let (read, asked) = read(|_| (0..count).collect());
            assert_eq!((times(read), asked), ((0..count).collect(), 1));
        }
    }

    #[test]
    fn a_longer_list_is_read_once_and_its_first_page_again() {
        for (count, requests) in [(4, 3), (6, 3), (7, 4)] {
            let (read, asked) = read(|_| (0..count).rev().collect());
            assert_eq!((times(read), asked), ((0..count).collect(), requests));
        }
    }

    #[test]
    fn a_list_that_grows_at_the_front_meanwhile_is_read_anew() {
        let (read, asked) = read(|asked| if asked < 2 { (0..7).rev().collect() } else { (0..8).rev().collect() });
        assert_eq!((times(read), asked), ((0..8).collect(), 2 + 4));
    }

    #[test]
    fn a_list_of_constant_length_whose_first_page_changed_is_read_anew() {
        let (read, asked) = read(|asked| if asked < 2 { (0..7).rev().collect() } else { (1..8).rev().collect() });
        assert_eq!(times(read), (1..8).collect::<Vec<_>>());
        assert_eq!(asked, 4 + 4);
    }

    #[test]
    fn a_list_that_never_stands_still_is_handed_out_as_unsteady() {
        let (read, asked) = read(|asked| (0..6 + i64::from(asked)).rev().collect());
        assert!(matches!(read, PageEffect::Unsteady(rows) if rows.len() >= 3));
        assert!(asked <= 18);
    }
}

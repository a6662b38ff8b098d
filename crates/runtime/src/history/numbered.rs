//! A window whose rows come in numbered pages: all of them are read, then the first one again. When that one changed, or
//! the count of all rows did, rows may have moved from page to page meanwhile, and everything is read anew.

use super::identity::Id;
use super::rows::{ReadPage, RowSet};

/// The reading of one window.
#[derive(Debug)]
pub(crate) struct Reading {
    size: usize,
    /// How often it was read before.
    repeats: u32,
    rows: RowSet,
    received: usize,
    /// What the first page said.
    first: Option<First>,
    /// The last page that must be there.
    last: u32,
    next: u32,
    under_way: u32,
    phase: Phase,
}

#[derive(Debug, PartialEq, Eq)]
struct First {
    ids: Vec<Id>,
    total: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Pages,
    /// The first page is asked again.
    Again,
    /// Pages contradict one another; those under way are waited for.
    Broken,
}

/// What a page made of the reading.
#[derive(Debug)]
pub(crate) enum Read {
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

impl Reading {
    pub(crate) fn new(size: usize) -> Self {
        Self {
            size,
            repeats: 0,
            rows: RowSet::default(),
            received: 0,
            first: None,
            last: 1,
            next: 1,
            under_way: 0,
            phase: Phase::Pages,
        }
    }

    /// The next page to ask for, counted from 1.
    pub(crate) fn next(&mut self) -> Option<u32> {
        let page = match self.phase {
            Phase::Pages if self.next <= self.last => {
                self.next += 1;
                self.next - 1
            }
            Phase::Again if self.under_way == 0 => 1,
            _ => return None,
        };
        self.under_way += 1;
        Some(page)
    }

    /// Takes a page. More rows than `most` in the window are too many to be read at once; none is no limit.
    pub(crate) fn take(&mut self, number: u32, page: ReadPage, most: Option<usize>) -> Read {
        self.under_way = self.under_way.saturating_sub(1);
        match self.phase {
            Phase::Pages => {
                let first = First { ids: page.rows.iter().map(|(id, _)| id.clone()).collect(), total: page.total };
                if let (Some(rows), Some(most)) = (page.total, most)
                    && rows > most as u64
                {
                    return Read::TooMany { rows };
                }
                self.collect(number, page, first)
            }
            Phase::Again => {
                let again = First { ids: page.rows.iter().map(|(id, _)| id.clone()).collect(), total: page.total };
                let all = self.first.as_ref().is_some_and(|first| {
                    *first == again && first.total.is_none_or(|total| total == self.received as u64)
                });
                self.rows.absorb(RowSet::of(page.rows));
                if all { Read::Complete(std::mem::take(&mut self.rows)) } else { self.repeat() }
            }
            Phase::Broken => self.repeat(),
        }
    }

    fn collect(&mut self, number: u32, page: ReadPage, first: First) -> Read {
        let (count, total) = (page.len(), page.total);
        self.received += count;
        self.rows.absorb(RowSet::of(page.rows));
        if number == 1 {
            self.last = total.map_or(1, |total| self.pages(total)).max(1);
            self.first = Some(first);
            if total.map_or(count < self.size, |total| total == count as u64) {
                // One page that holds everything was read in one instant.
                return Read::Complete(std::mem::take(&mut self.rows));
            }
        } else if self.first.as_ref().is_some_and(|first| first.total != total) {
            self.phase = Phase::Broken;
        }
        if count < self.size && number < self.last {
            self.phase = Phase::Broken;
        }
        if total.is_none() && count == self.size && number == self.last {
            self.last += 1;
        }
        if self.phase == Phase::Broken {
            return self.repeat();
        }
        if self.under_way == 0 && self.next > self.last {
            self.phase = Phase::Again;
        }
        Read::More
    }

    fn pages(&self, total: u64) -> u32 {
        u32::try_from(total.div_ceil(self.size.max(1) as u64)).unwrap_or(u32::MAX)
    }

    fn repeat(&mut self) -> Read {
        self.phase = Phase::Broken;
        if self.under_way > 0 {
            return Read::More;
        }
        if self.repeats == MOST_REPEATS {
            return Read::Unsteady(std::mem::take(&mut self.rows));
        }
        *self = Self { repeats: self.repeats + 1, ..Self::new(self.size) };
        Read::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a list that may change before each request; answers what came out and how many requests it took.
    fn read(mut list: impl FnMut(u32) -> Vec<i64>) -> (Read, u32) {
        let mut reading = Reading::new(3);
        let mut asked = 0;
        loop {
            let page = reading.next().expect("a page to ask for");
            asked += 1;
            let list = list(asked);
            let row = |at: &i64| (Id::of(Some(*at), &[], ""), Box::from("{}"));
            let rows = list.iter().skip((page as usize - 1) * 3).take(3).map(row).collect();
            let page_read = ReadPage { rows, total: Some(list.len() as u64), names: Vec::new() };
            match reading.take(page, page_read, None) {
                Read::More => {}
                done => return (done, asked),
            }
        }
    }

    fn times(read: Read) -> Vec<i64> {
        match read {
            Read::Complete(rows) => rows.times(0, 1_000).collect(),
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
        assert!(matches!(read, Read::Unsteady(rows) if rows.len() >= 3));
        assert!(asked <= 18);
    }
}

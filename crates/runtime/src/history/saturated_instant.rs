//! One millisecond that fills a page. It cannot be cut, so it is asked again along the parameters that narrow a request,
//! until pages stay below the cap. That proves nothing: rows whose name or kind cannot be asked for may still be missing.

use super::rows::RowSet;
use super::span_issue::SpanIssueKind;
use std::collections::BTreeSet;

/// A parameter that narrows, and the values it can have.
#[derive(Debug, Clone)]
pub(crate) struct Dimension {
    pub(crate) param: &'static str,
    pub(crate) values: BTreeSet<String>,
}

/// Values for some of the dimensions, by index.
pub(crate) type Filter = Vec<(usize, String)>;

/// The reading of one millisecond.
#[derive(Debug)]
pub(crate) struct SaturatedInstant {
    pub(crate) at: i64,
    asked: BTreeSet<Filter>,
    under_way: usize,
    /// Rows of pages below the cap.
    sure: RowSet,
    /// Rows of full pages.
    unsure: RowSet,
    full: Vec<Filter>,
    /// The rows of its page, when that is below the cap and in doubt.
    pub(crate) doubted: Option<usize>,
}

/// What came of a millisecond whose page was in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DoubtResult {
    /// There are more rows than the page had.
    Cut,
    /// Every row came again, in pages that are not in doubt.
    Whole,
    Unknown,
}

impl SaturatedInstant {
    /// A millisecond whose page, without any filter, was full.
    pub(crate) fn new(at: i64, page: RowSet) -> Self {
        Self {
            at,
            asked: BTreeSet::from([Filter::new()]),
            under_way: 0,
            sure: RowSet::default(),
            unsure: page,
            full: vec![Filter::new()],
            doubted: None,
        }
    }

    /// A millisecond whose page, without any filter, is in doubt.
    pub(crate) fn doubted(at: i64, page: RowSet, count: usize) -> Self {
        Self { doubted: Some(count), ..Self::new(at, page) }
    }

    /// Whether a page in doubt was split along one parameter into pages that are not, and they had no further row.
    fn is_split(&self, dimensions: &[Dimension]) -> bool {
        let is_asked = |(index, dimension): (usize, &Dimension)| {
            let mut values = dimension.values.iter();
            !dimension.values.is_empty() && values.all(|value| self.asked.contains(&vec![(index, value.clone())]))
        };
        let came_again = self.unsure.ids().filter(|id| self.sure.contains(id)).count();
        self.doubted.is_some_and(|count| count >= self.rows().len())
            && (self.under_way, self.full.len()) == (0, 1)
            && came_again * 2 >= self.unsure.len()
            && dimensions.iter().enumerate().any(is_asked)
    }

    /// What came of the doubt; none when there was none.
    pub(crate) fn doubt_result(&self, dimensions: &[Dimension]) -> Option<(usize, DoubtResult)> {
        let count = self.doubted?;
        let result = match self.issue_kind(dimensions) {
            _ if self.rows().len() > count => DoubtResult::Cut,
            _ if self.is_split(dimensions) => DoubtResult::Whole,
            SpanIssueKind::Unproven if self.asked.len() > 1 => DoubtResult::Whole,
            _ => DoubtResult::Unknown,
        };
        Some((count, result))
    }

    /// The next narrower request.
    pub(crate) fn next(&mut self, dimensions: &[Dimension]) -> Option<Filter> {
        let filter = self.first_open(dimensions)?;
        let last = |filter: &Filter| filter.first().map(|(index, _)| *index);
        if self.doubted.is_some() && self.under_way > 0 && self.asked.last().and_then(last) != last(&filter) {
            // One parameter may be enough.
            return None;
        }
        self.asked.insert(filter.clone());
        self.under_way += 1;
        Some(filter)
    }

    /// Whether nothing is under way and nothing is left to ask.
    pub(crate) fn is_read(&self, dimensions: &[Dimension]) -> bool {
        self.under_way == 0 && self.first_open(dimensions).is_none()
    }

    fn first_open(&self, dimensions: &[Dimension]) -> Option<Filter> {
        if self.is_split(dimensions) {
            return None;
        }
        self.full.iter().flat_map(|full| narrower(full, dimensions)).find(|new| !self.asked.contains(new))
    }

    /// Takes an answer. Returns the rows that were not known.
    pub(crate) fn take(&mut self, filter: Filter, page: RowSet, is_full: bool) -> RowSet {
        self.under_way = self.under_way.saturating_sub(1);
        let mut new = RowSet::default();
        for (id, group) in page.clone() {
            if !self.sure.contains(&id) && !self.unsure.contains(&id) {
                new.absorb_group(id, group);
            }
        }
        if is_full {
            self.unsure.absorb(page);
            self.full.push(filter);
        } else {
            self.sure.absorb(page);
        }
        new
    }

    /// `Unproven` when every row of a full page came again in a page below the cap; `Incomplete` when rows may be missing and
    /// nothing can be done about it.
    pub(crate) fn issue_kind(&self, dimensions: &[Dimension]) -> SpanIssueKind {
        let narrowed = self.full.iter().all(|full| full.len() < dimensions.len());
        if narrowed && self.unsure.ids().all(|id| self.sure.contains(id)) {
            SpanIssueKind::Unproven
        } else {
            SpanIssueKind::Incomplete
        }
    }

    /// All rows that are known.
    pub(crate) fn rows(&self) -> RowSet {
        let mut rows = self.unsure.clone();
        rows.absorb(self.sure.clone());
        rows
    }
}

/// The filter with one more dimension, each of its values.
fn narrower<'a>(filter: &'a Filter, dimensions: &'a [Dimension]) -> impl Iterator<Item = Filter> + 'a {
    let free = move |(index, _): &(usize, &Dimension)| filter.iter().all(|(taken, _)| taken != index);
    dimensions.iter().enumerate().filter(free).flat_map(move |(index, dimension)| {
        dimension.values.iter().map(move |value| {
            let mut narrower = filter.clone();
            narrower.push((index, value.clone()));
            narrower.sort_unstable();
            narrower
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::identity::Id;

    /// Rows of a kind and a symbol; no kind can be asked for by the name "none".
    type Row = (&'static str, &'static str, i64);

    fn set<'a>(rows: impl IntoIterator<Item = &'a Row>) -> RowSet {
        RowSet::of(rows.into_iter().map(|(_, _, id)| (Id::of(Some(*id), &[], ""), Box::from("{}"))).collect())
    }

    fn dimensions(symbols: &[&str]) -> Vec<Dimension> {
        let dimension =
            |param, values: &[&str]| Dimension { param, values: values.iter().map(|v| (*v).into()).collect() };
        vec![dimension("kind", &["a", "b"]), dimension("symbol", symbols)]
    }

    /// Reads a millisecond in pages of `cap` rows. Returns what it came to, the rows, and the requests it took.
    fn read(rows: &[Row], symbols: &[&str], cap: usize) -> (SpanIssueKind, usize, usize) {
        let dimensions = dimensions(symbols);
        let mut instant = SaturatedInstant::new(0, set(rows.iter().take(cap)));
        let mut requests = 0;
        while let Some(filter) = instant.next(&dimensions) {
            requests += 1;
            let has = |row: &&Row| filter.iter().all(|(index, value)| *value == [row.0, row.1][*index]);
            let found: Vec<&Row> = rows.iter().filter(has).take(cap).collect();
            let is_full = found.len() == cap;
            instant.take(filter, set(found), is_full);
        }
        (instant.issue_kind(&dimensions), instant.rows().len(), requests)
    }

    fn rows(of: &[(&'static str, &'static str, i64)]) -> Vec<Row> {
        let mut number = 0;
        let mut rows = Vec::new();
        for (kind, symbol, count) in of {
            rows.extend((0..*count).map(|at| (*kind, *symbol, number + at)));
            number += count;
        }
        rows
    }

    #[test]
    fn an_instant_that_filters_split_is_complete_and_unproven() {
        let rows = rows(&[("a", "X", 3), ("b", "X", 3), ("a", "Y", 3)]);
        assert_eq!(read(&rows, &["X", "Y"], 5), (SpanIssueKind::Unproven, 9, 2 + 2 + 4 - 1));
    }

    #[test]
    fn rows_of_no_kind_are_found_by_their_symbol() {
        let rows = rows(&[("a", "X", 3), ("none", "Y", 3)]);
        assert_eq!(read(&rows, &["X", "Y"], 5).0, SpanIssueKind::Unproven);
        assert_eq!(read(&rows, &["X"], 5).0, SpanIssueKind::Incomplete);
    }

    #[test]
    fn a_page_that_is_full_however_narrow_is_incomplete() {
        let rows = rows(&[("a", "X", 6), ("b", "Y", 3)]);
        assert_eq!(read(&rows, &["X", "Y"], 5), (SpanIssueKind::Incomplete, 8, 2 + 2 + 3));
    }

    #[test]
    fn without_any_filter_nothing_can_be_done() {
        let instant = SaturatedInstant::new(0, set(&[("a", "X", 1)]));
        assert_eq!(instant.issue_kind(&[]), SpanIssueKind::Incomplete);
    }
}

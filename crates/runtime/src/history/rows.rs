//! Rows as they were read, ordered, each once.

use super::identity::{Id, Identity, UNTIMED};
use papi_types::error::DecodeError;
use papi_types::spec::ReprintReply;
use papi_types::{Timestamp, Wire, decode};
use std::collections::{BTreeMap, BTreeSet};

/// One row of a history, as the exchange wrote it.
#[derive(Debug, Clone)]
pub struct RawRow {
    identity: Identity,
    text: Box<str>,
    reprint: ReprintReply,
}

impl RawRow {
    /// Returns what tells it from the other rows, and orders it among them.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Returns its time, by the field that the endpoint's paging names; none when it has none that reads.
    pub fn time(&self) -> Option<Timestamp> {
        self.identity.time()
    }

    /// Returns its JSON text as it was received.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// Returns the row read into its type and printed back: wire names, exact decimals as text, absent fields left out.
    ///
    /// # Errors
    ///
    /// When the row does not read as its type; the error says where and why.
    pub fn json(&self) -> Result<String, DecodeError> {
        (self.reprint)(self.text.as_bytes())
    }

    /// Returns the row as its type.
    ///
    /// # Errors
    ///
    /// When the row does not read as `T`; the error says where and why.
    pub fn read<T: Wire>(&self) -> Result<T, DecodeError> {
        decode(self.text.as_bytes())
    }
}

/// One page as it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReadPage {
    pub(crate) rows: Vec<(Id, Box<str>)>,
    /// How many rows there are on all pages.
    pub(crate) total: Option<u64>,
    /// The names that its rows have for each parameter that narrows.
    pub(crate) names: Vec<BTreeSet<String>>,
}

impl ReadPage {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Rows in order. Rows of one page that agree in time and key and differ otherwise are different rows; the same text twice
/// is one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RowSet(BTreeMap<Id, Vec<Box<str>>>);

impl RowSet {
    pub(crate) fn of(rows: Vec<(Id, Box<str>)>) -> Self {
        let mut set = Self::default();
        for (id, text) in rows {
            let group = set.0.entry(id).or_default();
            if !group.contains(&text) {
                group.push(text);
            }
        }
        set
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, id: &Id) -> bool {
        self.0.contains_key(id)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &Id> {
        self.0.keys()
    }

    pub(crate) fn remove(&mut self, id: &Id) -> Option<Vec<Box<str>>> {
        self.0.remove(id)
    }

    /// Takes over what another reading of the same rows says. Of two readings of one time and key the one with more rows
    /// counts, and of equally many the later one: a row that changed meanwhile is the same row.
    pub(crate) fn absorb(&mut self, later: Self) {
        for (id, group) in later.0 {
            self.absorb_group(id, group);
        }
    }

    pub(crate) fn absorb_group(&mut self, id: Id, group: Vec<Box<str>>) {
        let mine = self.0.entry(id).or_default();
        if group.len() >= mine.len() {
            *mine = group;
        }
    }

    /// The times of the rows in a span, both ends included, in order; one for each row.
    pub(crate) fn times(&self, from: i64, to: i64) -> impl Iterator<Item = i64> {
        let rows = self.0.range(Id::before(from)..Id::before(to.saturating_add(1)));
        rows.filter_map(|(id, group)| Some((id.time()?, group.len()))).flat_map(|(at, n)| std::iter::repeat_n(at, n))
    }

    /// Takes out the rows up to a millisecond, which is included.
    pub(crate) fn take_until(&mut self, to: i64) -> Self {
        let later = self.0.split_off(&Id::before(to.saturating_add(1)));
        Self(std::mem::replace(&mut self.0, later))
    }

    /// Takes out the rows before a span and those after it. Rows without a time stay.
    pub(crate) fn take_out_of_window(&mut self, from: i64, to: i64) -> (Self, Self) {
        let early = self.take_until(from.saturating_sub(1));
        let mut late = self.0.split_off(&Id::before(to.saturating_add(1)));
        self.0.append(&mut late.split_off(&Id::before(UNTIMED)));
        (early, Self(late))
    }

    /// The rows, to be handed out.
    pub(crate) fn into_rows(self, reprint: ReprintReply) -> Vec<RawRow> {
        let mut rows = Vec::with_capacity(self.len());
        for (id, mut group) in self.0 {
            // Their numbers do not depend on the order that they came in.
            group.sort_unstable();
            for (text, ordinal) in group.into_iter().zip(0..) {
                rows.push(RawRow { identity: Identity { id: id.clone(), ordinal }, text, reprint });
            }
        }
        rows
    }
}

impl IntoIterator for RowSet {
    type Item = (Id, Vec<Box<str>>);
    type IntoIter = std::collections::btree_map::IntoIter<Id, Vec<Box<str>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: i64, key: &str, text: &str) -> (Id, Box<str>) {
        (Id::of(Some(at), &[Some(key.to_owned())], text), text.into())
    }

    fn texts(set: RowSet) -> Vec<(String, u32)> {
        let rows = set.into_rows(|_| Ok(String::new()));
        rows.into_iter().map(|row| (row.raw().to_owned(), row.identity().ordinal())).collect()
    }

    #[test]
    fn rows_of_one_key_in_one_page_are_different_rows_unless_they_are_equal() {
        let set = RowSet::of(vec![row(1, "a", "y"), row(1, "a", "x"), row(1, "a", "y"), row(1, "b", "x")]);
        assert_eq!(texts(set), [("x".into(), 0), ("y".into(), 1), ("x".into(), 0)]);
    }

    #[test]
    fn a_row_that_changed_between_two_readings_is_one_row() {
        let mut set = RowSet::of(vec![row(1, "a", "old"), row(2, "b", "one"), row(2, "b", "two")]);
        set.absorb(RowSet::of(vec![row(1, "a", "new"), row(2, "b", "one")]));
        assert_eq!(texts(set), [("new".into(), 0), ("one".into(), 0), ("two".into(), 1)]);
    }

    #[test]
    fn spans_include_both_their_ends() {
        let mut set = RowSet::of(vec![row(1, "a", "1"), row(2, "a", "2"), row(2, "b", "3"), row(3, "a", "4")]);
        assert_eq!(set.times(2, 3).collect::<Vec<_>>(), [2, 2, 3]);
        assert_eq!(set.take_until(2).len(), 3);
        assert_eq!(texts(set), [("4".into(), 0)]);
    }
}

//! The rows of one history that a test gives: by time, so that a range is found without looking at the others, and as
//! texts or as what makes them.

use std::borrow::Cow;
use std::sync::Arc;

/// Prints the row with an index and a time.
pub(super) type Make = Arc<dyn Fn(usize, i64) -> String + Send + Sync>;

/// Where a row is, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    time: i64,
    /// Counted through what is made, then through what is told.
    number: usize,
}

/// Parameters that select rows, with what was sent.
pub(super) type Filter = Vec<(String, String)>;

/// The rows of one history.
#[derive(Clone)]
pub(super) struct Given {
    /// Oldest first.
    places: Vec<Place>,
    make: Make,
    /// How many rows are made.
    made: usize,
    told: Vec<Box<str>>,
    /// Rows to come, with the number of answers after which they do.
    to_come: Vec<(u64, Place)>,
    answers: u64,
    /// The rows that pass the filter which was used last: whoever turns page after page uses it again.
    passing: Option<(Filter, Vec<Place>)>,
}

impl Given {
    pub(super) fn told(mut rows: Vec<(i64, String)>) -> Self {
        rows.sort_by_key(|(time, _)| *time);
        Self {
            places: (0..).zip(&rows).map(|(number, (time, _))| Place { time: *time, number }).collect(),
            told: rows.into_iter().map(|(_, row)| row.into_boxed_str()).collect(),
            ..Self::made(Vec::new(), Arc::new(|_, _| String::new()))
        }
    }

    pub(super) fn made(mut times: Vec<i64>, make: Make) -> Self {
        times.sort_unstable();
        let places: Vec<_> = (0..).zip(times).map(|(number, time)| Place { time, number }).collect();
        Self { made: places.len(), places, make, told: Vec::new(), to_come: Vec::new(), answers: 0, passing: None }
    }

    /// Adds a row that appears after so many answers.
    pub(super) fn add(&mut self, answers: u64, time: i64, row: String) {
        let place = Place { time, number: self.made + self.told.len() };
        self.told.push(row.into_boxed_str());
        self.to_come.push((answers, place));
        self.appear();
    }

    /// Counts an answer.
    pub(super) fn note_answer(&mut self) {
        self.answers += 1;
        self.appear();
    }

    /// Lets rows appear whose time has come, each behind the others of its millisecond.
    fn appear(&mut self) {
        let answers = self.answers;
        for (_, place) in self.to_come.extract_if(.., |(after, _)| *after <= answers) {
            self.places.insert(self.places.partition_point(|each| each.time <= place.time), place);
            self.passing = None;
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// All rows, oldest first.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.places.iter().map(|place| self.text(*place).into_owned())
    }

    /// One row.
    pub(super) fn text(&self, place: Place) -> Cow<'_, str> {
        match place.number.checked_sub(self.made) {
            None => Cow::Owned((self.make)(place.number, place.time)),
            Some(told) => Cow::Borrowed(self.told.get(told).map_or("", |row| row)),
        }
    }

    /// Finds the rows that pass a filter, unless they are known.
    pub(super) fn look_through(&mut self, filter: &Filter, passes: impl Fn(&str) -> bool) {
        if filter.is_empty() || self.passing.as_ref().is_some_and(|(known, _)| known == filter) {
            return;
        }
        let passing = self.places.iter().copied().filter(|place| passes(&self.text(*place))).collect();
        self.passing = Some((filter.clone(), passing));
    }

    /// The rows from one millisecond to another, both included, oldest first.
    pub(super) fn between(&self, from: i64, to: i64) -> &[Place] {
        within(&self.places, from, to)
    }

    /// Those of them that pass a filter that was looked through last.
    pub(super) fn passing_between(&self, from: i64, to: i64, filter: &Filter) -> &[Place] {
        match &self.passing {
            Some((known, passing)) if known == filter => within(passing, from, to),
            _ => self.between(from, to),
        }
    }
}

fn within(places: &[Place], from: i64, to: i64) -> &[Place] {
    let first = places.partition_point(|place| place.time < from);
    let end = places.partition_point(|place| place.time <= to);
    places.get(first..end).unwrap_or_default()
}

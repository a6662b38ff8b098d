//! The rows of one history that a test gives: by time, so that a range is found without looking at the others, and as
//! texts or as a function that prints them.

use papi_types::json::Json;
use std::borrow::Cow;
use std::sync::Arc;

/// Prints the row with an index and a time.
pub(crate) type PrintRow = Arc<dyn Fn(usize, i64) -> String + Send + Sync>;

/// Where a row is, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowPlace {
    time: i64,
    /// Counted through the generated rows, then through the texts.
    number: usize,
}

/// Parameters that select rows, with what was sent.
pub(crate) type Filter = Vec<(String, String)>;

/// The rows of one history.
#[derive(Clone)]
pub(crate) struct GivenHistory {
    /// Oldest first.
    places: Vec<RowPlace>,
    print: PrintRow,
    /// How many rows are generated.
    generated: usize,
    texts: Vec<Box<str>>,
    /// Rows that are still to appear, with the number of answers after which they do.
    to_come: Vec<(u64, RowPlace)>,
    answers: u64,
    /// The rows that pass the filter which was used last: a client that turns page after page uses it again.
    passing: Option<(Filter, Vec<RowPlace>)>,
}

impl GivenHistory {
    pub(crate) fn of_texts(mut rows: Vec<(i64, String)>) -> Self {
        rows.sort_by_key(|(time, _)| *time);
        Self {
            places: (0..).zip(&rows).map(|(number, (time, _))| RowPlace { time: *time, number }).collect(),
            texts: rows.into_iter().map(|(_, row)| row.into_boxed_str()).collect(),
            ..Self::generated(Vec::new(), Arc::new(|_, _| String::new()))
        }
    }

    pub(crate) fn generated(mut times: Vec<i64>, print: PrintRow) -> Self {
        times.sort_unstable();
        let places: Vec<_> = (0..).zip(times).map(|(number, time)| RowPlace { time, number }).collect();
        Self {
            generated: places.len(),
            places,
            print,
            texts: Vec::new(),
            to_come: Vec::new(),
            answers: 0,
            passing: None,
        }
    }

    /// Adds a row that appears after so many answers.
    pub(crate) fn add(&mut self, answers: u64, time: i64, row: String) {
        let place = RowPlace { time, number: self.generated + self.texts.len() };
        self.texts.push(row.into_boxed_str());
        self.to_come.push((answers, place));
        self.appear();
    }

    /// Counts an answer.
    pub(crate) fn note_answer(&mut self) {
        self.answers += 1;
        self.appear();
    }

    /// Lets rows appear after enough answers, each behind the others of its millisecond.
    fn appear(&mut self) {
        let answers = self.answers;
        for (_, place) in self.to_come.extract_if(.., |(after, _)| *after <= answers) {
            self.places.insert(self.places.partition_point(|each| each.time <= place.time), place);
            self.passing = None;
        }
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns all rows, oldest first.
    pub(crate) fn rows(&self) -> impl Iterator<Item = String> {
        self.places.iter().map(|place| self.text(*place).into_owned())
    }

    /// Returns one row.
    pub(crate) fn text(&self, place: RowPlace) -> Cow<'_, str> {
        match place.number.checked_sub(self.generated) {
            None => Cow::Owned((self.print)(place.number, place.time)),
            Some(number) => Cow::Borrowed(self.texts.get(number).map_or("", |row| row)),
        }
    }

    /// Returns whether a row, also one that is still to appear, has the text in the field.
    pub(crate) fn mentions(&self, field: &str, text: &str) -> bool {
        let to_come = self.to_come.iter().map(|(_, place)| place);
        self.places.iter().chain(to_come).any(|place| {
            let row = self.text(*place);
            // Most rows lack the text altogether, also in escapes, and need not be read.
            let may_have_it = row.contains(text) || row.contains('\\');
            let shown = may_have_it.then(|| Json::parse(&row).ok()).flatten();
            shown.is_some_and(|row| row.get(field).and_then(Json::scalar) == Some(text))
        })
    }

    /// Finds the rows that pass a filter, unless they are known.
    pub(crate) fn look_through(&mut self, filter: &Filter, passes: impl Fn(&str) -> bool) {
        if filter.is_empty() || self.passing.as_ref().is_some_and(|(known, _)| known == filter) {
            return;
        }
        let passing = self.places.iter().copied().filter(|place| passes(&self.text(*place))).collect();
        self.passing = Some((filter.clone(), passing));
    }

    /// Returns the rows from one millisecond to another, both included, oldest first.
    pub(crate) fn between(&self, from: i64, to: i64) -> &[RowPlace] {
        within(&self.places, from, to)
    }

    /// Returns those rows of a range that pass the filter that was looked through last.
    pub(crate) fn passing_between(&self, from: i64, to: i64, filter: &Filter) -> &[RowPlace] {
        match &self.passing {
            Some((known, passing)) if known == filter => within(passing, from, to),
            _ => self.between(from, to),
        }
    }
}

fn within(places: &[RowPlace], from: i64, to: i64) -> &[RowPlace] {
    let first = places.partition_point(|place| place.time < from);
    let end = places.partition_point(|place| place.time <= to);
    places.get(first..end).unwrap_or_default()
}

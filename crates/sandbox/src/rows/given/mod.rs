//! Rows that a test chooses, in the place of seeded and derived ones.

mod error;
mod history;

pub use error::GivenRowsError;
pub(crate) use history::Filter;

use super::seeded::{ForceOrder, Product};
use crate::request::endpoint;
use history::{GivenHistory, PrintRow};
use papi_types::json::Json;
use papi_types::{Group, Method, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Rows that a test gives to any of the calls that list a history, by their paths.
///
/// They are served as all others are: by time and by every parameter that is a field of the rows (and
/// `autoCloseType`, by the client order id), as many as fit a page, and no further back than the exchange keeps them.
/// A history that is given has no other rows, neither seeded or derived ones nor orders that were placed.
///
/// ```
/// # use papi_sandbox::rows::{GivenRows, GivenRowsError};
/// # fn run() -> Result<(), GivenRowsError> {
/// use papi_sandbox::rows::Product;
/// let rows = GivenRows::new()
///     // A row a minute; tests that care about nothing else choose only the times.
///     .force_orders(Product::Um, (0..1_000).map(|minute| 1_790_000_000_000 + minute * 60_000))
///     // Rows as texts, digit by digit.
///     .rows("/papi/v1/um/income", [r#"{"symbol":"BTCUSDT","income":"-0.50","tranId":7,"time":1790000000000}"#])?;
/// assert_eq!(rows.rows_of("/papi/v1/um/forceOrders").count(), 1_000);
/// # Ok(()) }
/// # run().unwrap();
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct GivenRows {
    histories: BTreeMap<String, GivenHistory>,
    /// What was found in fields of the rows of a part of the account, so that they are not read again.
    mentioned: BTreeSet<(Group, &'static str, String)>,
}

impl GivenRows {
    /// Returns an empty set: all histories keep their seeded or derived rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the rows of one history, each a JSON object as a reply has it, in any order; none for a history without
    /// rows. They replace what was given for the path before.
    ///
    /// A row is served as it is written, whether or not it fits the reply's type, at the time in its time field.
    ///
    /// # Errors
    ///
    /// When the path is not that of a history, or a row has no time.
    pub fn rows<R>(mut self, path: &str, rows: impl IntoIterator<Item = R>) -> Result<Self, GivenRowsError>
    where
        R: Into<String>,
    {
        let field = time_field(path)?;
        let rows = rows.into_iter().enumerate().map(|(index, row)| {
            let row = row.into();
            time_of(&row, field).map(|time| (time, row)).ok_or_else(|| GivenRowsError::no_time(path, index, field))
        });
        let given = GivenHistory::of_texts(rows.collect::<Result<_, _>>()?);
        self.histories.insert(path.to_owned(), given);
        Ok(self)
    }

    /// Sets the rows of one history, printed whenever they are asked for, so that millions need no memory but for their
    /// times. They replace what was given for the path before.
    ///
    /// The times are sorted; `row` gets an index into them and the time there, and must print the same row whenever it
    /// gets the same. What it prints is read only to select by parameters.
    ///
    /// # Errors
    ///
    /// When the path is not that of a history.
    pub fn generated(
        mut self,
        path: &str,
        times: impl IntoIterator<Item = i64>,
        row: impl Fn(usize, i64) -> String + Send + Sync + 'static,
    ) -> Result<Self, GivenRowsError> {
        time_field(path)?;
        self.generate(path, times, Arc::new(row));
        Ok(self)
    }

    /// Sets the forced closes of a product at these times, in milliseconds. They replace what was given for the product
    /// before.
    ///
    /// Each time has a row, which is [`ForceOrder::numbered`] with the index of the time in the sorted list.
    pub fn force_orders(mut self, product: Product, times: impl IntoIterator<Item = i64>) -> Self {
        let row = move |index, time| ForceOrder::numbered(product, index, Timestamp::from_millis(time)).json();
        self.generate(product.path(), times, Arc::new(row));
        self
    }

    fn generate(&mut self, path: &str, times: impl IntoIterator<Item = i64>, print: PrintRow) {
        self.histories.insert(path.to_owned(), GivenHistory::generated(times.into_iter().collect(), print));
    }

    /// Adds a row that appears when the history was answered so many times: one that comes up while a client walks it.
    ///
    /// # Errors
    ///
    /// When the history was not given before (an empty list is enough), or the row has no time.
    pub fn row_after(mut self, path: &str, answers: u64, row: impl Into<String>) -> Result<Self, GivenRowsError> {
        self.add(path, answers, row.into())?;
        Ok(self)
    }

    /// Returns the rows of a history, oldest first, without those that are still to appear; none of a history that was
    /// not given.
    pub fn rows_of(&self, path: &str) -> impl Iterator<Item = String> {
        self.histories.get(path).into_iter().flat_map(GivenHistory::rows)
    }

    /// Adds a row that appears after so many answers.
    pub(crate) fn add(&mut self, path: &str, answers: u64, row: String) -> Result<(), GivenRowsError> {
        let field = time_field(path)?;
        let time = time_of(&row, field).ok_or_else(|| GivenRowsError::no_time(path, 0, field))?;
        let given = self.history_mut(path).ok_or_else(|| GivenRowsError::NotGiven { path: path.to_owned() })?;
        given.add(answers, time, row);
        Ok(())
    }

    /// Takes over the histories of another set, in the place of its own.
    pub(crate) fn replace(&mut self, other: Self) {
        self.histories.extend(other.histories);
        self.mentioned.clear();
    }

    /// Returns whether a row of this part of the account has the text in the field.
    pub(crate) fn mention(&mut self, group: Group, field: &'static str, text: &str) -> bool {
        let sought = (group, field, text.to_owned());
        if self.mentioned.contains(&sought) {
            return true;
        }
        let is_of_group = |path: &str| endpoint(Some(Method::Get), path).is_some_and(|info| info.group == group);
        let mut of_group = self.histories.iter().filter(|(path, _)| is_of_group(path));
        let found = of_group.any(|(_, history)| history.mentions(field, text));
        if found {
            self.mentioned.insert(sought);
        }
        found
    }

    /// Returns the history of a path, when it is given.
    pub(crate) fn history_mut(&mut self, path: &str) -> Option<&mut GivenHistory> {
        self.histories.get_mut(path)
    }

    /// Returns whether a history is given.
    pub(crate) fn has(&self, method: Method, path: &str) -> bool {
        method == Method::Get && self.histories.contains_key(path)
    }
}

/// Returns the field that holds the time of a history's rows.
fn time_field(path: &str) -> Result<&'static str, GivenRowsError> {
    let paging = endpoint(Some(Method::Get), path).and_then(|info| info.paging);
    paging.and_then(|paging| paging.time).ok_or_else(|| GivenRowsError::NoHistory { path: path.to_owned() })
}

fn time_of(row: &str, field: &str) -> Option<i64> {
    Json::parse(row).ok()?.get(field)?.integer()
}

impl fmt::Debug for GivenRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.histories.iter().map(|(path, given)| (path, given.len()))).finish()
    }
}

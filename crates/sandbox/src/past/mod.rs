//! A past that a test chooses, in the place of the one that follows from the seed.

mod answer;
mod error;
mod given;

pub(crate) use answer::answer;
pub use error::PastError;

use crate::history::{ForceOrder, Product};
use crate::json::Json;
use crate::routes::endpoint;
use given::{Given, Make};
use papi_types::{Method, Timestamp};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Rows of a test's own for any of the calls that list a history, told by their paths.
///
/// They are served as the seeded ones are: by time and by every parameter that is a field of the rows (and
/// `autoCloseType`, by the client order id), as many as fit a page, and no further back than the exchange keeps them.
/// A history that is given has no other rows, neither seeded ones nor orders that were placed.
///
/// ```
/// # use papi_sandbox::{Past, PastError};
/// # fn run() -> Result<(), PastError> {
/// use papi_sandbox::history::Product;
/// let past = Past::new()
///     // A row a minute; tests that care about nothing else choose only the times.
///     .force_orders(Product::Um, (0..1_000).map(|minute| 1_790_000_000_000 + minute * 60_000))
///     // Rows as texts, digit by digit.
///     .rows("/papi/v1/um/income", [r#"{"symbol":"BTCUSDT","income":"-0.50","tranId":7,"time":1790000000000}"#])?;
/// assert_eq!(past.rows_of("/papi/v1/um/forceOrders").count(), 1_000);
/// # Ok(()) }
/// # run().unwrap();
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Past {
    histories: BTreeMap<String, Given>,
}

impl Past {
    /// A past in which every history is the seeded one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The rows of one history, each a JSON object as a reply has it, in any order; none for a history without rows.
    /// They replace what was given for the path before.
    ///
    /// A row is served as it is written, whether or not it fits the reply's type, at the time in its time field.
    ///
    /// # Errors
    ///
    /// When the path is not that of a history, or a row has no time.
    pub fn rows<R>(mut self, path: &str, rows: impl IntoIterator<Item = R>) -> Result<Self, PastError>
    where
        R: Into<String>,
    {
        let field = time_field(path)?;
        let rows = rows.into_iter().enumerate().map(|(index, row)| {
            let row = row.into();
            time_of(&row, field).map(|time| (time, row)).ok_or_else(|| PastError::no_time(path, index, field))
        });
        let given = Given::told(rows.collect::<Result<_, _>>()?);
        self.histories.insert(path.to_owned(), given);
        Ok(self)
    }

    /// The rows of one history, made whenever they are asked for, so that millions need no memory but for their times.
    /// They replace what was given for the path before.
    ///
    /// The times are sorted; `row` gets an index into them and the time there, and must print the same row whenever it
    /// gets the same. What it prints is not looked at, except to select by parameters.
    ///
    /// # Errors
    ///
    /// When the path is not that of a history.
    pub fn made(
        mut self,
        path: &str,
        times: impl IntoIterator<Item = i64>,
        row: impl Fn(usize, i64) -> String + Send + Sync + 'static,
    ) -> Result<Self, PastError> {
        time_field(path)?;
        self.make(path, times, Arc::new(row));
        Ok(self)
    }

    /// Forced closes of a product at these times, in milliseconds, made whenever they are asked for. They replace what was
    /// given for the product before.
    ///
    /// Each time has a row, which is [`ForceOrder::numbered`] with the index of the time among the sorted ones.
    pub fn force_orders(mut self, product: Product, times: impl IntoIterator<Item = i64>) -> Self {
        let row = move |index, time| ForceOrder::numbered(product, index, Timestamp::from_millis(time)).json();
        self.make(product.path(), times, Arc::new(row));
        self
    }

    fn make(&mut self, path: &str, times: impl IntoIterator<Item = i64>, make: Make) {
        self.histories.insert(path.to_owned(), Given::made(times.into_iter().collect(), make));
    }

    /// One row more, which appears when the history was answered so many times: what comes up while somebody walks it.
    ///
    /// # Errors
    ///
    /// When this past does not give the history, be it an empty one, or the row has no time.
    pub fn row_after(mut self, path: &str, answers: u64, row: impl Into<String>) -> Result<Self, PastError> {
        self.add(path, answers, row.into())?;
        Ok(self)
    }

    /// The rows of a history, oldest first, without those that are still to appear; none of one that is seeded.
    pub fn rows_of(&self, path: &str) -> impl Iterator<Item = String> {
        self.histories.get(path).into_iter().flat_map(Given::texts)
    }

    /// Adds a row that appears after so many answers.
    pub(crate) fn add(&mut self, path: &str, answers: u64, row: String) -> Result<(), PastError> {
        let field = time_field(path)?;
        let time = time_of(&row, field).ok_or_else(|| PastError::no_time(path, 0, field))?;
        let given = self.histories.get_mut(path).ok_or_else(|| PastError::NotGiven { path: path.to_owned() })?;
        given.add(answers, time, row);
        Ok(())
    }

    /// Takes over the histories of another past.
    pub(crate) fn replace(&mut self, other: Self) {
        self.histories.extend(other.histories);
    }

    /// Whether a history is given.
    pub(crate) fn has(&self, method: Method, path: &str) -> bool {
        method == Method::Get && self.histories.contains_key(path)
    }
}

/// The field that holds the time of a history's rows.
fn time_field(path: &str) -> Result<&'static str, PastError> {
    let paging = endpoint(Some(Method::Get), path).and_then(|info| info.paging);
    paging.and_then(|paging| paging.time).ok_or_else(|| PastError::NoHistory { path: path.to_owned() })
}

fn time_of(row: &str, field: &str) -> Option<i64> {
    Json::parse(row)?.get(field)?.whole()
}

impl fmt::Debug for Past {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.histories.iter().map(|(path, given)| (path, given.len()))).finish()
    }
}

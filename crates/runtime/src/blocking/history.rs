//! Histories as iterators.

use super::runtime_thread::RuntimeThread;
use crate::error::Error;
use crate::history::{self, Batch, Plan, Report, RowError};
use std::fmt;
use std::sync::Arc;

/// The history of a list: an iterator over its rows, each exactly once, in order of time. What is said of the async
/// [`History`](history::History) holds here as well; it walks while it is asked for rows.
///
/// ```no_run
/// # fn run(client: binance_papi::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use binance_papi::{history::Period, um};
/// use std::time::Duration;
///
/// let period = Period::last(Duration::from_secs(90 * 86_400));
/// let mut history = client.history(&um::ForceOrders::new(), period)?.set_up(|history| history.concurrency(2));
/// for row in &mut history {
///     println!("{}", row?.symbol);
/// }
/// assert!(history.report().is_complete());
/// # Ok(()) }
/// ```
pub struct History<T> {
    walk: history::History<T>,
    thread: Arc<RuntimeThread>,
    is_over: bool,
}

impl<T> History<T> {
    pub(super) fn new(history: history::History<T>, thread: Arc<RuntimeThread>) -> Self {
        Self { walk: history, thread, is_over: false }
    }

    /// Sets it up, with the methods of the async history.
    #[must_use]
    pub fn set_up(mut self, set_up: impl FnOnce(history::History<T>) -> history::History<T>) -> Self {
        self.walk = set_up(self.walk);
        self
    }

    /// Returns what the walk will take at least. Nothing is sent for it.
    pub fn plan(&self) -> Plan {
        self.walk.plan()
    }

    /// Returns the result of the walk so far and what it took; at the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        self.walk.report()
    }

    /// Returns the same history in batches, for a journal that needs to know when a span is finished.
    pub fn into_batches(self) -> Batches {
        Batches { walk: self.walk.into_batches(), thread: self.thread, is_over: self.is_over }
    }
}

impl<T> Iterator for History<T> {
    type Item = Result<T, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        self.thread.wait(self.walk.next()).unwrap_or_else(|error| {
            self.is_over = true;
            Some(Err(RowError::Ended(error)))
        })
    }
}

impl<T> fmt::Debug for History<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("blocking::")?;
        self.walk.fmt(f)
    }
}

/// A history in batches: an iterator over spans of time with all their rows, in order. See
/// [`history::Batches`](history::Batches).
#[derive(Debug)]
pub struct Batches {
    walk: history::Batches,
    thread: Arc<RuntimeThread>,
    is_over: bool,
}

impl Batches {
    /// Returns the result of the walk so far and what it took; at the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        self.walk.report()
    }
}

impl Iterator for Batches {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        self.thread.wait(self.walk.next()).unwrap_or_else(|error| {
            self.is_over = true;
            Some(Err(error))
        })
    }
}

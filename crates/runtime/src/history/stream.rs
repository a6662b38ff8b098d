//! A history as its user sees it: set up, planned, and read row by row.

use super::batches::Batches;
use super::period::Period;
use super::report::{LossRule, Progress, Report};
use super::row_error::RowError;
use super::rows::RawRow;
use super::setup::{Plan, Setup};
use crate::client::Client;
use crate::error::Error;
use crate::hook::Hook;
use papi_types::error::BadRow;
use papi_types::{Endpoint, Paged, decode};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Reads a row; the number is its place among the rows handed out.
type ReadRow<T> = fn(RawRow, usize) -> Result<T, BadRow>;

/// The history of a list: a stream of its rows, each exactly once, in order of time. See [the module](super).
///
/// Nothing is sent before it is polled for the first time; until then it can be set up. It walks while it is polled, and
/// dropping it stops it.
///
/// A row that does not read as its type does not end the walk: it comes as [`RowError::Bad`]. When the walk ends and rows may
/// be missing, an error of kind [`Incomplete`](crate::ErrorKind::Incomplete) comes last, which names where.
pub struct History<T> {
    batches: Batches,
    read: ReadRow<T>,
    rows: std::vec::IntoIter<RawRow>,
    handed_out: usize,
    /// Whether nothing comes any more.
    is_over: bool,
}

impl Client {
    /// Returns the whole history of a list within a period: every row once, in order of time. See
    /// [`history`](crate::history).
    ///
    /// # Errors
    ///
    /// Invalid when the request breaks a rule, or sets what the walk sets: the ends of the window, a page, a cap. Ends that
    /// the request cannot do without count for nothing. Nothing is sent before the history is polled.
    pub fn history<E: Paged>(&self, request: &E, period: Period) -> Result<History<E::Row>, Error> {
        History::new(self, request, period, |row, index| {
            decode(row.raw().as_bytes()).map_err(|error| BadRow::of(&error, index, row.raw()))
        })
    }

    /// Returns the whole history of a list whose type is only known at run time, as the exchange wrote it.
    ///
    /// # Errors
    ///
    /// As [`history`](Self::history), and invalid for an endpoint that has no history.
    pub fn history_dyn(&self, request: &dyn Endpoint, period: Period) -> Result<History<RawRow>, Error> {
        History::new(self, request, period, |row, _| Ok(row))
    }
}

impl<T> History<T> {
    fn new(client: &Client, request: &dyn Endpoint, period: Period, read: ReadRow<T>) -> Result<Self, Error> {
        let batches = Batches::new(client.clone(), Setup::of(request, client.now())?, period);
        Ok(Self { batches, read, rows: Vec::new().into_iter(), handed_out: 0, is_over: false })
    }

    /// Sets how many requests may be under way at once. Default 4, at least 1. Fewer are, where an answer may show that
    /// another request is the better one; the client's budget of weight is kept in any case.
    #[must_use]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.batches.concurrency = requests.max(1);
        self
    }

    /// Adds names to ask for when one millisecond alone fills a page, such as symbols that are traded no more:
    /// `names("symbol", ["FTTUSDT"])`. `param` is the wire name of a parameter; one that does not narrow is passed over.
    #[must_use]
    pub fn names<N: Into<String>>(mut self, param: impl Into<String>, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        self.batches.named.push((param.into(), names));
        self
    }

    /// Notes spans that the exchange has forgotten in the report, and does not count them as missing rows.
    #[must_use]
    pub fn allow_lost(mut self) -> Self {
        self.batches.losses = LossRule::None;
        self
    }

    /// Sets how often a request is repeated when it fails in a way that may pass, beyond the attempts of each call.
    /// Default 10, with pauses from half a second to half a minute, four minutes together.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.batches.sender.retries = retries;
        self
    }

    /// Sets how long one request waits for budget, or for a ban to end, in all. Default 10 minutes.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.batches.sender.patience = patience;
        self
    }

    /// Sets a function that is told after every answer how far the walk is.
    #[must_use]
    pub fn on_progress(mut self, tell: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.batches.on_progress = Hook::new(tell);
        self
    }

    /// Returns what the walk will take at least. Nothing is sent for it; when the exchange's time is not known yet,
    /// this machine's counts.
    pub fn plan(&self) -> Plan {
        self.batches.sender.setup.plan(self.batches.period, self.batches.sender.client.now())
    }

    /// Returns the result of the walk so far and what it took; at the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        self.batches.report()
    }

    /// Returns the same history in batches, for a journal that needs to know when a span is finished.
    pub fn into_batches(self) -> Batches {
        self.batches
    }

    /// Returns the next row; none when all are handed out.
    ///
    /// # Errors
    ///
    /// A row that does not read, after which the walk goes on; or what ended it: a request that failed and
    /// that repeating does not help, or, at the end, that rows may be missing.
    pub async fn next(&mut self) -> Option<Result<T, RowError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, RowError>>> {
        loop {
            if let Some(row) = self.rows.next() {
                let row = (self.read)(row, self.handed_out);
                self.handed_out += 1;
                self.batches.report.bad_rows += u64::from(row.is_err());
                return Poll::Ready(Some(row.map_err(RowError::Bad)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let ended = match ready!(self.batches.poll(context)) {
                Some(Ok(batch)) => {
                    self.rows = batch.rows.into_iter();
                    continue;
                }
                Some(Err(error)) => Some(error),
                None => self.batches.missing(),
            };
            self.is_over = true;
            return Poll::Ready(ended.map(|error| Err(RowError::Ended(error))));
        }
    }
}

impl<T> futures_core::Stream for History<T> {
    type Item = Result<T, RowError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for History<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History").field("batches", &self.batches).finish_non_exhaustive()
    }
}

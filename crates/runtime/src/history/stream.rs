//! A history as its user sees it: set up, planned, and read row by row.

use super::parts::{Losses, Parts};
use super::period::Period;
use super::report::{OnProgress, Progress, Report};
use super::rows::RawRow;
use super::setup::{Plan, Setup};
use crate::{Client, Error};
use papi_types::{BadRow, Wire, decode};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Reads a row; the number is its place among the rows handed out.
type ReadRow<T> = fn(RawRow, usize) -> Result<T, BadRow>;

/// The history of a list: a stream of its rows, each exactly once, in order of time. See [the module](super).
///
/// Nothing is sent before it is polled for the first time; until then it can be set up. It walks while it is polled, and
/// dropping it stops it.
///
/// A row that does not read as its type does not end the walk: it comes as a [`BadRow`]. When the walk ends and rows may
/// be missing, an error of kind [`Incomplete`](crate::ErrorKind::Incomplete) comes last, which names where.
pub struct History<T> {
    parts: Parts,
    read: ReadRow<T>,
    rows: std::vec::IntoIter<RawRow>,
    handed_out: usize,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Ahead,
    Over,
}

impl<T: Wire> History<T> {
    /// A history of typed rows.
    pub(crate) fn typed(client: &Client, setup: Setup, period: Period) -> Self {
        Self::new(client, setup, period, |row, index| {
            decode(row.raw().as_bytes()).map_err(|error| BadRow::of(&error, index, row.raw()))
        })
    }
}

impl History<RawRow> {
    /// A history of rows as the exchange wrote them.
    pub(crate) fn raw(client: &Client, setup: Setup, period: Period) -> Self {
        Self::new(client, setup, period, |row, _| Ok(row))
    }
}

impl<T> History<T> {
    fn new(client: &Client, setup: Setup, period: Period, read: ReadRow<T>) -> Self {
        let parts = Parts::new(client.clone(), setup, period);
        Self { parts, read, rows: Vec::new().into_iter(), handed_out: 0, end: End::Ahead }
    }

    /// How many requests may be under way at once. Default 4, at least 1. Fewer are, where an answer may show that another
    /// request is the better one; the client's budget of weight is kept in any case.
    #[must_use]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.parts.options().concurrency = requests.max(1);
        self
    }

    /// Further names to ask for when one millisecond alone fills a page, such as symbols that are traded no more:
    /// `names("symbol", ["FTTUSDT"])`. `param` is the wire name of a parameter; one that does not narrow is passed over.
    #[must_use]
    pub fn names<N: Into<String>>(mut self, param: impl Into<String>, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        self.parts.options().named.push((param.into(), names));
        self
    }

    /// Takes spans that the exchange has forgotten for a note, not for missing rows.
    #[must_use]
    pub fn allow_lost(mut self) -> Self {
        self.parts.options().losses = Losses::Allowed;
        self
    }

    /// How often a request is repeated when it fails in a way that may pass, beyond the attempts of each call. Default 10,
    /// with pauses from half a second to half a minute, four minutes together.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.parts.options().retries = retries;
        self
    }

    /// How long one request waits for budget, or for a ban to end, in all. Default 10 minutes.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.parts.options().patience = patience;
        self
    }

    /// Tells after every answer how far the walk is.
    #[must_use]
    pub fn on_progress(mut self, tell: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.parts.options().on_progress = OnProgress(Some(Arc::new(tell)));
        self
    }

    /// What the walk will take at least. Nothing is sent for it; when the exchange's time is not known yet, this machine's
    /// counts.
    pub fn plan(&self) -> Plan {
        self.parts.setup().plan(self.parts.period(), self.parts.client().now())
    }

    /// What the walk took and came to so far; in the end, whether the history is complete.
    pub fn report(&self) -> &Report {
        self.parts.report()
    }

    /// The same history in parts: for whoever keeps a journal, and wants to know when a span is finished.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// The next row; none when all are handed out.
    ///
    /// # Errors
    ///
    /// When a request failed for good, or, in the end, when rows may be missing. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Result<T, BadRow>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Result<T, BadRow>, Error>>> {
        loop {
            if let Some(row) = self.rows.next() {
                let row = (self.read)(row, self.handed_out);
                self.handed_out += 1;
                self.parts.report_mut().bad_rows += u64::from(row.is_err());
                return Poll::Ready(Some(Ok(row)));
            }
            if self.end == End::Over {
                return Poll::Ready(None);
            }
            match ready!(self.parts.poll(context)) {
                Some(Ok(part)) => self.rows = part.rows.into_iter(),
                Some(Err(error)) => {
                    self.end = End::Over;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.end = End::Over;
                    return Poll::Ready(self.parts.missing().map(Err));
                }
            }
        }
    }
}

impl<T> futures_core::Stream for History<T> {
    type Item = Result<Result<T, BadRow>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for History<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History").field("parts", &self.parts).finish_non_exhaustive()
    }
}

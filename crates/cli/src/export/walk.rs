//! From the walk to the store: batches in their order, some of them together, each on the disk soon after it was found.

use super::batch::{self, Batch, Gathered};
use super::dataset::{Dataset, Misfit};
use super::progress::Meter;
use super::range::{Asked, Range, Start};
use super::segment::Entry;
use crate::failure::Failure;
use binance_papi::history::{History, Period, Plan, RawRow, Report, SpanIssueKind};
use binance_papi::{Client, Timestamp};
use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

/// What to walk, and how.
#[derive(Debug)]
pub(crate) struct Walker<'a> {
    pub(crate) client: &'a Client,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) dataset: Dataset,
    pub(crate) concurrency: NonZeroUsize,
    /// Whether spans that the exchange has forgotten are accepted.
    pub(crate) allow_lost: bool,
    pub(crate) meter: Arc<Meter>,
}

impl Walker<'_> {
    /// Returns what walking a range takes at least. Nothing is sent.
    pub(crate) fn plan(&self, asked: Asked) -> Result<Plan, Failure> {
        Ok(self.history(asked)?.plan())
    }

    /// Returns the first millisecond that may be asked for now; none when the exchange keeps everything.
    pub(crate) fn oldest(&self) -> Result<Option<i64>, Failure> {
        let range = Range { from: 0, to: self.client.now().as_millis() };
        let from = self.plan(Asked { range, start: Start::Moment })?.from.as_millis();
        Ok(Some(from).filter(|from| *from > range.from))
    }

    /// Walks a range, hands out its batches, and returns what it took.
    pub(crate) async fn walk<E: From<Failure>>(
        &self,
        asked: Asked,
        mut take: impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<Report, E> {
        let meter = self.meter.clone();
        meter.begin();
        let mut batches = self.history(asked)?.on_progress(move |progress| meter.show(progress)).into_batches();
        let mut gathered = Gathered::default();
        loop {
            let next = match gathered.due() {
                None => batches.next().await,
                Some(due) => {
                    let mut next = pin!(batches.next());
                    if let Ok(next) = timeout_at(due, next.as_mut()).await {
                        next
                    } else {
                        gathered.take().map_or(Ok(()), &mut take)?;
                        next.await
                    }
                }
            };
            let Some(Ok(batch)) = next else {
                // What was found before an error is kept.
                gathered.take().map_or(Ok(()), &mut take)?;
                match next {
                    Some(Err(error)) => return Err(Failure::from(error).into()),
                    _ => return Ok(batches.report().clone()),
                }
            };
            let mut issues = batch.issues;
            for issue in issues.iter_mut().filter(|issue| issue.kind == SpanIssueKind::Lost) {
                if batches.report().noted.iter().any(|span| span.from <= issue.from && issue.to <= span.to) {
                    issue.kind = SpanIssueKind::Noted;
                }
            }
            let rows = batch.rows.iter().map(|row| self.entry(row)).collect();
            let now = Instant::now();
            gathered.add(Batch { resume_at: batch.resume_at.as_millis(), rows, issues }, now);
            if gathered.is_due(now) {
                gathered.take().map_or(Ok(()), &mut take)?;
            }
        }
    }

    fn entry(&self, row: &RawRow) -> Entry {
        let printed = row.json().map_err(|error| Misfit { path: error.path().to_owned(), reason: error.reason() });
        batch::entry(&self.dataset, row.identity().clone(), row.raw(), printed)
    }

    fn history(&self, Asked { range, start }: Asked) -> Result<History<RawRow>, Failure> {
        let pairs: Vec<_> = self.params.iter().cloned().chain(self.ends(range)).collect();
        let borrowed: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = (self.dataset.info.parse)(&borrowed)?;
        let period = Period::between(Timestamp::from_millis(range.from), Timestamp::from_millis(range.to));
        let period = if start == Start::Ago { period.relative() } else { period };
        let history = self.client.history_dyn(&*request, period)?.concurrency(self.concurrency.get());
        Ok(if self.allow_lost { history.allow_lost() } else { history })
    }

    /// Returns the ends of the window, where a request requires them; the walk sets its own.
    fn ends(&self, range: Range) -> Vec<(String, String)> {
        let info = self.dataset.info;
        let Some(window) = info.paging.and_then(|paging| paging.window) else { return Vec::new() };
        let ends = [(window.from, range.from), (window.to, range.to)];
        let needed = ends.into_iter().filter(|(name, _)| info.param(name).is_some_and(|param| param.required));
        needed.map(|(name, millis)| (name.to_owned(), millis.to_string())).collect()
    }
}

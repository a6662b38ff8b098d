//! From the walk to the store: one part after the other, each on the disk before the next.

use super::journal::{FlawKind, FlawNote};
use super::part::{self, Part};
use super::progress::Meter;
use super::range::{Asked, Range, Start};
use super::row_key::RowKey;
use super::schema::Schema;
use super::summary::Effort;
use crate::failure::Failure;
use binance_papi::history::{self, History, Parts, Period, Plan, RawRow};
use binance_papi::{Client, EndpointInfo, Timestamp};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What to walk, and how.
#[derive(Debug)]
pub(crate) struct Walker<'a> {
    pub(crate) client: &'a Client,
    pub(crate) info: &'static EndpointInfo,
    pub(crate) params: &'a [(String, String)],
    pub(crate) schema: &'a Schema,
    pub(crate) concurrency: NonZeroUsize,
    pub(crate) losses: Losses,
    pub(crate) meter: Arc<Meter>,
}

/// What spans that the exchange has forgotten mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Losses {
    Count,
    Allowed,
}

impl Walker<'_> {
    /// What walking a range takes at least. Nothing is sent.
    pub(crate) fn plan(&self, asked: Asked) -> Result<Plan, Failure> {
        Ok(self.history(asked)?.plan())
    }

    /// Walks a range and hands out its parts.
    pub(crate) async fn walk(
        &self,
        asked: Asked,
        effort: &mut Effort,
        mut take: impl FnMut(Part) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let meter = self.meter.clone();
        let mut parts = self.history(asked)?.on_progress(move |progress| meter.show(progress)).into_parts();
        let walked = self.hand_out(&mut parts, &mut take).await;
        effort.add(parts.report());
        walked
    }

    async fn hand_out(
        &self,
        parts: &mut Parts,
        take: &mut impl FnMut(Part) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        while let Some(part) = parts.next().await {
            let part = part?;
            let noted = &parts.report().noted;
            let flaws = part.flaws.iter().filter_map(|flaw| flaw_note(flaw, noted)).collect();
            let rows = part.rows.iter().map(|row| self.entry(row)).collect();
            take(Part { resume_at: part.resume_at.as_millis(), rows, flaws })?;
        }
        Ok(())
    }

    fn entry(&self, row: &RawRow) -> super::segment::Entry {
        let identity = row.identity();
        let key = RowKey::new(identity.time().map(Timestamp::as_millis), identity.key(), identity.ordinal());
        part::entry(self.schema, key, row.raw(), row.json().map_err(|error| (error.path().to_owned(), error.reason())))
    }

    fn history(&self, Asked { range, start }: Asked) -> Result<History<RawRow>, Failure> {
        let mut pairs: Vec<(&str, String)> =
            self.params.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        pairs.extend(self.ends(range));
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = (self.info.parse)(&pairs)?;
        let period = Period::between(Timestamp::from_millis(range.from), Timestamp::from_millis(range.to));
        let period = if start == Start::Ago { period.relative() } else { period };
        let history = self.client.history_dyn(&*request, period)?.concurrency(self.concurrency.get());
        Ok(if self.losses == Losses::Allowed { history.allow_lost() } else { history })
    }

    /// The ends of the window, where a request cannot do without; the walk sets its own.
    fn ends(&self, range: Range) -> Vec<(&'static str, String)> {
        let Some(window) = self.info.paging.and_then(|paging| paging.window) else { return Vec::new() };
        let ends = [(window.from, range.from), (window.to, range.to)];
        let needed = ends.into_iter().filter(|(name, _)| self.info.param(name).is_some_and(|param| param.required));
        needed.map(|(name, millis)| (name, millis.to_string())).collect()
    }
}

fn flaw_note(flaw: &history::Flaw, noted: &[history::Flaw]) -> Option<FlawNote> {
    let kind = match flaw.kind {
        history::FlawKind::Unproven => FlawKind::Unproven,
        history::FlawKind::Incomplete => FlawKind::Incomplete,
        history::FlawKind::Lost if noted.iter().any(|span| span.from <= flaw.from && flaw.to <= span.to) => {
            FlawKind::Noted
        }
        history::FlawKind::Lost => FlawKind::Lost,
        // What later versions know.
        _ => FlawKind::Incomplete,
    };
    let (from, to) = (flaw.from.as_millis(), flaw.to.as_millis());
    (from <= to).then_some(FlawNote { from, to, kind })
}

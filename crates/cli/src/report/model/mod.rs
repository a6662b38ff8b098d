//! All figures of a report, computed from rows by pure functions. Nothing here knows how they are shown.

mod amount;
mod close;
mod cluster;
mod coverage;
mod income;
mod marks;
#[cfg(test)]
mod samples;
mod spread;
mod timeline;
mod totals;
mod unit;
mod zone;

pub(crate) use amount::{Amount, TooLarge, group as with_commas};
pub(crate) use close::{Close, Kind, Part, Units};
pub(crate) use cluster::Cluster;
pub(crate) use coverage::{Coverage, Gap, Source, Verdict, Walked};
pub(crate) use income::{Income, IncomeKind, Reconciliation};
pub(crate) use marks::Marks;
pub(crate) use spread::{Spread, Step};
pub(crate) use timeline::{Lane, Running, SLOTS, Series, Timeline};
pub(crate) use totals::{Group, Share, Totals};
pub(crate) use unit::{Sums, Unit};
pub(crate) use zone::Zone;

pub(crate) use crate::export::Range;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use totals::grouped;

/// The version of what JSON holds.
pub(crate) const REPORT_VERSION: u32 = 1;

/// The rows of a report. Closes stand in the order of time, and each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) closes: Vec<Close>,
    /// None when no income was given, which is not the same as none there.
    pub(crate) income: Option<Vec<Income>>,
    pub(crate) marks: Option<Marks>,
    pub(crate) sources: Vec<Source>,
}

/// All figures of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Figures {
    pub(crate) papi_report: u32,
    pub(crate) papi_version: &'static str,
    /// In which days, hours and months are counted.
    pub(crate) time_zone: String,
    pub(crate) cluster_milliseconds: i64,
    /// What the report is about; milliseconds, both included.
    pub(crate) period: Range,
    pub(crate) coverage: Verdict,
    pub(crate) totals: Totals,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) by_part: Vec<Group<ByPart>>,
    pub(crate) by_symbol: Vec<Group<BySymbol>>,
    pub(crate) by_side: Vec<Group<BySide>>,
    pub(crate) by_kind: Vec<Group<ByKind>>,
    pub(crate) by_month: Vec<Group<ByMonth>>,
    pub(crate) by_all: Vec<Group<ByAll>>,
    pub(crate) timeline: Timeline,
    /// The days with closes.
    #[serde(serialize_with = "by_day")]
    pub(crate) days: BTreeMap<Date, u64>,
    pub(crate) hours: [u64; 24],
    pub(crate) against_limit: Spread,
    /// None when no mark prices were given.
    pub(crate) against_mark: Option<Spread>,
    /// None when no income was given.
    pub(crate) reconciliation: Option<Reconciliation>,
    pub(crate) coverages: Vec<Coverage>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) sources: Vec<Source>,
}

/// Days as texts.
fn by_day<S: serde::Serializer>(days: &BTreeMap<Date, u64>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(days.iter().map(|(day, closes)| (day.to_string(), closes)))
}

/// Declares what closes are grouped by.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)+
        }
    )+};
}

keys! {
    /// Closes of one part of the account.
    ByPart { part: Part }
    /// Closes of one symbol in one part of the account.
    BySymbol { part: Part, symbol: String }
    /// Closes of one side.
    BySide { side: String }
    /// Closes of one kind.
    ByKind { kind: Kind }
    /// Closes of one month.
    ByMonth { month: String }
    /// Closes that have everything in common.
    ByAll { month: String, part: Part, symbol: String, side: String, kind: Kind }
}

impl Figures {
    /// Computes all figures. Closes within `gap` milliseconds of each other are one cluster.
    pub(crate) fn of(rows: &Rows, gap: i64, zone: &Zone) -> Result<Self, TooLarge> {
        let closes = &rows.closes[..];
        let coverages: Vec<_> =
            Part::ALL.into_iter().filter_map(|part| coverage::coverage(part.dataset(), &rows.sources)).collect();
        let period = period(closes, &coverages);
        let mut gaps: Vec<_> = coverages.iter().flat_map(|coverage| coverage.gaps.clone()).collect();
        gaps.extend(coverage::not_given(&rows.sources));
        for dataset in INCOME_DATASETS {
            let Some(income) = coverage::coverage(dataset, &rows.sources) else { continue };
            gaps.extend(income.gaps);
            gaps.extend(without_income(&income.ranges, period));
        }
        let mut totals = Totals::default();
        for close in closes {
            totals.add(close)?;
        }
        let (mut days, mut hours) = (BTreeMap::new(), [0; 24]);
        for close in closes {
            *days.entry(zone.day(close.time)).or_default() += 1;
            hours[zone.hour(close.time)] += 1;
        }
        let reconcile = |income: &Vec<Income>| income::reconciled(closes, income, (period.from, period.to), gap);
        let mark_of = |marks: &Marks| spread::spread(closes, |close| marks.at(&close.symbol, close.time));
        Ok(Self {
            papi_report: REPORT_VERSION,
            papi_version: env!("CARGO_PKG_VERSION"),
            time_zone: zone.name().to_owned(),
            cluster_milliseconds: gap,
            period,
            coverage: coverages.iter().map(|coverage| coverage.verdict).max().unwrap_or(Verdict::Unknown),
            totals,
            clusters: cluster::clusters(closes, gap)?,
            by_part: grouped(closes, |close| ByPart { part: close.part })?,
            by_symbol: grouped(closes, |close| BySymbol { part: close.part, symbol: close.symbol.to_string() })?,
            by_side: grouped(closes, |close| BySide { side: close.side.to_string() })?,
            by_kind: grouped(closes, |close| ByKind { kind: close.kind })?,
            by_month: grouped(closes, |close| ByMonth { month: zone.month(close.time) })?,
            by_all: grouped(closes, |close| ByAll {
                month: zone.month(close.time),
                part: close.part,
                symbol: close.symbol.to_string(),
                side: close.side.to_string(),
                kind: close.kind,
            })?,
            timeline: Timeline::of(closes, period)?,
            days,
            hours,
            against_limit: spread::spread(closes, |close| close.limit)?,
            against_mark: rows.marks.as_ref().map(mark_of).transpose()?,
            reconciliation: rows.income.as_ref().map(reconcile).transpose()?,
            coverages,
            gaps,
            sources: rows.sources.clone(),
        })
    }
}

/// The datasets of income, which parts of the account have.
pub(crate) const INCOME_DATASETS: [&str; 2] = ["um-income-history", "cm-income-history"];

/// Returns what a report is about: all that was walked where that is known of each source, and from the first close to the last
/// elsewhere.
fn period(closes: &[Close], coverages: &[Coverage]) -> Range {
    let walked = coverages.iter().flat_map(|coverage| coverage.ranges.iter().copied());
    let is_known = coverages.iter().all(|coverage| coverage.verdict != Verdict::Unknown);
    let seen = closes.iter().map(|close| Range { from: close.time, to: close.time });
    let seen = seen.reduce(Range::joined);
    let known = walked.reduce(Range::joined).filter(|_| is_known);
    known.into_iter().chain(seen).reduce(Range::joined).unwrap_or(Range { from: 0, to: 0 })
}

/// Returns the parts of the period that income does not reach.
fn without_income(ranges: &[Range], period: Range) -> Vec<Gap> {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Vec::new() };
    let before = Range { from: period.from, to: first.from.saturating_sub(1) };
    let after = Range { from: last.to.saturating_add(1), to: period.to };
    let is_there = |range: &Range| range.from <= range.to;
    [before, after].into_iter().filter(is_there).map(|range| Gap::WithoutIncome { range }).collect()
}

//! Reads histories of the account without keeping them, for a command that shows what they hold.

use super::cell::Cell;
use super::dataset::{Dataset, RawColumn};
use super::journal::add_issue;
use super::progress::Meter;
use super::range::{self, Range};
use super::segment::Content;
use super::walk::Walker;
use super::{catalog, command::weight_of_reads};
use crate::connect::{Need, connect_with};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::profile::settings;
use crate::request::Endpoints;
use crate::stderr;
use binance_papi::Call;
use binance_papi::history::SpanIssue;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// So many requests are under way at once, as many as an export has by default.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(4).expect("not zero");

/// What was read of one history.
#[derive(Debug, Clone)]
pub(crate) struct ReadHistory {
    pub(crate) dataset: String,
    pub(crate) range: Range,
    pub(crate) issues: Vec<SpanIssue>,
    pub(crate) rows: u64,
    /// Rows that did not read.
    pub(crate) bad_rows: u64,
}

/// The values of a row by column, as texts.
pub(crate) struct RowTexts<'a> {
    dataset: &'a Dataset,
    cells: &'a [Cell<'a>],
}

impl RowTexts<'_> {
    /// Returns the value in a column; none when it is absent, or there is no such column.
    pub(crate) fn get(&self, column: &str) -> Option<String> {
        match self.cells.get(self.dataset.position(column)?)? {
            Cell::Absent => None,
            Cell::Text(text) => Some(text.clone().into_owned()),
            Cell::Decimal(number) => Some(number.text().to_owned()),
            Cell::Integer(number) => Some(number.to_string()),
            Cell::Switch(on) => Some(on.to_string()),
        }
    }
}

/// Walks histories one after the other, and hands out their rows with the name of the dataset. What `take` finds wrong with a
/// row ends it.
pub(crate) async fn read_account(
    global: &GlobalOptions,
    endpoints: Endpoints,
    datasets: &[&str],
    (from, to): (&str, &str),
    mut take: impl FnMut(&str, &RowTexts<'_>) -> Result<(), String>,
) -> Result<Vec<ReadHistory>, Failure> {
    let settings = settings(global)?;
    let meter = Arc::new(Meter::new(weight_of_reads(&settings.limits())));
    let notices = meter.clone();
    let connection =
        connect_with(global, settings, Call::default(), Need::HostAndKey, move |notice| notices.notice(notice)).await?;
    // The range is one of the exchange's time. When no server tells it, the client says so itself.
    let _ = connection.client.sync_clock().await;
    let given = range::asked(from, to, connection.client.now()).map_err(Failure::bad_input)?;
    let mut read = Vec::new();
    for name in datasets {
        let info = catalog::find(name, endpoints)?;
        let dataset =
            Dataset::of(info, RawColumn::Without).ok_or_else(|| Failure::bad_input(format!("{name} has no rows")))?;
        let walker = Walker {
            client: &connection.client,
            params: Vec::new(),
            dataset,
            concurrency: CONCURRENCY,
            allow_lost: false,
            meter: meter.clone(),
        };
        let asked = given.within_reach(walker.oldest()?);
        stderr::plain(&format!("{name}, {}", asked.range.sentence()));
        let mut history =
            ReadHistory { dataset: (*name).to_owned(), range: asked.range, issues: Vec::new(), rows: 0, bad_rows: 0 };
        let walk = walker.walk(asked, |batch| -> Result<(), Failure> {
            for entry in batch.rows {
                let dataset = &walker.dataset;
                let cells = match &entry.content {
                    Content::Good { row, .. } => dataset.cells(row, None).ok(),
                    Content::Bad(_) => None,
                };
                let Some(cells) = cells else {
                    history.bad_rows += 1;
                    continue;
                };
                history.rows += 1;
                take(name, &RowTexts { dataset, cells: &cells }).map_err(|why| unreadable(name, &why))?;
            }
            batch.issues.into_iter().for_each(|issue| add_issue(&mut history.issues, issue, None));
            Ok(())
        });
        let report = walk.await;
        meter.end();
        report?;
        read.push(history);
    }
    Ok(read)
}

fn unreadable(dataset: &str, why: &str) -> Failure {
    Failure::new(ExitCode::Unreadable, format!("a row of {dataset} is not as it should be: {why}"))
}

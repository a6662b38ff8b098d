//! `papi export` from its options to its exit code.

use super::batch::Batch;
use super::dataset::SCHEMA_VERSION;
use super::disk::{Disk, parent};
use super::exported::Export;
use super::files::ExportFiles;
use super::format::{Format, row_writer};
use super::journal::{Subject, add_issue};
use super::options::{ExportCommand, format_of, is_stdout};
use super::progress::Meter;
use super::range::{self, Age, Asked, Range};
use super::segment::Content;
use super::store::{self, Begun, KeyChange, Store};
use super::summary::{Effort, Summary, contradicting, spans};
use super::totals::{Counter, Totals};
use super::trouble;
use super::walk::Walker;
use crate::connect::{Need, api_key, connect};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::request::Endpoints;
use crate::stderr;
use binance_papi::history::{SpanIssue, SpanIssueKind};
use binance_papi::{Call, ClientOrderId, Timestamp};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// What was walked, what the output holds, what it took, and what is wrong with it.
struct Exported {
    range: Range,
    totals: Totals,
    effort: Effort,
    issues: Vec<SpanIssue>,
}

impl ExportCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        if let Some(out) = &self.verify {
            let verified = store::verify(out, endpoints, Timestamp::from(SystemTime::now()))?;
            verified.lines(out).iter().for_each(|line| stderr::plain(line));
            return Ok(());
        }
        let dataset = self.dataset(endpoints)?;
        let file = self.out.as_deref().filter(|out| !is_stdout(out));
        if let (Some(out), Some(report)) = (file, &self.report) {
            refuse_own(report, &ExportFiles::of(out))?;
        }
        let need = if self.dry_run { Need::Nothing } else { Need::HostAndKey };
        let connection = connect(global, Call::default(), need).await?;
        if !self.dry_run {
            // The range is one of the exchange's time. When no server tells it, the client says so itself.
            let _ = connection.client.sync_clock().await;
        }
        let now = connection.client.now();
        let asked = range::asked(&self.from, &self.to, now).map_err(Failure::bad_input)?;
        stderr::plain(&format!("{}, {}", dataset.name, asked.range.sentence()));
        let walker = Walker {
            client: &connection.client,
            params: self.request_params(dataset.info),
            dataset,
            concurrency: self.concurrency,
            allow_lost: self.allow_lost,
            meter: Arc::new(Meter::new()),
        };
        let export = file.map(|out| export(out, global, &walker, now)).transpose()?;
        if self.dry_run {
            return self.show_plan(export.as_ref(), &walker, asked);
        }
        let exported = match export {
            Some(export) => self.to_file(export, &api_key(global), &walker, (asked, now)).await,
            None => to_stdout(global, &walker, asked).await,
        };
        walker.meter.end();
        let Exported { range, totals, effort, issues } = exported?;
        let mut summary = Summary {
            schema_version: SCHEMA_VERSION,
            dataset: walker.dataset.name.clone(),
            range,
            out: self.out.as_ref().map_or_else(|| "-".to_owned(), |out| out.display().to_string()),
            contradicting: contradicting(&walker.params, &totals),
            params: walker.params,
            totals,
            effort,
            lost: spans(&issues, SpanIssueKind::Lost),
            incomplete: spans(&issues, SpanIssueKind::Incomplete),
            unproven: spans(&issues, SpanIssueKind::Unproven),
            noted: spans(&issues, SpanIssueKind::Noted),
            complete: false,
        };
        let missing = self.missing(&summary);
        summary.complete = missing.is_empty();
        summary.lines().iter().for_each(|line| stderr::plain(line));
        if let Some(report) = &self.report {
            let written = Disk::default().write_json(parent(report), report, &summary);
            written.map_err(|error| trouble::disk("write", report, &error))?;
        }
        if missing.is_empty() {
            return Ok(());
        }
        let failure = Failure::new(ExitCode::Incomplete, format!("exported, and incomplete: {}", missing.join("; ")));
        Err(failure.hint("all other rows of the range are in the output"))
    }

    /// Returns what keeps an export from being complete.
    fn missing(&self, summary: &Summary) -> Vec<String> {
        let mut missing = Vec::new();
        let mut add = |count: usize, what: &str| {
            if count > 0 {
                missing.push(format!("{count} {what}"));
            }
        };
        add(summary.lost.len(), "spans that the exchange no longer has (--allow-lost accepts them)");
        add(summary.incomplete.len(), "spans of which not all rows could be had; the notes above say why");
        if self.require_proof {
            add(summary.unproven.len(), "spans without proof, and --require-proof was given");
        }
        let quarantined = usize::try_from(summary.totals.quarantined).unwrap_or(usize::MAX);
        add(quarantined, "rows that do not read, in the file .quarantine.jsonl beside the output");
        missing
    }

    fn show_plan(&self, export: Option<&Export>, walker: &Walker<'_>, asked: Asked) -> Result<(), Failure> {
        let ranges = match export.map(Store::peek).transpose()?.flatten() {
            Some(journal) => store::still_to_walk(&journal, asked, self.overlap()),
            None => vec![asked],
        };
        let (mut windows, mut requests, mut weight) = (0, 0, 0);
        for asked in &ranges {
            let plan = walker.plan(*asked)?;
            stderr::plain(&format!("to walk: {}", asked.range.sentence()));
            windows += plan.windows;
            requests += plan.requests;
            weight += plan.weight;
        }
        stderr::plain(&format!(
            "at least {windows} windows, {requests} requests, weight {weight}; full pages make them more; nothing was sent"
        ));
        Ok(())
    }

    async fn to_file(
        &self,
        export: Export,
        api_key: &str,
        walker: &Walker<'_>,
        (asked, now): (Asked, Timestamp),
    ) -> Result<Exported, Failure> {
        let change = if self.same_account { KeyChange::SameAccount } else { KeyChange::Refused };
        // A fresh id has 128 random bits: the fingerprint of a key is another one in every export.
        let salt = ClientOrderId::generate().to_string();
        let mut store = Store::open(export, (api_key, salt), change, Disk::default())?;
        if store.is_newly_sealed() {
            stderr::note("this export had no seals yet: its rows were checked for order and count, and are sealed now");
        }
        tell_age(range::age(store.journal().covered, range::reach(walker.dataset.info), now));
        match store.begin(asked, self.overlap())? {
            Begun::Fresh => {}
            Begun::Resumed => {
                let range = store.open_range().map_or_else(String::new, Range::sentence);
                stderr::note(&format!(
                    "an earlier run was interrupted; this one finishes its range, and only that: {range}"
                ));
            }
            Begun::Nothing => stderr::note("all of the range was exported before"),
        }
        let mut effort = Effort::default();
        while let Some(asked) = store.next_range() {
            let result = walker.walk(asked, |batch| store.append(batch)).await;
            let again = "what was found is kept: run the same command again to go on";
            effort.add(&result.map_err(|failure| failure.hint(again))?);
            store.range_walked()?;
        }
        let range = store.open_range().unwrap_or(asked.range);
        let (totals, issues) = store.finish()?;
        Ok(Exported { range, totals, effort, issues })
    }
}

/// Writes rows as they are found, and keeps nothing.
async fn to_stdout(global: &GlobalOptions, walker: &Walker<'_>, asked: Asked) -> Result<Exported, Failure> {
    let format = format_of(global, Path::new("-"))?;
    if format == Format::Parquet && io::stdout().is_terminal() {
        return Err(Failure::bad_input("Parquet is not for terminals").hint("name a file, or pipe it elsewhere"));
    }
    let trouble = |error: io::Error| trouble::disk("write", Path::new("stdout"), &error);
    let dataset = &walker.dataset;
    let mut rows = row_writer(format, dataset, io::stdout()).map_err(trouble)?;
    let (mut counter, mut bad_rows, mut issues) = (Counter::new(dataset), 0, Vec::new());
    let mut write = |batch: Batch| {
        for entry in batch.rows {
            match entry.content {
                Content::Good { row, raw } => {
                    let cells = dataset.cells(&row, raw.as_deref())?;
                    counter.row(&cells);
                    rows.row(cells)?;
                }
                Content::Bad(bad) => {
                    bad_rows += 1;
                    stderr::note(&format!("left out: at {}: {}: {}", bad.path, bad.reason, bad.raw));
                }
            }
        }
        batch.issues.into_iter().for_each(|issue| add_issue(&mut issues, issue, None));
        rows.flush()
    };
    let mut effort = Effort::default();
    effort.add(&walker.walk(asked, |batch| write(batch).map_err(trouble)).await?);
    rows.finish().and_then(|mut out| out.flush()).map_err(trouble)?;
    Ok(Exported { range: asked.range, totals: counter.finish(bad_rows), effort, issues })
}

/// Returns what is exported to a file.
fn export(out: &Path, global: &GlobalOptions, walker: &Walker<'_>, now: Timestamp) -> Result<Export, Failure> {
    let (format, dataset) = (format_of(global, out)?, walker.dataset.clone());
    let subject = Subject {
        schema_version: SCHEMA_VERSION,
        dataset: dataset.name.clone(),
        params: walker.params.clone(),
        columns: dataset.columns.iter().map(|column| column.name.clone()).collect(),
        format: format.to_string(),
        // The exchange inside this program has a new port every time.
        exchange: if global.sandbox { "sandbox" } else { walker.client.base_url() }.to_owned(),
    };
    Ok(Export { files: ExportFiles::of(out), format, dataset, subject, now })
}

/// Refuses a report that would replace a file of the export.
fn refuse_own(report: &Path, files: &ExportFiles) -> Result<(), Failure> {
    if files.is_replaced_by(report) { Err(trouble::report_in_export(report, files)) } else { Ok(()) }
}

fn tell_age(age: Age) {
    let told = match age {
        Age::Young => return,
        Age::Late { days_left } => {
            format!("the last run is long ago: in {days_left} days the exchange would have begun to forget rows")
        }
        Age::Lost(range) => {
            let range = range.sentence();
            format!("lost: the last run is too long ago, and the exchange no longer has the rows of {range}")
        }
    };
    stderr::line("warning", &told);
}

//! `papi export` from its options to its exit code.

use super::catalog;
use super::dataset::SCHEMA_VERSION;
use super::disk::{Disk, parent};
use super::exported::{Export, Exported};
use super::files::ExportFiles;
use super::format::Format;
use super::interruption::interruption;
use super::journal::Subject;
use super::options::{ExportCommand, format_of};
use super::progress::Meter;
use super::range::{self, Age, Asked, Range};
use super::store::{self, Begun, KeyChange, Store};
use super::summary::{Effort, Summary, contradicting, spans};
use super::to_stdout::to_stdout;
use super::trouble;
use super::walk::Walker;
use crate::connect::{Need, connect_with};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription};
use crate::profile::{Settings, settings};
use crate::request::Endpoints;
use crate::stderr;
use binance_papi::history::SpanIssueKind;
use binance_papi::{Call, ClientOrderId, Limits, Timestamp};
use papi_runtime::counted;
use secrecy::ExposeSecret as _;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

impl ExportCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        if let Some(out) = &self.verify {
            let verified = store::verify(out, endpoints, Timestamp::from(SystemTime::now()))?;
            verified.lines(out).iter().for_each(|line| stderr::plain(line));
            return Ok(());
        }
        if self.asks_for_list() {
            return Output::of(global).print(&catalog::list(endpoints), ReplyDescription::default());
        }
        let settings = settings(global)?;
        let meter = Arc::new(Meter::new(weight_of_reads(&settings.limits())));
        let result = tokio::select! {
            // In this order: a run that has come to its end was not interrupted.
            biased;
            result = self.export(global, settings, endpoints, &meter) => result,
            interrupted = interruption(self.file()) => Err(interrupted),
        };
        meter.end();
        result
    }

    async fn export(
        &self,
        global: &GlobalOptions,
        settings: Settings,
        endpoints: Endpoints,
        meter: &Arc<Meter>,
    ) -> Result<(), Failure> {
        let dataset = self.dataset(endpoints)?;
        let file = self.file();
        let format = format_of(global, file)?;
        if let (Some(out), Some(report)) = (file, &self.report) {
            refuse_own(report, &ExportFiles::of(out))?;
        }
        let need = if self.dry_run { Need::Nothing } else { Need::HostAndKey };
        let notices = meter.clone();
        let connection =
            connect_with(global, settings, Call::default(), need, move |notice| notices.notice(notice)).await?;
        if !self.dry_run {
            // The range is one of the exchange's time. When no server tells it, the client says so itself.
            let _ = connection.client.sync_clock().await;
        }
        let now = connection.client.now();
        let given = range::asked(&self.from, &self.to, now).map_err(Failure::bad_input)?;
        let walker = Walker {
            client: &connection.client,
            params: self.request_params(dataset.info),
            dataset,
            concurrency: self.concurrency,
            allow_lost: self.allow_lost,
            meter: meter.clone(),
        };
        // This also checks what was asked for, before anything is written.
        let asked = given.within_reach(walker.oldest()?);
        let export = file.map(|out| self.describe(out, format, global, &walker, now));
        let is_first = match export.as_ref() {
            Some(export) => Store::peek(export)?.is_none_or(|journal| journal.range().is_none()),
            None => true,
        };
        stderr::plain(&format!("{}, {}", walker.dataset.name, asked.range.sentence()));
        if let Some(said) = asked.explanation(if is_first { given } else { asked }, now) {
            stderr::note(&said);
        }
        if self.dry_run {
            return self.show_plan(export.as_ref(), &walker, asked);
        }
        let exported = match export {
            Some(export) => self.to_file(export, connection.api_key.expose_secret(), &walker, (asked, now)).await?,
            None => match to_stdout(format, &walker, asked).await? {
                Some(exported) => exported,
                None => return Ok(()),
            },
        };
        meter.end();
        self.conclude(exported, walker)
    }

    /// Says what came of it.
    fn conclude(&self, exported: Exported, walker: Walker<'_>) -> Result<(), Failure> {
        let Exported { range, covers, new_rows, totals, effort, issues } = exported;
        let mut summary = Summary {
            schema_version: SCHEMA_VERSION,
            dataset: walker.dataset.name.clone(),
            range,
            covers,
            new_rows,
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
        let mut add = |number: u64, noun: &str, what: &str| {
            if number > 0 {
                missing.push(format!("{} {what}", counted(number, noun)));
            }
        };
        add(summary.lost.len() as u64, "span", "that the exchange no longer has (--allow-lost accepts that)");
        add(summary.incomplete.len() as u64, "span", "of which not all rows could be had; the notes above say why");
        if self.require_proof {
            add(summary.unproven.len() as u64, "span", "without proof, and --require-proof was given");
        }
        add(
            summary.totals.quarantined,
            "row",
            "without a readable form, in the file .quarantine.jsonl beside the output",
        );
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
            "at least {}, {}, weight {weight}; full pages make them more; nothing was sent",
            counted(windows, "window"),
            counted(requests, "request")
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
            let again = store
                .found_something()
                .then(|| "what was found is kept: run the same command again to go on".to_owned());
            effort.add(&result.map_err(|failure| failure.hints(again))?);
            store.range_walked()?;
        }
        let range = store.open_range().unwrap_or(asked.range);
        let before = store.journal().output.rows_before();
        let (totals, issues) = store.finish()?;
        let (covers, new_rows) = (store.journal().covered, totals.rows.saturating_sub(before));
        Ok(Exported { range, covers, new_rows, totals, effort, issues })
    }

    /// Returns what is exported to a file.
    fn describe(
        &self,
        out: &Path,
        format: Format,
        global: &GlobalOptions,
        walker: &Walker<'_>,
        now: Timestamp,
    ) -> Export {
        let dataset = walker.dataset.clone();
        let subject = Subject {
            schema_version: SCHEMA_VERSION,
            dataset: dataset.name.clone(),
            params: walker.params.clone(),
            columns: dataset.columns.iter().map(|column| column.name.clone()).collect(),
            format: format.to_string(),
            // The exchange inside this program has a new port every time.
            exchange: if global.sandbox { "sandbox" } else { walker.client.base_url() }.to_owned(),
        };
        Export { files: ExportFiles::of(out), format, dataset, subject, now, range_words: self.range_words() }
    }
}

/// Returns the weight that the walk may use in a window of the limits.
pub(super) fn weight_of_reads(limits: &Limits) -> u64 {
    let weight = limits.weight;
    // A part is kept free for orders.
    u64::from(weight - limits.order_share.unwrap_or(weight / 5).min(weight))
}

/// Refuses a report that would replace a file of the export.
fn refuse_own(report: &Path, files: &ExportFiles) -> Result<(), Failure> {
    if files.is_replaced_by(report) { Err(trouble::report_in_export(report, files)) } else { Ok(()) }
}

fn tell_age(age: Age) {
    let told = match age {
        Age::Young => return,
        Age::Late { days_left } => {
            let days = counted(days_left, "day");
            format!("the last run is long ago: in {days} the exchange would have begun to forget rows")
        }
        Age::Lost(range) => {
            let range = range.sentence();
            format!("lost: the last run is too long ago, and the exchange no longer has the rows of {range}")
        }
    };
    stderr::line("warning", &told);
}

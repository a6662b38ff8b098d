//! `papi export` from its options to its exit code.

use super::disk::Disk;
use super::format::RowWriter;
use super::journal::{FlawKind, FlawNote, add_flaw};
use super::options::{ExportCommand, format_of, is_stdout};
use super::progress::Meter;
use super::range::{self, Age, Asked, Range};
use super::schema::{SCHEMA_VERSION, Schema};
use super::segment::Content;
use super::store::{self, Begun, Export, KeyChange, Store};
use super::summary::{Effort, Summary, contradicting, spans};
use super::totals::{Counter, Totals};
use super::trouble;
use super::walk::{Losses, Walker};
use crate::args::GlobalOptions;
use crate::connect::{Need, api_key, connect};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::request::Endpoints;
use crate::stderr;
use binance_papi::{Call, Client, Timestamp};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;

/// What was walked, what the output holds, and what is wrong with it.
struct Exported {
    range: Range,
    totals: Totals,
    flaws: Vec<FlawNote>,
}

impl ExportCommand {
    pub(crate) async fn run(self, global: &GlobalOptions, endpoints: Endpoints) -> Result<(), Failure> {
        let info = self.endpoint(endpoints)?;
        let (schema, params) = (self.schema(info)?, self.request_params(info));
        let need = if self.dry_run { Need::Nothing } else { Need::HostAndKey };
        let connection = connect(global, Call::default(), need).await?;
        if !self.dry_run {
            // The range is one of the exchange's time. When nobody tells it, the client says so itself.
            let _ = connection.client.sync_clock().await;
        }
        let now = connection.client.now();
        let asked = range::asked(&self.from, &self.to, now).map_err(Failure::bad_input)?;
        stderr::plain(&format!("{}, {}", schema.dataset, asked.range.sentence()));
        let walker = Walker {
            client: &connection.client,
            info,
            params: &params,
            schema: &schema,
            concurrency: self.concurrency,
            losses: if self.allow_lost { Losses::Allowed } else { Losses::Count },
            meter: Arc::new(Meter::new()),
        };
        if self.dry_run {
            return self.show_plan(global, &walker, asked);
        }
        let Some(out) = self.out.as_deref() else { return Err(Failure::bad_input("--out is missing")) };
        let mut effort = Effort::default();
        let format = format_of(global, out)?;
        let exported = if is_stdout(out) {
            self.to_stdout(global, &walker, asked, &mut effort).await
        } else {
            let export = self.export(info, (out, format), &schema, exchange(global, &connection.client));
            self.to_file(export, &api_key(global), &walker, (asked, now), &mut effort).await
        };
        walker.meter.end();
        let Exported { range, totals, flaws } = exported?;
        let mut summary = Summary {
            schema_version: SCHEMA_VERSION,
            dataset: schema.dataset.clone(),
            params: params.clone(),
            range,
            out: out.display().to_string(),
            contradicting: contradicting(&params, &totals),
            totals,
            effort,
            lost: spans(&flaws, FlawKind::Lost),
            incomplete: spans(&flaws, FlawKind::Incomplete),
            unproven: spans(&flaws, FlawKind::Unproven),
            noted: spans(&flaws, FlawKind::Noted),
            complete: false,
        };
        let missing = self.missing(&summary);
        summary.complete = missing.is_empty();
        summary.lines().iter().for_each(|line| stderr::plain(line));
        if let Some(report) = &self.report {
            write_report(report, &summary)?;
        }
        if missing.is_empty() {
            return Ok(());
        }
        let failure = Failure::new(ExitCode::Incomplete, format!("exported, and incomplete: {}", missing.join("; ")));
        Err(failure.hint("all other rows of the range are in the output"))
    }

    /// What keeps an export from being complete.
    fn missing(&self, summary: &Summary) -> Vec<String> {
        let mut missing = Vec::new();
        let mut add = |count: usize, what: &str| {
            if count > 0 {
                missing.push(format!("{count} {what}"));
            }
        };
        add(summary.lost.len(), "spans that the exchange no longer has (--allow-lost accepts them)");
        add(summary.incomplete.len(), "spans with more rows than any request can show");
        if self.require_proof {
            add(summary.unproven.len(), "spans without proof, and --require-proof was given");
        }
        let quarantined = usize::try_from(summary.totals.quarantined).unwrap_or(usize::MAX);
        add(quarantined, "rows that do not read, in the file .quarantine.jsonl beside the output");
        missing
    }

    fn show_plan(&self, global: &GlobalOptions, walker: &Walker<'_>, asked: Asked) -> Result<(), Failure> {
        let file = self.out.as_deref().filter(|out| !is_stdout(out));
        let journal = match file {
            Some(out) => {
                let format = format_of(global, out)?;
                let exchange = exchange(global, walker.client);
                Store::peek(&self.export(walker.info, (out, format), walker.schema, exchange))?
            }
            None => None,
        };
        let ranges = match &journal {
            Some(journal) => store::still_to_walk(journal, asked, self.overlap()),
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
        effort: &mut Effort,
    ) -> Result<Exported, Failure> {
        let change = if self.same_account { KeyChange::SameAccount } else { KeyChange::Refused };
        let mut store = Store::open(export, (api_key, salt()), change, Disk::default())?;
        tell_age(range::age(store.journal().covered, range::reach(walker.info), now));
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
        while let Some(asked) = store.next_range() {
            let outcome = walker.walk(asked, effort, |part| store.append(part)).await;
            outcome.map_err(|failure| failure.hint("what was found is kept: run the same command again to go on"))?;
            store.range_walked()?;
        }
        let range = store.open_range().unwrap_or(asked.range);
        let (totals, flaws) = store.finish()?;
        Ok(Exported { range, totals, flaws })
    }

    /// Rows go out as they are found; nothing is kept.
    async fn to_stdout(
        &self,
        global: &GlobalOptions,
        walker: &Walker<'_>,
        asked: Asked,
        effort: &mut Effort,
    ) -> Result<Exported, Failure> {
        let format = format_of(global, Path::new("-"))?;
        if format == super::format::Format::Parquet && io::stdout().is_terminal() {
            return Err(Failure::bad_input("Parquet is not for terminals").hint("name a file, or pipe it elsewhere"));
        }
        let trouble = |error: io::Error| trouble::disk("write", Path::new("stdout"), &error);
        let mut rows = RowWriter::new(format, walker.schema, io::stdout()).map_err(trouble)?;
        let (mut counter, mut bad_rows, mut flaws) = (Counter::new(walker.schema), 0, Vec::new());
        walker
            .walk(asked, effort, |part| {
                part.flaws.into_iter().for_each(|flaw| add_flaw(&mut flaws, flaw, None));
                for entry in part.rows {
                    match entry.content {
                        Content::Good { row, raw } => {
                            let cells = cells(walker.schema, &row, raw.as_deref())?;
                            counter.row(&cells);
                            rows.row(cells).map_err(trouble)?;
                        }
                        Content::Bad(bad) => {
                            bad_rows += 1;
                            stderr::note(&format!("left out: at {}: {}: {}", bad.path, bad.reason, bad.raw));
                        }
                    }
                }
                rows.flush().map_err(trouble)
            })
            .await?;
        rows.finish().and_then(|mut out| out.flush()).map_err(trouble)?;
        Ok(Exported { range: asked.range, totals: counter.finish(bad_rows), flaws })
    }
}

fn cells(schema: &Schema, row: &str, raw: Option<&str>) -> Result<Vec<super::cell::Cell>, Failure> {
    schema.cells(row, raw).map_err(|misfit| Failure::new(ExitCode::Other, misfit.reason))
}

/// The exchange that is asked, as the journal knows it: the one inside this program has a new port every time.
fn exchange(global: &GlobalOptions, client: &Client) -> String {
    if global.sandbox { "sandbox".to_owned() } else { client.base_url().to_owned() }
}

fn tell_age(age: Age) {
    match age {
        Age::Young => {}
        Age::Late { days_left } => stderr::line(
            "warning",
            &format!("the last run is long ago: in {days_left} days the exchange would have begun to forget rows"),
        ),
        Age::Lost(range) => stderr::line(
            "warning",
            &format!(
                "lost: the last run is too long ago, and the exchange no longer has the rows of {}",
                range.sentence()
            ),
        ),
    }
}

fn write_report(path: &Path, summary: &Summary) -> Result<(), Failure> {
    let written = Disk::default().draft(super::disk::parent(path), path).and_then(|mut draft| {
        serde_json::to_writer_pretty(&mut draft, summary)?;
        draft.write_all(b"\n")?;
        draft.settle()?.publish()
    });
    written.map_err(|error| trouble::disk("write", path, &error))
}

/// What makes the fingerprint of a key another one in every export: a fresh id has 128 random bits.
fn salt() -> String {
    binance_papi::ClientOrderId::generate().to_string()
}

//! An export to stdout: rows are written as they are found, and nothing is kept.

use super::batch::Batch;
use super::exported::Exported;
use super::format::{Format, row_writer};
use super::journal::add_issue;
use super::range::Asked;
use super::segment::Content;
use super::summary::Effort;
use super::totals::Counter;
use super::trouble;
use super::walk::Walker;
use crate::failure::Failure;
use crate::stderr;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

/// Why an export to stdout stopped before its end.
enum Stop {
    /// As in `papi export .. | head -1`: that is no failure, and there is nobody to export the rest for.
    ReaderGone,
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Failed(trouble::stdout(&error)),
        }
    }
}

/// Writes rows as they are found. Returns none when the reader has gone.
pub(super) async fn to_stdout(format: Format, walker: &Walker<'_>, asked: Asked) -> Result<Option<Exported>, Failure> {
    if format.is_binary() && io::stdout().is_terminal() {
        return Err(
            Failure::bad_input(format!("{format} is not for terminals")).hint("name a file, or pipe it elsewhere")
        );
    }
    match write_all(format, walker, asked).await {
        Ok(exported) => Ok(Some(exported)),
        Err(Stop::ReaderGone) => Ok(None),
        Err(Stop::Failed(failure)) => Err(failure),
    }
}

async fn write_all(format: Format, walker: &Walker<'_>, asked: Asked) -> Result<Exported, Stop> {
    let dataset = &walker.dataset;
    let mut rows = row_writer(format, dataset, io::stdout())?;
    let (mut counter, mut bad_rows, mut issues) = (Counter::new(dataset), 0, Vec::new());
    let write = |batch: Batch| -> Result<(), Stop> {
        for entry in batch.rows {
            match entry.content {
                Content::Good { row, raw } => {
                    let cells = dataset.cells(&row, raw.as_deref()).map_err(io::Error::from)?;
                    counter.row(&cells);
                    rows.row(&cells)?;
                }
                Content::Bad(bad) => {
                    bad_rows += 1;
                    stderr::note(&format!("left out: at {}: {}: {}", bad.path, bad.reason, bad.raw));
                }
            }
        }
        batch.issues.into_iter().for_each(|issue| add_issue(&mut issues, issue, None));
        Ok(rows.flush()?)
    };
    let mut effort = Effort::default();
    effort.add(&walker.walk(asked, write).await?);
    rows.finish()?.flush()?;
    let totals = counter.finish(bad_rows);
    Ok(Exported { range: asked.range, covers: None, new_rows: totals.rows, totals, effort, issues })
}

//! What brings damaged rows back: the words and the command that the caller sees.

use super::damage::{Damage, Part};
use super::exported::Export;
use super::files::ExportFiles;
use super::journal::Subject;
use super::range::{self, Range};
use super::rerun;
use super::trouble;
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use binance_papi::Timestamp;
use std::io;
use std::path::Path;

/// Says what is damaged, or what else the disk refused.
pub(crate) fn of_error(export: &Export, doing: &str, path: &Path, error: &io::Error, known: Option<Range>) -> Failure {
    match Damage::of(error) {
        Some(damage) => of_damages(std::slice::from_ref(damage), &export.files, Some(export), known),
        None => trouble::disk(doing, path, error),
    }
}

/// Says what is damaged, and what to do. `known` is all that was walked, for files whose rows cannot be told.
/// Without an export nothing tells what its files were made of.
pub(crate) fn of_damages(
    damages: &[Damage],
    files: &ExportFiles,
    export: Option<&Export>,
    known: Option<Range>,
) -> Failure {
    let said = damages.iter().map(|damage| match damage.times.or(known) {
        Some(times) => format!("{damage}; affected are the rows of {}", times.sentence()),
        None => format!("{damage}; which rows are affected cannot be told"),
    });
    let failure = Failure::new(ExitCode::Other, said.collect::<Vec<_>>().join("; and "));
    let of = |wanted: &[Part]| damages.iter().any(|damage| wanted.contains(&damage.part));
    let ExportFiles { given, folder, quarantine, .. } = files;
    let (out, folder) = (given.display(), folder.display());
    let mut hints = Vec::new();
    for damage in damages.iter().filter(|damage| matches!(damage.part, Part::Journal | Part::Segment)) {
        match (export, damage.times.or(known)) {
            (Some(export), Some(times)) => hints.extend(fetch_again(export, times)),
            (None, Some(times)) => hints.push(format!(
                "fetch it again with the options that it was made with, --from {} --to {}, and another --out",
                text(times.from),
                text(times.to.saturating_add(1))
            )),
            (_, None) => {}
        }
    }
    if of(&[Part::Journal, Part::Segment]) {
        hints.push(format!(
            "nothing was replaced: put the damaged file back from a copy; or move {out} and {folder} away, keep them for the \
             rows that the exchange no longer has, and export afresh"
        ));
    } else if of(&[Part::Quarantine]) {
        hints.push(format!(
            "its rows are in the segments: move {} away, and run the same export again to have it written anew",
            quarantine.display()
        ));
    } else {
        hints.push(format!("its rows are in the segments: run the same export again to have {out} written anew"));
    }
    failure.hints(hints)
}

/// Returns how the rows of an interval are fetched again, as far as the exchange still has them.
fn fetch_again(export: &Export, times: Range) -> Vec<String> {
    let oldest = range::reach(export.dataset.info).map_or(i64::MIN, |reach| reach.before(export.now).as_millis());
    let lost = Range { to: times.to.min(oldest.saturating_sub(1)), ..times };
    let kept = Range { from: times.from.max(oldest), ..times };
    let mut hints = Vec::new();
    if lost.from <= lost.to {
        hints.push(format!("the exchange no longer has the rows of {}", lost.sentence()));
    }
    if kept.from <= kept.to {
        hints.push(format!("fetch it again: {}", command(&export.subject, &export.files.given, kept)));
    }
    hints
}

/// Returns the command that exports an interval into a file of its own.
fn command(subject: &Subject, out: &Path, Range { from, to }: Range) -> String {
    let range = ["--from".to_owned(), text(from), "--to".to_owned(), text(to.saturating_add(1))];
    rerun::command(subject, &range, &rerun::named_beside(out, "again"))
}

/// Returns a moment as `--from` and `--to` read it.
fn text(millis: i64) -> String {
    Timestamp::from_millis(millis).to_string()
}

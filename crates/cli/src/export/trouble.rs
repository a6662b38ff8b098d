//! The failures of an export, in the words that the caller sees.

use super::exported::Export;
use super::files::ExportFiles;
use super::format::TooManyRows;
use super::journal::{JOURNAL, Subject};
use super::rerun;
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Says that the disk refused something.
pub(crate) fn disk(doing: &str, path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(ExitCode::Other, format!("cannot {doing} {}: {error}", path.display()));
    if TooManyRows::is_behind(error) {
        return failure.hint(
            "export parts of the range, each with --from, --to and an --out of its own; or name an --out that ends in \
             .csv or .parquet, which have room for all",
        );
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            failure.hint("what was there before is untouched; make room and run it again, it goes on where it stopped")
        }
        ErrorKind::CrossesDevices => failure
            .hint("the output is a link to another disk: move its .papi folder and its quarantine beside the file itself"),
        ErrorKind::InvalidData => {
            failure.hint("move the output and its .papi folder away to export it afresh; the rows that the exchange no longer has are in them")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory | ErrorKind::NotFound => {
            failure.hint("the folder of the output must exist and be writable: a folder for the segments stands beside it")
        }
        _ => failure.hint("what was there before is untouched; run it again, it goes on where it stopped"),
    }
}

/// Says that stdout refused something. Nothing of such an export is kept.
pub(crate) fn stdout(error: &io::Error) -> Failure {
    let failure = Failure::new(ExitCode::Other, format!("cannot write to stdout: {error}"));
    failure.hint("nothing is kept of an export to stdout: --out FILE keeps what is found")
}

/// Says that the output is an export of something else.
pub(crate) fn other_subject(export: &Export, found: &Subject, difference: &str) -> Failure {
    let out = &export.files.given;
    let text = format!("{} is an export of something else: {difference}", out.display());
    Failure::bad_input(text).hint(format!("into a file of its own: {}", in_own_file(export))).hint(format!(
        "to go on with what {} is: {}",
        out.display(),
        rerun::command(found, &[], out)
    ))
}

/// Says that the output was made with another API key.
pub(crate) fn other_key(export: &Export) -> Failure {
    let Export { files: ExportFiles { given, .. }, subject, range_words, .. } = export;
    let mut same = range_words.clone();
    same.push("--same-account".to_owned());
    Failure::bad_input(format!("{} was exported with another API key, so perhaps of another account", given.display()))
        .hint(format!("if the key is a new one of the same account: {}", rerun::command(subject, &same, given)))
        .hint(format!("otherwise, into a file of its own: {}", in_own_file(export)))
}

/// Returns the command that exports the same into a file that is free.
fn in_own_file(export: &Export) -> String {
    rerun::command(&export.subject, &export.range_words, &rerun::free_beside(&export.files.given))
}

/// Says that there is a file without a journal.
pub(crate) fn no_journal(existing: &Path, folder: &Path) -> Failure {
    Failure::bad_input(format!(
        "{} exists, and is no export that could be continued: there is no {}",
        existing.display(),
        folder.join(JOURNAL).display()
    ))
    .hint("choose another --out, or move the file away")
}

/// Says that there is nothing to verify.
pub(crate) fn never_exported(out: &Path, journal: &Path) -> Failure {
    Failure::bad_input(format!("{} was never exported: there is no {}", out.display(), journal.display()))
        .hint("name the output of an export; its .papi folder stands beside it")
}

/// Says that the export is of something that this program does not know.
pub(crate) fn unknown_dataset(out: &Path, dataset: &str) -> Failure {
    Failure::bad_input(format!("{} is an export of {dataset}, which this program does not know", out.display()))
}

/// Says that a report would replace a file of the export.
pub(crate) fn report_in_export(report: &Path, files: &ExportFiles) -> Failure {
    let text = format!("--report {} belongs to the export {} itself", report.display(), files.given.display());
    Failure::bad_input(text).hint("name another file for the report")
}

/// Says that the output is a folder.
pub(crate) fn is_folder(out: &Path) -> Failure {
    Failure::bad_input(format!("{} is a folder, and --out is a file", out.display()))
        .hint("name a file in it, such as liquidations.csv")
}

/// Says that another run has the export open.
pub(crate) fn busy(lock: &Path) -> Failure {
    Failure::new(ExitCode::Other, format!("another run is writing this export: {} is locked", lock.display()))
        .hint("wait until it ends; the lock goes with the process that holds it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_sheet_says_what_has_room() {
        let failure = disk("write", Path::new("out.xlsx"), &io::Error::other(TooManyRows));
        let said = format!("{failure:?}");
        assert!(said.contains("more rows than the 1048575"), "{said}");
        assert!(
            said.contains("export parts of the range, each with --from, --to") && said.contains(".parquet"),
            "{said}"
        );
    }
}

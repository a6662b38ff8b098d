//! Commands that the messages of an export suggest, as a shell reads them.

use super::files::ExportFiles;
use super::format::Format;
use super::journal::Subject;
use crate::shell_word::shell_word;
use binance_papi::PRODUCTION_URL;
use std::path::{Path, PathBuf};

/// Returns the command that exports a subject into a file, with these words before the file.
pub(super) fn command(subject: &Subject, more: &[String], out: &Path) -> String {
    let mut words = vec!["papi".to_owned()];
    let mut add = |more: &[&str]| words.extend(more.iter().map(|word| shell_word(word)));
    match subject.exchange.as_str() {
        PRODUCTION_URL => {}
        "sandbox" => add(&["--sandbox"]),
        url => add(&["--base-url", url]),
    }
    if Format::of_path(out).is_none_or(|format| format.to_string() != subject.format) {
        add(&["--format", &subject.format]);
    }
    add(&["export", &subject.dataset]);
    for (name, value) in &subject.params {
        add(&["--param", &format!("{name}={value}")]);
    }
    if subject.has_raw() {
        add(&["--raw"]);
    }
    for word in more {
        add(&[word]);
    }
    add(&["--out", &out.to_string_lossy()]);
    words.join(" ")
}

/// Returns a name beside an output, such as `out.again.csv`.
pub(super) fn named_beside(out: &Path, word: &str) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    out.with_file_name(format!("{stem}.{word}{}", ending.unwrap_or_default()))
}

/// Returns a name beside an output that no file and no export has, such as `out.2.csv`.
pub(super) fn free_beside(out: &Path) -> PathBuf {
    let is_free = |path: &PathBuf| !path.exists() && !ExportFiles::of(path).folder.exists();
    let mut names = (2_u32..).map(|number| named_beside(out, &number.to_string()));
    names.find(is_free).unwrap_or_else(|| named_beside(out, "other"))
}

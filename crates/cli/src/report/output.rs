//! Where a report goes: to stdout, or into a file that is new or holds a report already.

use crate::exit_code::ExitCode;
use crate::export::write_whole;
use crate::failure::Failure;
use crate::output::write_to_stdout;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

/// How a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Html,
    Markdown,
    Json,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Json];

    /// Returns the form that the ending of a file's name tells.
    pub(super) fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Returns the text that each report of this form begins with, by which it is known.
    pub(super) const fn beginning(self) -> &'static str {
        match self {
            Self::Html => "<!DOCTYPE html>\n<!-- papi report -->\n",
            Self::Markdown => "<!-- papi report -->\n",
            Self::Json => "{\n  \"papi_report\":",
        }
    }
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Stdout,
    File(PathBuf),
}

impl Place {
    /// Checks that a report may be put there, before any work is done.
    pub(super) fn check(&self, form: Form) -> Result<(), Failure> {
        match self {
            Self::Stdout if form == Form::Html && io::stdout().is_terminal() => {
                let failure = Failure::bad_input("a page of HTML is not for terminals");
                Err(failure.hint("add --out report.html, or pipe it elsewhere; --format md is for reading here"))
            }
            Self::Stdout => Ok(()),
            Self::File(path) => check_file(path),
        }
    }

    pub(super) fn put(&self, text: &str) -> Result<(), Failure> {
        let (written, place) = match self {
            Self::Stdout => (write_to_stdout(text), "to stdout".to_owned()),
            Self::File(path) => (write_whole(path, text.as_bytes()), path.display().to_string()),
        };
        written.map_err(|error| Failure::new(ExitCode::Other, format!("cannot write {place}: {error}")))
    }
}

/// Refuses a file that is there and is no report.
fn check_file(path: &Path) -> Result<(), Failure> {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut begin));
    let is_report = Form::ALL.iter().any(|form| begin.starts_with(form.beginning().as_bytes()));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Ok(_) if is_report => Ok(()),
        Ok(_) => Err(Failure::bad_input(format!("{} is there, and is no report: it is not replaced", path.display()))
            .hint("name another file with --out, or move this one away")),
        Err(error) => Err(Failure::bad_input(format!("{} cannot be replaced: {error}", path.display()))
            .hint("name another file with --out")),
    }
}

//! A reply or an event that was saved as JSON: read through a type, with what was good in it and what was not.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::output::{Output, ReplyDescription};
use crate::stderr;
use binance_papi::error::{DecodeError, Drift};
use binance_papi::json::Json;
use std::fmt::Display;
use std::io::{Read as _, stdin};

/// Something that was saved, and what became of reading it.
pub(super) struct Saved {
    /// What to say of what cannot be read.
    misfit: &'static str,
    /// As it was saved; after bad rows without them.
    json: Vec<u8>,
    /// Printed from its typed value.
    printed: String,
    /// What was wrong with it although it could be printed.
    failure: Option<Failure>,
}

impl Saved {
    /// Reads a file, or stdin when it is `-`.
    pub(super) fn read(file: &str, misfit: &'static str) -> Result<Self, Failure> {
        let read = if file == "-" { stdin().lock().bytes().collect() } else { std::fs::read(file) };
        let json = read.map_err(|error| Failure::bad_input(format!("{file} cannot be read: {error}")))?;
        Ok(Self { misfit, json, printed: String::new(), failure: None })
    }

    /// Returns what can be read of it, as it was saved.
    pub(super) fn readable(&self) -> &[u8] {
        &self.json
    }

    /// Reads it into a type and prints it back. Bad rows are told and left out.
    pub(super) fn decode(&mut self, reprint: fn(&[u8]) -> Result<String, DecodeError>) -> Result<(), Failure> {
        self.printed = match reprint(&self.json) {
            Ok(printed) => printed,
            Err(error) => {
                let Some(good) = error.good_json() else { return Err(self.unreadable(&error)) };
                for row in error.bad_rows() {
                    stderr::line("bad row", &format!("{} {row}: {}", row.index, row.raw));
                }
                self.failure = Some(self.unreadable(format!("{} of the rows do not read", error.bad_rows().len())));
                good.as_bytes().clone_into(&mut self.json);
                reprint(&self.json).map_err(|error| self.unreadable(error))?
            }
        };
        Ok(())
    }

    /// Tells what this version does not know, and makes it a failure.
    pub(super) fn refuse(&mut self, drift: &[Drift]) {
        for unknown in drift {
            stderr::plain(&unknown.to_string());
        }
        if !drift.is_empty() && self.failure.is_none() {
            let text = format!("{} fields or words are unknown to this version", drift.len());
            self.failure = Some(Failure::new(ExitCode::Unreadable, text));
        }
    }

    /// Prints it, and returns what was wrong with it.
    pub(super) fn print(self, output: &Output, description: ReplyDescription) -> Result<(), Failure> {
        let json = Json::parse(&self.printed).map_err(|error| self.unreadable(error))?;
        output.print(&json, description)?;
        self.failure.map_or(Ok(()), Err)
    }

    /// Says that it cannot be read.
    pub(super) fn unreadable(&self, what: impl Display) -> Failure {
        Failure::new(ExitCode::Unreadable, format!("{}: {what}", self.misfit))
    }
}

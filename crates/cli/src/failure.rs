//! The failure of a command, in the words and with the exit code that the caller will see.

use crate::exit_code::ExitCode;
use crate::stderr;
use binance_papi::Error;
use binance_papi::error::Invalid;
use papi_runtime::with_causes;
use papi_sandbox::StartError;
use std::fmt::Display;

/// A command that failed: what went wrong, what to check, how the process ends.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: ExitCode,
    text: String,
    hints: Vec<String>,
}

impl Failure {
    pub(crate) fn new(exit: ExitCode, text: impl Into<String>) -> Self {
        Self { exit, text: text.into(), hints: Vec::new() }
    }

    /// Reports that arguments, parameters or settings are wrong. Nothing was sent.
    pub(crate) fn bad_input(text: impl Into<String>) -> Self {
        Self::new(ExitCode::BadInput, text)
    }

    /// Adds what to check or to do next.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        self.hints([hint.into()])
    }

    /// Adds what to check or to do next, where there is something.
    #[must_use]
    pub(crate) fn hints(mut self, hints: impl IntoIterator<Item = String>) -> Self {
        self.hints.extend(hints);
        self
    }

    /// Says what it is about, before its text.
    #[must_use]
    pub(crate) fn of(self, what: &str) -> Self {
        Self { text: format!("{what}: {}", self.text), ..self }
    }

    /// Returns the text and the hints, for a report that shows them in its own way.
    pub(crate) fn into_parts(self) -> (String, Vec<String>) {
        (self.text, self.hints)
    }

    /// Prints it on stderr, and returns the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        stderr::line("error", &self.text);
        for hint in &self.hints {
            stderr::line("hint", hint);
        }
        self.exit
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let advice = error.advice().map(ToOwned::to_owned);
        Self::new(error.kind().into(), with_causes(&error)).hints(advice)
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        let broken = join(invalid.violations());
        Self::bad_input(format!("not sent, invalid: {broken}")).hint(format!("see {}", invalid.doc_url()))
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let exit = match &error {
            StartError::NotLoopback(_) | StartError::KeyFormat => ExitCode::BadInput,
            _ => ExitCode::Other,
        };
        Self::new(exit, with_causes(&error))
    }
}

/// Joins several problems into one line.
pub(crate) fn join(problems: &[impl Display]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

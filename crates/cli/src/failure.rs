//! Why a command did not do what was asked, in the words and with the exit code that the caller will see.

use crate::exit_code::ExitCode;
use crate::stderr;
use binance_papi::{Error, Invalid};
use papi_sandbox::StartError;
use std::error::Error as _;
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

    /// Something in the arguments, parameters or settings is wrong. Nothing was sent.
    pub(crate) fn bad_input(text: impl Into<String>) -> Self {
        Self::new(ExitCode::BadInput, text)
    }

    /// Adds what to check or to do next.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(crate) fn exit(&self) -> ExitCode {
        self.exit
    }

    /// Tells it on stderr.
    pub(crate) fn report(&self) {
        stderr::line("error", &self.text);
        for hint in &self.hints {
            stderr::line("hint", hint);
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut text = error.to_string();
        append_causes(&mut text, error.source());
        let failure = Self::new(error.kind().into(), text);
        match error.advice() {
            Some(advice) => failure.hint(advice),
            None => failure,
        }
    }
}

/// Appends the causes of an error that its own text leaves out. The client has taken addresses, which hold signatures,
/// out of them.
fn append_causes(text: &mut String, mut cause: Option<&(dyn std::error::Error + 'static)>) {
    while let Some(error) = cause {
        let line = error.to_string();
        if !text.contains(&line) {
            text.push_str(": ");
            text.push_str(&line);
        }
        cause = error.source();
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
        let exit = match error {
            StartError::NotLoopback(_) | StartError::KeyFormat => ExitCode::BadInput,
            _ => ExitCode::Other,
        };
        let mut text = error.to_string();
        append_causes(&mut text, error.source());
        Self::new(exit, text)
    }
}

/// Several problems in one line.
pub(crate) fn join(problems: &[impl Display]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

//! The exit codes of `papi`, so that a script can tell what happened without reading texts.

use binance_papi::ErrorKind;

/// How a run ended; [`EXIT_CODES`] says what each one means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitCode {
    Done = 0,
    Other = 1,
    BadInput = 2,
    NotSent = 3,
    Rejected = 4,
    Throttled = 5,
    Unknown = 6,
    Unreadable = 7,
    NotExecuted = 8,
    Incomplete = 9,
    /// By Ctrl-C, as shells number it.
    Interrupted = 130,
    /// By SIGTERM.
    Terminated = 143,
}

/// The meaning of each exit code, for `papi --help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  anything that has no code of its own
  2  bad input: arguments, parameters, settings, credentials or files; nothing was sent
  3  not sent: no connection to the exchange, or its intent could not be written
  4  rejected by the exchange; nothing was executed
  5  throttled: too much was asked, or would be; nothing was executed
  6  outcome unknown: it may or may not have been executed; ask before sending again
  7  the exchange answered with success, and the answer could not be read; or a file that papi wrote cannot
  8  settled: the call was not executed and will not be
  9  exported, and something is missing; the summary names it
  130, 143  an export or watch was interrupted by Ctrl-C or SIGTERM; the same command goes on";

impl From<ErrorKind> for ExitCode {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Invalid => Self::BadInput,
            ErrorKind::NotSent => Self::NotSent,
            ErrorKind::Rejected => Self::Rejected,
            ErrorKind::Throttled => Self::Throttled,
            ErrorKind::Unknown => Self::Unknown,
            ErrorKind::Decode => Self::Unreadable,
            _ => Self::Other,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code as u8)
    }
}

//! What happened in a run, a line each: who, when in virtual time, what became of a message, what the client said.

use crate::clocks::Steady;
use std::fmt::{self, Write as _};

/// The lines of a run, in the order in which they happened.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    text: String,
}

impl Timeline {
    pub(crate) fn note(&mut self, at: Steady, who: &str, what: fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "{:>9}.{:03} s  {who:<12} {what}", at / 1_000, at % 1_000);
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

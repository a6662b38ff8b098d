//! Reads a recording back, line by line. A line at the end that is not whole is what a death left behind; any other that cannot be read is
//! damage.

use super::entry::Entry;
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::stderr;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// Hands out each entry of a recording, until there is none or no more are wanted.
pub(super) fn replay(path: &Path, mut take: impl FnMut(&Entry) -> Result<Wanted, Failure>) -> Result<Wanted, Failure> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| {
        Failure::bad_input(format!("--replay {shown}: {error}")).hint("name a file that `papi watch --record` wrote")
    })?;
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let count = lines
            .read_until(b'\n', &mut line)
            .map_err(|error| Failure::new(ExitCode::Other, format!("--replay {shown}: {error}")))?;
        if count == 0 {
            break;
        }
        if line.pop() != Some(b'\n') {
            stderr::note(&format!(
                "{shown} ends in the middle of line {number}: the program that wrote it was stopped there"
            ));
            break;
        }
        let entry = Entry::read(&String::from_utf8_lossy(&line)).map_err(|error| damaged(path, number, &error))?;
        if take(&entry)? == Wanted::No {
            return Ok(Wanted::No);
        }
    }
    Ok(Wanted::Yes)
}

/// Whether more is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Yes,
    No,
}

fn damaged(path: &Path, number: u64, error: &str) -> Failure {
    let shown = path.display();
    Failure::new(ExitCode::Unreadable, format!("--replay {shown}: line {number} is damaged: {error}"))
        .hint("the lines before it are shown; remove the line to read those behind it")
}

//! The exchange that the works ask: a process of its own, so that its instructions are not counted.

use crate::failure::Failure;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) struct Exchange {
    process: Child,
    /// What it said of itself: two addresses, its first row's time and the time between rows.
    pub(super) words: [String; 4],
}

impl Exchange {
    pub(super) fn start(measured: &Path) -> Result<Self, Failure> {
        let failed = |reason: String| Failure::Program { command: format!("{} serve", measured.display()), reason };
        let mut process = Command::new(measured)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(format!("did not start: {error}")))?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| failed(error.to_string()))?;
        }
        let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
        let words = words.try_into().map_err(|_| failed(format!("said {line:?}")))?;
        Ok(Self { process, words })
    }
}

impl Drop for Exchange {
    /// It ends when its standard input does.
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

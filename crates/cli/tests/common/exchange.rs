//! What the tests of `papi export` share: an exchange that outlives a run, a folder, and days.

use super::command;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command};

/// A sandbox that is a process of its own. It ends with the test.
pub(crate) struct Exchange {
    process: Child,
    pub(crate) url: String,
}

impl Exchange {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// Starts it with further options.
    pub(crate) fn with(args: &[&str]) -> Self {
        let sandbox = [&["sandbox", "--weight-limit", "1000000"], args].concat();
        let mut process = command(&sandbox).spawn().expect("the program starts");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let first = lines.map_while(Result::ok).next().expect("a line");
        let url = first.strip_prefix("export PAPI_BASE_URL=").expect("an address").to_owned();
        Self { process, url }
    }

    pub(crate) fn export(&self, dataset: &str, args: &[&str]) -> Command {
        let mut command = command(&["--base-url", &self.url, "--weight-limit", "1000000", "export", dataset]);
        command.args(args).env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
        command
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

const DAY: i64 = 86_400;

/// A day as a date, which is a moment only where the time zone is known.
fn date(days: i64) -> String {
    let midnight = jiff::Timestamp::from_second(days * DAY).expect("a moment").to_string();
    midnight[..10].to_owned()
}

/// The day before today, so that the range is over.
pub(crate) fn yesterday() -> String {
    date(jiff::Timestamp::now().as_second() / DAY - 1)
}

pub(crate) fn days_before(day: &str, days: i64) -> String {
    let midnight: jiff::Timestamp = format!("{day}T00:00:00Z").parse().expect("a day");
    date(midnight.as_second() / DAY - days)
}

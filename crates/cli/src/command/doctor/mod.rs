//! `papi doctor`: says in words why calls fail. `gather` asks, `findings` concludes, `report` prints.

mod cause;
mod facts;
mod findings;
mod gather;
mod report;

use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use clap::Args;
use findings::{Verdict, findings};

/// Find out why calls fail: host, key, clock, permissions, stream, weight, the server of a shared ledger; and whether calls have no known end.
///
/// It only reads and opens the account's stream for a moment, with a weight of 23 in all, takes 25 seconds at most once it has the key, and prints nothing secret. What
/// is wrong comes first, with what to do about it.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  papi doctor                    looks at the exchange with the key from the environment or the profile
  papi doctor --sandbox          what it looks like when all is well
  papi doctor --format json      for a program: `findings` with `check`, `verdict`, `sentence` and `next`

Verdicts: ok; warning, calls work nevertheless; problem, calls fail because of it; skipped, because of another finding.
It prints text unless --format says otherwise, even into a pipe. The exit code is 0 without a problem, else the one that
calls end with because of the first problem.")]
pub(crate) struct DoctorCommand {}

impl DoctorCommand {
    pub(crate) async fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        let facts = gather::facts(global).await?;
        let findings = findings(&facts);
        report::print(&facts, &findings, global.format)?;
        let mut problems = findings.iter().filter_map(|finding| match finding.verdict {
            Verdict::Problem(exit) => Some(exit),
            _ => None,
        });
        match (problems.next(), problems.count()) {
            (None, _) => Ok(()),
            (Some(exit), 0) => Err(Failure::new(exit, "one problem was found")),
            (Some(exit), more) => Err(Failure::new(exit, format!("{} problems were found", more + 1))),
        }
    }
}

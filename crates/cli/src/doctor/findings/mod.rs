//! What the facts mean: one finding per check, what is wrong first. Pure; `gather` asked and `report` prints.

mod access;
mod clock;
mod host;
mod key;
mod limits;
#[cfg(test)]
mod tests;

use super::facts::{Facts, Skip};
use crate::exit_code::ExitCode;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Address, name, connection, TLS, and who answers.
    Host,
    /// A proxy that the environment names.
    Proxy,
    /// What the environment holds to sign with.
    Key,
    /// The exchange's time.
    Clock,
    /// Whether the exchange accepts key and signature.
    Access,
    /// Whether the account has Portfolio Margin, and its status.
    Account,
    /// The weight used at this address.
    Weight,
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Calls fail because of it, and end like this.
    Problem(ExitCode),
    /// Calls work, but not for ever or not everywhere.
    Warning,
    Ok,
    /// Not looked at, because of another finding.
    Skipped,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) check: Check,
    pub(super) verdict: Verdict,
    pub(super) sentence: String,
    /// What to do, in the order in which it is likely to help.
    pub(super) next: Vec<String>,
}

/// Concludes. Problems come first, then warnings, and within those what others depend on.
pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![host::host(facts)];
    findings.extend(host::proxy(facts));
    findings.push(key::key(&facts.key));
    findings.push(clock::clock(facts));
    findings.push(access::access(facts));
    findings.push(access::account(facts));
    findings.push(limits::weight(facts));
    findings.sort_by_key(|finding| finding.verdict.rank());
    findings
}

impl Finding {
    fn new(check: Check, verdict: Verdict, sentence: impl Into<String>) -> Self {
        Self { check, verdict, sentence: sentence.into(), next: Vec::new() }
    }

    fn ok(check: Check, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Ok, sentence)
    }

    fn skipped(check: Check, skip: Skip) -> Self {
        Self::new(check, Verdict::Skipped, skip.reason())
    }

    /// Adds what to do.
    fn next(mut self, step: impl Into<String>) -> Self {
        self.next.push(step.into());
        self
    }

    fn then(mut self, steps: impl IntoIterator<Item = String>) -> Self {
        self.next.extend(steps);
        self
    }
}

impl Skip {
    fn reason(self) -> &'static str {
        match self {
            Self::NoHost => "Not asked: there is no host to ask.",
            Self::HostFailed => "Not asked: the host comes first.",
            Self::Closed => "Not asked: the exchange is closed to this address.",
            Self::WeightUsed => "Not asked: the weight of this minute is used up. `papi doctor` again in a minute.",
            Self::NoKey => "Not asked: that takes a key.",
            Self::KeyFailed => "Not asked: the key comes first.",
        }
    }
}

impl Verdict {
    fn rank(self) -> u8 {
        match self {
            Self::Problem(_) => 0,
            Self::Warning => 1,
            Self::Ok => 2,
            Self::Skipped => 3,
        }
    }

    /// Its name, in the report and in JSON.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Problem(_) => "problem",
            Self::Warning => "warning",
            Self::Ok => "ok",
            Self::Skipped => "skipped",
        }
    }
}

impl Check {
    /// Its name, in the report and in JSON.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Proxy => "proxy",
            Self::Key => "key",
            Self::Clock => "clock",
            Self::Access => "access",
            Self::Account => "account",
            Self::Weight => "weight",
        }
    }
}

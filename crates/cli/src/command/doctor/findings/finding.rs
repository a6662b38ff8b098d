//! The result of one check: a verdict, a sentence, and what to do.

use super::super::facts::Skip;
use crate::exit_code::ExitCode;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// Address, name, connection, TLS, and who answers.
    Host,
    /// A proxy that the environment names.
    Proxy,
    /// Which profile is used, and for what.
    Profile,
    /// What the environment or the profile holds to sign with.
    Key,
    /// The exchange's time.
    Clock,
    /// Whether the exchange accepts key and signature.
    Access,
    /// Whether the account has Portfolio Margin, and its status.
    Account,
    /// Whether the account's events can be listened to.
    Stream,
    /// The weight used at this address.
    Weight,
    /// The shared ledger on a server: whether it answers, who uses it, and how much.
    Ledger,
    /// Calls without a known end, in the file of intents.
    Intents,
}

/// The conclusion of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Calls fail because of it, with this exit code.
    Problem(ExitCode),
    /// Calls work now, but may fail later or in other programs.
    Warning,
    Ok,
    /// Not looked at, because of another finding.
    Skipped,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) check: Check,
    pub(crate) verdict: Verdict,
    pub(crate) sentence: String,
    /// What to do, in the order in which it is likely to help.
    pub(crate) next: Vec<String>,
}

impl Finding {
    pub(super) fn new(check: Check, verdict: Verdict, sentence: impl Into<String>) -> Self {
        Self { check, verdict, sentence: sentence.into(), next: Vec::new() }
    }

    pub(super) fn warning(check: Check, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Warning, sentence)
    }

    pub(super) fn ok(check: Check, sentence: impl Into<String>) -> Self {
        Self::new(check, Verdict::Ok, sentence)
    }

    pub(super) fn skipped(check: Check, skip: Skip) -> Self {
        Self::new(check, Verdict::Skipped, skip.reason())
    }

    /// Adds a step to do.
    pub(super) fn next(mut self, step: impl Into<String>) -> Self {
        self.next.push(step.into());
        self
    }

    pub(super) fn then(mut self, steps: impl IntoIterator<Item = String>) -> Self {
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
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Problem(_) => 0,
            Self::Warning => 1,
            Self::Ok => 2,
            Self::Skipped => 3,
        }
    }

    /// Returns its name, in the report and in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Problem(_) => "problem",
            Self::Warning => "warning",
            Self::Ok => "ok",
            Self::Skipped => "skipped",
        }
    }
}

impl Check {
    /// Returns its name, in the report and in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Proxy => "proxy",
            Self::Profile => "profile",
            Self::Key => "key",
            Self::Clock => "clock",
            Self::Access => "access",
            Self::Account => "account",
            Self::Stream => "stream",
            Self::Weight => "weight",
            Self::Ledger => "ledger",
            Self::Intents => "intents",
        }
    }
}

//! Named situations in which calls fail for one reason, for whoever wants to see what their program says to it.

use crate::faults::{CannedAnswer, Fault, FaultKind};

/// A situation in which calls fail, or soon will, for one reason.
///
/// The exchange refuses an unknown key, a key without Portfolio Margin and a key of another address with the same answer,
/// so [`UnknownKey`](Self::UnknownKey), [`NoPortfolioMargin`](Self::NoPortfolioMargin) and
/// [`IpNotAllowed`](Self::IpNotAllowed) look the same to a client, and no client can tell which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scenario {
    /// The key is not known: 401 and -2015 for all that takes a key.
    UnknownKey,
    /// The key may not use Portfolio Margin: 401 and -2015 for all that takes a key.
    NoPortfolioMargin,
    /// The key is not for this address: 401 and -2015 for all that takes a key.
    IpNotAllowed,
    /// The key may read and not trade: 401 and -2015 for orders, loans and repayments.
    ReadOnlyKey,
    /// The host is the test host of futures, which has a clock and answers 202 without a body to everything else.
    TestHost,
    /// The host is another one: 404 and a web page for everything, the clock included.
    OtherHost,
    /// The exchange's clock is 90 seconds ahead.
    SkewedClock,
    /// The address is banned for ten minutes from the start: 418, with the time left in `Retry-After`.
    Banned,
    /// Others at this address use 95 % of the weight limit all the time.
    NearWeightLimit,
}

use Scenario as S;

/// Each scenario with its name, and with what it is like in a line of help.
const SCENARIOS: [(Scenario, &str, &str); 9] = [
    (S::UnknownKey, "unknown-key", "The key is not known: -2015"),
    (S::NoPortfolioMargin, "no-portfolio-margin", "The key may not use Portfolio Margin: -2015, the same answer"),
    (S::IpNotAllowed, "ip-not-allowed", "The key is not for this address: -2015, the same answer"),
    (S::ReadOnlyKey, "read-only-key", "The key may read and not trade: -2015 for what trades, borrows or repays"),
    (S::TestHost, "test-host", "The test host of futures: 202 and no body, except for its clock"),
    (S::OtherHost, "other-host", "Some other host: 404 and a web page"),
    (S::SkewedClock, "skewed-clock", "The exchange's clock is 90 seconds ahead"),
    (S::Banned, "banned", "The address is banned for ten minutes: 418"),
    (S::NearWeightLimit, "near-weight-limit", "Others at this address use 95 % of the weight"),
];

/// Which calls the exchange refuses because of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Standing {
    /// None.
    #[default]
    Good,
    /// Those that trade, borrow or repay.
    ReadOnly,
    /// All that take a key.
    Refused,
}

impl Scenario {
    /// All scenarios, in the order of their documentation.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        SCENARIOS.iter().map(|(scenario, _, _)| *scenario)
    }

    /// The scenario with a name.
    pub fn named(name: &str) -> Option<Self> {
        SCENARIOS.iter().find(|(_, each, _)| *each == name).map(|(scenario, _, _)| *scenario)
    }

    /// Its name, such as `no-portfolio-margin`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it is like, in a line.
    pub fn about(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        // Every scenario has its row; a test sees to it.
        SCENARIOS.iter().find(|(scenario, _, _)| *scenario == self).unwrap_or(&SCENARIOS[0])
    }

    /// How the exchange sees the key.
    pub(crate) const fn standing(self) -> Standing {
        match self {
            S::UnknownKey | S::NoPortfolioMargin | S::IpNotAllowed => Standing::Refused,
            S::ReadOnlyKey => Standing::ReadOnly,
            _ => Standing::Good,
        }
    }

    /// What goes wrong all the time.
    pub(crate) fn faults(self) -> Vec<Fault> {
        match self {
            S::TestHost => vec![Fault::answering(CannedAnswer::text(202, "")).always()],
            S::OtherHost => {
                let page = Fault::new(FaultKind::Html404).always();
                vec![page.clone(), page.path(crate::exchange::TIME_PATH)]
            }
            _ => Vec::new(),
        }
    }

    /// Milliseconds that the exchange's clock is ahead.
    pub(crate) const fn skew(self) -> i64 {
        if matches!(self, S::SkewedClock) { 90_000 } else { 0 }
    }

    /// Minutes that the address is banned for.
    pub(crate) const fn ban_minutes(self) -> u64 {
        if matches!(self, S::Banned) { 10 } else { 0 }
    }

    /// The share of the weight limit that others use, in a hundred.
    pub(crate) const fn weight_of_others(self) -> u32 {
        if matches!(self, S::NearWeightLimit) { 95 } else { 0 }
    }
}

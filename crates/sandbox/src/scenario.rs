//! Named situations in which calls fail for one reason, to see how a program reacts to it.

use crate::faults::{CannedAnswer, Fault, FaultKind, Faults};
use crate::meter::Meter;
use crate::raw_request::TIME_PATH;
use papi_types::{Access, Timestamp};
use std::time::Duration;

/// A situation in which calls fail, or soon will, for one reason.
///
/// The exchange refuses an unknown key, a key without Portfolio Margin and a key of another address with the same
/// answer, so [`UnknownKey`](Self::UnknownKey), [`NoPortfolioMargin`](Self::NoPortfolioMargin) and
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
    /// The host is not an exchange: 404 and a web page for everything, the clock included.
    OtherHost,
    /// The exchange's clock is 90 seconds ahead.
    SkewedClock,
    /// The address is banned for ten minutes from the start: 418, with the time left in `Retry-After`.
    Banned,
    /// Others at this address use 95 % of the weight limit all the time.
    NearWeightLimit,
}

use Scenario as S;

/// Each scenario with its name and its line of help, in the order of the enum; a test checks it.
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

impl Scenario {
    /// Returns all scenarios, in the order of their documentation.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        SCENARIOS.iter().map(|(scenario, _, _)| *scenario)
    }

    /// Returns the scenario with a name.
    pub fn named(name: &str) -> Option<Self> {
        SCENARIOS.iter().find(|(_, each, _)| *each == name).map(|(scenario, _, _)| *scenario)
    }

    /// Returns its name, such as `no-portfolio-margin`.
    pub fn name(self) -> &'static str {
        SCENARIOS[self as usize].1
    }

    /// Returns a description of one line.
    pub fn about(self) -> &'static str {
        SCENARIOS[self as usize].2
    }

    /// Returns whether the key may not be used for calls that need this access.
    pub(crate) fn refuses(self, access: Access) -> bool {
        match self {
            S::UnknownKey | S::NoPortfolioMargin | S::IpNotAllowed => access.needs_key(),
            S::ReadOnlyKey => matches!(access, Access::Trade | Access::Margin),
            _ => false,
        }
    }

    /// Adds the faults that act all the time, the ban, and the weight that others use.
    pub(crate) fn begin(self, faults: &mut Faults, meter: &mut Meter, now: Timestamp) {
        match self {
            S::TestHost => faults.add(Fault::answering(CannedAnswer::text(202, "")).always()),
            S::OtherHost => {
                let page = Fault::new(FaultKind::Html404).always();
                faults.add(page.clone());
                faults.add(page.path(TIME_PATH));
            }
            S::Banned => meter.ban(now.plus(Duration::from_secs(600))),
            S::NearWeightLimit => meter.share(95),
            _ => {}
        }
    }

    /// Returns the milliseconds that the exchange's clock is ahead.
    pub(crate) const fn skew(self) -> i64 {
        if matches!(self, S::SkewedClock) { 90_000 } else { 0 }
    }
}

//! What the doctor found out, as plain data. Nothing in it is secret.

use super::trouble::Trouble;
use crate::exit_code::ExitCode;
use binance_papi::{AccountStatus, KeyType, Timestamp};
use std::time::Duration;

/// Everything that was found out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    pub(super) target: Target,
    pub(super) key: Key,
    /// A variable that names a proxy.
    pub(super) proxy: Option<&'static str>,
    /// The call without a key.
    pub(super) ping: Step<()>,
    /// Where the time is asked for.
    pub(super) time: TimeSource,
    pub(super) clock: Step<Offset>,
    /// The lightest call with a signature.
    pub(super) access: Step<()>,
    /// The call that only an account of Portfolio Margin can be asked with.
    pub(super) account: Step<AccountStatus>,
    pub(super) weight: Weight,
    /// The present moment in exchange time.
    pub(super) now: Timestamp,
}

/// Where calls go.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    Usable(Host),
    /// The address cannot be used, and why.
    Unusable {
        origin: Origin,
        fault: AddressFault,
    },
}

/// A host that can be asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Host {
    pub(super) base_url: String,
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) place: Place,
}

/// Where a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    ThisMachine,
    Elsewhere,
}

/// Who chose the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nobody: it is the exchange.
    Default,
    /// `--base-url`
    Option,
    /// `PAPI_BASE_URL`
    Variable,
    /// `--sandbox`
    Sandbox,
}

/// Who tells the exchange's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeSource {
    pub(super) url: String,
    /// Its host, which need not be the one that calls go to.
    pub(super) host: String,
}

/// What is wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AddressFault {
    /// Set, but empty.
    Empty,
    /// `http://` to another machine.
    PlainHttp,
    /// Anything else, in words.
    Malformed(String),
    /// It is the address of the clock that cannot be used.
    OfTheClock,
}

/// As whom calls are made.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    /// No variable is set.
    Missing,
    /// The variables that are set cannot be used, and why.
    Unusable {
        set: Vec<&'static str>,
        reason: String,
    },
    /// The API key does not look like one.
    Odd(Oddity),
    Usable {
        key_type: KeyType,
        secret: Option<Oddity>,
    },
}

/// In which way a key or a secret does not look like one: both have 64 letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// So many characters.
    Length(usize),
    /// Other characters.
    Characters,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step<T> {
    Done(T),
    Failed(Failed),
    Skipped(Skip),
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failed {
    pub(super) trouble: Trouble,
    /// How a command ends that fails like this.
    pub(super) exit: ExitCode,
}

/// Why something was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// There is nobody to ask.
    NoHost,
    /// The host is none that may see a key.
    HostFailed,
    /// The exchange is closed to this address.
    Closed,
    /// The exchange is about to close.
    WeightUsed,
    NoKey,
    /// The key was refused already.
    KeyFailed,
}

/// How far the exchange's clock is from this machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offset {
    /// What has to be added to this machine's time.
    pub(super) millis: i64,
    pub(super) bound: Duration,
}

/// The request weight of this address in the running minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight {
    /// None when no answer told it.
    pub(super) used: Option<u32>,
    pub(super) limit: u32,
}

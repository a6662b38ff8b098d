//! The facts that the doctor found out, as plain data. None of them is secret.

use super::cause::Cause;
use crate::exit_code::ExitCode;
use binance_papi::{AccountStatus, KeyType, Timestamp};
use std::time::Duration;

/// All facts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    pub(super) target: Target,
    pub(super) key: Key,
    /// The profile that settings come from, if there is one.
    pub(super) profile: Option<UsedProfile>,
    /// The file of intents, if one is named.
    pub(super) intents: Option<Box<IntentFile>>,
    /// The shared ledger, if it is on a server.
    pub(super) ledger: Option<Box<ServerLedger>>,
    pub(super) proxy: Proxy,
    /// The call without a key.
    pub(super) ping: Step<()>,
    /// Where the time is asked for.
    pub(super) time: TimeSource,
    pub(super) clock: Step<Offset>,
    /// The lightest call with a signature.
    pub(super) access: Step<()>,
    /// The call that needs an account of Portfolio Margin.
    pub(super) account: Step<AccountStatus>,
    pub(super) stream: StreamFacts,
    pub(super) weight: Weight,
    /// The present moment in exchange time.
    pub(super) now: Timestamp,
}

/// The proxy that stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proxy {
    None,
    /// Papi was given it.
    Used,
    /// This variable names it, which papi does not look at.
    NotUsed(&'static str),
}

/// The stream of the account's events.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StreamFacts {
    /// Its address, without the listen key.
    pub(super) url: String,
    /// Whether listen key, connection and first pong came.
    pub(super) opened: Step<()>,
}

/// A shared ledger on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ServerLedger {
    Read(LedgerFacts),
    /// It cannot be used, and why, and what to do.
    Unusable {
        reason: String,
        next: Vec<String>,
    },
}

/// What a shared ledger on a server holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LedgerFacts {
    pub(super) server: String,
    pub(super) version: String,
    pub(super) round_trip: Duration,
    pub(super) exit: String,
    pub(super) is_exit_of_this_host: bool,
    pub(super) closed_for: Duration,
    pub(super) weight: LedgerUse,
    /// None without a key.
    pub(super) orders: Option<LedgerUse>,
}

/// How much of a limit is used, by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LedgerUse {
    pub(super) used: u64,
    pub(super) limit: u32,
    /// Calls under way.
    pub(super) leases: u64,
    pub(super) waiting: u64,
    /// Who asked within the last minute.
    pub(super) hosts: Vec<String>,
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

/// Where the address of the host comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nothing names another host: it is the exchange.
    Default,
    /// `--base-url`
    Option,
    /// `PAPI_BASE_URL`
    Variable,
    /// The profile.
    Profile,
    /// `--sandbox`
    Sandbox,
}

/// The server that tells the exchange's time.
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
    /// Of the proxy.
    OfTheProxy,
}

/// The key that calls are made with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    /// No variable is set.
    Missing,
    /// The variables that are set cannot be used, and why.
    Unusable {
        set: Vec<&'static str>,
        reason: String,
    },
    /// The profile's sources do not give it: why, and what to do.
    NotFetched {
        reason: String,
        next: Vec<String>,
    },
    /// The API key does not look like one.
    Malformed(KeyFault),
    Usable {
        key_type: KeyType,
        secret: Option<KeyFault>,
    },
}

/// A profile in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UsedProfile {
    pub(super) name: String,
    /// What names it: an option, a variable or the file.
    pub(super) named_by: String,
    pub(super) file: String,
    pub(super) key: ProfileKey,
}

/// The part that the key of a profile plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProfileKey {
    /// It signs: where its parts come from.
    Used(Vec<String>),
    /// It has one, but this variable is stronger.
    Overridden(String),
    /// It has none.
    None,
}

/// A file of intents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IntentFile {
    pub(super) path: String,
    pub(super) content: IntentContent,
}

/// What a file of intents holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum IntentContent {
    /// There is no such file.
    Missing,
    /// It cannot be read, or holds something else, and why.
    Unusable(String),
    Read(UnsettledCalls),
}

/// The calls that act and of which no end is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnsettledCalls {
    pub(super) count: usize,
    /// When the oldest was sent last; none when there is none.
    pub(super) oldest: Option<Timestamp>,
    /// What in the file is not as it was written.
    pub(super) damage: Vec<String>,
    /// The process that uses the file.
    pub(super) owner: Option<String>,
}

/// Why a text does not look like a key or a secret: both have 64 letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyFault {
    /// It has this number of characters.
    Length(usize),
    /// It has other characters.
    Characters,
}

/// The result of asking.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step<T> {
    Done(T),
    Failed(Failed),
    Skipped(Skip),
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failed {
    pub(super) cause: Cause,
    /// The exit code of a command that fails in this way.
    pub(super) exit: ExitCode,
}

/// Why something was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// There is no host to ask.
    NoHost,
    /// The host did not answer as it should: it must not see the key.
    HostFailed,
    /// The exchange is closed to this address.
    Closed,
    /// The weight is nearly used up: one more call could close the exchange to this address.
    WeightUsed,
    NoKey,
    /// The key was refused already.
    KeyFailed,
}

/// The difference between the exchange's clock and this machine's.
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

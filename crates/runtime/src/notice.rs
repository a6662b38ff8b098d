//! What a client reports while it works: nothing failed, but the user may want to know.

use crate::hook::Hook;
use crate::intents::Finding;
use papi_types::Timestamp;
use std::fmt;
use std::time::Duration;

/// Something that the user may want to know and that is not an error. Its `Display` is a sentence for people; nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The exchange's time is not known: timestamps come from this machine's clock. Reported once.
    ClockUnreachable {
        /// Where it was asked for.
        url: String,
        /// What went wrong.
        reason: String,
    },
    /// The shared ledger cannot be used: this process keeps a budget of its own. Reported once.
    LedgerUnavailable {
        /// What went wrong.
        reason: String,
    },
    /// The shared ledger on a server was not there, or its server began anew: as far as it is known, reads have used all that
    /// they may.
    #[cfg(feature = "redis")]
    LedgerInDoubt {
        /// The server.
        ledger: String,
        /// How long reads wait at most.
        wait: Duration,
    },
    /// The server of the shared ledger is away, slow or refuses: the client goes on with its share. Reported once, until it
    /// is back.
    #[cfg(feature = "redis")]
    LedgerAway {
        /// The server.
        ledger: String,
        /// What went wrong.
        reason: String,
        /// Into how many parts the weight is divided, of which this client has one.
        part: u32,
    },
    /// The server of the shared ledger is back.
    #[cfg(feature = "redis")]
    LedgerBack {
        /// The server.
        ledger: String,
    },
    /// The address of the shared ledger names no exit, so weight is counted for this host alone. Reported when the client is
    /// built.
    #[cfg(feature = "redis")]
    WeightNotShared {
        /// The host.
        host: String,
    },
    /// The exchange has counted more weight than the shared ledger holds: something else uses this address. Reported once an
    /// hour at most.
    #[cfg(feature = "redis")]
    UsedByOthers {
        /// The exit.
        exit: String,
        /// The weight that the ledger does not hold.
        weight: u32,
    },
    /// Something in the file of intents is not as it was written, or was mended. Reported when the client is built.
    Intents {
        /// The file.
        path: String,
        /// What was found.
        finding: Finding,
    },
    /// A call waits for budget.
    Waiting {
        /// The call, such as `GET /papi/v1/um/forceOrders`.
        call: String,
        /// When there may be room, in exchange time.
        until: Timestamp,
        /// How long that is.
        pause: Duration,
    },
    /// A call is going to be sent again.
    Retrying {
        /// The call.
        call: String,
        /// How often it was sent so far.
        attempts: u32,
        /// Why: the failure of the last attempt, in words.
        reason: String,
        /// The pause before.
        pause: Duration,
    },
    /// The stream of the account's events is not whole: something is tried again. What it means for events, the stream
    /// itself says.
    #[cfg(feature = "account-stream")]
    StreamRetrying {
        /// How often connecting failed in a row. 0 when the stream is there and its listen key could not be kept alive.
        failures: u32,
        /// The failure, in words.
        reason: String,
        /// The pause before the next attempt.
        pause: Duration,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClockUnreachable { url, reason } => write!(
                f,
                "the exchange's time is not known ({url}: {reason}); timestamps come from this machine's clock"
            ),
            Self::LedgerUnavailable { reason } => {
                write!(f, "the shared ledger cannot be used ({reason}); this process keeps a budget of its own")
            }
            #[cfg(feature = "redis")]
            Self::LedgerInDoubt { ledger, wait } => write!(
                f,
                "the shared ledger on {ledger} was not there or may lack something; reads wait for {:.0} s at most, as if they \
                 had used all that they may",
                wait.as_secs_f64()
            ),
            #[cfg(feature = "redis")]
            Self::LedgerAway { ledger, reason, part } => write!(
                f,
                "the shared ledger on {ledger} cannot be used ({reason}); this client goes on with 1/{part} of the limits \
                 until it is back"
            ),
            #[cfg(feature = "redis")]
            Self::LedgerBack { ledger } => write!(f, "the shared ledger on {ledger} is back"),
            #[cfg(feature = "redis")]
            Self::WeightNotShared { host } => write!(
                f,
                "weight is shared by the clients of host {host} alone; give all hosts behind one IP address one name, with \
                 `?exit=NAME` in the address of the shared ledger"
            ),
            #[cfg(feature = "redis")]
            Self::UsedByOthers { exit, weight } => write!(
                f,
                "the exchange has counted {weight} of weight more than the shared ledger holds for exit {exit}: something \
                 else uses this IP address, or another exit is the same one"
            ),
            Self::Intents { path, finding } => write!(f, "the file of intents {path}: {finding}"),
            Self::Waiting { call, until, pause } => {
                write!(f, "{call} waits for budget, {:.1} s, until {}", pause.as_secs_f64(), until)
            }
            Self::Retrying { call, attempts, reason, pause } => write!(
                f,
                "{call} is sent again in {:.1} s (sent {attempts} time{} so far): {reason}",
                pause.as_secs_f64(),
                if *attempts == 1 { "" } else { "s" },
            ),
            #[cfg(feature = "account-stream")]
            Self::StreamRetrying { reason, pause, .. } => {
                write!(f, "the account's stream tries again in {:.1} s: {reason}", pause.as_secs_f64())
            }
        }
    }
}

#[cfg(feature = "tracing")]
impl Notice {
    fn trace(&self) {
        match self {
            Self::ClockUnreachable { .. } | Self::LedgerUnavailable { .. } | Self::Intents { .. } => {
                tracing::warn!(target: "papi", "{self}");
            }
            #[cfg(feature = "redis")]
            Self::LedgerInDoubt { .. }
            | Self::LedgerAway { .. }
            | Self::WeightNotShared { .. }
            | Self::UsedByOthers { .. } => tracing::warn!(target: "papi", "{self}"),
            #[cfg(feature = "redis")]
            Self::LedgerBack { .. } => tracing::info!(target: "papi", "{self}"),
            Self::Waiting { .. } | Self::Retrying { .. } => tracing::info!(target: "papi", "{self}"),
            #[cfg(feature = "account-stream")]
            Self::StreamRetrying { .. } => tracing::info!(target: "papi", "{self}"),
        }
    }
}

impl Hook<Notice> {
    /// Tells the listener, and `tracing` where that feature is on.
    pub(crate) fn notify(&self, notice: &Notice) {
        #[cfg(feature = "tracing")]
        notice.trace();
        self.tell(notice);
    }
}

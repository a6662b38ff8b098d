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

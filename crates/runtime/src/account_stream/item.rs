//! What a stream hands out: events, and where events may be missing.

use crate::error::Error;
use crate::plural::counted;
use papi_types::error::DecodeError;
use papi_types::{AccountEvent, Timestamp, mask_listen_keys};
use std::fmt;

/// One item of an [`AccountStream`](super::AccountStream). Its `Debug` masks listen keys.
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "nearly all items are events")]
pub enum StreamItem {
    /// Something happened on the account.
    Event(AccountEvent),
    /// The exchange sent what this version cannot read. The stream goes on.
    Malformed {
        /// The text; what is no text has `U+FFFD` in its place. It may hold a listen key, which is a secret.
        raw: String,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// Events may be missing, or are going to be: ask by REST for what happened from here on. It comes as soon as it is known.
    ///
    /// Several gaps may come before the stream resumes; the earliest `from` counts.
    Gap {
        /// The moment up to which nothing is missing, with some seconds to spare.
        from: Timestamp,
        /// The end of the gap. None while the stream is down: the gap ends with the next [`Resumed`](Self::Resumed).
        to: Option<Timestamp>,
        /// Why.
        reason: GapReason,
    },
    /// The stream was down and is back: it has all events from here on.
    Resumed {
        /// The end of all gaps before it.
        at: Timestamp,
    },
    /// The stream has ended: the exchange refuses the API key, say, or the runtime was shut down. It is the last item.
    Ended {
        /// Why.
        error: Error,
    },
}

impl fmt::Debug for StreamItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(event) => f.debug_tuple("Event").field(event).finish(),
            Self::Malformed { raw, error } => {
                let raw = mask_listen_keys(raw);
                f.debug_struct("Malformed").field("raw", &raw).field("error", error).finish()
            }
            Self::Gap { from, to, reason } => {
                f.debug_struct("Gap").field("from", from).field("to", to).field("reason", reason).finish()
            }
            Self::Resumed { at } => f.debug_struct("Resumed").field("at", at).finish(),
            Self::Ended { error } => f.debug_struct("Ended").field("error", error).finish(),
        }
    }
}

/// Events reach a stream some time after they happened; gaps begin this much earlier.
const MARGIN_MILLIS: i64 = 5_000;

/// Returns where a gap begins behind what is known to be whole.
pub(super) fn gap_start(good_until: Timestamp) -> Timestamp {
    Timestamp::from_millis(good_until.as_millis().saturating_sub(MARGIN_MILLIS))
}

/// The reason of a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GapReason {
    /// The connection broke, or the exchange closed it.
    Disconnected,
    /// The connection gave no sign of life: pings went unanswered.
    Silent,
    /// The listen key has expired, or could not be kept alive.
    KeyExpired,
    /// The account has another listen key than the stream was opened with: somebody has closed the streams of the account.
    KeyReplaced,
    /// The consumer was slower than the exchange, and the queue overflowed.
    Lagging {
        /// How many items were dropped.
        dropped: u64,
    },
}

impl fmt::Display for GapReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disconnected => f.write_str("the connection broke"),
            Self::Silent => f.write_str("the connection gave no sign of life"),
            Self::KeyExpired => f.write_str("the listen key expired"),
            Self::KeyReplaced => f.write_str("the listen key was replaced: somebody closed the account's streams"),
            Self::Lagging { dropped } => {
                write!(f, "events came faster than they were taken: {} dropped", counted(*dropped, "item"))
            }
        }
    }
}

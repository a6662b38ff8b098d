//! How a frame of text is read: the event, and what it says about the connection that brought it.

use super::duplicates::{Fingerprint, fingerprint};
use papi_types::error::DecodeError;
use papi_types::{AccountEvent, decode};

/// What is said of a connection that the exchange is going to close. It is no event of the account.
const SHUTDOWN: &str = "serverShutdown";

/// A frame that was read.
#[derive(Debug)]
pub(super) struct ReadFrame {
    pub(super) event: AccountEvent,
    pub(super) fingerprint: Fingerprint,
    pub(super) meaning: Meaning,
}

/// What an event means for the stream itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: it is about the account.
    OfAccount,
    /// The key has expired: nothing follows.
    KeyExpired,
    /// The exchange is going to close the connection.
    ShuttingDown,
}

/// Reads a frame.
pub(super) fn read(text: &str) -> Result<ReadFrame, DecodeError> {
    let event: AccountEvent = decode(text.as_bytes())?;
    let meaning = match &event {
        AccountEvent::ListenKeyExpired(_) => Meaning::KeyExpired,
        AccountEvent::Unknown(unknown) if unknown.name() == SHUTDOWN => Meaning::ShuttingDown,
        _ => Meaning::OfAccount,
    };
    Ok(ReadFrame { fingerprint: fingerprint(event.name(), text), meaning, event })
}

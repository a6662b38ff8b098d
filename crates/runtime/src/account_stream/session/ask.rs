//! What the session asks for.

use super::connection::ConnectionId;
use crate::account_stream::listen_key::ListenKey;
use crate::account_stream::queue::QueuedItem;
use crate::error::Error;
use std::time::Duration;

/// What to do next.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly all are events to deliver")]
pub(in crate::account_stream) enum StreamAsk {
    /// Ask for the account's key. One call about the key is under way at most.
    OpenKey,
    /// Keep the key alive.
    KeepKey,
    /// Connect. One attempt is under way at most.
    Connect(ConnectionId, ListenKey),
    /// Send a ping of this number.
    Ping(ConnectionId, u64),
    /// Close a connection, or give up connecting.
    Close(ConnectionId),
    /// Hand out an item.
    Deliver(QueuedItem),
    /// Tell whoever opened the stream that it is there.
    Opened,
    /// Tell that something is tried again after a pause.
    TellRetry { reason: String, pause: Duration, failures: u32 },
    /// End the stream. Nothing is asked afterwards.
    End(Error),
}

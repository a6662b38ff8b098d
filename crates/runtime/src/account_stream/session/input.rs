//! What the session is told.

use super::connection::ConnectionId;
use crate::account_stream::listen_key::{KeyFailure, ListenKey};
use crate::error::Error;
use papi_types::error::DecodeError;

/// What happened.
#[derive(Debug)]
pub(in crate::account_stream) enum Input {
    /// The answer to `StreamAsk::OpenKey`.
    KeyOpened(Result<ListenKey, KeyFailure>),
    /// The answer to `StreamAsk::KeepKey`.
    KeyKept(Result<(), KeyFailure>),
    /// The answer to `StreamAsk::Connect`: the handshake is done.
    Connected(ConnectionId),
    /// The answer to `StreamAsk::Connect`: it failed.
    NotConnected(ConnectionId, Error),
    /// A connection brought something.
    Received(ConnectionId, Frame),
    /// Time has passed.
    Tick,
}

/// What a connection brought.
#[derive(Debug)]
pub(in crate::account_stream) enum Frame {
    Text(String),
    /// What is no text.
    Unreadable {
        raw: String,
        error: DecodeError,
    },
    /// The answer to the ping of this number; none for another pong.
    Pong(Option<u64>),
    /// A ping of the exchange.
    Ping,
    /// The end, with a word of the exchange or without. When it ended there is not known: the word may have been long under way.
    Closed,
}

//! What goes out over the sockets of the user data stream, and to whom. The exchange decides both; `serve` only carries
//! it out, as it does with an [`Answer`](crate::answer::Answer).

use std::sync::Arc;
use std::time::Duration;

/// What goes out, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) to: Audience,
    pub(crate) frame: Frame,
    /// How long it waits, in real time: an event of a call leaves after the answer to the call.
    pub(crate) after: Duration,
}

/// The sockets that are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Those that were opened with this key.
    Key(String),
    /// All of them.
    Everyone,
}

/// What happens on a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A text arrives.
    Text(Arc<str>),
    /// Half of a text arrives, and then the connection is closed.
    Half(Arc<str>),
    /// A ping arrives.
    Ping,
    /// The connection is closed, with a close frame.
    Close,
    /// Nothing arrives any more and nothing is read; the connection stays.
    Silence,
}

//! The stream's connections of a simulation, for programs that are built with `--cfg papi_simulation`: channels in the place of
//! sockets.

use super::listen_key::ListenKey;
use super::session::Frame;
use crate::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::time::timeout;

/// What a simulated exchange sends over a connection.
#[derive(Debug)]
pub enum PlayedFrame {
    /// A frame of text.
    Text(String),
    /// The answer to the ping of this number.
    Pong(u64),
    /// A ping of the exchange.
    Ping,
    /// The exchange ends the connection and says so.
    Close,
}

/// A connection as the stream sees it. It breaks without a word when the sender of its frames is dropped.
#[derive(Debug)]
pub struct SimulatedSocket {
    /// What the exchange sends.
    pub frames: UnboundedReceiver<PlayedFrame>,
    /// Where the numbers of pings go.
    pub pings: UnboundedSender<u64>,
}

impl SimulatedSocket {
    pub(super) async fn receive(&mut self) -> Frame {
        match self.frames.recv().await {
            Some(PlayedFrame::Text(text)) => Frame::Text(text),
            Some(PlayedFrame::Pong(number)) => Frame::Pong(Some(number)),
            Some(PlayedFrame::Ping) => Frame::Ping,
            Some(PlayedFrame::Close) | None => Frame::Closed,
        }
    }

    pub(super) fn ping(&self, number: u64) {
        // What came before the end may still be read, and then the end is.
        let _ = self.pings.send(number);
    }
}

type Connect = dyn Fn(String) -> Pin<Box<dyn Future<Output = Option<SimulatedSocket>> + Send>> + Send + Sync;

/// The stream's host, as a function from a listen key to a connection; none when it cannot be connected to.
#[derive(Clone)]
pub struct StreamNetwork(Arc<Connect>);

impl fmt::Debug for StreamNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamNetwork(..)")
    }
}

impl StreamNetwork {
    /// Returns a host of this function. Its future is dropped when the stream gives up.
    pub fn new<F>(connect: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Option<SimulatedSocket>> + Send + 'static,
    {
        Self(Arc::new(move |key| Box::pin(connect(key))))
    }

    pub(super) async fn connect(&self, key: &ListenKey, limit: Duration) -> Result<SimulatedSocket, Error> {
        let connected = timeout(limit, (self.0)(key.expose().to_owned())).await.ok().flatten();
        connected.ok_or_else(|| Error::no_stream("no connection to the simulated stream"))
    }
}

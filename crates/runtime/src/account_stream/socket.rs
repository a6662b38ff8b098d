//! The one place where frames come from and go to.

use super::session::Frame;
#[cfg(papi_simulation)]
use super::simulated::SimulatedSocket;
use crate::line::Line;
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use papi_types::{AccountEvent, decode};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

/// A ping or the word of the end is some bytes: a line that does not take them is dead.
const SEND_TIMEOUT: Duration = Duration::from_secs(2);

/// An open connection.
pub(super) enum Socket {
    WebSocket(Box<WebSocketStream<Box<dyn Line>>>),
    #[cfg(papi_simulation)]
    Simulated(SimulatedSocket),
}

impl Socket {
    /// Waits for the next frame. Pings of the exchange are answered on the way. After the end nothing comes.
    pub(super) async fn receive(&mut self) -> Frame {
        match self {
            Self::WebSocket(socket) => frame(socket.next().await),
            #[cfg(papi_simulation)]
            Self::Simulated(socket) => socket.receive().await,
        }
    }

    /// Sends a ping of this number. A line that does not take it ends: then the frame that says so comes back.
    pub(super) async fn ping(&mut self, number: u64) -> Result<(), Frame> {
        let payload = Bytes::copy_from_slice(&number.to_be_bytes());
        match self {
            Self::WebSocket(socket) => match timeout(SEND_TIMEOUT, socket.send(Message::Ping(payload))).await {
                Ok(Ok(())) => Ok(()),
                // What came before the end may still be read.
                Ok(Err(WsError::ConnectionClosed | WsError::AlreadyClosed)) => Ok(()),
                Ok(Err(_)) | Err(_) => Err(Frame::Closed),
            },
            #[cfg(papi_simulation)]
            Self::Simulated(socket) => {
                socket.ping(number);
                Ok(())
            }
        }
    }

    /// Says that it ends. It is not waited for an answer.
    pub(super) async fn close(mut self) {
        match &mut self {
            Self::WebSocket(socket) => {
                let _ = timeout(SEND_TIMEOUT, WebSocketStream::close(socket, None)).await;
            }
            #[cfg(papi_simulation)]
            Self::Simulated(_) => {}
        }
    }
}

fn frame(received: Option<Result<Message, WsError>>) -> Frame {
    match received {
        Some(Ok(Message::Text(text))) => Frame::Text(text.as_str().to_owned()),
        Some(Ok(Message::Binary(bytes))) => binary(&bytes),
        Some(Ok(Message::Pong(payload))) => Frame::Pong(payload.as_ref().try_into().ok().map(u64::from_be_bytes)),
        Some(Ok(Message::Ping(_) | Message::Frame(_))) => Frame::Ping,
        Some(Ok(Message::Close(_)) | Err(_)) | None => Frame::Closed,
    }
}

/// A binary frame is an event where it reads as one.
fn binary(bytes: &[u8]) -> Frame {
    let text = String::from_utf8_lossy(bytes).into_owned();
    match decode::<AccountEvent>(bytes) {
        Ok(_) => Frame::Text(text),
        Err(error) => Frame::Unreadable { raw: text, error },
    }
}

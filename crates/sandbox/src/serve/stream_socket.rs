//! One connection of the user data stream: writes what is queued for it, answers pings, and carries out the faults of
//! the connection itself.

use super::streams::Attached;
use crate::outgoing::Frame;
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use std::future::pending;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role};

/// How long the server waits for the client's half of the closing.
const GOODBYE: Duration = Duration::from_secs(1);

type Socket = WebSocketStream<TcpStream>;

/// Serves a connection of the stream until either side ends it. `read` came behind the head of its request.
pub(super) async fn serve_stream(stream: TcpStream, read: Bytes, mut attached: Attached) {
    let mut socket = WebSocketStream::from_partially_read(stream, read.to_vec(), Role::Server, None).await;
    loop {
        tokio::select! {
            // The client does not read, or does not answer pings.
            _ = &mut attached.cut => return reset(&socket),
            received = socket.next() => match received {
                Some(Ok(Message::Pong(_))) => attached.note_pong(),
                Some(Ok(Message::Text(message))) => attached.obey(&message),
                // Pings are answered where they are read; other messages mean nothing here.
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            },
            Some(frame) = attached.queue.recv() => {
                let step = carry_out(frame, &mut socket);
                let done = tokio::select! {
                    _ = &mut attached.cut => return reset(&socket),
                    done = step => done,
                };
                match done {
                    Done::Open => {}
                    Done::Over => return,
                    Done::Silent => {
                        drop(attached);
                        return pending().await;
                    }
                }
            }
        }
    }
}

/// What a connection is after a step.
enum Done {
    Open,
    Over,
    /// Held, and not read any more.
    Silent,
}

async fn carry_out(frame: Frame, socket: &mut Socket) -> Done {
    let sent = match frame {
        Frame::Text(text) => socket.send(Message::text(&*text)).await,
        Frame::Ping => socket.send(Message::Ping(Bytes::new())).await,
        Frame::Half(text) => {
            let _ = socket.flush().await;
            let _ = send_half(&text, socket.get_mut()).await;
            return Done::Over;
        }
        Frame::Close => {
            let away = CloseFrame { code: CloseCode::Away, reason: "".into() };
            let closed = socket.close(Some(away)).await;
            if closed.is_ok() {
                let goodbye = async { while let Some(Ok(_)) = socket.next().await {} };
                let _ = tokio::time::timeout(GOODBYE, goodbye).await;
            }
            return Done::Over;
        }
        Frame::Silence => return Done::Silent,
    };
    if sent.is_ok() { Done::Open } else { Done::Over }
}

/// Writes the head of a frame that is as long as the text, and half of the text.
async fn send_half(text: &str, stream: &mut TcpStream) -> std::io::Result<()> {
    // A whole text in one frame; frames of a server are not masked.
    let mut bytes = vec![0x81, 127];
    bytes.extend((text.len() as u64).to_be_bytes());
    bytes.extend(&text.as_bytes()[..text.len() / 2]);
    stream.write_all(&bytes).await?;
    stream.shutdown().await
}

fn reset(socket: &Socket) {
    let _ = socket.get_ref().set_zero_linger();
}

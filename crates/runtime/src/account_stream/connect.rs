//! Makes one connection to the stream, step by step, each within its time: TCP, the proxy, TLS, the websocket handshake.
//!
//! No error holds the address, which has the key in it.

use super::listen_key::ListenKey;
use super::proxy;
use super::socket::Socket;
use super::stream_place::StreamPlace;
use crate::error::Error;
use crate::line::{Line, tcp, tls_to};
use reqwest::header;
use secrecy::ExposeSecret as _;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WsError, http};

/// No event is nearly as long.
const LONGEST_FRAME: usize = 1 << 20;

/// Connects with this key. Each step may take this long.
pub(super) async fn connect(place: &StreamPlace, key: &ListenKey, limit: Duration) -> Result<Socket, Error> {
    #[cfg(papi_simulation)]
    if let Some(network) = &place.network {
        return network.connect(key, limit).await.map(Socket::Simulated);
    }
    let (host, port) = (place.host(), place.port());
    let step = |step: &str| format!("no connection to the stream at {host}:{port}: {step}");
    let line = match &place.proxy {
        Some(proxy) => within(limit, proxy::connect(proxy.expose_secret(), host, port, &place.tls))
            .await
            .map_err(|error| Error::no_stream_because(step("the proxy did not connect it"), error))?,
        None => Box::new(
            within(limit, tcp(host, port))
                .await
                .map_err(|error| Error::no_stream_because(step("TCP failed"), error))?,
        ),
    };
    let line = if place.is_encrypted() {
        let encrypted = within(limit, tls_to(line, host, &place.tls));
        encrypted.await.map_err(|error| Error::no_stream_because(step("TLS failed"), error))?
    } else {
        line
    };
    let shaken = timeout(limit, handshake(line, place, key)).await;
    match shaken {
        Ok(Ok(socket)) => Ok(socket),
        Ok(Err(WsError::Http(answer))) => {
            let status = answer.status().as_u16();
            let text = format!("the stream at {host}:{port} refused the connection (HTTP {status})");
            Err(Error::stream_refused(text, status))
        }
        Ok(Err(error)) => {
            Err(Error::no_stream_because(step("the websocket handshake failed"), HandshakeFailure(error.to_string())))
        }
        Err(_) => Err(Error::no_stream_because(step("the websocket handshake failed"), late())),
    }
}

async fn handshake(line: Box<dyn Line>, place: &StreamPlace, key: &ListenKey) -> Result<Socket, WsError> {
    let path = place.path(key);
    let scheme = place.base.scheme();
    let authority = place.base.authority();
    let address: http::Uri =
        format!("{scheme}://{authority}{}", path.expose_secret()).parse().map_err(http::Error::from)?;
    let mut request = address.into_client_request()?;
    request.headers_mut().insert(header::USER_AGENT, place.user_agent.clone());
    let config = WebSocketConfig::default()
        .read_buffer_size(16 * 1_024)
        .max_message_size(Some(LONGEST_FRAME))
        .max_frame_size(Some(LONGEST_FRAME));
    let (socket, _) = client_async_with_config(request, line, Some(config)).await?;
    Ok(Socket::WebSocket(Box::new(socket)))
}

async fn within<T>(limit: Duration, step: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(limit, step).await.unwrap_or_else(|_| Err(late()))
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "it took too long")
}

/// What is wrong with a handshake, in words alone: the error of the websocket library may hold the address.
#[derive(Debug)]
struct HandshakeFailure(String);

impl fmt::Display for HandshakeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for HandshakeFailure {}

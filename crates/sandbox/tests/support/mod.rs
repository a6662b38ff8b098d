//! A client just good enough to talk to a sandbox: HTTP/1.1 over a bare socket, and signing of its own.

#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod account;

use futures_util::StreamExt as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use papi_types::{Clock, Timestamp};
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// A clock that stands until it is moved.
#[derive(Debug)]
pub(crate) struct HandClock(AtomicI64);

impl HandClock {
    pub(crate) fn at(millis: i64) -> Self {
        Self(AtomicI64::new(millis))
    }

    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (each, value) = line.split_once(':')?;
            each.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Longer than any answer takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Long enough to believe that nothing more comes.
const A_MOMENT: Duration = Duration::from_millis(50);

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// The end of the connection.
    End,
    /// Some of an answer, and then a moment without more.
    Silence,
    /// A moment without anything.
    Nothing,
}

/// Sends one request on a connection of its own.
pub(crate) async fn send(addr: SocketAddr, method: &str, target: &str, body: &str) -> Answer {
    let request = request(method, target, "connection: close\r\n", body);
    let (answer, end) = talk(addr, &request, Until::End).await;
    assert_eq!(end, End::Closed);
    answer.unwrap()
}

/// The text of a request with the demo key.
pub(crate) fn request(method: &str, target: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {target} HTTP/1.1\r\nhost: localhost\r\nx-mbx-apikey: {DEMO_KEY}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    /// Not at all, as long as anybody waited.
    Open,
}

/// Sends a text on a connection of its own and reads as long as anything is waited for. No answer is less than whole headers.
pub(crate) async fn talk(addr: SocketAddr, text: &str, until: Until) -> (Option<Answer>, End) {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut read = Vec::new();
    let end = loop {
        let patience = match until {
            Until::End => PATIENCE,
            Until::Silence if read.is_empty() => PATIENCE,
            Until::Silence | Until::Nothing => A_MOMENT,
        };
        match tokio::time::timeout(patience, stream.read_buf(&mut read)).await {
            Ok(Ok(0)) => break End::Closed,
            Ok(Ok(_)) => {}
            Ok(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::ConnectionReset);
                break End::Reset;
            }
            Err(_) => break End::Open,
        }
    };
    let text = String::from_utf8(read).unwrap();
    let answer = text.split_once("\r\n\r\n").map(|(head, body)| Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    });
    assert!(answer.is_some() || text.is_empty(), "{text}");
    (answer, end)
}

/// A connection of the user data stream, as the library of another project opens it.
pub(crate) type Stream = WebSocketStream<TcpStream>;

/// Opens a connection of the stream with a key; none when the server refuses it with this status.
pub(crate) async fn connect(addr: SocketAddr, key: &str) -> Result<Stream, u16> {
    connect_to(addr, &format!("/pm/ws/{key}")).await
}

/// Opens a connection of the stream by its path.
pub(crate) async fn connect_to(addr: SocketAddr, path: &str) -> Result<Stream, u16> {
    let tcp = TcpStream::connect(addr).await.unwrap();
    match client_async(format!("ws://{addr}{path}"), tcp).await {
        Ok((stream, _)) => Ok(stream),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

/// What arrives next, other than pings and pongs; the end of the connection is `None`.
pub(crate) async fn next_text(stream: &mut Stream) -> Option<String> {
    loop {
        match tokio::time::timeout(PATIENCE, stream.next()).await.expect("something arrives") {
            Some(Ok(Message::Text(text))) => return Some(text.to_string()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(other)) => panic!("{other:?}"),
        }
    }
}

/// Waits a moment and finds that nothing arrives.
pub(crate) async fn assert_silent(stream: &mut Stream) {
    let heard = async {
        loop {
            match stream.next().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return other,
            }
        }
    };
    let heard = tokio::time::timeout(A_MOMENT, heard).await;
    assert!(heard.is_err(), "{heard:?}");
}

/// A target with its parameters stamped and signed.
pub(crate) fn signed(path: &str, params: &str, now: Timestamp) -> String {
    let separator = if params.is_empty() { "" } else { "&" };
    let payload = format!("{params}{separator}timestamp={}", now.as_millis());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(DEMO_SECRET.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    let mut target = format!("{path}?{payload}&signature=");
    for byte in mac.finalize().into_bytes() {
        write!(target, "{byte:02X}").unwrap();
    }
    target
}

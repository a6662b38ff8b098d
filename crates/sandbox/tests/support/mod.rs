//! A client just good enough to talk to a sandbox: HTTP/1.1 over a bare socket, and signing of its own.

use hmac::{Hmac, KeyInit as _, Mac as _};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use papi_types::{Clock, Timestamp};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

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

/// Sends one request on a connection of its own.
pub(crate) async fn send(addr: SocketAddr, method: &str, target: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nhost: {addr}\r\nx-mbx-apikey: {DEMO_KEY}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// A target with its parameters stamped and signed.
pub(crate) fn signed(path: &str, params: &str, now: Timestamp) -> String {
    let separator = if params.is_empty() { "" } else { "&" };
    let payload = format!("{params}{separator}timestamp={now}");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(DEMO_SECRET.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    let mut target = format!("{path}?{payload}&signature=");
    for byte in mac.finalize().into_bytes() {
        write!(target, "{byte:02X}").unwrap();
    }
    target
}

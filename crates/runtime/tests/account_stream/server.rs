//! An exchange on this machine that has a listen key and a stream, and does to them what a test says.

use papi_runtime::account_stream::{AccountStream, StreamItem, StreamOptions};
use papi_runtime::{ClientBuilder, Error};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

pub(crate) const KEY: &str = "a-listen-key-that-must-not-show";

/// What all open connections are made to do.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Send(Message),
    /// Bytes that are no whole frame, and then the end of the line.
    CutAfter(Vec<u8>),
    /// Bytes as they are.
    Raw(Vec<u8>),
    /// Nothing is read or answered any more, and the line stays open.
    FallSilent,
}

/// What the exchange answers.
#[derive(Debug, Clone)]
pub(crate) struct Answers {
    pub(crate) open: (u16, String),
    pub(crate) keep: (u16, String),
    /// The status of the handshake; 101 lets a connection in.
    pub(crate) handshake: u16,
}

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    acts: broadcast::Sender<Act>,
    answers: Arc<Mutex<Answers>>,
    pub(crate) connected: Arc<AtomicU32>,
    pub(crate) closed: Arc<AtomicU32>,
    pub(crate) deleted: Arc<AtomicU32>,
    /// The answers to its pings.
    pub(crate) pongs: Arc<AtomicU32>,
    /// The request lines of the handshakes.
    pub(crate) asked_for: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let open = (200, format!(r#"{{"listenKey":"{KEY}"}}"#));
        Self {
            url: String::new(),
            acts: broadcast::channel(64 * 1_024).0,
            answers: Arc::new(Mutex::new(Answers { open, keep: (200, "{}".to_owned()), handshake: 101 })),
            connected: Arc::default(),
            closed: Arc::default(),
            deleted: Arc::default(),
            pongs: Arc::default(),
            asked_for: Arc::default(),
        }
    }

    /// Listens on this machine.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Self { url, ..Self::new() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(line));
            }
        });
        server
    }

    pub(crate) fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().expect("no test panicked with it")
    }

    pub(crate) fn act(&self, act: Act) {
        self.acts.send(act).expect("a connection");
    }

    pub(crate) fn send(&self, text: impl Into<String>) {
        self.act(Act::Send(Message::text(text.into())));
    }

    /// Serves one connection: a call, or the stream.
    pub(crate) async fn serve(self, mut line: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = line.read_u8().await else { return };
            head.push(byte);
        }
        let head = String::from_utf8(head).expect("a head in ASCII");
        let request = head.lines().next().unwrap_or_default().to_owned();
        if request.starts_with("GET ") {
            self.asked_for.lock().expect("no test panicked with it").push(request);
            return self.stream(line, &head).await;
        }
        let (status, body) = match request.split(' ').next() {
            Some("POST") => self.answers().open.clone(),
            Some("DELETE") => {
                self.deleted.fetch_add(1, Ordering::SeqCst);
                (200, "{}".to_owned())
            }
            _ => self.answers().keep.clone(),
        };
        let answer =
            format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let _ = line.write_all(answer.as_bytes()).await;
        let _ = line.shutdown().await;
    }

    async fn stream(self, mut line: impl AsyncRead + AsyncWrite + Send + Unpin + 'static, head: &str) {
        let status = self.answers().handshake;
        if status != 101 {
            let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = line.write_all(answer.as_bytes()).await;
            return;
        }
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        let key = headers.find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key")).expect("a key").1;
        let accept = derive_accept_key(key.as_bytes());
        let answer = format!(
            "HTTP/1.1 101 x\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n"
        );
        let mut acts = self.acts.subscribe();
        line.write_all(answer.as_bytes()).await.expect("an answer is taken");
        let mut socket = WebSocketStream::from_raw_socket(line, Role::Server, None).await;
        self.connected.fetch_add(1, Ordering::SeqCst);
        loop {
            let act = tokio::select! {
                act = acts.recv() => act.expect("no act is lost"),
                frame = futures_util::StreamExt::next(&mut socket) => match frame {
                    Some(Ok(Message::Pong(_))) => {
                        self.pongs.fetch_add(1, Ordering::SeqCst);
                        continue;
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(_)) | None => break,
                },
            };
            match act {
                Act::Send(message) => {
                    let _ = futures_util::SinkExt::send(&mut socket, message).await;
                }
                Act::CutAfter(bytes) => {
                    let _ = socket.get_mut().write_all(&bytes).await;
                    break;
                }
                Act::Raw(bytes) => {
                    let _ = socket.get_mut().write_all(&bytes).await;
                }
                Act::FallSilent => std::future::pending().await,
            }
        }
        self.closed.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        crate::support::builder(&self.url)
    }

    pub(crate) async fn open(&self, options: StreamOptions) -> Result<AccountStream, Error> {
        self.builder().build().expect("a client").account_stream().options(options).open().await
    }
}

/// An event that is told from others by its number.
pub(crate) fn event(number: u64) -> String {
    format!(r#"{{"e":"balanceUpdate","E":{number},"a":"BTC","d":"100.00000000","U":1,"T":{number}}}"#)
}

/// Waits for the next item. A stream that hangs fails the test instead of stopping it.
pub(crate) async fn next(stream: &mut AccountStream) -> StreamItem {
    timeout(Duration::from_secs(60), stream.next()).await.expect("an item in time").expect("an item")
}

/// Waits for the next event, and returns its number.
pub(crate) async fn next_number(stream: &mut AccountStream) -> i64 {
    match next(stream).await {
        StreamItem::Event(event) => event.event_time().expect("a time").as_millis(),
        other => panic!("no event: {other:?}"),
    }
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..6_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to this: {what}");
}

//! The network and the disk of a simulation, for programs that are built with `--cfg papi_simulation`: a function in the place of
//! sockets, and one in the place of the disk that files of intents are on. Everything behind the first byte of an answer is read
//! by the same code as one that came over HTTP.

#[cfg(feature = "account-stream")]
pub use crate::account_stream::simulated::{PlayedFrame, SimulatedSocket, StreamNetwork};
use crate::answer::{Loss, Outcome};
use bytes::Bytes;
use http_body::{Body, Frame};
use papi_types::Method;
use reqwest::{Request, Response};
use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// A request as it leaves.
#[derive(Clone)]
pub struct SentRequest {
    /// The method.
    pub method: Method,
    /// The host.
    pub host: String,
    /// The path from the root.
    pub path: String,
    /// The query as it is sent, with its signature.
    pub query: String,
    /// The API key of its header.
    pub key: Option<String>,
    /// How long its sender waits for the whole answer.
    pub timeout: Duration,
}

/// Method and path: the query ends with a signature.
impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// What a sender sees of a request that it sent.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// There was no connection.
    NeverSent,
    /// The connection broke before the head of an answer.
    Lost,
    /// An answer came, whole or not.
    Answered {
        /// The HTTP status.
        status: u16,
        /// Names and values of its headers.
        headers: Vec<(String, String)>,
        /// The bytes that came of its body.
        body: Vec<u8>,
        /// Whether the connection broke before the end of the body.
        is_cut: bool,
    },
}

type Deliver = dyn Fn(SentRequest) -> Pin<Box<dyn Future<Output = Delivery> + Send>> + Send + Sync;

/// A network, as a function from a request to what its sender sees.
#[derive(Clone)]
pub struct Network(Arc<Deliver>);

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(..)")
    }
}

impl Network {
    /// Returns a network of this function. Its future is dropped when the sender gives up.
    pub fn new<F>(deliver: impl Fn(SentRequest) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Delivery> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(deliver(request))))
    }

    pub(crate) async fn send(&self, request: &Request) -> Result<Response, Outcome> {
        let timeout = request.timeout().copied().unwrap_or(Duration::MAX);
        let url = request.url();
        let sent = SentRequest {
            method: request.method().as_str().parse().unwrap_or(Method::Get),
            host: url.host_str().unwrap_or_default().to_owned(),
            path: url.path().to_owned(),
            query: url.query().unwrap_or_default().to_owned(),
            key: request.headers().get("x-mbx-apikey").and_then(|key| Some(key.to_str().ok()?.to_owned())),
            timeout,
        };
        match tokio::time::timeout(timeout, (self.0)(sent)).await {
            Ok(Delivery::NeverSent) => Err(Outcome::NeverSent(broken(ErrorKind::ConnectionRefused).await)),
            Ok(Delivery::Lost) => Err(Outcome::Lost(Loss::Broken(broken(ErrorKind::ConnectionReset).await))),
            Err(_) => Err(Outcome::Lost(Loss::Broken(broken(ErrorKind::TimedOut).await))),
            Ok(Delivery::Answered { status, headers, body, is_cut }) => {
                let end = is_cut.then_some(ErrorKind::UnexpectedEof);
                Ok(response(status, headers, PlayedBody { bytes: Some(body.into()), end }))
            }
        }
    }
}

/// An error as the HTTP library has it: only it can make one.
async fn broken(kind: ErrorKind) -> reqwest::Error {
    let body = PlayedBody { bytes: None, end: Some(kind) };
    let read = response(200, Vec::new(), body).bytes().await;
    read.expect_err("a body that ends with an error").without_url()
}

fn response(status: u16, headers: Vec<(String, String)>, body: PlayedBody) -> Response {
    let head = headers
        .into_iter()
        .fold(http::Response::builder().status(status), |head, (name, value)| head.header(name, value));
    head.body(reqwest::Body::wrap(body)).expect("a status and headers that exist").into()
}

/// A body that is played: its bytes, and the error that it ends with.
struct PlayedBody {
    bytes: Option<Bytes>,
    end: Option<ErrorKind>,
}

impl Body for PlayedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let bytes = self.bytes.take().filter(|bytes| !bytes.is_empty()).map(|bytes| Ok(Frame::data(bytes)));
        Poll::Ready(bytes.or_else(|| self.end.take().map(|kind| Err(kind.into()))))
    }
}

/// What a file of intents asks of its disk.
#[derive(Debug, Clone, Copy)]
pub enum DiskRequest<'a> {
    /// To append these bytes to the file.
    Append(&'a [u8]),
    /// To make durable what was written to the file, or into the folder.
    Force,
}

type Disk = dyn Fn(&File, DiskRequest<'_>) -> Result<(), Error>;

thread_local! {
    static DISK: RefCell<Option<Rc<Disk>>> = const { RefCell::new(None) };
}

/// Puts a function in the place of the disk, for all files of intents of this thread.
pub fn set_disk(disk: impl Fn(&File, DiskRequest<'_>) -> Result<(), Error> + 'static) {
    DISK.set(Some(Rc::new(disk)));
}

pub(crate) fn play_disk(file: &File, request: DiskRequest<'_>) -> Option<Result<(), Error>> {
    let disk = DISK.with_borrow(Clone::clone)?;
    Some(disk(file, request))
}

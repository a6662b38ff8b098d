//! The body of an answer as it is delivered: whole, or a part of it and then the end of the connection.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::convert::Infallible;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Sleep;

/// How a connection ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Closed in order: nothing more comes.
    Closed,
    /// Abruptly, so that the other side sees a reset.
    Reset,
}

/// Takes how a connection ends, from the request that ends it before its time.
pub(super) type Endings = mpsc::Sender<Ending>;

/// A body, or the part of it that comes.
pub(super) struct ResponseBody {
    /// What still comes.
    part: Option<Bytes>,
    /// The length in the headers.
    length: u64,
    broken: Option<Broken>,
}

/// What happens where a body breaks off.
struct Broken {
    /// How long nothing happens before the connection ends.
    hold: Option<Pin<Box<Sleep>>>,
    ending: Ending,
    endings: Endings,
}

impl ResponseBody {
    /// Returns a body that is delivered whole.
    pub(super) fn whole(body: Bytes) -> Self {
        Self { length: body.len() as u64, part: Some(body).filter(|body| !body.is_empty()), broken: None }
    }

    /// Returns a body of which only the first bytes are delivered; then the connection ends, after a pause if there is
    /// one.
    pub(super) fn broken(body: &Bytes, first: usize, hold: Option<Duration>, ending: Ending, endings: Endings) -> Self {
        let part = body.slice(..first.min(body.len()));
        let hold = hold.map(|hold| Box::pin(tokio::time::sleep(hold)));
        let broken = Some(Broken { hold, ending, endings });
        Self { broken, length: body.len() as u64, ..Self::whole(part) }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(part) = self.part.take() {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        let Some(broken) = &mut self.broken else { return Poll::Ready(None) };
        if let Some(hold) = &mut broken.hold
            && hold.as_mut().poll(cx).is_pending()
        {
            return Poll::Pending;
        }
        // The part is sent before the connection reads this: both happen in one task, this last. There is room for one
        // ending, and a connection needs no more.
        let _ = broken.endings.try_send(broken.ending);
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.part.is_none() && self.broken.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

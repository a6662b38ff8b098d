//! The body of an answer as it is carried: whole, or only so far, and what then becomes of the connection.

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
    /// In order: nothing more comes.
    Closed,
    /// Abruptly, so that the other side sees a reset.
    Reset,
}

/// Where a request in trouble says how its connection is to end.
pub(super) type Endings = mpsc::Sender<Ending>;

/// A body, or the part of it that comes.
pub(super) struct Carried {
    /// What still comes.
    part: Option<Bytes>,
    /// The length that the headers tell.
    length: u64,
    broken: Option<Broken>,
}

/// What happens where a body breaks off.
struct Broken {
    /// How long nothing happens before.
    hold: Option<Pin<Box<Sleep>>>,
    ending: Ending,
    endings: Endings,
}

impl Carried {
    /// All of it.
    pub(super) fn whole(body: Bytes) -> Self {
        Self { length: body.len() as u64, part: Some(body).filter(|body| !body.is_empty()), broken: None }
    }

    /// The first bytes of it; then nothing for a while, if so wanted; then the connection ends.
    pub(super) fn broken(body: &Bytes, first: usize, hold: Option<Duration>, ending: Ending, endings: Endings) -> Self {
        let part = body.slice(..first.min(body.len()));
        let hold = hold.map(|hold| Box::pin(tokio::time::sleep(hold)));
        Self {
            broken: Some(Broken { hold, ending, endings }),
            ..Self { length: body.len() as u64, ..Self::whole(part) }
        }
    }
}

impl Body for Carried {
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
        // What was given so far is sent before this is heard: both happen in one task, this last. There is room for
        // one ending, and a connection needs no more.
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

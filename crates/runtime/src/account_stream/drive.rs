//! The one task of a stream: does what the session asks, and tells it what happened.

use super::connect::connect;
use super::listen_key::{self, ListenKey};
use super::options::StreamOptions;
use super::queue::Queue;
use super::session::{ConnectionId, Frame, Input, Moment, Session, StreamAsk};
use super::socket::Socket;
use crate::client::Client;
use crate::error::Error;
use crate::notice::Notice;
use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

/// What is under way and gives this.
type BoxedFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What belongs to the task.
pub(super) struct Drive {
    client: Client,
    options: StreamOptions,
    queue: EndsQueue,
    began: Instant,
    /// Told once, when the stream is there.
    opened: Option<oneshot::Sender<Result<(), Error>>>,
    sockets: Vec<(ConnectionId, Socket)>,
    key_call: Option<BoxedFuture<Input>>,
    connecting: Option<(ConnectionId, BoxedFuture<Result<Socket, Error>>)>,
    /// What happened while asks were carried out.
    inputs: VecDeque<Input>,
}

/// Ends the queue whatever becomes of the task: nobody may wait for a task that is gone.
struct EndsQueue(Queue);

impl Drop for EndsQueue {
    fn drop(&mut self) {
        // Where the end was said before, this counts for nothing.
        self.0.end(Some(Error::no_stream("the task that keeps the stream alive was stopped")));
    }
}

/// Whether the stream goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    Goes,
    Ends,
}

impl Drive {
    pub(super) fn new(
        client: Client,
        options: StreamOptions,
        queue: Queue,
        opened: oneshot::Sender<Result<(), Error>>,
    ) -> Self {
        Self {
            client,
            options,
            queue: EndsQueue(queue),
            began: Instant::now(),
            opened: Some(opened),
            sockets: Vec::new(),
            key_call: None,
            connecting: None,
            inputs: VecDeque::new(),
        }
    }

    /// Runs until the stream ends or its consumer is gone, which `dropped` tells.
    pub(super) async fn run(mut self, seed: u64, mut dropped: oneshot::Receiver<()>) {
        let mut session = Session::start(self.options, seed, self.now());
        loop {
            while let Some(ask) = session.next_ask() {
                if self.carry_out(ask).await == Course::Ends {
                    return self.close_all().await;
                }
            }
            let input = match self.inputs.pop_front() {
                Some(input) => input,
                None => {
                    tokio::select! {
                        biased;
                        _ = &mut dropped => return self.close_all().await,
                        input = self.next_input(session.wake_at()) => input,
                    }
                }
            };
            session.take(input, self.now());
        }
    }

    fn now(&self) -> Moment {
        Moment { steady: self.began.elapsed(), exchange: self.client.now() }
    }

    async fn carry_out(&mut self, ask: StreamAsk) -> Course {
        match ask {
            StreamAsk::OpenKey => {
                let client = self.client.clone();
                self.key_call = Some(Box::pin(async move { Input::KeyOpened(listen_key::open(&client).await) }));
            }
            StreamAsk::KeepKey => {
                let client = self.client.clone();
                self.key_call = Some(Box::pin(async move { Input::KeyKept(listen_key::keep(&client).await) }));
            }
            StreamAsk::Connect(id, key) => {
                self.connecting =
                    Some((id, Box::pin(connect_within_budget(self.client.clone(), key, self.options.connect_timeout))));
            }
            StreamAsk::Ping(id, number) => {
                if let Some((_, socket)) = self.sockets.iter_mut().find(|(open, _)| *open == id)
                    && let Err(end) = socket.ping(number).await
                {
                    self.inputs.push_back(Input::Received(id, end));
                }
            }
            StreamAsk::Close(id) => {
                self.connecting.take_if(|(connecting, _)| *connecting == id);
                let index = self.sockets.iter().position(|(open, _)| *open == id);
                if let Some(index) = index {
                    self.sockets.remove(index).1.close().await;
                }
            }
            StreamAsk::Deliver(item) => self.queue.0.push(item, self.client.now()),
            StreamAsk::Opened => {
                self.opened.take().map(|opened| opened.send(Ok(())));
            }
            StreamAsk::TellRetry { reason, pause, failures } => {
                self.client.shared.on_notice.notify(&Notice::StreamRetrying { failures, reason, pause });
            }
            StreamAsk::End(error) => {
                match self.opened.take() {
                    Some(opened) => drop(opened.send(Err(error))),
                    None => self.queue.0.end(Some(error)),
                }
                return Course::Ends;
            }
        }
        Course::Goes
    }

    /// Waits for what happens next. What rarely happens is looked at first, and time last: a frame that has arrived shows
    /// that a connection lives, however late it is read.
    async fn next_input(&mut self, wake_at: Option<Duration>) -> Input {
        let Self { sockets, key_call, connecting, began, .. } = self;
        let input = tokio::select! {
            biased;
            input = done(key_call) => input,
            (id, result) = connected(connecting) => match result {
                Ok(socket) => {
                    sockets.push((id, socket));
                    Input::Connected(id)
                }
                Err(error) => Input::NotConnected(id, error),
            },
            (id, frame) = next_frame(sockets) => Input::Received(id, frame),
            () = sleep_to(wake_at.map(|at| *began + at)) => Input::Tick,
        };
        match input {
            Input::KeyOpened(_) | Input::KeyKept(_) => self.key_call = None,
            Input::Connected(_) | Input::NotConnected(..) => self.connecting = None,
            Input::Received(_, Frame::Text(ref text)) => self.client.shared.reading.compare_event(text),
            Input::Received(id, Frame::Closed) => self.sockets.retain(|(open, _)| *open != id),
            Input::Received(..) | Input::Tick => {}
        }
        input
    }

    async fn close_all(self) {
        for (_, socket) in self.sockets {
            socket.close().await;
        }
        self.queue.0.end(None);
    }
}

async fn connect_within_budget(client: Client, key: ListenKey, limit: Duration) -> Result<Socket, Error> {
    let place = &client.shared.stream_place;
    place.budget.wait().await;
    connect(place, &key, limit).await
}

async fn done(call: &mut Option<BoxedFuture<Input>>) -> Input {
    match call {
        Some(call) => call.await,
        None => pending().await,
    }
}

async fn connected(
    connecting: &mut Option<(ConnectionId, BoxedFuture<Result<Socket, Error>>)>,
) -> (ConnectionId, Result<Socket, Error>) {
    match connecting {
        Some((id, connecting)) => (*id, connecting.await),
        None => pending().await,
    }
}

/// The next frame of any socket; the oldest is asked first.
async fn next_frame(sockets: &mut [(ConnectionId, Socket)]) -> (ConnectionId, Frame) {
    poll_fn(|context| {
        for (id, socket) in sockets.iter_mut() {
            if let Poll::Ready(frame) = pin!(socket.receive()).poll(context) {
                return Poll::Ready((*id, frame));
            }
        }
        Poll::Pending
    })
    .await
}

async fn sleep_to(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}

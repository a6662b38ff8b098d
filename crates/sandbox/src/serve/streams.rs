//! The open connections of the user data stream: who hears what, when each is pinged, and when it is cut. It only
//! queues; `stream_socket` carries out what is queued.

use crate::outgoing::{Audience, Frame, Outgoing};
use crate::raw_request::Hearing;
use papi_types::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

/// How many messages wait for a client that does not read. A client that lets more wait is cut.
const QUEUE: usize = 16_384;

/// How often to look at the clock while connections are open. A test may set the clock by hand, so no timer can wait for
/// its time.
const LOOK: Duration = Duration::from_millis(5);

/// The times of a connection of the stream, all by the exchange's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamTiming {
    /// How often the server sends a ping. The default is 3 minutes.
    pub ping_every: Duration,
    /// How long the server waits for a pong before it cuts the connection. The default is 10 minutes.
    pub pong_within: Duration,
    /// How long a connection lives. The default is 24 hours.
    pub life: Duration,
}

impl Default for StreamTiming {
    fn default() -> Self {
        Self {
            ping_every: Duration::from_secs(3 * 60),
            pong_within: Duration::from_secs(10 * 60),
            life: Duration::from_secs(24 * 60 * 60),
        }
    }
}

/// The open connections of the stream.
#[derive(Debug)]
pub(crate) struct Streams {
    timing: StreamTiming,
    state: Arc<Mutex<State>>,
    /// Told when there is something to look after again.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    opened: u64,
    sockets: BTreeMap<u64, Socket>,
    /// The events that wait for their time, in the order in which they go out.
    waiting: VecDeque<(Instant, Outgoing)>,
    /// What happens to all connections at its time, whatever waits.
    ahead: Vec<(Instant, Outgoing)>,
}

#[derive(Debug)]
struct Socket {
    /// The keys whose events it hears.
    keys: BTreeSet<String>,
    /// Whether each event comes with its key around it.
    is_combined: bool,
    opened: Timestamp,
    pinged: Timestamp,
    /// When the first ping went out that has no pong yet.
    unanswered: Option<Timestamp>,
    /// Whether nothing comes any more: behind a close frame, or in a connection that is half open.
    over: bool,
    queue: mpsc::Sender<Frame>,
    /// Dropped with the socket, which its task notices even while it waits for the client.
    _kept: oneshot::Sender<()>,
}

/// A connection among the open ones; it is no longer when this is dropped.
#[derive(Debug)]
pub(super) struct Attached {
    number: u64,
    state: Arc<Mutex<State>>,
    pub(super) queue: mpsc::Receiver<Frame>,
    /// Ends when the connection is to be cut.
    pub(super) cut: oneshot::Receiver<()>,
}

impl Attached {
    /// Notes that the client answered a ping.
    pub(super) fn note_pong(&self) {
        if let Some(socket) = locked(&self.state).sockets.get_mut(&self.number) {
            socket.unanswered = None;
        }
    }

    /// Does what a message of the client asks for, and answers it: to subscribe to keys, to unsubscribe, or to list
    /// them. As on the exchange, nobody is told that a key is not active.
    pub(super) fn obey(&self, message: &str) {
        let asked: Value = serde_json::from_str(message).unwrap_or_default();
        let names = asked["params"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        let mut state = locked(&self.state);
        let Some(socket) = state.sockets.get_mut(&self.number) else { return };
        let done = match asked["method"].as_str() {
            Some("SUBSCRIBE") => {
                socket.keys.extend(names);
                json!({ "result": null, "id": asked["id"] })
            }
            Some("UNSUBSCRIBE") => {
                for name in names {
                    socket.keys.remove(&name);
                }
                json!({ "result": null, "id": asked["id"] })
            }
            Some("LIST_SUBSCRIPTIONS") => json!({ "result": socket.keys, "id": asked["id"] }),
            _ => json!({ "error": { "code": 2, "msg": "Invalid request" }, "id": asked["id"] }),
        };
        socket.send(Frame::Text(done.to_string().into()));
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        locked(&self.state).sockets.remove(&self.number);
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Streams {
    pub(crate) fn new(timing: StreamTiming) -> Self {
        Self { timing, state: Arc::default(), changed: Notify::new() }
    }

    /// Adds a connection.
    pub(super) fn attach(&self, hearing: Hearing, now: Timestamp) -> Attached {
        let (sender, queue) = mpsc::channel(QUEUE);
        let (kept, cut) = oneshot::channel();
        let mut state = locked(&self.state);
        state.opened += 1;
        let number = state.opened;
        let (keys, is_combined) = match hearing {
            Hearing::Key(key) => (BTreeSet::from([key]), false),
            Hearing::Combined => (BTreeSet::new(), true),
        };
        let socket = Socket {
            keys,
            is_combined,
            opened: now,
            pinged: now,
            unanswered: None,
            over: false,
            queue: sender,
            _kept: kept,
        };
        state.sockets.insert(number, socket);
        self.changed.notify_one();
        Attached { number, state: Arc::clone(&self.state), queue, cut }
    }

    /// Returns whether a connection is open.
    pub(super) fn are_open(&self) -> bool {
        !locked(&self.state).sockets.is_empty()
    }

    /// Returns how many connections are open.
    pub(crate) fn count(&self) -> usize {
        locked(&self.state).sockets.len()
    }

    /// Waits until there may be something to send. Without open connections there is nothing.
    pub(super) async fn pause(&self) {
        loop {
            let is_idle = {
                let state = locked(&self.state);
                state.sockets.is_empty() && state.waiting.is_empty() && state.ahead.is_empty()
            };
            if !is_idle {
                return tokio::time::sleep(LOOK).await;
            }
            self.changed.notified().await;
        }
    }

    /// Sends what is due, pings and cuts by the clock, and keeps what waits for its time.
    pub(super) fn send(&self, outgoing: Vec<Outgoing>, now: Timestamp) {
        let instant = Instant::now();
        let mut state = locked(&self.state);
        for each in outgoing {
            let due = instant + each.after;
            if each.to == Audience::Everyone && each.after.is_zero() {
                state.deliver_waiting(instant);
                state.deliver(&each);
            } else if each.to == Audience::Everyone {
                state.ahead.push((due, each));
            } else {
                // No event overtakes another.
                let earliest = state.waiting.back().map_or(due, |(due, _)| *due);
                state.waiting.push_back((due.max(earliest), each));
            }
            self.changed.notify_one();
        }
        state.deliver_waiting(instant);
        let is_due = |(due, _): &mut (Instant, Outgoing)| *due <= instant;
        for (_, outgoing) in state.ahead.extract_if(.., is_due).collect::<Vec<_>>() {
            state.deliver(&outgoing);
        }
        state.look_at(self.timing, now);
    }
}

impl State {
    /// Delivers the events whose time has come.
    fn deliver_waiting(&mut self, instant: Instant) {
        while self.waiting.front().is_some_and(|(due, _)| *due <= instant) {
            if let Some((_, outgoing)) = self.waiting.pop_front() {
                self.deliver(&outgoing);
            }
        }
    }

    fn deliver(&mut self, outgoing: &Outgoing) {
        self.sockets.retain(|_, socket| match (&outgoing.to, &outgoing.frame) {
            (Audience::Key(key), _) if !socket.keys.contains(key) => true,
            (Audience::Key(key), Frame::Text(text)) if socket.is_combined => {
                socket.send(Frame::Text(format!(r#"{{"stream":"{key}","data":{text}}}"#).into()))
            }
            _ => socket.send(outgoing.frame.clone()),
        });
    }

    /// Pings and cuts by the clock.
    fn look_at(&mut self, timing: StreamTiming, now: Timestamp) {
        self.sockets.retain(|_, socket| {
            if socket.over {
                return true;
            }
            if socket.opened.plus(timing.life) <= now {
                return socket.send(Frame::Close);
            }
            if socket.unanswered.is_some_and(|since| since.plus(timing.pong_within) <= now) {
                return false;
            }
            if socket.pinged.plus(timing.ping_every) > now {
                return true;
            }
            socket.pinged = now;
            socket.unanswered.get_or_insert(now);
            socket.send(Frame::Ping)
        });
    }
}

impl Socket {
    /// Queues a frame; false when the client lets too many wait.
    fn send(&mut self, frame: Frame) -> bool {
        if self.over {
            return true;
        }
        self.over = matches!(frame, Frame::Close | Frame::Silence);
        self.queue.try_send(frame).is_ok()
    }
}

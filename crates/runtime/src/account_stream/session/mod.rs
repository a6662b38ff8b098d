//! Keeps an account's stream alive: a state machine without clock or socket. It is told what happened and when, and says
//! what to do next.
//!
//! A connection is always made in the same steps: ask for the account's key, connect, wait for a sign of life. `next` is how
//! far the next connection has come, `current` the one that delivers.

mod ask;
mod connection;
mod hand_over;
mod input;
mod jitter;
mod key_life;
mod moment;
#[cfg(test)]
mod tests;

pub(super) use ask::StreamAsk;
pub(super) use connection::ConnectionId;
pub(super) use input::{Frame, Input};
pub(super) use moment::Moment;

use super::duplicates::{Duplicates, fingerprint};
use super::frame::{Meaning, ReadFrame, read};
use super::item::{GapReason, StreamItem, gap_start};
use super::listen_key::ListenKey;
use super::options::StreamOptions;
use super::queue::QueuedItem;
use crate::causes::with_causes;
use crate::error::Error;
use connection::{HeldItem, StreamConnection};
use jitter::Jitter;
use key_life::KeyLife;
use papi_types::Timestamp;
use papi_types::error::DecodeError;
use std::collections::VecDeque;
use std::time::Duration;

/// A connection that lived this long was no failure; one that is younger is not replaced.
const STABLE: Duration = Duration::from_secs(60);
/// How often in a row the credentials may be refused before the stream ends: the exchange errs at times.
const REFUSALS: u32 = 3;

/// How far the next connection has come.
#[derive(Debug)]
enum Next {
    None,
    /// It is made at this time.
    At(Duration),
    /// The key is asked for.
    Key,
    Connecting(ConnectionId),
    /// The first sign of life is waited for, until then.
    Proving(Box<StreamConnection>, Duration),
    /// It is live, and the current connection is closed then.
    Overlapping(Box<StreamConnection>, Duration),
}

/// Whether events come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    /// They have never come.
    Starting,
    Up,
    /// A gap without an end was told.
    Down,
    /// The stream has ended.
    Over,
}

/// The state of one stream.
#[derive(Debug)]
pub(super) struct Session {
    options: StreamOptions,
    jitter: Jitter,
    health: Health,
    key: KeyLife,
    current: Option<StreamConnection>,
    next: Next,
    connections: u64,
    /// Attempts since the last connection that lived.
    failures: u32,
    /// Refusals of the credentials in a row.
    refusals: u32,
    /// The time of the last event that was delivered.
    last_event: Timestamp,
    duplicates: Duplicates,
    asks: VecDeque<StreamAsk>,
}

impl Session {
    /// Returns a session that has begun.
    pub(super) fn start(options: StreamOptions, seed: u64, now: Moment) -> Self {
        let mut new = Self {
            options,
            jitter: Jitter::new(seed),
            health: Health::Starting,
            key: KeyLife::new(now),
            current: None,
            next: Next::None,
            connections: 0,
            failures: 0,
            refusals: 0,
            last_event: Timestamp::from_millis(0),
            duplicates: Duplicates::default(),
            asks: VecDeque::new(),
        };
        new.begin(now);
        new
    }

    /// Returns what to do next, in order; none when there is nothing.
    pub(super) fn next_ask(&mut self) -> Option<StreamAsk> {
        self.asks.pop_front()
    }

    /// Returns when to tell it that time has passed.
    pub(super) fn wake_at(&self) -> Option<Duration> {
        if self.health == Health::Over {
            return None;
        }
        let next = match &self.next {
            Next::None | Next::Key | Next::Connecting(_) => None,
            Next::At(at) | Next::Proving(_, at) => Some(*at),
            Next::Overlapping(next, until) => Some(next.ping_at().min(*until)),
        };
        let current = self.current.as_ref().map(StreamConnection::ping_at);
        let rotation =
            self.current.as_ref().filter(|_| matches!(self.next, Next::None)).map(|current| current.rotate_at);
        [next, current, rotation, self.key.wake_at()].into_iter().flatten().min()
    }

    /// Takes what happened.
    pub(super) fn take(&mut self, input: Input, now: Moment) {
        if self.health == Health::Over {
            return;
        }
        match input {
            Input::KeyOpened(result) => self.key_opened(result, now),
            Input::KeyKept(result) => self.key_kept(result, now),
            Input::Connected(id) => self.connected(id, now),
            Input::NotConnected(id, error) => self.not_connected(id, error, now),
            Input::Received(id, frame) => self.received(id, frame, now),
            Input::Tick => {}
        }
        if self.health != Health::Over {
            self.run_timers(now);
        }
    }

    fn run_timers(&mut self, now: Moment) {
        if self.key.has_run_out(now) {
            self.key_lost(GapReason::KeyExpired, now);
        }
        match &self.next {
            Next::At(at) if *at <= now.steady => self.begin(now),
            Next::Proving(next, until) if *until <= now.steady => {
                let id = next.id;
                self.asks.push_back(StreamAsk::Close(id));
                self.failed(Error::no_stream("the connection did not answer its first ping"), now);
            }
            Next::Overlapping(_, until) if *until <= now.steady => self.hand_over(GapReason::Silent, now),
            _ => {}
        }
        self.run_pings(now);
        let rotates = self.current.as_ref().is_some_and(|current| current.rotate_at <= now.steady);
        if rotates && matches!(self.next, Next::None) && self.health != Health::Over {
            self.failures = 0;
            self.begin(now);
        }
        if self.key.keep_is_due(now) && !matches!(self.next, Next::Key) {
            self.key.ask_to_keep(&mut self.asks);
        }
    }

    fn run_pings(&mut self, now: Moment) {
        if let Next::Overlapping(next, _) = &mut self.next
            && next.ping_is_due(now)
        {
            if next.is_silent(&self.options) {
                let id = next.id;
                self.lost(id, GapReason::Silent, now);
            } else {
                self.asks.push_back(StreamAsk::Ping(next.id, next.ping(now, &self.options)));
            }
        }
        if let Some(current) = self.current.as_mut().filter(|current| current.ping_is_due(now)) {
            if current.is_silent(&self.options) {
                let id = current.id;
                self.lost(id, GapReason::Silent, now);
            } else {
                self.asks.push_back(StreamAsk::Ping(current.id, current.ping(now, &self.options)));
            }
        }
    }

    /// Begins to make the next connection. The key is asked for each time: a connection with one that is dead opens, and
    /// stays silent.
    fn begin(&mut self, now: Moment) {
        self.next = Next::Key;
        self.key.ask_to_open(now, &mut self.asks);
    }

    fn connect(&mut self, key: ListenKey) {
        self.connections += 1;
        let id = ConnectionId(self.connections);
        self.next = Next::Connecting(id);
        self.asks.push_back(StreamAsk::Connect(id, key));
    }

    fn connected(&mut self, id: ConnectionId, now: Moment) {
        if !matches!(self.next, Next::Connecting(waited_for) if waited_for == id) {
            return self.asks.push_back(StreamAsk::Close(id));
        }
        let rotate_at = now.steady + self.jitter.shorten(self.options.rotate_every, 50);
        let mut next = StreamConnection::new(id, now, rotate_at);
        self.asks.push_back(StreamAsk::Ping(id, next.ping(now, &self.options)));
        self.next = Next::Proving(Box::new(next), now.steady + self.options.first_pong_timeout);
    }

    fn not_connected(&mut self, id: ConnectionId, error: Error, now: Moment) {
        if matches!(self.next, Next::Connecting(waited_for) if waited_for == id) {
            self.failed(error, now);
        }
    }

    /// Making a connection failed: it is tried again after a pause. A stream that never was there ends instead, so that
    /// whoever opens it learns why.
    fn failed(&mut self, error: Error, now: Moment) {
        if self.health == Health::Starting {
            return self.end(error);
        }
        self.failures = self.failures.saturating_add(1);
        let asked = error.retry_after().map_or(Duration::ZERO, |until| until.since(now.exchange));
        let pause = self.jitter.pause(self.failures).max(asked);
        self.next = Next::At(now.steady + pause);
        self.asks.push_back(StreamAsk::TellRetry { reason: with_causes(&error), pause, failures: self.failures });
    }

    fn received(&mut self, id: ConnectionId, frame: Frame, now: Moment) {
        let is_next = matches!(&self.next, Next::Proving(next, _) | Next::Overlapping(next, _) if next.id == id);
        if !is_next && self.current.as_ref().is_none_or(|current| current.id != id) {
            return;
        }
        if matches!(frame, Frame::Closed) {
            return self.lost(id, GapReason::Disconnected, now);
        }
        if let Some(connection) = self.connection(id) {
            connection.heard();
            if let Frame::Pong(Some(number)) = frame {
                connection.pong(number);
            }
        }
        if matches!(&self.next, Next::Proving(next, _) if next.id == id) {
            self.live(now);
        }
        match frame {
            Frame::Text(text) => self.read(id, text, now),
            Frame::Unreadable { raw, error } => {
                self.deliver(id, malformed(raw, error, now), now);
            }
            Frame::Pong(_) | Frame::Ping | Frame::Closed => {}
        }
    }

    fn read(&mut self, id: ConnectionId, text: String, now: Moment) {
        let frame = match read(&text) {
            Ok(frame) => frame,
            Err(error) => {
                return self.deliver(id, malformed(text, error, now), now);
            }
        };
        let ReadFrame { event, fingerprint, meaning } = frame;
        if meaning == Meaning::ShuttingDown {
            return self.shutting_down(id, now);
        }
        if let Some(time) = event.event_time().filter(|_| self.current.as_ref().is_some_and(|current| current.id == id))
        {
            self.last_event = self.last_event.max(time.min(now.exchange));
        }
        let item = QueuedItem::event(event, text, now.exchange);
        self.deliver(id, HeldItem { item, fingerprint }, now);
        if meaning == Meaning::KeyExpired {
            self.key_lost(GapReason::KeyExpired, now);
        }
    }

    /// The exchange is going to close a connection: it is replaced, but no more often than once a minute.
    fn shutting_down(&mut self, id: ConnectionId, now: Moment) {
        if let Some(connection) = self.connection(id) {
            let earliest = (now.steady + STABLE).saturating_sub(connection.age(now));
            connection.rotate_at = connection.rotate_at.min(earliest.max(now.steady));
        }
    }

    /// A connection is dead.
    fn lost(&mut self, id: ConnectionId, reason: GapReason, now: Moment) {
        self.asks.push_back(StreamAsk::Close(id));
        match &self.next {
            Next::Proving(next, _) | Next::Overlapping(next, _) if next.id == id => {
                return self.failed(Error::no_stream("the new connection broke"), now);
            }
            // It closes the connection a second time, which does nothing.
            Next::Overlapping(..) => return self.hand_over(reason, now),
            _ => {}
        }
        let Some(current) = self.current.take() else { return };
        self.open_gap(current.good_until.exchange, reason, now);
        self.make_anew(current.age(now), now);
    }

    /// Makes a connection in place of one that lived this long.
    fn make_anew(&mut self, age: Duration, now: Moment) {
        if age >= STABLE {
            self.failures = 0;
            if matches!(self.next, Next::None | Next::At(_)) {
                self.begin(now);
            }
        } else if matches!(self.next, Next::None) {
            self.failures = self.failures.saturating_add(1);
            self.next = Next::At(now.steady + self.jitter.pause(self.failures));
        }
    }

    /// Tells of a gap whose end is not known.
    fn open_gap(&mut self, good_until: Timestamp, reason: GapReason, now: Moment) {
        self.health = Health::Down;
        let from = self.gap_start(good_until);
        self.tell(StreamItem::Gap { from, to: None, reason }, now);
    }

    fn gap_start(&self, good_until: Timestamp) -> Timestamp {
        gap_start(good_until.max(self.last_event))
    }

    fn tell(&mut self, item: StreamItem, now: Moment) {
        self.asks.push_back(StreamAsk::Deliver(QueuedItem::word(item, now.exchange)));
    }

    fn end(&mut self, error: Error) {
        self.health = Health::Over;
        self.asks.push_back(StreamAsk::End(error));
    }

    fn connection(&mut self, id: ConnectionId) -> Option<&mut StreamConnection> {
        if let Next::Proving(next, _) | Next::Overlapping(next, _) = &mut self.next
            && next.id == id
        {
            return Some(next);
        }
        self.current.as_mut().filter(|current| current.id == id)
    }
}

/// Two connections that overlap both bring what is malformed as well: it is the same by its text.
fn malformed(raw: String, error: DecodeError, now: Moment) -> HeldItem {
    let fingerprint = fingerprint("", &raw);
    HeldItem { item: QueuedItem::malformed(raw, error, now.exchange), fingerprint }
}

//! An exchange in memory whose keys, connections and events a session lives through, and what it told its user.

use crate::account_stream::item::{GapReason, StreamItem};
use crate::account_stream::listen_key::{KeyFailure, ListenKey};
use crate::account_stream::options::StreamOptions;
use crate::account_stream::session::{ConnectionId, Frame, Input, Moment, Session, StreamAsk};
use crate::error::Error;
use papi_types::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// When the session begins, in exchange time.
pub(super) const START: i64 = 1_784_224_000_123;
pub(super) const SECOND: u64 = 1_000;
pub(super) const MINUTE: u64 = 60 * SECOND;
pub(super) const HOUR: u64 = 60 * MINUTE;
pub(super) const DAY: u64 = 24 * HOUR;

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a word: everything before arrives.
    Announced,
    Broken,
}

/// What the exchange, or somebody else, does to a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The key expires, and this many words say so.
    Expire {
        words: u32,
    },
    /// Another program closes the streams of the account.
    Delete,
    /// And opens one anew.
    Replace,
    /// Keeping alive is answered with -1125 once, whatever the key.
    KeepRefused,
    /// Connections stay open and bring nothing more.
    HalfOpen,
    Cut(Ending),
    /// A word says that connections are cut half a minute later, and they are.
    ShutDown,
    /// Calls fail for so many milliseconds.
    NoRest(u64),
    /// Connecting fails for so many milliseconds.
    NoStream(u64),
    /// The open connections bring everything three seconds later than others.
    Slow,
    /// What is no event.
    Garbage,
}

#[derive(Debug)]
enum Happening {
    To(Input),
    Event,
    Fault(Fault),
    CutOld(ConnectionId),
}

#[derive(Debug)]
struct Connected {
    id: ConnectionId,
    key: u64,
    is_mute: bool,
    delay: u64,
    /// The arrival of the last frame: frames do not overtake each other.
    last_arrival: u64,
}

#[derive(Debug)]
pub(super) struct StreamingExchange {
    pub(super) session: Session,
    /// Milliseconds since the session began.
    pub(super) now: u64,
    plan: BTreeMap<(u64, u64), Happening>,
    planned: u64,
    chance: u64,
    key: Option<(u64, u64)>,
    keys: u64,
    keep_refused: bool,
    no_rest_until: u64,
    no_stream_until: u64,
    connections: Vec<Connected>,
    event_every: u64,
    /// When each event happened.
    pub(super) events: Vec<i64>,
    pub(super) told: Vec<StreamItem>,
    pub(super) is_opened: bool,
    pub(super) ended: Option<Error>,
    pub(super) connects: u64,
    pub(super) key_calls: u64,
    pub(super) retries: u64,
    pub(super) inputs: u64,
    key_call_under_way: bool,
}

impl StreamingExchange {
    pub(super) fn new(options: StreamOptions, seed: u64, event_every: u64) -> Self {
        let start = Moment { steady: Duration::ZERO, exchange: Timestamp::from_millis(START) };
        let mut new = Self {
            session: Session::start(options, seed, start),
            now: 0,
            plan: BTreeMap::new(),
            planned: 0,
            chance: seed,
            key: None,
            keys: 0,
            keep_refused: false,
            no_rest_until: 0,
            no_stream_until: 0,
            connections: Vec::new(),
            event_every,
            events: Vec::new(),
            told: Vec::new(),
            is_opened: false,
            ended: None,
            connects: 0,
            key_calls: 0,
            retries: 0,
            inputs: 0,
            key_call_under_way: false,
        };
        new.schedule(1, Happening::Event);
        new
    }

    pub(super) fn fault_at(&mut self, at: u64, fault: Fault) {
        self.schedule(at, Happening::Fault(fault));
    }

    pub(super) fn strike_at_once(&mut self, fault: Fault) {
        self.strike(fault);
    }

    fn schedule(&mut self, at: u64, happening: Happening) {
        self.planned += 1;
        self.plan.insert((at.max(self.now), self.planned), happening);
    }

    /// A number below `below`.
    pub(super) fn random(&mut self, below: u64) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % below
    }

    /// Lives on until this time.
    pub(super) fn run_until(&mut self, end: u64) {
        loop {
            while let Some(ask) = self.session.next_ask() {
                self.answer(ask);
            }
            let wake =
                self.session.wake_at().map(|at| u64::try_from(at.as_nanos().div_ceil(1_000_000)).expect("a time"));
            let planned = self.plan.keys().next().map(|(at, _)| *at);
            let next = planned.into_iter().chain(wake).min().unwrap_or(end);
            if next >= end {
                self.now = end;
                return;
            }
            assert!(wake.is_none_or(|at| at > self.now), "it asks to be woken in the past");
            self.now = next;
            if planned == Some(next) {
                let (_, happening) = self.plan.pop_first().expect("what is planned");
                self.happen(happening);
            }
            self.tell(Input::Tick);
        }
    }

    fn tell(&mut self, input: Input) {
        self.inputs += 1;
        if matches!(input, Input::KeyKept(_) | Input::KeyOpened(_)) {
            self.key_call_under_way = false;
        }
        let now = Moment { steady: Duration::from_millis(self.now), exchange: self.time() };
        self.session.take(input, now);
    }

    pub(super) fn time(&self) -> Timestamp {
        Timestamp::from_millis(START + i64::try_from(self.now).expect("a time"))
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::To(input) => self.tell(input),
            Happening::Event => {
                let now = self.time().as_millis();
                self.events.push(now);
                self.send(&format!(r#"{{"e":"TEST","E":{now}}}"#));
                let pause = 1 + self.random(2 * self.event_every);
                self.schedule(self.now + pause, Happening::Event);
            }
            Happening::Fault(fault) => self.strike(fault),
            Happening::CutOld(id) => self.cut(Ending::Announced, |connected| connected.id == id),
        }
    }

    fn active_key(&mut self) -> Option<u64> {
        self.key = self.key.filter(|(_, until)| *until > self.now);
        self.key.map(|(key, _)| key)
    }

    /// Sends a text to all connections with the active key.
    fn send(&mut self, text: &str) {
        let active = self.active_key();
        for index in 0..self.connections.len() {
            if Some(self.connections[index].key) == active {
                self.send_to(index, Frame::Text(text.to_owned()));
            }
        }
    }

    fn send_to(&mut self, index: usize, frame: Frame) {
        let delay = self.connections[index].delay + 1 + self.random(300);
        let connected = &mut self.connections[index];
        if connected.is_mute {
            return;
        }
        connected.last_arrival = connected.last_arrival.max(self.now + delay);
        let (at, id) = (connected.last_arrival, connected.id);
        self.schedule(at, Happening::To(Input::Received(id, frame)));
    }

    /// Ends connections. What is under way on one that breaks is lost.
    fn cut(&mut self, ending: Ending, which: impl Fn(&Connected) -> bool) {
        let (cut, kept) = std::mem::take(&mut self.connections).into_iter().partition(which);
        self.connections = cut;
        for index in 0..self.connections.len() {
            let id = self.connections[index].id;
            if ending == Ending::Broken {
                self.forget_frames(id);
            }
            self.send_to(index, Frame::Closed);
        }
        self.connections = kept;
    }

    fn forget_frames(&mut self, id: ConnectionId) {
        self.plan.retain(|_, planned| !matches!(planned, Happening::To(Input::Received(to, _)) if *to == id));
    }

    fn strike(&mut self, fault: Fault) {
        match fault {
            Fault::Expire { words } => {
                let text = format!(r#"{{"e":"listenKeyExpired","E":{}}}"#, self.time().as_millis());
                for _ in 0..words {
                    self.send(&text);
                }
                self.key = None;
            }
            Fault::Delete => self.key = None,
            Fault::Replace => {
                self.key = None;
                self.open_key();
            }
            Fault::KeepRefused => self.keep_refused = true,
            Fault::HalfOpen => {
                for index in 0..self.connections.len() {
                    self.connections[index].is_mute = true;
                    self.forget_frames(self.connections[index].id);
                }
            }
            Fault::Cut(ending) => self.cut(ending, |_| true),
            Fault::ShutDown => {
                for index in 0..self.connections.len() {
                    self.send_to(index, Frame::Text(r#"{"event":{"e":"serverShutdown","E":1}}"#.to_owned()));
                    self.schedule(self.now + 30 * SECOND, Happening::CutOld(self.connections[index].id));
                }
            }
            Fault::NoRest(length) => self.no_rest_until = self.now + length,
            Fault::NoStream(length) => self.no_stream_until = self.now + length,
            Fault::Slow => self.connections.iter_mut().for_each(|connected| connected.delay = 3 * SECOND),
            Fault::Garbage => self.send("{"),
        }
    }

    fn open_key(&mut self) -> u64 {
        let key = self.active_key().unwrap_or_else(|| {
            self.keys += 1;
            self.keys
        });
        self.key = Some((key, self.now + HOUR));
        key
    }

    fn answer(&mut self, ask: StreamAsk) {
        match ask {
            StreamAsk::OpenKey | StreamAsk::KeepKey => {
                assert!(!self.key_call_under_way, "two calls about the key at once");
                self.key_call_under_way = true;
                self.key_calls += 1;
                let delay = 1 + self.random(1_000);
                let input = self.answer_key(matches!(ask, StreamAsk::OpenKey));
                self.schedule(self.now + delay, Happening::To(input));
            }
            StreamAsk::Connect(id, key) => {
                self.connects += 1;
                let delay = 1 + self.random(2_000);
                if self.now < self.no_stream_until {
                    let error = Error::no_stream("the stream is away");
                    return self.schedule(self.now + delay, Happening::To(Input::NotConnected(id, error)));
                }
                let key = key.expose().parse().expect("a key of this exchange");
                let arrival = self.now + delay;
                self.connections.push(Connected { id, key, is_mute: false, delay: 0, last_arrival: arrival });
                assert!(self.connections.len() <= 3, "it holds too many connections");
                self.schedule(arrival, Happening::To(Input::Connected(id)));
                self.schedule(self.now + DAY, Happening::CutOld(id));
            }
            StreamAsk::Ping(id, number) => {
                if let Some(index) = self.connections.iter().position(|connected| connected.id == id) {
                    self.send_to(index, Frame::Pong(Some(number)));
                }
            }
            StreamAsk::Close(id) => {
                self.connections.retain(|connected| connected.id != id);
                self.forget_frames(id);
                // As the task does: what is given up does not come.
                self.plan.retain(|_, planned| match planned {
                    Happening::To(Input::Connected(to) | Input::NotConnected(to, _)) => *to != id,
                    _ => true,
                });
            }
            StreamAsk::Deliver(queued) => {
                // A gap that stands for it must begin before it, however long it was held.
                assert!(event_time(&queued.item).is_none_or(|happened| queued.since.as_millis() <= happened));
                self.told.push(queued.item);
            }
            StreamAsk::Opened => self.is_opened = true,
            StreamAsk::TellRetry { .. } => self.retries += 1,
            StreamAsk::End(error) => self.ended = Some(error),
        }
    }

    fn answer_key(&mut self, opens: bool) -> Input {
        let is_away = self.now < self.no_rest_until;
        if opens {
            let key = (!is_away).then(|| self.open_key());
            let key = key.map(|key| ListenKey::new(&key.to_string()));
            return Input::KeyOpened(key.ok_or_else(|| KeyFailure::Passing(Error::no_stream("calls fail"))));
        }
        if is_away {
            return Input::KeyKept(Err(KeyFailure::Passing(Error::no_stream("calls fail"))));
        }
        if std::mem::take(&mut self.keep_refused) || self.active_key().is_none() {
            return Input::KeyKept(Err(KeyFailure::Dead(Error::no_stream("no such key"))));
        }
        self.open_key();
        Input::KeyKept(Ok(()))
    }

    /// Checks that each event was delivered once and in order, or that a gap says that it may be missing.
    pub(super) fn check_promises(&self) {
        let delivered: Vec<i64> = self.told.iter().filter_map(event_time).collect();
        assert!(delivered.windows(2).all(|pair| pair[0] < pair[1]), "events come twice or out of order");
        let gaps = self.gaps();
        // What happened just before the end may be under way, and what is silent is not noticed yet.
        for event in &self.events {
            let is_told = delivered.binary_search(event).is_ok();
            let is_in_gap = gaps.iter().any(|(from, to)| from <= event && event <= to);
            assert!(is_told || is_in_gap, "the event at {} ms was lost without a gap", event - START);
        }
    }

    /// The gaps, in exchange time. One without an end lasts for ever.
    pub(super) fn gaps(&self) -> Vec<(i64, i64)> {
        let mut gaps = Vec::new();
        let mut open = None::<i64>;
        for item in &self.told {
            match item {
                StreamItem::Gap { from, to: Some(to), .. } => gaps.push((from.as_millis(), to.as_millis())),
                StreamItem::Gap { from, to: None, .. } => {
                    open = Some(open.map_or(from.as_millis(), |open| open.min(from.as_millis())));
                }
                StreamItem::Resumed { at } => gaps.push((open.take().expect("a gap before"), at.as_millis())),
                _ => {}
            }
        }
        gaps.extend(open.map(|from| (from, i64::MAX)));
        gaps
    }

    /// The reasons of the gaps in order, and "resumed" for each return.
    pub(super) fn story(&self) -> Vec<String> {
        let words = self.told.iter().filter_map(|item| match item {
            StreamItem::Gap { reason, to, .. } => {
                let reason = match reason {
                    GapReason::Lagging { .. } => "Lagging".to_owned(),
                    reason => format!("{reason:?}"),
                };
                Some(if to.is_some() { format!("{reason} (over)") } else { reason })
            }
            StreamItem::Resumed { .. } => Some("resumed".to_owned()),
            StreamItem::Malformed { .. } => Some("malformed".to_owned()),
            _ => None,
        });
        words.collect()
    }

    pub(super) fn is_down(&self) -> bool {
        self.gaps().last().is_some_and(|(_, to)| *to == i64::MAX)
    }
}

/// When an event of the account happened.
fn event_time(item: &StreamItem) -> Option<i64> {
    match item {
        StreamItem::Event(event) if event.name() == "TEST" => event.event_time().map(Timestamp::as_millis),
        _ => None,
    }
}

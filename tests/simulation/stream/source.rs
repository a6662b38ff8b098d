//! The exchange's side of a stream: the account's key, open connections, and its own list of what it emitted and when.

use super::wire::{Wire, open};
use crate::clocks::{Clocks, Steady};
use crate::seed::Rng;
use crate::timeline::Timeline;
use binance_papi::Clock as _;
use papi_runtime::simulation::{Delivery, SentRequest, SimulatedSocket};
use papi_types::Method;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(super) const SECOND: Steady = 1_000;
pub(super) const MINUTE: Steady = 60 * SECOND;
const HOUR: Steady = 60 * MINUTE;

/// An event of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Emitted {
    /// Its time in milliseconds, which no other event has.
    pub(super) id: i64,
    /// When it was emitted, in exchange time: of many at once, all but the first have later times.
    pub(super) at: i64,
    pub(super) kind: &'static str,
}

/// An exchange that streams, shared by all that act in a run.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) clocks: Arc<Clocks>,
    state: Arc<Mutex<State>>,
}

pub(super) struct State {
    pub(super) chance: Rng,
    key: Option<(String, Steady)>,
    /// All that ever were.
    pub(super) keys: Vec<String>,
    pub(super) wires: Vec<Wire>,
    pub(super) emitted: Vec<Emitted>,
    pub(super) attempts: Vec<Steady>,
    /// Until when calls about the key fail, and how.
    pub(super) rest_fails: (Steady, RestFailure),
    /// Until when a client was told to stay away: it does, even when the trouble is over before.
    pub(super) banned_until: Steady,
    pub(super) stream_fails_until: Steady,
    /// How many calls are refused for want of a right.
    pub(super) refusals: u64,
    /// Refusals since a key was last told.
    refused_in_a_row: u64,
    /// How many keepings are said to be of no key.
    pub(super) false_deaths: u64,
    /// How many words say that a key expires by age.
    pub(super) words: u64,
    pub(super) timeline: Timeline,
}

/// How a call about the key fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RestFailure {
    NeverSent,
    LostBefore,
    LostAfter,
    Hangs,
    Unavailable,
    Banned,
}

impl fmt::Display for RestFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NeverSent => "they are never sent",
            Self::LostBefore => "they are lost on their way there",
            Self::LostAfter => "their answers are lost",
            Self::Hangs => "they are never answered",
            Self::Unavailable => "a gateway says that the exchange is unavailable",
            Self::Banned => "the address is banned",
        })
    }
}

impl Source {
    pub(super) fn new(clocks: Arc<Clocks>, chance: Rng) -> Self {
        let state = State {
            chance,
            key: None,
            keys: Vec::new(),
            wires: Vec::new(),
            emitted: Vec::new(),
            attempts: Vec::new(),
            rest_fails: (0, RestFailure::NeverSent),
            banned_until: 0,
            stream_fails_until: 0,
            refusals: 0,
            refused_in_a_row: 0,
            false_deaths: 0,
            words: 1,
            timeline: Timeline::default(),
        };
        Self { clocks, state: Arc::new(Mutex::new(state)) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, who: &str, what: fmt::Arguments<'_>) {
        self.state().timeline.note(self.clocks.steady(), who, what);
    }

    /// Connects a client that has this key; whatever the key is, the connection opens.
    pub(super) async fn connect(self, key: String) -> Option<SimulatedSocket> {
        let now = self.clocks.steady();
        let pause = {
            let mut state = self.state();
            state.attempts.push(now);
            if state.stream_fails_until > now {
                // Half of the time nobody answers at all.
                if state.chance.per_mille(500) { Duration::from_secs(600) } else { Duration::from_millis(20) }
            } else {
                state.chance.millis(5, 400)
            }
        };
        tokio::time::sleep(pause).await;
        let is_refused = self.state().stream_fails_until > now;
        if is_refused {
            return None;
        }
        Some(open(&self, key))
    }

    /// Answers a call.
    pub(super) async fn answer(self, request: SentRequest) -> Delivery {
        let now = self.clocks.steady();
        let (there, failure) = {
            let mut state = self.state();
            let there = state.chance.millis(5, 300);
            (there, Some(state.rest_fails).filter(|(until, _)| *until > now))
        };
        tokio::time::sleep(there).await;
        match failure {
            None => self.note("source", format_args!("gets {}", request.method)),
            Some((_, how)) => self.note("source", format_args!("{} fails: {how}", request.method)),
        }
        match failure {
            Some((_, RestFailure::NeverSent)) => return Delivery::NeverSent,
            Some((_, RestFailure::LostBefore)) => return Delivery::Lost,
            Some((_, RestFailure::Hangs)) => return std::future::pending().await,
            Some((_, RestFailure::Unavailable)) => return answered(503, "<html>unavailable</html>".to_owned()),
            Some((until, RestFailure::Banned)) => {
                self.state().banned_until = until;
                let until = until.cast_signed() - now.cast_signed() + self.clocks.now().as_millis();
                let body = format!(r#"{{"code":-1003,"msg":"Way too many requests; IP banned until {until}."}}"#);
                return answered(418, body);
            }
            Some((_, RestFailure::LostAfter)) | None => {}
        }
        let answer = self.execute(&request);
        if failure.is_some() {
            return Delivery::Lost;
        }
        if request.method == Method::Post && matches!(answer, Delivery::Answered { status: 200, .. }) {
            self.state().refused_in_a_row = 0;
        }
        answer
    }

    fn execute(&self, request: &SentRequest) -> Delivery {
        let now = self.clocks.steady();
        if !request.path.ends_with("/listenKey") {
            return answered(404, "{}".to_owned());
        }
        let mut state = self.state();
        // A right that is refused again and again is lost.
        if state.refusals == u64::MAX || (state.refusals > 0 && state.refused_in_a_row < 2) {
            state.refusals -= u64::from(state.refusals != u64::MAX);
            state.refused_in_a_row += 1;
            return answered(
                401,
                r#"{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"#.to_owned(),
            );
        }
        state.expire_old(now);
        match request.method {
            Method::Post => {
                let key = state.open_key(now);
                answered(200, format!(r#"{{"listenKey":"{key}"}}"#))
            }
            Method::Put if state.false_deaths > 0 || state.key.is_none() => {
                state.false_deaths = state.false_deaths.saturating_sub(1);
                answered(400, r#"{"code":-1125,"msg":"This listenKey does not exist."}"#.to_owned())
            }
            Method::Put => {
                state.open_key(now);
                answered(200, "{}".to_owned())
            }
            _ => {
                state.key = None;
                answered(200, "{}".to_owned())
            }
        }
    }

    /// Emits an event of the account to all connections that have its key, to some of them twice.
    pub(super) fn emit(&self) {
        let (now, exchange) = (self.clocks.steady(), self.clocks.exchange_now().as_millis());
        let mut state = self.state();
        state.expire_old(now);
        let id = state.emitted.last().map_or(exchange, |last| exchange.max(last.id + 1));
        let kind = state.chance.pick(&["balanceUpdate", "executionReport", "SIMULATED_NEWS", "malformed"]);
        state.emitted.push(Emitted { id, at: exchange, kind });
        state.send_all(now, &text(kind, id));
    }

    /// Does what time brings.
    pub(super) fn tick(&self) {
        let now = self.clocks.steady();
        let mut state = self.state();
        state.expire_old(now);
        state.wires.retain(Wire::is_open);
        let is_old = |wire: &Wire| now.saturating_sub(wire.opened) >= 24 * HOUR;
        for wire in state.wires.iter_mut().filter(|wire| is_old(wire)) {
            wire.close(now);
        }
        let cut: Vec<u64> = state.wires.iter().filter(|wire| is_old(wire)).map(|wire| wire.number).collect();
        for number in cut {
            state.timeline.note(now, "source", format_args!("cuts connection {number}, which is 24 hours old"));
        }
        let due: Vec<usize> = (0..state.wires.len()).filter(|index| state.wires[*index].close_at <= now).collect();
        for index in due {
            state.wires[index].close(now);
        }
    }

    /// Returns how many connections a client holds open.
    pub(super) fn open_connections(&self) -> usize {
        self.state().wires.iter().filter(|wire| wire.is_open()).count()
    }
}

impl State {
    /// Returns the account's key, good for an hour from now on.
    fn open_key(&mut self, now: Steady) -> String {
        let key = match self.key.take() {
            Some((key, _)) => key,
            None => {
                let halves: Vec<String> = (0..4).map(|_| format!("{:016x}", self.chance.next())).collect();
                self.keys.push(halves.concat());
                halves.concat()
            }
        };
        self.key = Some((key.clone(), now + HOUR));
        key
    }

    fn expire_old(&mut self, now: Steady) {
        if self.key.as_ref().is_some_and(|(_, end)| *end <= now) {
            let words = self.words;
            self.expire(now, words);
        }
    }

    /// Lets the key die. So many words say so.
    pub(super) fn expire(&mut self, now: Steady, words: u64) {
        let Some((key, _)) = self.key.clone() else { return };
        self.timeline.note(now, "source", format_args!("lets the key expire and says it {words} times"));
        let text = format!(
            r#"{{"e":"listenKeyExpired","E":{},"listenKey":"{key}"}}"#,
            papi_tests::NOON.as_millis() + now.cast_signed()
        );
        for _ in 0..words {
            self.send_all(now, &text);
        }
        self.key = None;
    }

    /// Another program closes the account's key, and may open one anew.
    pub(super) fn delete_key(&mut self, now: Steady, opens_anew: u64) {
        self.key = None;
        self.timeline.note(now, "another", format_args!("deletes the key, and opens {opens_anew} anew"));
        if opens_anew > 0 {
            self.open_key(now);
        }
    }

    fn send_all(&mut self, now: Steady, text: &str) {
        let Some((key, _)) = &self.key else { return };
        for wire in self.wires.iter_mut().filter(|wire| wire.key == *key) {
            let times = if self.chance.per_mille(10) { 2 } else { 1 };
            (0..times).for_each(|_| wire.text(now, text));
        }
    }
}

fn answered(status: u16, body: String) -> Delivery {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Delivery::Answered { status, headers, body: body.into_bytes(), is_cut: false }
}

fn text(kind: &str, id: i64) -> String {
    match kind {
        "balanceUpdate" => format!(r#"{{"e":"balanceUpdate","E":{id},"a":"BTC","d":"1.5","U":{id},"T":{id}}}"#),
        "executionReport" => format!(
            r#"{{"e":"executionReport","E":{id},"s":"BNBUSDT","c":"abc","S":"BUY","o":"LIMIT","f":"GTC","q":"0.02","p":"600","P":"0","g":-1,"x":"NEW","X":"NEW","i":{id},"l":"0","z":"0","L":"0","n":"0","T":{id},"t":-1,"w":true,"m":false,"O":{id},"Z":"0","Y":"0","V":"NONE","I":{id}}}"#
        ),
        "malformed" => format!(r#"{{"e":"balanceUpdate","E":{id},"a":7"#),
        _ => format!(r#"{{"e":"SIMULATED_NEWS","E":{id}}}"#),
    }
}

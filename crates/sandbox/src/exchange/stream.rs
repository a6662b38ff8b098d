//! What the exchange tells on the user data stream: the events of calls, the end of the key, and what faults make of
//! both.

use super::{Exchange, own_fault};
use crate::answer::{Answer, Delivery};
use crate::events;
use crate::faults::{Fault, FaultKind, Subject};
use crate::outgoing::{Audience, Frame, Outgoing};
use crate::raw_request::{Hearing, RawRequest, STREAM_PATH};
use papi_types::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// How many of the latest events are kept.
const KEPT: usize = 20_000;

/// How long an answer waits when its events come first.
const HEAD_START: Duration = Duration::from_millis(20);

impl Exchange {
    /// Takes what is to go out since it was last asked, oldest first.
    pub(crate) fn take_outgoing(&mut self) -> Vec<Outgoing> {
        std::mem::take(&mut self.outgoing)
    }

    /// Returns the latest events, oldest first, whether a socket was there to hear them or not.
    pub(crate) fn told(&self) -> impl Iterator<Item = &str> {
        self.told.iter().map(AsRef::as_ref)
    }

    /// Tells a text to all sockets whose key is active, at once.
    pub(crate) fn emit(&mut self, text: String, now: Timestamp) {
        self.account.untold.push(text);
        self.tell(now, Duration::ZERO);
    }

    /// Lets everything out that the account has to tell.
    pub(super) fn tell(&mut self, now: Timestamp, after: Duration) {
        let key = self.account.listen_key.current(now).map(str::to_owned);
        for text in std::mem::take(&mut self.account.untold) {
            self.tell_to(key.as_deref(), text, after);
        }
    }

    /// Remembers a text, and lets it out to the sockets of a key if there is one.
    fn tell_to(&mut self, key: Option<&str>, text: String, after: Duration) {
        let text: Arc<str> = text.into();
        if self.told.len() == KEPT {
            self.told.pop_front();
        }
        self.told.push_back(Arc::clone(&text));
        if let Some(key) = key {
            self.send(Audience::Key(key.to_owned()), Frame::Text(text), after);
        }
    }

    /// Tells the events of a call as a fault wants it.
    pub(super) fn with_events(&mut self, fault: &Fault, answer: Answer, now: Timestamp) -> Answer {
        match fault.kind() {
            FaultKind::EventsFirst => {
                self.tell(now, Duration::ZERO);
                return answer.delivered(Delivery::Late(HEAD_START));
            }
            FaultKind::EventsLate => self.tell(now, fault.waits()),
            FaultKind::EventCut => {
                let before = self.outgoing.len();
                self.tell(now, self.event_delay);
                if let Some(outgoing) = self.outgoing.get_mut(before)
                    && let Frame::Text(text) = &outgoing.frame
                {
                    outgoing.frame = Frame::Half(Arc::clone(text));
                }
            }
            _ => {}
        }
        answer
    }

    /// Lets time pass: the key expires when its hour is over, and faults of the stream happen while a socket is open.
    pub(crate) fn pass(&mut self, now: Timestamp, has_sockets: bool) {
        self.expire_key(now);
        if has_sockets {
            for fault in self.faults.take_of_stream(now) {
                self.happen(&fault, now);
            }
            self.pass_day(now);
        }
    }

    /// Forgets a key whose hour is over, and tells it.
    pub(super) fn expire_key(&mut self, now: Timestamp) {
        if let Some(key) = self.account.listen_key.expire(now) {
            self.tell_expired(&key, 1, now);
        }
    }

    fn tell_expired(&mut self, key: &str, times: usize, now: Timestamp) {
        for _ in 0..times {
            self.tell_to(Some(key), events::key_expired(now), Duration::ZERO);
        }
    }

    pub(super) fn send(&mut self, to: Audience, frame: Frame, after: Duration) {
        self.outgoing.push(Outgoing { to, frame, after });
    }

    /// Lets a fault of the stream happen.
    fn happen(&mut self, fault: &Fault, now: Timestamp) {
        use FaultKind as K;
        let at_once = Duration::ZERO;
        match fault.kind() {
            K::HalfOpen => self.send(Audience::Everyone, Frame::Silence, at_once),
            K::StreamCut => self.send(Audience::Everyone, Frame::Close, at_once),
            K::ServerShutdown => {
                self.emit(events::server_shutdown(now), now);
                self.send(Audience::Everyone, Frame::Close, fault.hold());
            }
            K::UnknownEvent => self.emit(events::made_up(now), now),
            K::MalformedEvent => {
                let mut half = events::made_up(now);
                half.truncate(half.len() / 2);
                self.emit(half, now);
            }
            K::EventBurst => {
                let many = 1..=fault.events();
                self.account.untold.extend(many.map(|number| events::of_many(number, now)));
                self.tell(now, at_once);
            }
            K::KeyExpires | K::KeyExpiresSilently | K::KeyExpiresTwice => {
                if let Some(key) = self.account.listen_key.end() {
                    let times = match fault.kind() {
                        K::KeyExpires => 1,
                        K::KeyExpiresTwice => 2,
                        _ => 0,
                    };
                    self.tell_expired(&key, times, now);
                }
            }
            K::KeyDeleted => {
                self.account.listen_key.end();
            }
            _ => {}
        }
    }

    /// Returns the answer by which a connection of the stream is refused, if it is.
    pub(crate) fn refuses_stream(&mut self, raw: &RawRequest, hearing: &Hearing, now: Timestamp) -> Option<Answer> {
        self.requests.note_path(&raw.method, STREAM_PATH);
        self.expire_key(now);
        if let Err(refusal) = self.meter.charge_attempt(now) {
            self.meter.usage.note_status(refusal.status);
            return Some(Answer::refused(&refusal));
        }
        let own = match own_fault(raw) {
            Ok(fault) => fault,
            Err(refused) => return Some(refused),
        };
        let subject =
            Subject { method: &raw.method, path: STREAM_PATH, client_ids: BTreeSet::new(), only_by_path: true };
        let own = own.filter(|fault| fault.kind().meets_opening());
        let fault = own.or_else(|| {
            let found = self.faults.find(&subject, FaultKind::meets_opening)?;
            self.faults.take(found)
        });
        if let Some(fault) = fault {
            // What is delivered in parts, when the fault says nothing itself.
            let refused = Answer::not_understood(503, "the stream cannot be opened now");
            return Some(fault.apply(Some(refused), STREAM_PATH, now));
        }
        // What the exchange answers to a key that is not active is not documented.
        let is_active = match hearing {
            Hearing::Key(key) => self.account.listen_key.current(now) == Some(key),
            Hearing::Combined => true,
        };
        let refused = || Answer::not_understood(401, "this listenKey is not active; POST /papi/v1/listenKey gives one");
        (!is_active).then(refused)
    }
}

//! What all connections share: the exchange, its clock and its port.

use super::port::Port;
use super::streams::{Attached, Streams};
use crate::answer::Answer;
use crate::control;
use crate::exchange::Exchange;
use crate::faults::Fault;
use crate::raw_request::{Hearing, RawRequest};
use papi_types::{Clock, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    exchange: Mutex<Exchange>,
    clock: Arc<dyn Clock>,
    /// Milliseconds that the exchange's clock is ahead of `clock`.
    skew: i64,
    pub(super) port: Port,
    pub(crate) streams: Streams,
}

impl Shared {
    pub(crate) fn new(exchange: Exchange, clock: Arc<dyn Clock>, skew: i64, port: Port, streams: Streams) -> Self {
        let shared = Self { exchange: Mutex::new(exchange), clock, skew, port, streams };
        shared.follow();
        shared
    }

    /// Returns the exchange. A panic in another connection does not make it unusable: a test should see its own failure
    /// rather than a poisoned lock.
    pub(crate) fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.exchange.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Injects a fault.
    pub(crate) fn inject(&self, fault: Fault) {
        self.exchange().inject(fault, self.now());
        self.follow();
    }

    /// Removes all faults.
    pub(crate) fn clear_faults(&self) {
        self.exchange().clear_faults();
        self.follow();
    }

    /// Returns whether the connection is reset before the body of a request is read. Only its head is known by then.
    pub(super) fn resets_unread(&self, head: &RawRequest) -> bool {
        !control::is_control(&head.path) && self.exchange().resets_unread(head)
    }

    pub(super) fn answer(&self, raw: &RawRequest) -> Answer {
        let now = self.now();
        let answer = if control::is_control(&raw.path) {
            match control::refusal(raw) {
                Some(refused) => refused,
                None => control::answer(&mut self.exchange(), raw, now),
            }
        } else {
            self.exchange().answer(raw, now)
        };
        self.follow();
        answer
    }

    /// Tells a text to all sockets of the stream whose key is active.
    pub(crate) fn emit(&self, text: String) {
        self.exchange().emit(text, self.now());
        self.follow();
    }

    /// Opens a connection of the stream. It hears what is told from now on.
    pub(super) fn open_stream(&self, raw: &RawRequest, hearing: Hearing) -> Result<Attached, Answer> {
        let now = self.now();
        let mut exchange = self.exchange();
        if let Some(refused) = exchange.refuses_stream(raw, &hearing, now) {
            return Err(refused);
        }
        let attached = self.streams.attach(hearing, now);
        // A fault of the stream may have waited for a connection.
        exchange.pass(now, true);
        self.streams.send(exchange.take_outgoing(), now);
        Ok(attached)
    }

    /// Opens or closes the port, and sends on the stream, as the exchange wants it.
    pub(crate) fn follow(&self) {
        let now = self.now();
        // Held meanwhile, so that the port ends up as the last change of the exchange wants it, and events go out in the
        // order in which they happened.
        let mut exchange = self.exchange();
        exchange.pass(now, self.streams.are_open());
        self.port.set_open(!exchange.is_refusing(now));
        self.streams.send(exchange.take_outgoing(), now);
    }

    /// Returns the exchange's time.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.clock.now().as_millis().saturating_add(self.skew))
    }
}

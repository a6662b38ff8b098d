//! What the session knows of the account's key, and what becomes of a stream when it dies.
//!
//! Keeping alive names no key: it succeeds as well when another program has closed the account's streams and opened one
//! anew, and this stream stays silent. So the key is asked for after each keeping, and compared.

use super::{GapReason, Moment, Next, REFUSALS, STABLE, Session, StreamAsk};
use crate::account_stream::listen_key::{KeyFailure, ListenKey};
use crate::account_stream::session::connection::StreamConnection;
use crate::causes::with_causes;
use crate::error::Error;
use std::collections::VecDeque;
use std::time::Duration;

/// A key that was not kept alive for this long is dead, even when nobody says so.
const LIFE: Duration = Duration::from_secs(60 * 60);
/// The longest pause before a keeping that failed is tried again.
const RETRY: Duration = Duration::from_secs(2 * 60);
/// A key that came after a death is asked for again this soon.
const SOON: Duration = Duration::from_secs(60);

/// The account's key.
#[derive(Debug)]
pub(super) struct KeyLife {
    key: Option<ListenKey>,
    is_dead: bool,
    /// When the exchange was last asked for the account's key, and named this one.
    proven: Moment,
    keep_at: Duration,
    /// The call about the key that is under way.
    call: Option<KeyCall>,
    /// When it was asked for.
    called: Moment,
    /// Whether the answer to that call may be from before the death of the key.
    is_stale: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyCall {
    Open,
    Keep,
}

impl KeyLife {
    pub(super) fn new(now: Moment) -> Self {
        Self { key: None, is_dead: false, proven: now, keep_at: now.steady, call: None, called: now, is_stale: false }
    }

    /// Asks for the key. A call that is under way is followed by an answer to this as well.
    pub(super) fn ask_to_open(&mut self, now: Moment, asks: &mut VecDeque<StreamAsk>) {
        if self.call.is_none() {
            (self.call, self.called) = (Some(KeyCall::Open), now);
            asks.push_back(StreamAsk::OpenKey);
        }
    }

    pub(super) fn ask_to_keep(&mut self, asks: &mut VecDeque<StreamAsk>) {
        if self.call.is_none() {
            self.call = Some(KeyCall::Keep);
            asks.push_back(StreamAsk::KeepKey);
        }
    }

    pub(super) fn keep_is_due(&self, now: Moment) -> bool {
        self.is_alive() && self.call.is_none() && self.keep_at <= now.steady
    }

    pub(super) fn has_run_out(&self, now: Moment) -> bool {
        self.is_alive() && self.proven.steady + LIFE <= now.steady
    }

    pub(super) fn wake_at(&self) -> Option<Duration> {
        let end = self.proven.steady + LIFE;
        self.is_alive().then(|| if self.call.is_none() { self.keep_at.min(end) } else { end })
    }

    fn is_alive(&self) -> bool {
        self.key.is_some() && !self.is_dead
    }

    /// The key, when nothing says that it is dead.
    fn usable(&self, now: Moment) -> Option<ListenKey> {
        self.key.clone().filter(|_| self.is_alive() && !self.has_run_out(now))
    }

    fn die(&mut self) {
        self.is_dead = true;
        self.is_stale = self.call == Some(KeyCall::Open);
    }
}

impl Session {
    pub(super) fn key_opened(&mut self, result: Result<ListenKey, KeyFailure>, now: Moment) {
        self.key.call = None;
        let is_stale = std::mem::take(&mut self.key.is_stale);
        match result {
            Ok(_) if is_stale => self.key.ask_to_open(now, &mut self.asks),
            Ok(key) => self.key_proven(key, now),
            Err(KeyFailure::Refused(error)) => self.refused(error, now),
            Err(KeyFailure::Dead(error) | KeyFailure::Passing(error)) => self.key_not_proven(error, now),
        }
    }

    fn key_proven(&mut self, key: ListenKey, now: Moment) {
        self.refusals = 0;
        if self.key.is_alive() && self.key.key.as_ref() != Some(&key) {
            self.drop_key(GapReason::KeyReplaced, now);
        }
        let pause = if self.key.is_dead { SOON.min(self.options.keep_every) } else { self.options.keep_every };
        self.key.keep_at = now.steady + self.jitter.shorten(pause, 10);
        self.key.key = Some(key.clone());
        self.key.is_dead = false;
        self.key.proven = self.key.called;
        if matches!(self.next, Next::Key) || (matches!(self.next, Next::None) && self.current.is_none()) {
            self.connect(key);
        }
    }

    /// The exchange did not say which key the account has.
    fn key_not_proven(&mut self, error: Error, now: Moment) {
        match (&self.next, self.key.usable(now)) {
            // REST may be down while streams are not. The next keeping finds out whether the key was replaced.
            (Next::Key, Some(key)) => {
                self.keep_later(now);
                self.connect(key);
            }
            (Next::Key, None) => self.failed(error, now),
            _ => {
                let pause = self.keep_later(now);
                self.asks.push_back(StreamAsk::TellRetry {
                    reason: with_causes(&error),
                    pause,
                    failures: self.failures,
                });
            }
        }
    }

    fn keep_later(&mut self, now: Moment) -> Duration {
        let pause = self.jitter.shorten(RETRY.min(self.options.keep_every), 2);
        self.key.keep_at = now.steady + pause;
        pause
    }

    pub(super) fn key_kept(&mut self, result: Result<(), KeyFailure>, now: Moment) {
        self.key.call = None;
        match result {
            Ok(()) | Err(KeyFailure::Passing(_)) => self.key.ask_to_open(now, &mut self.asks),
            Err(KeyFailure::Dead(_)) => {
                self.key_lost(GapReason::KeyExpired, now);
                if matches!(self.next, Next::Key) {
                    self.key.ask_to_open(now, &mut self.asks);
                }
            }
            Err(KeyFailure::Refused(error)) => self.refused(error, now),
        }
    }

    /// The credentials were refused: the stream ends when that is said again and again.
    fn refused(&mut self, error: Error, now: Moment) {
        self.refusals += 1;
        if self.refusals >= REFUSALS {
            // Whether the key lived until now, nobody will say any more.
            if self.key.is_alive() {
                self.drop_key(GapReason::KeyExpired, now);
            }
            return self.end(error);
        }
        self.key_not_proven(error, now);
    }

    /// The key is dead: the connections with it bring nothing more, although they stay open.
    pub(super) fn key_lost(&mut self, reason: GapReason, now: Moment) {
        if !self.key.is_alive() {
            return;
        }
        let age = self.drop_key(reason, now);
        if matches!(self.next, Next::None) {
            self.make_anew(age.unwrap_or(STABLE), now);
        }
    }

    /// Closes what was opened with the key and tells of the gap. Returns how long the current connection lived.
    fn drop_key(&mut self, reason: GapReason, now: Moment) -> Option<Duration> {
        self.key.die();
        match std::mem::replace(&mut self.next, Next::None) {
            Next::Connecting(id) => self.asks.push_back(StreamAsk::Close(id)),
            Next::Proving(next, _) | Next::Overlapping(next, _) => self.asks.push_back(StreamAsk::Close(next.id)),
            unchanged @ (Next::None | Next::At(_) | Next::Key) => self.next = unchanged,
        }
        let current = self.current.take();
        self.asks.extend(current.iter().map(|current| StreamAsk::Close(current.id)));
        if self.health != super::Health::Starting {
            // The connection may have been dead before the key.
            let proven = self.key.proven.exchange;
            let good_until = current.as_ref().map_or(proven, |current| proven.min(current.good_until.exchange));
            self.open_gap(good_until, reason, now);
        }
        current.as_ref().map(|current: &StreamConnection| current.age(now))
    }
}

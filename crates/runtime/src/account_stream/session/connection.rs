//! One connection as the session sees it: whether it lives, and up to when it brought everything.

use super::super::duplicates::Fingerprint;
use super::super::options::StreamOptions;
use super::moment::Moment;
use crate::account_stream::queue::QueuedItem;
use std::time::Duration;

/// The number of a connection, never given twice in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::account_stream) struct ConnectionId(pub(in crate::account_stream) u64);

/// An item with what is needed to deliver it later.
#[derive(Debug)]
pub(super) struct HeldItem {
    pub(super) item: QueuedItem,
    pub(super) fingerprint: Fingerprint,
}

/// A connection whose handshake is done.
#[derive(Debug)]
pub(super) struct StreamConnection {
    pub(super) id: ConnectionId,
    /// When the first frame came: from then on it has all events.
    pub(super) live: Option<Moment>,
    /// Up to this moment it has brought everything: the sending of the last ping that was answered.
    pub(super) good_until: Moment,
    /// When it is to be replaced.
    pub(super) rotate_at: Duration,
    ping_at: Duration,
    pings: u64,
    /// Pings since the last frame.
    unanswered: u32,
    /// The last pings: their numbers and when they were sent.
    sent: Vec<(u64, Moment)>,
    /// What it brought while another connection still delivers, or before it was live.
    pub(super) held: Vec<HeldItem>,
    /// The bytes of their texts together.
    pub(super) held_bytes: usize,
}

impl StreamConnection {
    pub(super) fn new(id: ConnectionId, now: Moment, rotate_at: Duration) -> Self {
        Self {
            id,
            live: None,
            good_until: now,
            rotate_at,
            ping_at: now.steady,
            pings: 0,
            unanswered: 0,
            sent: Vec::new(),
            held: Vec::new(),
            held_bytes: 0,
        }
    }

    /// Keeps an item for later.
    pub(super) fn hold(&mut self, item: HeldItem) {
        self.held_bytes += item.item.bytes;
        self.held.push(item);
    }

    /// Notes a ping that is being sent, and returns its number.
    pub(super) fn ping(&mut self, now: Moment, options: &StreamOptions) -> u64 {
        self.pings += 1;
        self.unanswered = self.unanswered.saturating_add(1);
        self.ping_at = now.steady + options.ping_every;
        self.sent.push((self.pings, now));
        if self.sent.len() > 8 {
            self.sent.remove(0);
        }
        self.pings
    }

    /// Notes any frame: it lives.
    pub(super) fn heard(&mut self) {
        self.unanswered = 0;
    }

    /// Notes the answer to a ping: what came before that ping has arrived.
    pub(super) fn pong(&mut self, number: u64) {
        if let Some(index) = self.sent.iter().position(|(sent, _)| *sent == number) {
            self.good_until = self.sent[index].1;
            self.sent.drain(..=index);
        }
    }

    pub(super) fn ping_is_due(&self, now: Moment) -> bool {
        self.ping_at <= now.steady
    }

    /// Whether it has missed too many pongs, once the next ping is due.
    pub(super) fn is_silent(&self, options: &StreamOptions) -> bool {
        self.unanswered >= options.missed_pongs.max(1)
    }

    pub(super) fn ping_at(&self) -> Duration {
        self.ping_at
    }

    /// How long it has been live.
    pub(super) fn age(&self, now: Moment) -> Duration {
        self.live.map_or(Duration::ZERO, |live| now.steady.saturating_sub(live.steady))
    }
}

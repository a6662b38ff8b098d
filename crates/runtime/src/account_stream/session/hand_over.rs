//! How one connection takes over from another: both are open for a while, and no event is lost, doubled or out of order.

use super::connection::{ConnectionId, HeldItem, StreamConnection};
use super::{Health, Moment, Next, Session, StreamAsk};
use crate::account_stream::item::{GapReason, StreamItem};

impl Session {
    /// Delivers what the current connection brought. What the next one brings waits until the current one is closed: so
    /// events of one kind keep their order, whichever of the two is ahead.
    pub(super) fn deliver(&mut self, id: ConnectionId, held: HeldItem, now: Moment) {
        if let Next::Proving(next, _) | Next::Overlapping(next, _) = &mut self.next
            && next.id == id
        {
            next.hold(held);
            if next.held.len() >= self.options.queue_items || next.held_bytes >= self.options.queue_bytes {
                self.hand_over(GapReason::Silent, now);
            }
            return;
        }
        self.hand_out(held, now);
    }

    fn hand_out(&mut self, held: HeldItem, now: Moment) {
        let HeldItem { item, fingerprint } = held;
        if self.duplicates.note(fingerprint, now.steady) {
            self.asks.push_back(StreamAsk::Deliver(item));
        }
    }

    /// The next connection has given its first sign of life.
    pub(super) fn live(&mut self, now: Moment) {
        let Next::Proving(mut next, _) = std::mem::replace(&mut self.next, Next::None) else { return };
        next.live = Some(now);
        if let Some(current) = &mut self.current {
            // Its answer proves that the current connection has brought everything up to now.
            self.asks.push_back(StreamAsk::Ping(current.id, current.ping(now, &self.options)));
            self.next = Next::Overlapping(next, now.steady + self.options.overlap);
            return;
        }
        match self.health {
            Health::Starting => self.asks.push_back(StreamAsk::Opened),
            Health::Up | Health::Over => {}
            Health::Down => self.tell(StreamItem::Resumed { at: now.exchange }, now),
        }
        self.health = Health::Up;
        self.make_current(*next, now);
    }

    /// Closes the current connection and lets the next one deliver. Events may be missing when the current one was dead
    /// before the next one was live.
    pub(super) fn hand_over(&mut self, reason: GapReason, now: Moment) {
        let Next::Overlapping(next, _) = std::mem::replace(&mut self.next, Next::None) else { return };
        if let (Some(current), Some(live)) = (self.current.take(), next.live) {
            self.asks.push_back(StreamAsk::Close(current.id));
            if current.good_until.steady < live.steady {
                let from = self.gap_start(current.good_until.exchange);
                self.tell(StreamItem::Gap { from, to: Some(live.exchange), reason }, now);
            }
        }
        self.make_current(*next, now);
    }

    fn make_current(&mut self, mut next: StreamConnection, now: Moment) {
        let held = std::mem::take(&mut next.held);
        self.current = Some(next);
        for held in held {
            self.hand_out(held, now);
        }
    }
}

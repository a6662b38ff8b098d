//! The items that wait for the consumer: bounded in number and bytes. What comes beyond is dropped, and a gap says so.

use super::item::{GapReason, StreamItem, gap_start};
use super::options::StreamOptions;
use crate::error::Error;
use papi_types::error::DecodeError;
use papi_types::{AccountEvent, Timestamp};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The queue of one stream, shared by the task that fills it and the consumer.
#[derive(Debug, Clone)]
pub(super) struct Queue(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    items: VecDeque<QueuedItem>,
    bytes: usize,
    most_items: usize,
    most_bytes: usize,
    lag: Option<Lag>,
    /// Whether the stream is down, and whether the items say so: a word of it may have been dropped.
    is_down: bool,
    is_said_down: bool,
    ended: Ended,
    waker: Option<Waker>,
}

/// An item that waits.
#[derive(Debug)]
pub(super) struct QueuedItem {
    pub(super) item: StreamItem,
    /// The length of the text that it was read from.
    pub(super) bytes: usize,
    /// The text of an event, as it was sent.
    text: Option<String>,
    /// From when on something is missing without it. It may have waited beside another connection since then.
    pub(super) since: Timestamp,
}

impl QueuedItem {
    /// Returns an event that was received then, with its text.
    pub(super) fn event(event: AccountEvent, text: String, received: Timestamp) -> Self {
        let usual = gap_start(received);
        let since = event.event_time().map_or(usual, |happened| usual.min(happened));
        Self { item: StreamItem::Event(event), bytes: text.len(), text: Some(text), since }
    }

    /// Returns what was received then and could not be read.
    pub(super) fn malformed(raw: String, error: DecodeError, received: Timestamp) -> Self {
        let bytes = raw.len();
        Self { item: StreamItem::Malformed { raw, error }, bytes, text: None, since: gap_start(received) }
    }

    /// Returns a word about the stream itself.
    pub(super) fn word(item: StreamItem, now: Timestamp) -> Self {
        let usual = gap_start(now);
        let since = if let StreamItem::Gap { from, .. } = item { usual.min(from) } else { usual };
        Self { item, bytes: 0, text: None, since }
    }
}

#[derive(Debug)]
enum Ended {
    No,
    /// With what is the last item.
    With(Option<Error>),
}

/// What was dropped since the queue overflowed.
#[derive(Debug)]
struct Lag {
    from: Timestamp,
    to: Timestamp,
    dropped: u64,
}

impl Lag {
    /// Takes in what is dropped now.
    fn drop_item(&mut self, dropped: &QueuedItem, now: Timestamp) {
        self.dropped += 1;
        self.from = self.from.min(dropped.since);
        self.to = self.to.max(now);
        if let StreamItem::Resumed { at } = dropped.item {
            self.to = self.to.max(at);
        }
    }
}

/// Whether the stream is down after this item; none when the item says nothing about it.
fn is_down_after(item: &StreamItem) -> Option<bool> {
    match item {
        StreamItem::Gap { to: None, .. } => Some(true),
        StreamItem::Resumed { .. } => Some(false),
        _ => None,
    }
}

impl Queue {
    pub(super) fn new(options: &StreamOptions) -> Self {
        Self(Arc::new(Mutex::new(State {
            items: VecDeque::new(),
            bytes: 0,
            most_items: options.queue_items.max(16),
            most_bytes: options.queue_bytes,
            lag: None,
            is_down: false,
            is_said_down: false,
            ended: Ended::No,
            waker: None,
        })))
    }

    /// Appends an item, or drops it where there is no room.
    pub(super) fn push(&self, queued: QueuedItem, now: Timestamp) {
        let mut state = self.state();
        if state.lag.is_some() && state.has_room_again() {
            state.tell_lag();
        }
        let is_full = state.items.len() >= state.most_items
            || (!state.items.is_empty() && state.bytes.saturating_add(queued.bytes) > state.most_bytes);
        state.is_down = is_down_after(&queued.item).unwrap_or(state.is_down);
        if is_full || state.lag.is_some() {
            let lag = state.lag.get_or_insert(Lag { from: queued.since, to: now, dropped: 0 });
            return lag.drop_item(&queued, now);
        }
        state.append(queued);
        state.wake();
    }

    /// Appends the end, for which there is always room.
    pub(super) fn end(&self, error: Option<Error>) {
        let mut state = self.state();
        if matches!(state.ended, Ended::No) {
            state.ended = Ended::With(error);
        }
        state.wake();
    }

    /// Takes the next item, with its text where it is an event; none when the stream has ended.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<Option<(StreamItem, Option<String>)>> {
        let mut state = self.state();
        if state.items.is_empty() {
            state.tell_lag();
        }
        if let Some(QueuedItem { item, bytes, text, .. }) = state.items.pop_front() {
            state.bytes -= bytes;
            return Poll::Ready(Some((item, text)));
        }
        if let Ended::With(error) = &mut state.ended {
            return Poll::Ready(error.take().map(|error| (StreamItem::Ended { error }, None)));
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under the lock calls foreign code.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether half of it is free: a consumer that is a little too slow is told of few gaps, not of one for each event.
    fn has_room_again(&self) -> bool {
        self.items.len() <= self.most_items / 2 && self.bytes <= self.most_bytes / 2
    }

    fn append(&mut self, queued: QueuedItem) {
        self.is_said_down = is_down_after(&queued.item).unwrap_or(self.is_said_down);
        self.bytes += queued.bytes;
        self.items.push_back(queued);
    }

    /// Says what was dropped, and whether the stream is down by now.
    fn tell_lag(&mut self) {
        let Some(Lag { from, to, dropped }) = self.lag.take() else { return };
        let reason = GapReason::Lagging { dropped };
        let gap = StreamItem::Gap { from, to: (!self.is_down).then_some(to), reason };
        self.append(QueuedItem::word(gap, to));
        if self.is_said_down && !self.is_down {
            self.append(QueuedItem::word(StreamItem::Resumed { at: to }, to));
        }
    }

    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    fn options(items: usize) -> StreamOptions {
        StreamOptions { queue_items: items, ..StreamOptions::default() }
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn resumed(millis: i64) -> StreamItem {
        StreamItem::Resumed { at: at(millis) }
    }

    /// Appends an item that was read from this many bytes.
    fn push(queue: &Queue, item: StreamItem, bytes: usize, now: Timestamp) {
        queue.push(QueuedItem { bytes, ..QueuedItem::word(item, now) }, now);
    }

    fn event(millis: i64, received: Timestamp) -> QueuedItem {
        let text = format!(r#"{{"e":"TEST","E":{millis}}}"#);
        QueuedItem::event(papi_types::decode(text.as_bytes()).expect("an event"), text, received)
    }

    fn take(queue: &Queue) -> Option<String> {
        match queue.poll(&Context::from_waker(Waker::noop())) {
            Poll::Ready(item) => Some(match item.map(|(item, _)| item) {
                Some(StreamItem::Resumed { at }) => format!("{}", at.as_millis()),
                Some(StreamItem::Gap { from, to, reason }) => {
                    let to = to.map_or("..".to_owned(), |to| to.as_millis().to_string());
                    format!("gap {}-{to} {reason}", from.as_millis())
                }
                Some(other) => format!("{other:?}"),
                None => "end".to_owned(),
            }),
            Poll::Pending => None,
        }
    }

    #[test]
    fn what_overflows_is_dropped_and_becomes_one_gap_in_its_place() {
        let queue = Queue::new(&options(16));
        for moment in 1..=20 {
            push(&queue, resumed(moment), 1, at(moment));
        }
        for expected in 1..=9 {
            assert_eq!(take(&queue), Some(expected.to_string()));
        }
        push(&queue, resumed(30), 1, at(30));
        for expected in 10..=16 {
            assert_eq!(take(&queue), Some(expected.to_string()));
        }
        let gap = "gap -4983-20 events came faster than they were taken: 4 items dropped";
        assert_eq!(take(&queue).as_deref(), Some(gap));
        assert_eq!(take(&queue).as_deref(), Some("30"));
        assert_eq!(take(&queue), None);
    }

    #[test]
    fn an_overflow_is_told_although_nothing_follows() {
        let queue = Queue::new(&options(16));
        for moment in 1..=17 {
            push(&queue, resumed(moment), 1, at(moment));
        }
        queue.end(None);
        let all: Vec<_> = std::iter::from_fn(|| take(&queue)).take(18).collect();
        assert_eq!(all[16], "gap -4983-17 events came faster than they were taken: 1 item dropped");
        assert_eq!(all[17], "end");
    }

    #[test]
    fn a_gap_that_was_dropped_leaves_the_stream_down() {
        let queue = Queue::new(&options(16));
        for moment in 10..=25 {
            push(&queue, resumed(moment), 1, at(moment));
        }
        push(&queue, StreamItem::Gap { from: at(5), to: None, reason: GapReason::Silent }, 0, at(30));
        let all: Vec<_> = std::iter::from_fn(|| take(&queue)).collect();
        assert_eq!(all[16], "gap -4970-.. events came faster than they were taken: 1 item dropped");
        push(&queue, resumed(40), 0, at(40));
        assert_eq!(take(&queue).as_deref(), Some("40"));
    }

    #[test]
    fn a_return_that_was_dropped_is_said_after_the_gap() {
        let queue = Queue::new(&options(16));
        for _ in 0..16 {
            push(&queue, StreamItem::Gap { from: at(5), to: None, reason: GapReason::Silent }, 0, at(10));
        }
        push(&queue, resumed(20), 0, at(20));
        let all: Vec<_> = std::iter::from_fn(|| take(&queue)).collect();
        assert_eq!(all[16], "gap -4980-20 events came faster than they were taken: 1 item dropped");
        assert_eq!(all[17], "20");
    }

    #[test]
    fn bytes_are_bounded_as_well() {
        let queue = Queue::new(&StreamOptions { queue_bytes: 100, ..StreamOptions::default() });
        push(&queue, resumed(1), 1_000, at(1));
        push(&queue, resumed(2), 60, at(2));
        assert_eq!(take(&queue).as_deref(), Some("1"));
        push(&queue, resumed(3), 60, at(3));
        push(&queue, resumed(4), 60, at(4));
        assert_eq!(
            take(&queue).as_deref(),
            Some("gap -4998-2 events came faster than they were taken: 1 item dropped")
        );
        assert_eq!(take(&queue).as_deref(), Some("3"));
        assert_eq!(
            take(&queue).as_deref(),
            Some("gap -4996-4 events came faster than they were taken: 1 item dropped")
        );
    }

    #[test]
    fn a_gap_begins_before_the_oldest_event_that_was_dropped() {
        let queue = Queue::new(&options(16));
        for _ in 0..16 {
            queue.push(event(60_000, at(60_000)), at(60_000));
        }
        // Events that waited beside another connection are handed out late, and one of them came late.
        queue.push(event(50_500, at(51_000)), at(60_000));
        queue.push(event(44_000, at(52_000)), at(60_000));
        let all: Vec<_> = std::iter::from_fn(|| take(&queue)).collect();
        assert_eq!(all[16], "gap 44000-60000 events came faster than they were taken: 2 items dropped");
        for _ in 0..16 {
            queue.push(event(60_000, at(60_000)), at(60_000));
        }
        queue.push(event(50_500, at(51_000)), at(60_000));
        let all: Vec<_> = std::iter::from_fn(|| take(&queue)).collect();
        assert_eq!(all[16], "gap 46000-60000 events came faster than they were taken: 1 item dropped");
    }
}

//! One open connection between the source and a client: frames arrive late, in their order, or no more.

use super::source::Source;
use crate::clocks::Steady;
use papi_runtime::simulation::{PlayedFrame, SimulatedSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The source's end of a connection.
pub(super) struct Wire {
    pub(super) number: u64,
    pub(super) key: String,
    pub(super) opened: Steady,
    /// When the source ends it; never at `MAX`.
    pub(super) close_at: Steady,
    /// Half-open: it takes everything and brings nothing.
    pub(super) is_mute: bool,
    /// How late its frames are, in milliseconds.
    pub(super) delay: Steady,
    last_due: Steady,
    frames: Option<UnboundedSender<(Steady, PlayedFrame)>>,
    /// Told that frames under way are lost.
    is_broken: Arc<AtomicBool>,
    /// Closed as soon as the client has closed its end.
    to_client: UnboundedSender<PlayedFrame>,
}

impl Wire {
    pub(super) fn is_open(&self) -> bool {
        !self.to_client.is_closed()
    }

    pub(super) fn text(&mut self, now: Steady, text: &str) {
        self.send(now, PlayedFrame::Text(text.to_owned()));
    }

    pub(super) fn send(&mut self, now: Steady, frame: PlayedFrame) {
        if self.is_mute {
            return;
        }
        self.last_due = self.last_due.max(now + self.delay);
        if let Some(frames) = &self.frames {
            let _ = frames.send((self.last_due, frame));
        }
    }

    /// Ends it with a word: what came before it arrives.
    pub(super) fn close(&mut self, now: Steady) {
        self.send(now, PlayedFrame::Close);
        self.frames = None;
    }

    /// Ends it without one, and what is under way is lost.
    pub(super) fn break_off(&mut self) {
        self.is_broken.store(true, Ordering::SeqCst);
        self.frames = None;
    }
}

/// Opens a connection.
pub(super) fn open(source: &Source, key: String) -> SimulatedSocket {
    let now = source.clocks.steady();
    let (to_client, frames) = unbounded_channel();
    let (pings, pings_sent) = unbounded_channel();
    let (send_frames, frames_sent) = unbounded_channel();
    let mut state = source.state();
    let number = u64::try_from(state.attempts.len()).unwrap_or_default();
    let delay = state.chance.between(5, 400);
    state.timeline.note(now, "source", format_args!("opens connection {number}"));
    let is_broken = Arc::new(AtomicBool::new(false));
    state.wires.push(Wire {
        number,
        key,
        opened: now,
        close_at: Steady::MAX,
        is_mute: false,
        delay,
        last_due: now,
        frames: Some(send_frames),
        is_broken: is_broken.clone(),
        to_client: to_client.clone(),
    });
    drop(state);
    tokio::spawn(carry(source.clone(), number, (frames_sent, pings_sent), to_client, is_broken));
    SimulatedSocket { frames, pings }
}

async fn carry(
    source: Source,
    number: u64,
    (mut frames, mut pings): (UnboundedReceiver<(Steady, PlayedFrame)>, UnboundedReceiver<u64>),
    to_client: UnboundedSender<PlayedFrame>,
    is_broken: Arc<AtomicBool>,
) {
    loop {
        tokio::select! {
            biased;
            () = to_client.closed() => break,
            Some(ping) = pings.recv() => {
                let now = source.clocks.steady();
                if let Some(wire) = source.state().wires.iter_mut().find(|wire| wire.number == number) {
                    wire.send(now, PlayedFrame::Pong(ping));
                }
            }
            frame = frames.recv() => {
                let Some((due, frame)) = frame else { break };
                let wait = due.saturating_sub(source.clocks.steady());
                tokio::time::sleep(Duration::from_millis(wait)).await;
                if is_broken.load(Ordering::SeqCst) {
                    break;
                }
                let _ = to_client.send(frame);
            }
        }
    }
    let now = source.clocks.steady();
    let mut state = source.state();
    state.wires.retain(|wire| wire.number != number);
    state.timeline.note(now, "source", format_args!("is done with connection {number}"));
}

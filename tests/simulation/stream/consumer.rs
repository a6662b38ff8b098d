//! The program that takes the items of a stream, at times slower than they come, and notes what it was told.

use super::oracle::{Said, Told};
use super::source::Source;
use crate::seed::Rng;
use binance_papi::AccountEvent;
use binance_papi::account_stream::{AccountStream, GapReason, StreamItem};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::timeout;

/// What was noted.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes(pub(super) Arc<Mutex<NoteState>>);

#[derive(Debug, Default)]
pub(super) struct NoteState {
    pub(super) told: Vec<Told>,
    /// Everything as it prints.
    pub(super) printed: Vec<String>,
    /// The most items that waited at once, and the most bytes that those had which waited at once.
    pub(super) most_waiting: usize,
    pub(super) most_waiting_bytes: usize,
}

/// Takes items until the stream ends. Pauses so many times in a thousand items, for up to ten minutes, while `pauses` lasts.
pub(super) async fn consume(mut stream: AccountStream, source: Source, notes: Notes, mut chance: Rng, pauses: Pauses) {
    while let Some(item) = stream.next().await {
        note(&item, &source, &notes);
        if chance.per_mille(pauses.per_mille) && source.clocks.steady() < pauses.until {
            let pause = chance.millis(1_000, 600_000);
            source.note("consumer", format_args!("pauses for {} ms", pause.as_millis()));
            tokio::time::sleep(pause).await;
            let (mut waiting, mut bytes) = (0, 0);
            // All that is there at once has waited.
            while let Ok(Some((item, text))) = timeout(Duration::ZERO, stream.next_with_text()).await {
                waiting += 1;
                bytes += length(&item, text.as_deref());
                note(&item, &source, &notes);
            }
            let mut state = notes.0.lock().expect("no panic");
            state.most_waiting = state.most_waiting.max(waiting);
            state.most_waiting_bytes = state.most_waiting_bytes.max(bytes);
        }
    }
}

/// The bytes of what an item was read from.
fn length(item: &StreamItem, text: Option<&str>) -> usize {
    match item {
        StreamItem::Malformed { raw, .. } => raw.len(),
        _ => text.map_or(0, str::len),
    }
}

/// When a consumer is slow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pauses {
    pub(super) per_mille: u64,
    pub(super) until: u64,
}

fn note(item: &StreamItem, source: &Source, notes: &Notes) {
    let at = source.clocks.steady();
    let said = match item {
        StreamItem::Event(AccountEvent::ListenKeyExpired(_)) => None,
        StreamItem::Event(event) => {
            event.event_time().map(|time| Said::Event { id: time.as_millis(), kind: event.name().to_owned() })
        }
        StreamItem::Malformed { raw, .. } => {
            let digits: String =
                raw.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            digits.parse().ok().map(|id| Said::Event { id, kind: "malformed".to_owned() })
        }
        StreamItem::Gap { from, to, reason } => {
            let until = to.map_or("on".to_owned(), |to| format!("to {to}"));
            source.note("stream", format_args!("tells of a gap from {from} {until}: {reason}"));
            Some(Said::Gap {
                from: from.as_millis(),
                to: to.map(|to| to.as_millis()),
                is_lag: matches!(reason, GapReason::Lagging { .. }),
            })
        }
        StreamItem::Resumed { at } => {
            source.note("stream", format_args!("resumes at {at}"));
            Some(Said::Resumed { at: at.as_millis() })
        }
        StreamItem::Ended { error } => {
            source.note("stream", format_args!("ends: {error}"));
            Some(Said::Ended)
        }
        _ => None,
    };
    let mut state = notes.0.lock().expect("no panic");
    state.told.extend(said.map(|said| Told { at, said }));
    state.printed.push(format!("{item:?}"));
}

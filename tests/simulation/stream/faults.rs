//! What the exchange, the network and other programs do to a stream.

use super::source::{MINUTE, RestFailure, SECOND, Source, State};
use crate::clocks::Steady;

/// Lets one fault of any kind happen.
pub(super) fn any(source: &Source) {
    let now = source.clocks.steady();
    let mut state = source.state();
    match state.chance.between(0, 12) {
        0 | 1 => {
            let words = state.chance.between(0, 2);
            state.expire(now, words);
        }
        2 => {
            let opens_anew = state.chance.between(0, 1);
            state.delete_key(now, opens_anew);
        }
        3 => on_wires(&mut state, now, "goes mute", |wire, _| wire.is_mute = true),
        4 => on_wires(&mut state, now, "breaks", |wire, _| wire.break_off()),
        5 => on_wires(&mut state, now, "is closed with a word", super::wire::Wire::close),
        6 => {
            let pause = state.chance.between(2 * MINUTE, 10 * MINUTE);
            let text = format!(r#"{{"e":"serverShutdown","E":{}}}"#, source.clocks.exchange_now().as_millis());
            on_wires(&mut state, now, "is going to be shut down", |wire, now| {
                wire.text(now, &text);
                wire.close_at = now + pause;
            });
        }
        7 => on_wires(&mut state, now, "is three seconds late from now on", |wire, _| wire.delay = 3 * SECOND),
        8 => {
            state.false_deaths = 1;
            state.timeline.note(now, "source", format_args!("is going to say of a key that it does not exist"));
        }
        9 => {
            state.refusals = state.chance.between(1, 2);
            let times = state.refusals;
            state.timeline.note(now, "source", format_args!("is going to refuse {times} calls"));
        }
        10 | 11 => {
            let how = state.chance.pick(&[
                RestFailure::NeverSent,
                RestFailure::LostBefore,
                RestFailure::LostAfter,
                RestFailure::Hangs,
                RestFailure::Unavailable,
                RestFailure::Banned,
            ]);
            let length = state.chance.between(SECOND, 30 * MINUTE);
            state.rest_fails = (now + length, how);
            state.timeline.note(now, "source", format_args!("fails calls for {length} ms: {how}"));
        }
        _ => {
            let length = state.chance.between(SECOND, 20 * MINUTE);
            state.stream_fails_until = now + length;
            state.timeline.note(now, "source", format_args!("lets nobody connect for {length} ms"));
        }
    }
}

/// Does this to one of the open connections, or to all.
fn on_wires(state: &mut State, now: Steady, what: &str, act: impl Fn(&mut super::wire::Wire, Steady)) {
    let is_for_all = state.chance.per_mille(500);
    let mut wires: Vec<_> = state.wires.iter_mut().collect();
    if !is_for_all {
        wires.truncate(1);
    }
    let mut numbers = Vec::new();
    for wire in wires {
        act(wire, now);
        numbers.push(wire.number);
    }
    state.timeline.note(now, "source", format_args!("connection {numbers:?} {what}"));
}

/// Ends all trouble that has not passed by itself. What was done to a connection or a key stays done.
pub(super) fn calm(source: &Source) {
    let now = source.clocks.steady();
    let mut state = source.state();
    state.rest_fails.0 = 0;
    state.stream_fails_until = 0;
    state.false_deaths = 0;
    state.refusals = 0;
    state.timeline.note(now, "source", format_args!("is calm from now on"));
}

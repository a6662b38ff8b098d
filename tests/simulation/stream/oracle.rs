//! Holds what a stream told its consumer against what the source emitted. It shares no code with the client.
//!
//! A gap with an end covers all from its beginning to its end. One without covers all from its beginning to the moment of the
//! next `Resumed`, and without that everything that follows. An event may be missing only when its time is covered.

use super::source::{Emitted, MINUTE};
use crate::clocks::Steady;
use std::collections::BTreeMap;

/// What a consumer was told, and when.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) at: Steady,
    pub(super) said: Said,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Event { id: i64, kind: String },
    Gap { from: i64, to: Option<i64>, is_lag: bool },
    Resumed { at: i64 },
    Ended,
}

/// What is known of a run. Moments are in exchange time.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) emitted: &'a [Emitted],
    pub(super) told: &'a [Told],
    pub(super) printed: &'a [String],
    pub(super) keys: &'a [String],
    /// Attempts to connect.
    pub(super) attempts: &'a [Steady],
    /// From when to when every event counts.
    pub(super) from: i64,
    pub(super) until: i64,
    /// When the trouble was over; none when the consumer left or the right was lost before.
    pub(super) calm_at: Option<i64>,
    /// A span in which nothing may be told as missing.
    pub(super) quiet: Option<(Steady, Steady)>,
    pub(super) queue_items: usize,
    pub(super) most_waiting: usize,
    pub(super) queue_bytes: usize,
    pub(super) most_waiting_bytes: usize,
    pub(super) loses_right: bool,
}

/// The longest that a stream may take to be healthy again: an unannounced death of the key is noticed with the next keeping,
/// up to 20 minutes later.
pub(super) const HEALTHY_WITHIN: Steady = 25 * MINUTE;

/// The most connections of a client in five minutes.
const MOST_ATTEMPTS: usize = 60;

/// Returns the promises that were broken, each in a sentence.
pub(super) fn broken(evidence: &Evidence<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let emitted: BTreeMap<i64, &str> = evidence.emitted.iter().map(|event| (event.id, event.kind)).collect();
    let mut delivered: BTreeMap<i64, usize> = BTreeMap::new();
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    for told in evidence.told {
        let Said::Event { id, kind } = &told.said else { continue };
        let times = delivered.entry(*id).or_default();
        *times += 1;
        if *times == 2 {
            broken.push(format!("the stream delivered the {kind} of {id} twice"));
        }
        let before = last.entry(kind).or_insert(*id);
        if *before > *id {
            broken.push(format!("the stream delivered the {kind} of {id} after that of {before}"));
        }
        *before = *id;
        if emitted.get(id) != Some(&kind.as_str()) {
            broken.push(format!("the stream delivered a {kind} of {id}, which nobody emitted"));
        }
    }
    let spans = spans(evidence.told);
    // A consumer is not asked to be fast enough for all that comes at once.
    let lags = spans_of_lags(evidence.told);
    let counts =
        |event: &&Emitted| (evidence.from..evidence.until).contains(&event.id) && !delivered.contains_key(&event.id);
    for event in evidence.emitted.iter().filter(counts) {
        let Emitted { id, at, kind } = event;
        if !covers(&spans, *at) {
            broken.push(format!("the stream lost the {kind} of {id} and told of no gap"));
        }
        if evidence.calm_at.is_some_and(|calm| calm + HEALTHY_WITHIN.cast_signed() < *at) && !covers(&lags, *at) {
            broken.push(format!("the stream was not healthy again in time: it lacks the {kind} of {id}"));
        }
    }
    if let Some((from, to)) = evidence.quiet {
        let is_gap = |told: &&Told| matches!(told.said, Said::Gap { .. }) && (from..to).contains(&told.at);
        if let Some(gap) = evidence.told.iter().find(is_gap) {
            broken.push(format!("the stream told of a gap at {} ms, when nothing was wrong", gap.at));
        }
    }
    let has_ended = evidence.told.iter().any(|told| told.said == Said::Ended);
    if has_ended != evidence.loses_right {
        broken.push(format!("the stream ended by itself: {has_ended}; its right was taken: {}", evidence.loses_right));
    }
    // A gap of what was dropped comes with a word of its own that the stream is back.
    if evidence.most_waiting > evidence.queue_items.max(16) + 2 {
        broken.push(format!("{} items of the stream waited, and {} may", evidence.most_waiting, evidence.queue_items));
    }
    if evidence.most_waiting_bytes > evidence.queue_bytes {
        let (waited, may) = (evidence.most_waiting_bytes, evidence.queue_bytes);
        broken.push(format!("{waited} bytes of the stream waited, and {may} may"));
    }
    let within = |from: &Steady| evidence.attempts.iter().filter(|at| (*from..from + 5 * MINUTE).contains(at)).count();
    if let Some(from) = evidence.attempts.iter().find(|from| within(from) > MOST_ATTEMPTS) {
        broken.push(format!("the stream connected {} times in five minutes from {from} ms on", within(from)));
    }
    let leaks = evidence.printed.iter().filter(|text| evidence.keys.iter().any(|key| text.contains(key.as_str())));
    broken.extend(
        leaks.map(|text| format!("a listen key is in what the stream printed: {}", &text[..text.len().min(80)])),
    );
    broken
}

fn covers(spans: &[(i64, i64)], at: i64) -> bool {
    spans.iter().any(|(from, to)| *from <= at && at <= *to)
}

/// Returns what the gaps cover.
fn spans(told: &[Told]) -> Vec<(i64, i64)> {
    let (mut spans, mut open) = (Vec::new(), Vec::new());
    for told in told {
        match told.said {
            Said::Gap { from, to: Some(to), .. } => spans.push((from, to)),
            Said::Gap { from, to: None, .. } => open.push(from),
            Said::Resumed { at } => spans.extend(open.drain(..).map(|from| (from, at))),
            Said::Event { .. } | Said::Ended => {}
        }
    }
    spans.extend(open.into_iter().map(|from| (from, i64::MAX)));
    spans
}

/// Returns what the gaps cover that come from a slow consumer alone.
fn spans_of_lags(told: &[Told]) -> Vec<(i64, i64)> {
    let lags = told.iter().filter_map(|told| match told.said {
        Said::Gap { from, to: Some(to), is_lag: true } => Some((from, to)),
        _ => None,
    });
    lags.collect()
}
